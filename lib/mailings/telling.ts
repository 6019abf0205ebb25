import { listSigners } from '../../db/queries/mailings.ts';
import type { SigningRow } from '../../db/queries/signatures.ts';
import type { Tx } from '../../db/store.ts';
import type { Instance } from '../instance.ts';
import { addInvitationLink, type LetterFacts, linkOf } from '../invitations/mail.ts';
import type { Piece } from '../letters/pace.ts';
import { queueMail } from '../outbox/queue.ts';
import { addOwnLink } from '../signatures/own-link-of.ts';
import { findSigner } from '../signatures/signer.ts';
import { deliveryMail, letterWithdrawnMail, type Told } from './mail.ts';
import type { Filled, Mailing } from './run.ts';
import { addStopLink } from './stops.ts';

/** Of a delivery whoever stands in the list hears; of a withdrawal also whoever still waited for a look. */
const TOLD = { delivery: ['listed'], withdrawal: ['confirmed', 'held', 'listed'] } as const;

/** One piece of the news that a letter was handed over, or taken back, to whoever signed it and left an address. */
export async function tellSome(tx: Tx, instance: Instance, { mailing, facts }: Mailing, piece: Piece, now: Date): Promise<Filled | null> {
  const { id: letterId, status } = facts.letter;
  const kind = mailing.kind === 'withdrawal' ? 'withdrawal' : 'delivery';
  if (status !== (kind === 'delivery' ? 'delivered' : 'withdrawn')) return null;
  const signings = await listSigners(tx, letterId, TOLD[kind], { after: mailing.after, limit: piece.rows });
  let { after } = mailing;
  let queued = 0;
  let rows = 0;
  for (const signing of signings) {
    if (rows > 0 && piece.isOver()) break;
    if (await tellOne(tx, instance, facts, signing, kind, now)) queued++;
    after = signing.id;
    rows++;
  }
  return { after, queued, rows, ended: signings.length < piece.rows && rows === signings.length };
}

/** False where they left no address. */
async function tellOne(
  tx: Tx,
  instance: Instance,
  facts: LetterFacts,
  signing: SigningRow,
  kind: 'delivery' | 'withdrawal',
  now: Date,
): Promise<boolean> {
  const { id: letterId, coalitionId } = facts.letter;
  const { id: signingId, invitationId } = signing;
  const signer = await findSigner(instance, tx, signing);
  if (signer === null || signer.email === '') return false;
  const url =
    invitationId === null
      ? `${instance.config.origin}/own/${await addOwnLink(tx, instance, { coalitionId, signingId }, now)}`
      : linkOf(instance, await addInvitationLink(tx, instance, { coalitionId, invitationId }, now));
  const { email: to, name, language: locale } = signer;
  const told: Told = { to, name, locale, url, stopUrl: await addStopLink(tx, instance, { coalitionId, signingId }, now) };
  const mail = kind === 'delivery' ? deliveryMail(facts, told) : letterWithdrawnMail(facts, told);
  await queueMail(tx, instance, kind, mail, { coalitionId, letterId, signingId, ...(invitationId === null ? {} : { invitationId }) }, now);
  return true;
}
