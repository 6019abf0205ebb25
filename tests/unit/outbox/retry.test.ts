import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isTooLate, judgeFault, retryAt } from '../../../lib/outbox/retry.ts';

const NOW = new Date('2026-03-02T10:00:00Z');
const waits = (attempts: number, chance: number) => retryAt(attempts, NOW, chance).getTime() - NOW.getTime();

describe('retryAt', () => {
  it('waits 30 seconds, then twice as long each time, up to two hours', () => {
    expect([1, 2, 3, 8, 9, 50].map((attempts) => waits(attempts, 0.5) / 1000)).toEqual([30, 60, 120, 3840, 7200, 7200]);
  });

  it('spreads every wait from half to one and a half', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1000 }), fc.double({ min: 0, max: 1, maxExcluded: true, noNaN: true }), (attempts, chance) => {
        const middle = waits(attempts, 0.5);
        expect(waits(attempts, chance)).toBeGreaterThanOrEqual(middle * 0.5 - 1);
        expect(waits(attempts, chance)).toBeLessThanOrEqual(middle * 1.5);
      }),
    );
  });

  it('gives a sign-in link up while it could still be used by nobody, and an invitation after a weekend of attempts', () => {
    const hour = 3_600_000;
    expect(isTooLate('sign-in', 2, hour)).toBe(true);
    expect(isTooLate('invitation', 2, 200 * hour)).toBe(false);
    expect(isTooLate('invitation', 43, hour)).toBe(true);
    // What waited its turn for days was not tried before.
    expect(isTooLate('sign-in', 1, hour)).toBe(false);
    let waited = 0;
    for (let attempts = 1; !isTooLate('invitation', attempts, waited); attempts++) waited += retryAt(attempts, new Date(0), 0.5).getTime();
    expect(waited / hour).toBeGreaterThan(60);
  });
});

describe('judgeFault', () => {
  const judge = (responseCode: number | undefined, command: string | undefined, response = '', code = 'EENVELOPE') =>
    judgeFault(Object.assign(new Error('x'), { responseCode, command, response, code }));

  it('takes only a final answer to the recipient or the message for a refusal', () => {
    expect(judge(550, 'RCPT TO').verdict).toBe('refused');
    expect(judge(554, 'DATA').verdict).toBe('refused');
    for (const [code, command] of [
      [450, 'RCPT TO'],
      [421, 'DATA'],
      [550, 'MAIL FROM'],
      [535, 'AUTH PLAIN'],
      [554, 'CONN'],
      [530, 'STARTTLS'],
    ] as const) {
      expect(judge(code, command).verdict, `${code} ${command}`).toBe('later');
    }
    for (const error of [judge(undefined, 'CONN'), judgeFault('x'), judgeFault(null), judgeFault(new Error('x'))]) {
      expect(error.verdict).toBe('later');
    }
  });

  it('tells what is about the server or our settings from what is about one mail', () => {
    expect(judge(450, 'RCPT TO').general).toBe(false);
    expect(judge(554, 'DATA').general).toBe(false);
    for (const fault of [judge(535, 'AUTH PLAIN'), judge(550, 'MAIL FROM'), judge(undefined, 'CONN', '', 'ESOCKET')])
      expect(fault.general).toBe(true);
  });

  it('keeps codes and nothing else: answers repeat the address', () => {
    expect(judge(550, 'RCPT TO', '550 5.1.1 <amara@example.org> unknown').code).toBe('550 5.1.1 RCPT TO');
    expect(judge(550, 'RCPT TO', '550-5.7.26 amara@example.org').code).toBe('550 5.7.26 RCPT TO');
    expect(judge(550, 'RCPT TO', 'amara@example.org').code).toBe('550 RCPT TO');
    expect(judge(535, 'AUTH PLAIN AGEAYg==').code).toBe('535 AUTH PLAIN');
    expect(judge(undefined, undefined, '', 'ETIMEDOUT').code).toBe('ETIMEDOUT');
  });
});
