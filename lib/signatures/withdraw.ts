import { findInvitation } from '../../db/queries/invitations.ts';
import { findSigningOfInvitation, holdLetter, withdrawSignatures } from '../../db/queries/signatures.ts';
import type { InvitationScope } from '../access/scope.ts';
import { appendAudit } from '../audit/append.ts';
import type { Instance } from '../instance.ts';
import { findLetterFacts } from '../invitations/mail.ts';
import { openInvited } from '../invitations/places.ts';
import { queueMail } from '../outbox/queue.ts';
import { attempt } from '../shared/attempt.ts';
import { type Result, refusal } from '../shared/result.ts';
import { withdrawalMail } from './mail.ts';
import { countListed } from './write-signing.ts';

/**
 * Takes back what was signed by an invitation, whatever has become of the letter: the names leave page, list and every later document
 * with the next request. A second time changes nothing.
 */
export async function withdrawByInvitation(
  instance: Instance,
  scope: InvitationScope,
  input: { readonly invitation: string },
  now: Date,
): Promise<Result<{ readonly withdrawn: number }, 'other-invitation' | 'not-signed'>> {
  const { letterId, coalitionId, invitationId } = scope;
  if (input.invitation !== invitationId) return refusal('other-invitation');
  return await attempt<{ readonly withdrawn: number }, 'not-signed'>(instance.store, async (tx, refuse) => {
    await holdLetter(tx, letterId);
    const given = await findSigningOfInvitation(tx, letterId, invitationId);
    if (!given) return refuse('not-signed');
    const ended = await withdrawSignatures(tx, given.signing.id, now);
    if (ended.length === 0) return { withdrawn: 0 };
    await countListed(
      tx,
      letterId,
      ended.filter((one) => one.listed).map((one) => one.row),
      -1,
    );
    const actor = { kind: 'signatory', id: given.signing.id } as const;
    const record = { signing: given.signing.id, signatures: ended.map((one) => one.row.id) };
    await appendAudit(tx, instance, { scope: { kind: 'letter', id: letterId }, type: 'signature-withdrawn', actor, record }, now);
    const facts = await findLetterFacts(tx, letterId);
    const invitation = await findInvitation(tx, letterId, invitationId);
    if (facts && facts.headline !== null && !facts.letter.sample && invitation) {
      const mail = withdrawalMail(facts, openInvited(instance.keys, invitation));
      await queueMail(tx, instance, 'receipt', mail, { coalitionId, letterId, invitationId }, now);
    }
    return { withdrawn: ended.length };
  });
}
