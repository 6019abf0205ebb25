import { describe, expect, it } from 'vitest';
import { SAVE_RATE } from '../../../app/_request/rate-rules.ts';
import { memoryRates } from '../../support/memory-rates.ts';

const start = new Date('2026-03-02T10:00:00Z').getTime();
const claim = { rule: SAVE_RATE, subject: 'per_1' };

describe('saves of one member', () => {
  it('are let through every other second, hour after hour', async () => {
    const rates = memoryRates();
    for (let second = 0; second < 4 * 3_600; second += 2) {
      expect((await rates.take([claim], new Date(start + second * 1_000))).ok).toBe(true);
    }
  });

  it('are refused as a flood, for a minute at most where it was a short one', async () => {
    const rates = memoryRates();
    const answers = [];
    for (let press = 0; press < 100; press++) answers.push(await rates.take([claim], new Date(start + press * 100)));
    expect(answers.filter(({ ok }) => ok)).toHaveLength(60);
    expect(answers.at(-1)).toMatchObject({ reason: { retryAfter: 51 } });
    expect((await rates.take([{ ...claim, subject: 'per_2' }], new Date(start))).ok).toBe(true);
    expect((await rates.take([claim], new Date(start + 60_000))).ok).toBe(true);
  });
});
