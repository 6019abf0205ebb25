'use client';

import { useEffect, useState } from 'react';

const EVERY_MS = 20_000;

interface ListNewsProps {
  /** Where a sentence about what has come since is to be had: `{ sentence }`, empty for nothing. */
  readonly address: string;
  /** The newest page of this list. */
  readonly list: string;
  readonly show: string;
}

/**
 * Says that something has come to the list meanwhile. It changes nothing of what stands there: whoever is ticking entries keeps their
 * ticks. Without scripts the page says when it was made, and leads to a newer one.
 */
export function ListNews({ address, list, show }: ListNewsProps) {
  const [sentence, setSentence] = useState('');
  useEffect(() => {
    const controller = new AbortController();
    const timer = setInterval(async () => {
      // Nobody looks at it.
      if (document.visibilityState !== 'visible') return;
      const found = await ask(address, controller.signal).catch(() => null);
      if (found === 'over') clearInterval(timer);
      else if (found !== null) setSentence(found.sentence);
    }, EVERY_MS);
    return () => {
      clearInterval(timer);
      controller.abort();
    };
  }, [address]);
  return (
    <span role="status">
      {sentence === '' ? null : (
        <>
          <strong>{sentence}</strong> <a href={list}>{show}</a>
        </>
      )}
    </span>
  );
}

/** @returns `over` where asking again is of no use: the session has ended, or the letter has gone */
async function ask(address: string, signal: AbortSignal): Promise<{ readonly sentence: string } | 'over'> {
  const answered = await fetch(address, { signal, cache: 'no-store', headers: { accept: 'application/json' } });
  if ([401, 403, 404].includes(answered.status)) return 'over';
  if (!answered.ok) throw new Error(String(answered.status));
  return (await answered.json()) as { sentence: string };
}
