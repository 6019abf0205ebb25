import { createHmac } from 'node:crypto';
import { type Result, refusal, success } from '../shared/result.ts';
import { lengthPrefixed } from './frame.ts';
import type { Keys } from './keys.ts';

/** The prefix shows a leaked token's kind and keeps a token of one kind from fitting another's door. */
const PREFIXES = {
  'set-up': 'su_',
  invitation: 'iv_',
  'own-page': 'op_',
  'sign-in': 'lg_',
  'member-invitation': 'mi_',
  confirmation: 'cf_',
  'hand-delivered': 'hd_',
  'mail-stop': 'ms_',
  session: 'se_',
} as const;

export type TokenKind = keyof typeof PREFIXES;
export const TOKEN_KINDS = Object.keys(PREFIXES) as readonly TokenKind[];

declare const tokenOf: unique symbol;
/** A live secret: it belongs in the mail to its owner, never in a row, a log or another person's page. */
export type Token<Kind extends TokenKind = TokenKind> = string & { readonly [tokenOf]: Kind };

const TOKEN_BYTES = 32;
const SECRET = /^[A-Za-z0-9_-]{43}$/;

/**
 * A new token: its kind's prefix and 256 random bits in base64url (46 characters).
 * @param random gives that many random bytes
 */
export function issueToken<Kind extends TokenKind>(kind: Kind, random: (bytes: number) => Buffer): Token<Kind> {
  return `${PREFIXES[kind]}${random(TOKEN_BYTES).toString('base64url')}` as Token<Kind>;
}

/** Reads a token of one kind from a URL or a form: the exact form only, so that one token has one spelling. */
export function parseToken<Kind extends TokenKind>(kind: Kind, text: string): Result<Token<Kind>, 'malformed'> {
  const secret = text.slice(PREFIXES[kind].length);
  // 43 characters hold 258 bits: without the round trip four spellings would stand for one secret.
  const exact = text.startsWith(PREFIXES[kind]) && SECRET.test(secret) && Buffer.from(secret, 'base64url').toString('base64url') === secret;
  return exact ? success(text as Token<Kind>) : refusal('malformed');
}

/** What is stored in a token's place: HMAC-SHA-256 of kind and token, 32 bytes, worthless without the keys file. */
export function tokenHash<Kind extends TokenKind>(keys: Keys, kind: Kind, token: Token<Kind>): Buffer {
  const key = keys.subKey('token', keys.lookUpVersion);
  if (!key) throw new Error(`no key of version ${keys.lookUpVersion}`);
  return createHmac('sha256', key)
    .update(lengthPrefixed([kind, token]))
    .digest();
}

/**
 * A token that follows from a one-time token and from nothing else: pressing a button twice asks for it twice, and both answers shall
 * bear the same one, whichever of them the browser keeps. Without the keys file it can't be worked out from the other.
 */
export function tokenOutOf<Kind extends TokenKind>(keys: Keys, kind: Kind, from: Token): Token<Kind> {
  const key = keys.subKey('token', keys.lookUpVersion);
  if (!key) throw new Error(`no key of version ${keys.lookUpVersion}`);
  return issueToken(kind, () =>
    createHmac('sha256', key)
      .update(lengthPrefixed([kind, 'out-of', from]))
      .digest(),
  );
}
