import { z } from 'zod';
import { findInvitation, listInvitationsTo, moveInvitation } from '../../db/queries/invitations.ts';
import { deleteStopLinks, revokeInvitationLinks } from '../../db/queries/links.ts';
import { isStopped } from '../../db/queries/mail-stops.ts';
import { dropWaitingMails, findLastMailStates } from '../../db/queries/outbox.ts';
import { holdLetter } from '../../db/queries/signatures.ts';
import type { InvitationStatus } from '../../db/schema/values.ts';
import { appendAudit } from '../audit/append.ts';
import { blindIndex } from '../crypto/blind-index.ts';
import { seal } from '../crypto/seal.ts';
import type { Instance } from '../instance.ts';
import { takesSignatures } from '../letters/status.ts';
import { attempt } from '../shared/attempt.ts';
import type { Fault } from '../shared/fault.ts';
import type { Result } from '../shared/result.ts';
import { emailField } from '../signatures/fields.ts';
import { log, member, type Runner } from './add.ts';
import { mailLink, revokePassedOn } from './commands.ts';
import { findLetterFacts } from './mail.ts';
import { invitationPlace, openInvited } from './places.ts';
import { LINK_MAILS } from './status.ts';

export const readdressForm = z.object({ email: emailField });

/** Nobody has answered by the address there is. Whoever has, declined or named a day too, is known at it. */
const unanswered: readonly InvitationStatus[] = ['prepared', 'sent', 'bounced', 'opened'];

/** `already-answered`: by whoever has the address on file, or by a colleague they passed it on to. */
type ReaddressRefusal = 'not-found' | 'letter-not-open' | 'sample' | 'already-answered' | Fault;

/**
 * Another address for an invitation that nobody has answered. The one on file may be a stranger's: every link that went there ends, with
 * the mails that wait, the link that stops them and the invitations it was passed on to; a fresh one goes to the new address. A link that
 * was handed over ends too.
 */
export async function readdressInvitation(
  instance: Instance,
  scope: Runner,
  invitationId: string,
  { email }: z.output<typeof readdressForm>,
  now: Date,
): Promise<Result<{ readonly who: string }, ReaddressRefusal>> {
  const { keys } = instance;
  const { letterId } = scope;
  const addressIndex = blindIndex(keys, 'address', letterId, email.canonical);
  return await attempt<{ readonly who: string }, ReaddressRefusal>(instance.store, async (tx, refuse) => {
    await holdLetter(tx, letterId);
    const row = await findInvitation(tx, letterId, invitationId);
    const facts = await findLetterFacts(tx, letterId);
    if (!row || !facts || row.status === 'revoked') return refuse('not-found');
    if (facts.letter.sample) return refuse('sample');
    if (!takesSignatures(facts.letter.status)) return refuse('letter-not-open');
    if (!unanswered.includes(row.status)) return refuse('already-answered');
    if (row.channel === 'mail' && row.addressIndex?.equals(addressIndex)) return refuse({ place: 'email', reason: 'same-address' });
    if (await isStopped(tx, letterId, addressIndex)) return refuse({ place: 'email', reason: 'no-more-mails' });
    const { claimed: _, ...invited } = openInvited(keys, row);
    for (const other of await listInvitationsTo(tx, letterId, addressIndex)) {
      if (other.id === row.id || other.status === 'revoked' || other.capacity !== row.capacity) continue;
      const same =
        row.capacity === 'organisation' ? other.organisationId === row.organisationId : openInvited(keys, other).name === invited.name;
      if (same) return refuse({ place: 'email', reason: 'already-invited' });
    }
    await revokeInvitationLinks(tx, row.id, now);
    await deleteStopLinks(tx, row.id);
    await dropWaitingMails(tx, { invitationId: row.id }, LINK_MAILS, now, 'readdressed');
    for (const id of await revokePassedOn(tx, letterId, row.id)) {
      await revokeInvitationLinks(tx, id, now);
      const event = { scope: log(letterId), type: 'invitation-revoked', actor: member(scope), record: { invitation: id } } as const;
      await appendAudit(tx, instance, event, now);
    }
    const stored = { ...invited, email: email.asTyped };
    const moved = await moveInvitation(tx, row.id, unanswered, {
      status: 'prepared',
      channel: 'mail',
      sealed: seal(keys, invitationPlace(letterId, row.id), stored),
      addressIndex,
      sentAt: null,
      openedAt: null,
    });
    if (!moved) throw new Error('an invitation moved while its letter was held');
    await mailLink(tx, instance, facts, { id: row.id, party: { ...stored, capacity: row.capacity } }, now);
    const record = { invitation: row.id, before: invited.email, email: stored.email };
    await appendAudit(tx, instance, { scope: log(letterId), type: 'invitation-readdressed', actor: member(scope), record }, now);
    return { who: row.capacity === 'organisation' ? stored.organisation : stored.name };
  });
}

/** `not-sent`: no mail has left for them, or they were here since. `refused`: their mail server said so itself. */
type BounceRefusal = 'not-found' | 'not-sent' | 'refused';

/** A member had the mail back, or heard that it never came; nothing is sent to that address until a new link is, and it can be undone. */
export async function markBounced(
  instance: Instance,
  scope: Runner,
  invitationId: string,
  bounced: boolean,
  now: Date,
): Promise<Result<null, BounceRefusal>> {
  const { letterId } = scope;
  return await attempt<null, BounceRefusal>(instance.store, async (tx, refuse) => {
    await holdLetter(tx, letterId);
    const row = await findInvitation(tx, letterId, invitationId);
    if (!row) return refuse('not-found');
    if (row.status === (bounced ? 'bounced' : 'sent')) return null;
    const last = (await findLastMailStates(tx, LINK_MAILS, [row.id])).get(row.id);
    if (!bounced && last === 'refused') return refuse('refused');
    const [from, to] = bounced ? (['sent', 'bounced'] as const) : (['bounced', 'sent'] as const);
    if (row.channel !== 'mail' || !(await moveInvitation(tx, row.id, [from], { status: to }))) return refuse('not-sent');
    const type = bounced ? 'invitation-bounced' : 'invitation-not-bounced';
    await appendAudit(tx, instance, { scope: log(letterId), type, actor: member(scope), record: { invitation: row.id } }, now);
    return null;
  });
}
