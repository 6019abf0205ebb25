import { storeWish } from '../../db/queries/corrections.ts';
import { findLetter, type LetterRow } from '../../db/queries/letters.ts';
import { findSignature, findSigning, holdLetter, type SignatureRow, type SigningRow } from '../../db/queries/signatures.ts';
import type { Tx } from '../../db/store.ts';
import type { LetterScope } from '../access/scope.ts';
import { appendAudit } from '../audit/append.ts';
import type { SignatoryRecord } from '../block/record.ts';
import type { For } from '../coalitions/access.ts';
import type { Instance } from '../instance.ts';
import { findLetterFacts } from '../invitations/mail.ts';
import { policiesOf } from '../letters/presets.ts';
import { queueMail } from '../outbox/queue.ts';
import { attempt } from '../shared/attempt.ts';
import { canonicalJson } from '../shared/canonical-json.ts';
import type { Fault } from '../shared/fault.ts';
import type { Result } from '../shared/result.ts';
import { correctable } from './correct.ts';
import type { CorrectEntryInput } from './correct-schema.ts';
import { type ApplyRefusal, applyCorrection, cameBy, openWish, rememberStep } from './correction.ts';
import { type CorrectionMail, correctionMail } from './correction-mail.ts';
import { corrected, type EntryFields, fieldsOf, recordOfFields } from './entry-fields.ts';
import { findOwnAddress } from './own-address.ts';
import { findSigner, openRecord } from './places.ts';
import { seenMark } from './seen-mark.ts';

const NOBODY = { name: '', role: '' };

type Runner = For<LetterScope, 'run'>;
export type CorrectEntryRefusal = 'not-found' | 'letter-ended' | 'nothing-changed' | ApplyRefusal | Fault;

interface Held {
  readonly letter: LetterRow;
  readonly row: SignatureRow;
  readonly signing: SigningRow;
  readonly record: SignatoryRecord;
  /** The person behind it; null for a batch, behind which no one person stands. */
  readonly person: ReturnType<typeof findSigner>;
}

/**
 * A coordinator corrects an entry of the list: at once, since they answer for it. It is logged with its reason, and whoever signed is told.
 * @returns faults at `organisation`, `name` and `role`
 */
export async function correctEntry(
  instance: Instance,
  scope: Runner,
  signatureId: string,
  input: CorrectEntryInput,
  now: Date,
): Promise<Result<null, CorrectEntryRefusal>> {
  return await attempt<null, CorrectEntryRefusal>(instance.store, async (tx, refuse) => {
    const held = await holdEntry(tx, instance, scope, signatureId);
    if (typeof held === 'string') return refuse(held);
    const { letter, row, record, person } = held;
    const stands = fieldsOf(record, person ?? NOBODY);
    const fields: EntryFields = { ...stands, ...input };
    // What was imported may be an organisation without a person, or one that prints as its person alone: it stays what it was.
    if (row.capacity === 'personal' && fields.name === '') return refuse({ place: 'name', reason: 'required' });
    if (row.capacity === 'organisation' && fields.organisation === '') return refuse({ place: 'organisation', reason: 'required' });
    const next = corrected(record, recordOfFields(fields, policiesOf(letter.policies)));
    const signer = person && (fields.name !== stands.name || fields.role !== stands.role) ? fields : null;
    if (signer === null && canonicalJson({ ...next }) === canonicalJson({ ...record })) return refuse('nothing-changed');
    const refused = await apply(tx, instance, scope, held, { record: next, signer, keepsWish: true, reason: input.reason }, now);
    if (refused) return refuse(refused);
    await tell(tx, instance, scope, held, { what: 'corrected', before: record, after: next, reason: input.reason }, now);
    return null;
  });
}

/** `not-now`: its signatory asks for something else than was shown, or what it would take the place of was corrected. */
export type ApproveWishRefusal = 'not-found' | 'letter-ended' | 'no-wish' | 'not-now' | ApplyRefusal;

/**
 * What an entry's signatory asked for takes the place of what stands; they are told.
 * @param seen the entry and the wish that were shown, as `seenMark` has them
 */
