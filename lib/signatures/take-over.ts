import type { InvitationRow } from '../../db/queries/invitations.ts';
import { findSigningOfInvitation, withdrawSignatures } from '../../db/queries/signatures.ts';
import type { Tx } from '../../db/store.ts';
import type { Instance } from '../instance.ts';
import type { HeldLetter } from './held-letter.ts';

/**
 * Whoever signed for an organisation handed it over to a colleague, who signs now: the colleague's entry takes the place of the first one,
 * so that the organisation stands in the list once, and at no time not at all. What was signed by an invitation before it was passed on
 * alone is not taken over: its holder passed on a question and then answered it themself.
 */
export async function takeOver(
  tx: Tx,
  instance: Instance,
  held: HeldLetter,
  { invitation, hands }: { readonly invitation: InvitationRow; readonly hands: readonly InvitationRow[] },
  now: Date,
): Promise<void> {
  const { id: letterId } = held.letter;
  let child = invitation;
  for (const parent of hands) {
    const handedOver = parent.status === 'signed' && parent.answeredAt !== null && parent.answeredAt <= child.createdAt;
    const given = handedOver ? await findSigningOfInvitation(tx, letterId, parent.id) : null;
    for (const { id, capacity, organisationId } of given?.signatures ?? []) {
      if (capacity !== 'organisation' || organisationId !== invitation.organisationId) continue;
      const ended = await withdrawSignatures(tx, given?.signing.id ?? '', id, now);
      if (ended.length === 0) continue;
      held.count(
        ended.filter((one) => one.listed).map((one) => one.row),
        -1,
      );
      const actor = { kind: 'signatory', id: invitation.id } as const;
      const record = { signing: given?.signing.id ?? '', signatures: [id], handedOverTo: invitation.id };
      await held.log(tx, instance, { type: 'signature-withdrawn', actor, record }, now);
    }
    child = parent;
  }
}
