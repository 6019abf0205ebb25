import { findSigningLink } from '../../db/queries/links.ts';
import { findSigning, holdLetter } from '../../db/queries/signatures.ts';
import { parseToken, tokenHash } from '../crypto/tokens.ts';
import type { Instance } from '../instance.ts';
import { findLetterFacts } from '../invitations/mail.ts';
import { queueMail } from '../outbox/queue.ts';
import { type Result, success } from '../shared/result.ts';
import { ownLinkMail } from './mail.ts';
import { findOwnAddress } from './own-address.ts';
import { addOwnLink } from './own-link-of.ts';

/**
 * Somebody holds a link to an own page, or one they confirmed by, that no longer opens: a fresh one to the own page goes to the address
 * that was confirmed, never to the one who asks. Whether there was such a link, and whether a mail goes out, can't be told from the answer.
 */
export async function requestFreshOwnLink(
  instance: Instance,
  kind: 'own-page' | 'confirmation',
  text: string,
  now: Date,
): Promise<Result<null, never>> {
  const { store, keys } = instance;
  const token = parseToken(kind, text);
  if (!token.ok) return success(null);
  await store.inTransaction(async (tx) => {
    const found = await findSigningLink(tx, kind, tokenHash(keys, kind, token.value));
    // What nobody has confirmed has no page: its one link is in the mail that asks.
    if (!found?.link.coalitionId || found.signing.confirmedAt === null) return;
    const scope = { coalitionId: found.link.coalitionId, letterId: found.signing.letterId, signingId: found.signing.id };
    await holdLetter(tx, scope.letterId);
    const facts = await findLetterFacts(tx, scope.letterId);
    const given = await findSigning(tx, scope.letterId, scope.signingId);
    if (!facts || facts.letter.sample || !given?.signatures.some(({ status }) => status !== 'erased')) return;
    const { about, ...to } = await findOwnAddress(tx, instance, scope, given.signing);
    if (to.email === '') return;
    const url = `${instance.config.origin}/own/${await addOwnLink(tx, instance, scope, now)}`;
    await queueMail(tx, instance, 'receipt', ownLinkMail(facts, to, url), about, now);
  });
  return success(null);
}