export async function approveWish(
  instance: Instance,
  scope: Runner,
  signatureId: string,
  { seen }: { readonly seen: string },
  now: Date,
): Promise<Result<null, ApproveWishRefusal>> {
  return await attempt<null, ApproveWishRefusal>(instance.store, async (tx, refuse) => {
    const held = await holdEntry(tx, instance, scope, signatureId);
    if (typeof held === 'string') return refuse(held);
    const { letter, row, record } = held;
    const wish = openWish(instance, row);
    if (!wish || row.proposed === null) return refuse('no-wish');
    if (seen !== seenMark(row.sealed, row.proposed)) return refuse('not-now');
    const next = corrected(record, recordOfFields(wish, policiesOf(letter.policies)));
    const refused = await apply(tx, instance, scope, held, { record: next, signer: wish, keepsWish: false, reason: '' }, now);
    if (refused) return refuse(refused);
    await tell(tx, instance, scope, held, { what: 'approved', before: record, after: next, reason: '' }, now);
    return null;
  });
}

/** What an entry's signatory asked for is not done; they are told why, and the entry stays as it is. */
export async function refuseWish(
  instance: Instance,
  scope: Runner,
  signatureId: string,
  { reason }: { readonly reason: string },
  now: Date,
): Promise<Result<null, 'not-found' | 'letter-ended' | 'no-wish'>> {
  return await attempt<null, 'not-found' | 'letter-ended' | 'no-wish'>(instance.store, async (tx, refuse) => {
    const held = await holdEntry(tx, instance, scope, signatureId);
    if (typeof held === 'string') return refuse(held);
    if (held.row.proposed === null) return refuse('no-wish');
    await storeWish(tx, signatureId, null);
    const actor = { kind: 'member', id: scope.memberId } as const;
    const record = { signature: signatureId, by: 'member', reason };
    const event = { scope: { kind: 'letter', id: scope.letterId }, type: 'correction-ended', actor, record } as const;
    await rememberStep(tx, instance, held.row, { by: actor, sequence: await appendAudit(tx, instance, event, now) });
    await tell(tx, instance, scope, held, { what: 'refused', before: held.record, after: held.record, reason }, now);
    return null;
  });
}

async function holdEntry(tx: Tx, { keys }: Instance, scope: Runner, signatureId: string): Promise<Held | 'not-found' | 'letter-ended'> {
  const { letterId, coalitionId } = scope;
  await holdLetter(tx, letterId);
  const letter = await findLetter(tx, coalitionId, letterId);
  const row = await findSignature(tx, letterId, signatureId);
  const given = row && (await findSigning(tx, letterId, row.signingId));
  if (!letter || !given || !correctable(row)) return 'not-found';
  // What was handed over stays what it was.
  if (letter.status !== 'open' && letter.status !== 'closed') return 'letter-ended';
  return { letter, row, signing: given.signing, record: openRecord(keys, row), person: findSigner(keys, given.signing) };
}

interface Change {
  readonly record: SignatoryRecord;
  readonly signer: { readonly name: string; readonly role: string } | null;
  readonly keepsWish: boolean;
  readonly reason: string;
}

async function apply(tx: Tx, instance: Instance, scope: Runner, { row, signing }: Held, change: Change, now: Date) {
  const { record, keepsWish, reason } = change;
  const signer = change.signer && { name: change.signer.name, role: change.signer.role };
  const door = await cameBy(tx, instance, signing);
  const actor = { kind: 'member', id: scope.memberId } as const;
  const about = { coalitionId: scope.coalitionId, row, signing, door, publication: row.publication, actor };
  return await applyCorrection(tx, instance, { ...about, record, signer, keepsWish, reason }, now);
}

/** Nobody is told of a batch, or of what a member vouched for without an address, or where mails say nothing of the letter. */
async function tell(
  tx: Tx,
  instance: Instance,
  scope: Runner,
  { person, signing }: Held,
  change: CorrectionMail,
  now: Date,
): Promise<void> {
  const facts = await findLetterFacts(tx, scope.letterId);
  if (!facts || facts.headline === null || facts.letter.sample || !person?.email) return;
  const { about, ...to } = await findOwnAddress(tx, instance, { ...scope, signingId: signing.id }, signing);
  await queueMail(tx, instance, 'receipt', correctionMail(facts, to, change), about, now);
}
