import { findSigningOfInvitation, holdLetter } from '../../db/queries/signatures.ts';
import type { LetterScope } from '../access/scope.ts';
import type { For } from '../coalitions/access.ts';
import type { Instance } from '../instance.ts';
import { attempt } from '../shared/attempt.ts';
import type { Result } from '../shared/result.ts';
import { findTakingNames, reviewOne } from './review.ts';
import { seenMark } from './seen-mark.ts';

/** `not-now`: what waits is not what was shown. */
type ApproveRefusal = 'not-held' | 'not-now' | 'duplicate' | 'letter-ended';

/**
 * A coordinator looked at what was signed by an invitation and lets it into the list. Of several entries those that
 * can stand do; a second one of an organisation stays held as long as the first one stands.
 * @param seen all that waited, in the order of signing, as `seenMark` has it
 */
export async function approveByInvitation(
  instance: Instance,
  scope: For<LetterScope, 'run'>,
  { invitationId, seen }: { readonly invitationId: string; readonly seen: string },
  now: Date,
): Promise<Result<null, ApproveRefusal>> {
  const { letterId } = scope;
  return await attempt<null, ApproveRefusal>(instance.store, async (tx, refuse) => {
    await holdLetter(tx, letterId);
    const letter = await findTakingNames(tx, scope);
    if (!letter) return refuse('letter-ended');
    const given = await findSigningOfInvitation(tx, letterId, invitationId);
    const held = given?.signatures.filter((signature) => signature.status === 'held') ?? [];
    if (held.length === 0) return refuse('not-held');
    if (seen !== seenMark(...held.map(({ sealed }) => sealed))) return refuse('not-now');
    let approved = 0;
    for (const { id } of held) {
      const look = { id, act: 'approve', reason: '', more: { invitation: invitationId } } as const;
      if ((await reviewOne(tx, instance, scope, letter, look, now)).ok) approved += 1;
    }
    if (approved === 0) return refuse('duplicate');
    return null;
  });
}
