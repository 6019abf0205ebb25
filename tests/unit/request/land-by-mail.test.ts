import { describe, expect, it } from 'vitest';
import { landByMail } from '../../../app/_request/link.ts';

const secret = 'A'.repeat(43);
const cookieOf = (text: string): string => landByMail('invitation', text, '/i').headers.getSetCookie()[0] ?? '';

describe('landByMail', () => {
  it('opens an invitation by a link that was mailed and by one that was handed over, and by no other', () => {
    for (const token of [`iv_${secret}`, `hd_${secret}`]) expect(cookieOf(token)).toContain(`invitation=${token};`);
    for (const text of [`cf_${secret}`, `op_${secret}`, `hd_${secret}x`, 'hd_']) expect(cookieOf(text)).toMatch(/invitation=; .*Max-Age=0/);
  });
});
