import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blindIndex } from '../../../lib/crypto/blind-index.ts';
import { issueToken, parseToken, TOKEN_KINDS, tokenHash } from '../../../lib/crypto/tokens.ts';
import { testKeys } from '../../support/keys.ts';

const keys = testKeys();

describe('tokens', () => {
  it.each(TOKEN_KINDS)('of the kind %s are read back, and by no other kind', (kind) => {
    const token = issueToken(kind, randomBytes);
    expect(token).toMatch(/^[a-z]{2}_[A-Za-z0-9_-]{43}$/);
    expect(TOKEN_KINDS.filter((other) => parseToken(other, token).ok)).toEqual([kind]);
  });

  it('have one spelling each', () => {
    fc.assert(
      fc.property(fc.uint8Array({ minLength: 32, maxLength: 32 }), fc.string({ minLength: 1, maxLength: 3 }), (bytes, extra) => {
        const token = issueToken('invitation', () => Buffer.from(bytes));
        expect(parseToken('invitation', token)).toEqual({ ok: true, value: token });
        for (const other of [token + extra, extra + token, token.slice(0, -1), ` ${token}`, `${token}\n`, `${token}=`]) {
          expect(parseToken('invitation', other).ok).toBe(false);
        }
        const spellings = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'].filter(
          (last) => parseToken('invitation', token.slice(0, -1) + last).ok,
        );
        expect(spellings).toHaveLength(16);
      }),
    );
  });

  it('are hashed with kind and key', () => {
    const secret = Buffer.alloc(32, 9);
    const invitation = issueToken('invitation', () => secret);
    const hash = tokenHash(keys, 'invitation', invitation);
    expect(hash).toHaveLength(32);
    expect(tokenHash(keys, 'invitation', invitation)).toEqual(hash);
    expect(tokenHash(testKeys('other'), 'invitation', invitation)).not.toEqual(hash);
    expect(
      tokenHash(
        keys,
        'session',
        issueToken('session', () => secret),
      ),
    ).not.toEqual(hash);
  });
});

describe('blind index', () => {
  it('tells apart every purpose, scope, value and key, and nothing else', () => {
    const texts = fc.string({ maxLength: 6 });
    fc.assert(
      fc.property(fc.tuple(texts, texts, texts), fc.tuple(texts, texts, texts), (one, two) => {
        const equal = one.every((text, place) => text === two[place]);
        expect(blindIndex(keys, ...one).equals(blindIndex(keys, ...two))).toBe(equal);
      }),
    );
    expect(blindIndex(keys, 'address', 'let_1', 'a@example.org')).not.toEqual(
      blindIndex(testKeys('other'), 'address', 'let_1', 'a@example.org'),
    );
    expect(blindIndex(keys, 'a', 'bc', 'd')).not.toEqual(blindIndex(keys, 'ab', 'c', 'd'));
  });
});
