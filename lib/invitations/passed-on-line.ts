import { findInvitation, type InvitationRow } from '../../db/queries/invitations.ts';
import { listAllOfInvitation, type SignatureRow } from '../../db/queries/signatures.ts';
import type { Reader } from '../../db/store.ts';

/** As many hands as an invitation can have gone through: more would be a circle. */
const MOST_HANDS = 10;

/** The invitations through whose hands one has come, the nearest first. */
export async function listHands(db: Reader, letterId: string, invitation: InvitationRow): Promise<readonly InvitationRow[]> {
  const hands: InvitationRow[] = [];
  let child = invitation;
  while (child.passedOnFrom !== null && hands.length < MOST_HANDS) {
    const parent = await findInvitation(db, letterId, child.passedOnFrom);
    if (!parent) break;
    hands.push(parent);
    child = parent;
  }
  return hands;
}

/**
 * Whether a coordinator has taken back one of the invitations through whose hands this one came, or holds or has rejected what was signed by
 * it, or nobody has proved who signed. To pass it on must not lead around that look.
 */
export async function isDoubted(db: Reader, letterId: string, hands: readonly InvitationRow[]): Promise<boolean> {
  for (const { id, status } of hands) {
    if (status === 'revoked') return true;
    const given = await listAllOfInvitation(db, letterId, id);
    if (given.some((signature) => signature.status === 'pending' || signature.status === 'held' || wasKeptOut(signature))) return true;
  }
  return false;
}

/** A coordinator kept it out of the list, and nobody has let it in since: to take it back and sign anew must not lead around that look. */
export const wasKeptOut = ({ status, flags }: Pick<SignatureRow, 'status' | 'flags'>): boolean =>
  (status === 'rejected' && !flags.includes('signed-before')) ||
  (status !== 'listed' && (flags.includes('held-by-hand') || flags.includes('put-back')));
