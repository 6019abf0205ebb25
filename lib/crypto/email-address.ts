import { domainToASCII } from 'node:url';
import { type Result, refusal, success } from '../shared/result.ts';

/** One address a mail can be sent to. */
export interface EmailAddress {
  /** As it was typed, without the blanks around it: what mails are sent to. Some servers tell upper from lower case before the `@`. */
  readonly asTyped: string;
  /** Lower case, domain in punycode: for the blind index and for comparing, never for sending. */
  readonly canonical: string;
}

export type EmailAddressFault =
  | 'required'
  | 'too-long'
  | 'forbidden-character'
  | 'not-one-address'
  | 'malformed-local-part'
  | 'malformed-domain';

// RFC 5321 §4.5.3.1: 64 octets before the `@`, 254 in all (the path is 256 with its angle brackets).
const LONGEST_ADDRESS = 254;
const LONGEST_LOCAL_PART = 64;

// RFC 5322 §3.2.3 dot-atom. Quoted local parts are left out on purpose: they have misrouted mail in more than one library.
const DOT_ATOM = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(?:\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
const DOMAIN_AS_TYPED = /^[A-Za-z0-9.\-\p{L}\p{N}\p{M}]+$/u;
const ASCII_LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/;

function asciiDomain(typed: string): string | undefined {
  const composed = typed.normalize('NFC');
  // A full-width letter or `＠` is not what it seems: what compatibility folding would change is refused, not folded.
  if (!DOMAIN_AS_TYPED.test(composed) || composed.normalize('NFKC') !== composed) return undefined;
  const ascii = domainToASCII(composed).toLowerCase();
  const labels = ascii.split('.');
  const top = labels.at(-1) ?? '';
  // The same function reads numbers as an IPv4 address, so a name whose last label is a number is none.
  if (labels.length < 2 || ascii.length > 253 || /^(?:\d+|0x[0-9a-f]*)$/.test(top)) return undefined;
  return labels.every((label) => ASCII_LABEL.test(label)) ? ascii : undefined;
}

/**
 * Reads exactly one e-mail address: ASCII before the `@`, a domain name with a dot after it; no display name, no quotes, no list.
 * @param text what was typed; blanks around it are dropped
 */
export function parseEmailAddress(text: string): Result<EmailAddress, EmailAddressFault> {
  const asTyped = text.replace(/^[ \t]+|[ \t]+$/g, '');
  if (asTyped === '') return refusal('required');
  if (asTyped.length > LONGEST_ADDRESS) return refusal('too-long');
  // Line breaks would write mail headers; the other controls and invisible marks can only deceive.
  if (/[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}\p{Zs}]/u.test(asTyped)) return refusal('forbidden-character');
  const parts = asTyped.split('@');
  const [local, domain] = parts;
  const foldedCount = asTyped.normalize('NFKC').split('@').length;
  if (parts.length !== 2 || foldedCount !== 2 || local === undefined || domain === undefined || /[,;<>"]/.test(asTyped)) {
    return refusal('not-one-address');
  }
  if (local.length > LONGEST_LOCAL_PART || !DOT_ATOM.test(local)) return refusal('malformed-local-part');
  const ascii = asciiDomain(domain);
  if (ascii === undefined) return refusal('malformed-domain');
  const canonical = `${local.toLowerCase()}@${ascii}`;
  return canonical.length > LONGEST_ADDRESS ? refusal('too-long') : success({ asTyped, canonical });
}
