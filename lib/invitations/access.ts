import { findInvitationLink } from '../../db/queries/links.ts';
import { type InvitationScope, mintInvitationScope } from '../access/scope.ts';
import { parseToken, tokenHash } from '../crypto/tokens.ts';
import type { Instance } from '../instance.ts';
import { type Result, refusal, success } from '../shared/result.ts';

/**
 * What the holder of a link may reach: their own invitation and nothing else.
 * @returns `unknown` for what is no token of ours; `revoked` for a link, or its whole invitation, that was taken back
 */
export async function openInvitation(
  { store, keys }: Pick<Instance, 'store' | 'keys'>,
  text: string,
): Promise<Result<InvitationScope, 'unknown' | 'revoked'>> {
  const token = parseToken('invitation', text);
  if (!token.ok) return refusal('unknown');
  const found = await findInvitationLink(store.read, tokenHash(keys, 'invitation', token.value));
  if (!found) return refusal('unknown');
  const { link, invitation } = found;
  if (link.revokedAt !== null || invitation.status === 'revoked') return refusal('revoked');
  return success(mintInvitationScope({ coalitionId: invitation.coalitionId, letterId: invitation.letterId, invitationId: invitation.id }));
}
