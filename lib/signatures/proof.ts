import { z } from 'zod';
import { findLetterById } from '../../db/queries/letters.ts';
import { deleteLink, insertSigningLink } from '../../db/queries/links.ts';
import { deleteMail } from '../../db/queries/outbox.ts';
import {
  findSignature,
  findSigning,
  findSigningOfInvitation,
  holdLetter,
  markConfirmed,
  type SignatureRow,
} from '../../db/queries/signatures.ts';
import type { SignatureStatus } from '../../db/schema/values.ts';
import type { Reader, Tx } from '../../db/store.ts';
import type { InvitationScope, LetterScope } from '../access/scope.ts';
import type { For } from '../coalitions/access.ts';
import type { EmailAddress } from '../crypto/email-address.ts';
import { issueToken, tokenHash } from '../crypto/tokens.ts';
import { chooseLocale } from '../i18n/choose-locale.ts';
import { LOCALES } from '../i18n/locales.ts';
import type { Instance } from '../instance.ts';
import { findLetterFacts } from '../invitations/mail.ts';
import { policiesOf } from '../letters/presets.ts';
import { takesNames } from '../letters/status.ts';
import { queueMail } from '../outbox/queue.ts';
import { storedRates } from '../rates/stored-rates.ts';
import { attempt } from '../shared/attempt.ts';
import type { Fault } from '../shared/fault.ts';
import { newId } from '../shared/ids.ts';
import { type Result, refusal, success } from '../shared/result.ts';
import { admitSigning } from './admit-pending.ts';
import { sealAsked } from './asked-address.ts';
import { proofMail } from './confirmation-mail.ts';
import { confirmationEnds } from './confirmation-term.ts';
import { endConfirmations } from './end-confirmations.ts';
import { emailField } from './fields.ts';
import { holdForSigning } from './held-letter.ts';
import { takeMailTurn } from './mail-turn.ts';
import { openSigner } from './places.ts';
import { openPrintable } from './printable-record.ts';
import { findTakingNames } from './review.ts';
import { seenMark } from './seen-mark.ts';
import { awaitsProof } from './status.ts';
import { vouchedBy } from './vouch-schema.ts';

/**
 * What was signed by a link that went from hand to hand waits for one of two proofs: its signatory confirms an address of their own, or a
 * member vouches for it.
 */

interface Asked {
  readonly scope: Pick<InvitationScope, 'coalitionId' | 'letterId' | 'invitationId'>;
  readonly signingId: string;
  readonly email: EmailAddress;
  /** When the mail may leave; null where the address has had its mails of the day, by whatever letter. */
  readonly turn: Date | null;
}

/**
 * Mails a link to an address that somebody gave as their own. The address stands with that link alone until it is confirmed by it. Where
 * the address has had its mails of the day link and mail are taken back, by statements that run either way: the page names that limit to
 * everybody, and whoever typed the address must not learn by the answer's time that others wrote to it.
 */
export async function queueProof(tx: Tx, instance: Instance, { scope, signingId, email, turn }: Asked, now: Date): Promise<void> {
  const { keys, random, config } = instance;
  const { coalitionId, letterId, invitationId } = scope;
  const facts = await findLetterFacts(tx, letterId);
  const given = await findSigning(tx, letterId, signingId);
  if (!facts || !given) return;
  const id = newId('lnk', random);
  const token = issueToken('confirmation', random);
  const sealed = sealAsked(keys, letterId, id, { email });
  const hash = tokenHash(keys, 'confirmation', token);
  await insertSigningLink(tx, { id, kind: 'confirmation', tokenHash: hash, sealed, coalitionId, signingId, createdAt: now });
  const { name, locale } = openSigner(keys, given.signing);
  const mail = proofMail(facts, {
    to: email.asTyped,
    name,
    records: given.signatures.map((row) => openPrintable(keys, row, policiesOf(facts.letter.policies))),
    locale: locale ?? chooseLocale({ letterLanguage: given.signing.language }, LOCALES),
    url: `${config.origin}/confirm/${token}`,
    ends: confirmationEnds(facts.letter, now),
  });
  const mailId = await queueMail(tx, instance, 'confirmation', mail, { coalitionId, letterId, invitationId, signingId }, now, turn ?? now);
  await deleteLink(tx, turn === null ? id : NONE);
  await deleteMail(tx, turn === null ? mailId : NONE);
}

/** No row has it. */
const NONE = '';

export const proofForm = z.object({ invitation: z.string().max(60), email: emailField });

/** `nothing-waits`: it was proved, taken back, or never signed. None of them depends on the address. */
type AskRefusal = 'other-invitation' | 'nothing-waits' | 'letter-ended' | 'ended';

