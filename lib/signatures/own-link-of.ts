import { insertSigningLink } from '../../db/queries/links.ts';
import type { Tx } from '../../db/store.ts';
import type { SigningProof } from '../access/scope.ts';
import { issueToken, type Token, tokenHash } from '../crypto/tokens.ts';
import type { Instance } from '../instance.ts';
import { newId } from '../shared/ids.ts';

/** A new live link to the own page; its token belongs into a mail to the address. */
export async function addOwnLink(
  tx: Tx,
  { keys, random }: Instance,
  { coalitionId, signingId }: Pick<SigningProof, 'coalitionId' | 'signingId'>,
  now: Date,
): Promise<Token<'own-page'>> {
  const token = issueToken('own-page', random);
  const hash = tokenHash(keys, 'own-page', token);
  await insertSigningLink(tx, { id: newId('lnk', random), kind: 'own-page', tokenHash: hash, coalitionId, signingId, createdAt: now });
  return token;
}
