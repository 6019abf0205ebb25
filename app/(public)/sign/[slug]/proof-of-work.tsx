'use client';

import { useEffect, useState } from 'react';

/**
 * Works in the background for the answer that is about to be sent, so that a crowd behind one network is not taken for a machine.
 * Nobody waits for it: a form that is sent before it is done, or without any script, is let in by a closer limit.
 * @param task where the task is to be had
 */
export function ProofOfWork({ task }: { readonly task: string }) {
  const [proof, setProof] = useState('');
  useEffect(() => {
    const controller = new AbortController();
    solve(task, controller).then(
      (found) => found !== null && setProof(found),
      // Without a proof the form is sent all the same.
      () => undefined,
    );
    return () => controller.abort();
  }, [task]);
  return <input type="hidden" name="proof" value={proof} />;
}

async function solve(path: string, controller: AbortController): Promise<string | null> {
  const answered = await fetch(path, { signal: controller.signal, cache: 'no-store' });
  if (!answered.ok) return null;
  const [{ solveChallenge }, { deriveKey }, challenge] = await Promise.all([
    import('altcha-lib'),
    import('altcha-lib/algorithms/web/pbkdf2'),
    answered.json(),
  ]);
  const solution = await solveChallenge({ challenge, deriveKey, controller, timeout: 60_000 });
  return solution && JSON.stringify({ challenge, solution });
}
