import { expect, it } from 'vitest';
import { ownPageCookie } from '../../../app/_request/own-page.ts';
import { issueToken } from '../../../lib/crypto/tokens.ts';

it('whoever has just proved their address holds what the link in their receipt would give them', () => {
  const token = issueToken('own-page', (bytes) => Buffer.alloc(bytes, 7));
  expect(ownPageCookie(token, true)).toBe(`__Host-own-page=${token}; Path=/; Max-Age=14400; HttpOnly; SameSite=Lax; Secure`);
});
