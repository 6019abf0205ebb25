import { describe, expect, it } from 'vitest';
import { memberPath } from '../../../lib/auth/schema.ts';
import { isRecentlyProved } from '../../../lib/auth/step-up.ts';

describe('a recent proof', () => {
  it('is no older than five minutes', () => {
    const provedAt = new Date('2026-03-02T10:00:00Z');
    const since = (ms: number) => isRecentlyProved({ provedAt }, new Date(provedAt.getTime() + ms));
    expect([since(0), since(300_000), since(300_001)]).toEqual([true, true, false]);
  });
});

describe('the page to come back to', () => {
  it('is one of the members’ own', () => {
    const good = ['/desk', '/account', `/coalitions/coa_${'A'.repeat(22)}/members/mem_${'a'.repeat(22)}`, '/letters/let_1/edit'];
    for (const path of good) expect(memberPath.safeParse(path).success).toBe(true);
    const bad = [
      '//evil.example',
      '/coalitions//evil.example',
      '/coalitions/../api',
      '/api/auth/sign-out',
      'https://evil.example/desk',
      '/desk?x=1',
      '',
    ];
    for (const path of bad) expect(memberPath.safeParse(path).success).toBe(false);
  });
});
