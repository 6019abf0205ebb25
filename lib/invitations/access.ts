import { findInvitationByLink } from '../../db/queries/links.ts';
import { type InvitationScope, mintInvitationScope } from '../access/scope.ts';
import type { Keys } from '../crypto/keys.ts';
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
  const sent = hashOf(keys, text);
  const found = sent && (await findInvitationByLink(store.read, sent.kind, sent.hash));
  if (!found) return refusal('unknown');
  const { id: invitationId, coalitionId, letterId, status, linkRevokedAt } = found;
  if (linkRevokedAt !== null || status === 'revoked') return refusal('revoked');
  return success(mintInvitationScope({ coalitionId, letterId, invitationId, byHand: sent.kind === 'hand-delivered' }));
}

const KINDS = ['invitation', 'hand-delivered'] as const;

/** By what a link is found that opens an invitation: mailed, or handed over. Null for what is no token of either kind. */
export function hashOf(keys: Keys, text: string): { readonly kind: (typeof KINDS)[number]; readonly hash: Buffer } | null {
  for (const kind of KINDS) {
    const token = parseToken(kind, text);
    if (token.ok) return { kind, hash: tokenHash(keys, kind, token.value) };
  }
  return null;
}
