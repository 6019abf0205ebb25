import { ensureSigningLink, findSigningLink } from '../../db/queries/links.ts';
import { countOnOpenLink } from '../../db/queries/open-links.ts';
import { findSigning, markConfirmed, type SigningRow } from '../../db/queries/signatures.ts';
import type { Tx } from '../../db/store.ts';
import { blindIndex } from '../crypto/blind-index.ts';
import { seal } from '../crypto/seal.ts';
import { type Token, tokenHash, tokenOutOf } from '../crypto/tokens.ts';
import type { Instance } from '../instance.ts';
import { takesNames } from '../letters/status.ts';
import { attempt } from '../shared/attempt.ts';
import { newId } from '../shared/ids.ts';
import { type Result, refusal, success } from '../shared/result.ts';
import type { ConfirmationScope } from './access.ts';
import { admitSigning } from './admit-pending.ts';
import { confirmationEnds } from './confirmation-term.ts';
import { endConfirmations } from './end-confirmations.ts';
import { asGivenAddress } from './given-address.ts';
import { holdForSigning } from './held-letter.ts';
import { openSigner, signingPlace } from './places.ts';
import { queueOwnReceipt } from './receipt.ts';

/**
 * Why a button behind a mail lists nobody. `signed-before`: the same name has signed from this address, and nothing else was given. `link-full`: as many as may come
 * by that open link have come.
 */
export type ConfirmRefusal = 'gone' | 'ended' | 'letter-ended' | 'signed-before' | 'link-full';

export interface Confirmed {
  /** For the cookie of whoever pressed the button: the same one however often it is pressed. */
  readonly ownPage: Token<'own-page'>;
  /** It had been pressed before. */
  readonly repeated: boolean;
}

/**
 * The address is proved: every entry of the signing passes its gates or is held at them; one in the name of a person who has signed before
 * ends, and the others of the act go on. A hundred presses of one button, one after the
 * other or at once, are one confirmation.
 * @param scope of `openConfirmation`: whoever holds the link is let to the own page as long as it works
 */
export async function confirmSigning(instance: Instance, scope: ConfirmationScope, now: Date): Promise<Result<Confirmed, ConfirmRefusal>> {
  const { letterId, signingId } = scope;
  const done = await attempt<Confirmed | null, ConfirmRefusal>(instance.store, async (tx, refuse) => {
    const held = await holdForSigning(tx, letterId);
    // The link was looked at before the letter was held: meanwhile another one may have settled the question.
    const [by, given] = await Promise.all([
      findSigningLink(tx, 'confirmation', tokenHash(instance.keys, 'confirmation', scope.by)),
      findSigning(tx, letterId, signingId),
    ]);
    if (!by || by.link.revokedAt !== null) return refuse('gone');
    if (!held || !given) return refuse('gone');
    const { facts, letter } = held;
    const { signing } = given;
    if (signing.confirmedAt !== null) return { ownPage: await ownLinkOutOf(tx, instance, scope, now), repeated: true };
    // All of it was taken back: the older mail says what is no longer so.
    if (!given.signatures.some(({ status }) => status === 'pending')) return refuse('gone');
    if (!takesNames(letter.status)) return refuse('letter-ended');
    if (confirmationEnds(letter, scope.asks?.at ?? signing.createdAt) <= now) return refuse('ended');
    if (signing.openLinkId !== null && !(await countOnOpenLink(tx, signing.openLinkId))) return refuse('link-full');
    const proved = provedBy(instance, scope, signing);
    // Signed by a link that went from hand to hand: only a link that says which address it was mailed to proves one.
    if (signing.invitationId !== null && proved === null) return refuse('gone');
    await tx.sending(
      markConfirmed(tx, signingId, now, proved ?? {}).then((marked) => {
        if (!marked) throw new Error('a signing of a held letter was confirmed by another');
      }),
    );
    const waiting = proved === null ? given.signatures : await asGivenAddress(tx, given, proved.addressIndex);
    const admitted = await admitSigning(tx, instance, held, { signing: { ...signing, ...proved }, signatures: waiting }, now);
    const passedOver = admitted.every(({ status }) => status === 'rejected');
    // By an open link it goes on waiting until it lapses; by a link from hand to hand a member would vouch for the same person again.
    if (passedOver && signing.invitationId === null) return refuse('signed-before');
    const record = { signing: signingId, signatures: admitted.map(({ id, status }) => ({ id, status })) };
    const actor = { kind: 'signatory', id: signingId } as const;
    await held.log(tx, instance, { type: 'signing-confirmed', actor, record }, now);
    await held.store(tx);
    if (scope.asks) await endConfirmations(tx, signingId, scope.asks.linkId, now);
    if (passedOver) return null;
    const ownPage = await ownLinkOutOf(tx, instance, scope, now);
    const became = new Map(admitted.map((one) => [one.id, one]));
    const signatures = waiting.map((row) => ({ ...row, ...became.get(row.id) }));
    // The receipt leads to the own page by the very same link: it goes to the address that was just proved.
    await queueOwnReceipt(tx, instance, { facts, scope, given: { signing: { ...signing, ...proved }, signatures }, token: ownPage }, now);
    return { ownPage, repeated: false };
  });
  if (!done.ok) return done;
  return done.value === null ? refusal('signed-before') : success(done.value);
}

/** What a signing becomes whose address nobody had before this link: that address is whose it is now. Null where it was given with it. */
function provedBy({ keys }: Instance, { asks }: ConfirmationScope, signing: SigningRow) {
  if (asks === null) return null;
  const { id, letterId } = signing;
  return {
    sealed: seal(keys, signingPlace(letterId, id), { ...openSigner(keys, signing), email: asks.email.asTyped }),
    addressIndex: blindIndex(keys, 'address', letterId, asks.email.canonical),
  };
}

/** The link to the own page that belongs to one link of confirmation, made where it is not there yet. */
async function ownLinkOutOf(
  tx: Tx,
  { keys, random }: Instance,
  { coalitionId, signingId, by }: ConfirmationScope,
  now: Date,
): Promise<Token<'own-page'>> {
  const token = tokenOutOf(keys, 'own-page', by);
  const hash = tokenHash(keys, 'own-page', token);
  await ensureSigningLink(tx, { id: newId('lnk', random), kind: 'own-page', tokenHash: hash, coalitionId, signingId, createdAt: now });
  return token;
}
