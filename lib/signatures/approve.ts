import { findLetter } from '../../db/queries/letters.ts';
import { findSigningOfInvitation, hasLiveOrganisation, holdLetter, listHeldSignature } from '../../db/queries/signatures.ts';
import type { LetterScope } from '../access/scope.ts';
import { appendAudit } from '../audit/append.ts';
import type { For } from '../coalitions/access.ts';
import type { Instance } from '../instance.ts';
import { attempt } from '../shared/attempt.ts';
import type { Result } from '../shared/result.ts';
import { countListed } from './write-signing.ts';

/**
 * A coordinator looked at what was signed by an invitation and lets it into the list. Of several entries those that
 * can stand do; a second one of an organisation stays held as long as the first one stands.
 */
export async function approveByInvitation(
  instance: Instance,
  scope: For<LetterScope, 'run'>,
  invitationId: string,
  now: Date,
): Promise<Result<null, 'not-held' | 'duplicate' | 'letter-ended'>> {
  const { letterId, memberId } = scope;
  return await attempt<null, 'not-held' | 'duplicate' | 'letter-ended'>(instance.store, async (tx, refuse) => {
    await holdLetter(tx, letterId);
    const status = (await findLetter(tx, scope.coalitionId, letterId))?.status;
    // What was handed over stays what it was: later names are for a dated addendum.
    if (status !== 'open' && status !== 'closed') return refuse('letter-ended');
    const given = await findSigningOfInvitation(tx, letterId, invitationId);
    const held = given?.signatures.filter((signature) => signature.status === 'held') ?? [];
    if (held.length === 0) return refuse('not-held');
    let approved = 0;
    for (const { id, organisationId } of held) {
      if (organisationId !== null && (await hasLiveOrganisation(tx, letterId, organisationId, id))) continue;
      const listed = await listHeldSignature(tx, letterId, id, now);
      if (!listed) return refuse('not-held');
      approved += 1;
      await countListed(tx, letterId, [listed], 1);
      const record = { signature: id, invitation: invitationId, from: 'held', to: 'listed' };
      const actor = { kind: 'member', id: memberId } as const;
      await appendAudit(tx, instance, { scope: { kind: 'letter', id: letterId }, type: 'signature-approved', actor, record }, now);
    }
    if (approved === 0) return refuse('duplicate');
    return null;
  });
}
