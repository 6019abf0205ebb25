import { findInvitation } from '../../db/queries/invitations.ts';
import type { GivenSigning } from '../../db/queries/signatures.ts';
import type { Reader } from '../../db/store.ts';

/**
 * What was signed by a link that went from hand to hand and is now proved by an address that somebody gave as their own: the address shows
 * that there is somebody, and for an organisation not that they may speak for it. Unless it is the one that the coalition noted with the
 * invitation, such an entry is looked at.
 * @param addressIndex the blind index of the address that was confirmed
 */
export async function asGivenAddress(
  db: Reader,
  { signing, signatures }: GivenSigning,
  addressIndex: Buffer,
): Promise<GivenSigning['signatures']> {
  const { invitationId, letterId } = signing;
  const invitation = invitationId === null ? null : await findInvitation(db, letterId, invitationId);
  if (!invitation || invitation.addressIndex?.equals(addressIndex)) return signatures;
  return signatures.map((row) =>
    row.status === 'pending' && row.capacity === 'organisation' && row.flags.length === 0
      ? { ...row, authority: 'awaiting-decision', flags: ['other-address'] }
      : row,
  );
}
