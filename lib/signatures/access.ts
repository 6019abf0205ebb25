import { findSigningLink } from '../../db/queries/links.ts';
import { findSigningOfInvitation } from '../../db/queries/signatures.ts';
import { mintSigningScope, type SigningScope } from '../access/scope.ts';
import { parseToken, type Token, tokenHash } from '../crypto/tokens.ts';
import type { Instance } from '../instance.ts';
import { openInvitation } from '../invitations/access.ts';
import { type Result, refusal, success } from '../shared/result.ts';
import { type AskedAddress, openAsked } from './asked-address.ts';
import { isOwnersAlone } from './status.ts';

/**
 * What the holder of a mailed link may reach: the entries of their own signing and nothing else.
 * @returns `unknown` for what is no token of ours; `revoked` for a link that was taken back
 */
async function openSigning(
  { store, keys }: Pick<Instance, 'store' | 'keys'>,
  kind: 'confirmation' | 'own-page',
  text: string,
): Promise<Result<Opened, 'unknown' | 'revoked'>> {
  const token = parseToken(kind, text);
  if (!token.ok) return refusal('unknown');
  const found = await findSigningLink(store.read, kind, tokenHash(keys, kind, token.value));
  if (!found?.link.coalitionId) return refusal('unknown');
  if (found.link.revokedAt !== null) return refusal('revoked');
  const { id, letterId } = found.signing;
  return success({ scope: mintSigningScope({ coalitionId: found.link.coalitionId, letterId, signingId: id }), link: found.link });
}

interface Opened {
  readonly scope: SigningScope;
  readonly link: NonNullable<Awaited<ReturnType<typeof findSigningLink>>>['link'];
}

/** Whoever holds a link to confirm by, and which. */
export type ConfirmationScope = SigningScope & {
  readonly by: Token<'confirmation'>;
  /** The address it was mailed to, and when, where that is no part of the signing yet: its holder came by a link from hand to hand. */
  readonly asks: (AskedAddress & { readonly linkId: string; readonly at: Date }) | null;
};

/** The link in the mail that asks whether it was they who signed. */
export async function openConfirmation(
  instance: Pick<Instance, 'store' | 'keys'>,
  text: string,
): Promise<Result<ConfirmationScope, 'unknown' | 'revoked'>> {
  const token = parseToken('confirmation', text);
  const opened = await openSigning(instance, 'confirmation', text);
  if (!token.ok) return refusal('unknown');
  if (!opened.ok) return opened;
  const { scope, link } = opened.value;
  const asked = openAsked(instance.keys, scope.letterId, link);
  return success({ ...scope, by: token.value, asks: asked && { ...asked, linkId: link.id, at: link.createdAt } });
}

/** The link in the receipt, back to what was signed. */
export async function openOwnSigning(
  instance: Pick<Instance, 'store' | 'keys'>,
  text: string,
): Promise<Result<SigningScope, 'unknown' | 'revoked'>> {
  const opened = await openSigning(instance, 'own-page', text);
  return opened.ok ? success(opened.value.scope) : opened;
}

/**
 * The link of an invitation that was answered by signing leads to what was signed. `not-signed`: it has not been. `owners-alone`: it went
 * from hand to hand, and whoever signed has confirmed an address of their own.
 */
export async function openInvitedSigning(
  instance: Pick<Instance, 'store' | 'keys'>,
  text: string,
): Promise<Result<SigningScope, 'unknown' | 'revoked' | 'not-signed' | 'owners-alone'>> {
  const opened = await openInvitation(instance, text);
  if (!opened.ok) return opened;
  const { coalitionId, letterId, invitationId, byHand } = opened.value;
  const given = await findSigningOfInvitation(instance.store.read, letterId, invitationId);
  if (!given) return refusal('not-signed');
  if (byHand && isOwnersAlone(given.signing)) return refusal('owners-alone');
  return success(mintSigningScope({ coalitionId, letterId, signingId: given.signing.id }));
}