/**
 * The holder of such a link, who has signed by it, gives an address of their own. One that has had its mails of the day is answered alike.
 */
export async function askForProof(
  instance: Instance,
  scope: InvitationScope,
  input: z.output<typeof proofForm>,
  now: Date,
): Promise<Result<null, AskRefusal>> {
  if (input.invitation !== scope.invitationId) return refusal('other-invitation');
  // Looked at first: what asks for nothing takes none of the mails that somebody else's address gets on a day.
  const before = await findAsking(instance.store.read, scope, now);
  if (!before.ok) return before;
  const turn = await takeMailTurn(storedRates(instance), input.email.canonical, now);
  return await attempt<null, AskRefusal>(instance.store, async (tx, refuse) => {
    await holdLetter(tx, scope.letterId);
    const asking = await findAsking(tx, scope, now);
    if (!asking.ok) return refuse(asking.reason);
    await queueProof(tx, instance, { scope, signingId: asking.value, email: input.email, turn }, now);
    return null;
  });
}

/** The signing that waits for a proof of its signatory's. */
async function findAsking(
  db: Reader,
  { letterId, invitationId }: InvitationScope,
  now: Date,
): Promise<Result<string, Exclude<AskRefusal, 'other-invitation'>>> {
  const letter = await findLetterById(db, letterId);
  const given = await findSigningOfInvitation(db, letterId, invitationId);
  if (!letter || !given || !awaitsProof(given.signing)) return refusal('nothing-waits');
  if (!given.signatures.some(({ status }) => status === 'pending')) return refusal('nothing-waits');
  if (!takesNames(letter.status)) return refusal('letter-ended');
  return confirmationEnds(letter, now) <= now ? refusal('ended') : success(given.signing.id);
}

/** `seen`: every entry of the act that waits, as its page showed them. */
export const vouchSigningForm = z.object({ ...vouchedBy, seen: z.string().max(64).default('') });

/** What of one act a member vouches for. */
export const waiting = (signatures: readonly SignatureRow[]): readonly SignatureRow[] =>
  signatures.filter(({ status }) => status === 'pending');

/** The day may have begun already where the member sits. */
const AHEAD_MS = 14 * 3_600_000;

/**
 * A member vouches, with means and day, for what was signed by a link that went from hand to hand: all of that act, each entry of which then
 * passes its other gates or is held at them. Nobody's address is proved by it.
 * @returns what the entry became; `not-now` where nothing waits for it, or not what was shown; a fault at `date`
 */
export async function vouchForSigning(
  instance: Instance,
  scope: For<LetterScope, 'run'>,
  { id, means, date, seen }: { readonly id: string } & z.output<typeof vouchSigningForm>,
  now: Date,
): Promise<Result<{ readonly status: SignatureStatus }, 'not-found' | 'not-now' | 'letter-ended' | Fault>> {
  const { letterId, memberId } = scope;
  if (Date.parse(date) > now.getTime() + AHEAD_MS) return refusal({ place: 'date', reason: 'future-date' });
  return await attempt<{ readonly status: SignatureStatus }, 'not-found' | 'not-now' | 'letter-ended'>(
    instance.store,
    async (tx, refuse) => {
      const held = await holdForSigning(tx, letterId);
      const letter = await findTakingNames(tx, scope);
      if (!held || !letter) return refuse('letter-ended');
      const row = await findSignature(tx, letterId, id);
      const given = row && (await findSigning(tx, letterId, row.signingId));
      if (!row || !given) return refuse('not-found');
      const { signing, signatures } = given;
      // Whoever came by an open link proves an address, or goes: no member knows them.
      if (row.status !== 'pending' || !awaitsProof(signing) || signing.invitationId === null) return refuse('not-now');
      if (seen !== seenMark(...waiting(signatures).map(({ sealed }) => sealed))) return refuse('not-now');
      const proof = { proof: 'vouched', vouchedBy: memberId, vouchedMeans: means, vouchedOn: date } as const;
      if (!(await markConfirmed(tx, signing.id, now, proof))) return refuse('not-now');
      const admitted = await admitSigning(tx, instance, held, { signing, signatures }, now);
      // An address that was typed and not confirmed stays nobody's: its link must not open what is vouched for.
      await endConfirmations(tx, signing.id, null, now);
      const record = { signing: signing.id, means, on: date, signatures: admitted.map((one) => ({ id: one.id, status: one.status })) };
      const actor = { kind: 'member', id: memberId } as const;
      await held.log(tx, instance, { type: 'entries-vouched', actor, record }, now);
      await held.store(tx);
      return { status: admitted.find((one) => one.id === id)?.status ?? row.status };
    },
  );
}
