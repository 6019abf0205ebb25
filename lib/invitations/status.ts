import type { InvitationChannel, InvitationStatus, MailState, SignatureStatus } from '../../db/schema/values.ts';

/** Mails that bear a link to answer by. */
export const LINK_MAILS: readonly string[] = ['invitation', 'fresh-link', 'reminder'];

/** Nobody has answered for good: an invitation in one of these may still be signed, declined or put off. */
export const answerable: readonly InvitationStatus[] = ['prepared', 'sent', 'bounced', 'opened', 'considering', 'declined'];

/** Where the first POST of whoever holds the link is news. */
export const unopened: readonly InvitationStatus[] = ['prepared', 'sent', 'bounced'];

/** What a coordinator may still take back: everything that was not signed. A signature is withdrawn or hidden, its invitation stands. */
export const revocable: readonly InvitationStatus[] = ['prepared', 'sent', 'bounced', 'opened', 'considering', 'declined'];

/** How things stand with an invitation, as the coordinator's list says it. */
export type DeskStatus =
  | Exclude<InvitationStatus, 'signed'>
  | 'sample'
  | 'handed'
  | 'unproved'
  | 'kept'
  | 'failed'
  | 'listed'
  | 'held'
  | 'held-duplicate'
  | 'held-other'
  | 'withdrawn'
  | 'ended';

/**
 * The one word for an invitation, its last mail and what was signed by it.
 * @param mail state of the last mail that carried a link; null where none was made
 */
export function deskStatus(
  status: InvitationStatus,
  mail: MailState | null,
  signature: { readonly status: SignatureStatus; readonly flags: readonly string[] } | null,
  sample: boolean,
  channel: InvitationChannel = 'mail',
): DeskStatus {
  if (status === 'signed') return signature === null ? 'ended' : signedStatus(signature);
  if (status === 'prepared' && sample) return 'sample';
  if (status === 'prepared' && channel === 'by-hand') return 'handed';
  // An address that refused one mail may have taken, or still get, a later one.
  if (status === 'bounced' && mail === 'queued') return 'prepared';
  if (status === 'prepared' || status === 'sent' || status === 'bounced') {
    if (mail === 'kept' && status !== 'bounced') return 'kept';
    if (mail === 'failed') return 'failed';
    if (mail === 'refused') return 'bounced';
  }
  return status;
}

function signedStatus({ status, flags }: { readonly status: SignatureStatus; readonly flags: readonly string[] }): DeskStatus {
  if (status === 'listed' || status === 'withdrawn') return status;
  if (status === 'pending') return 'unproved';
  if (status !== 'held') return 'ended';
  if (flags.includes('duplicate-organisation')) return 'held-duplicate';
  return flags.includes('other-organisation') ? 'held-other' : 'held';
}

/** How the last mail of somebody who may still answer was lost: their server would not have it, or it was given up. */
export type LostMail = 'refused' | 'failed';

export const lostMail = (mail: MailState | null): LostMail | null => (mail === 'refused' || mail === 'failed' ? mail : null);
