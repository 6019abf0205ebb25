import fc from 'fast-check';
import { expect, it } from 'vitest';
import { signatureStatuses } from '../../../db/schema/values.ts';
import { isLive, signatureActs, signatureStatusAfter, signatureStatusesFor } from '../../../lib/signatures/status.ts';

it('leads into the list by proof of the address or by a look, and by nothing else', () => {
  const ways = signatureActs.flatMap((act) =>
    signatureStatuses.filter((status) => signatureStatusAfter(status, act) === 'listed').map((status) => `${status} ${act}`),
  );
  expect(ways.sort()).toEqual(['confirmed confirm', 'held approve', 'pending confirm']);
});

it('lets whoever counts or may come to count withdraw, and nobody come back who did', () => {
  expect(signatureStatuses.filter(isLive)).toEqual(['pending', 'confirmed', 'held', 'listed']);
  expect(signatureActs.filter((act) => signatureStatusAfter('withdrawn', act) !== null)).toEqual(['erase']);
  expect(signatureActs.filter((act) => signatureStatusAfter('erased', act) !== null)).toEqual([]);
});

it('goes from a rejection to the list by two steps at least', () => {
  const drawn = fc.property(fc.array(fc.constantFrom(...signatureActs), { maxLength: 12 }), (acts) => {
    let status: (typeof signatureStatuses)[number] = 'rejected';
    const way: string[] = [status];
    for (const act of acts) {
      const next = signatureStatusAfter(status, act);
      expect(signatureStatusesFor(act).includes(status)).toBe(next !== null);
      if (next === null) continue;
      status = next;
      way.push(next);
    }
    const listed = way.indexOf('listed');
    if (listed >= 0) expect(way.slice(0, listed)).toContain('held');
  });
  fc.assert(drawn);
});
