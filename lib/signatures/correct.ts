import { storeWish } from '../../db/queries/corrections.ts';
import { findLetterById } from '../../db/queries/letters.ts';
import { findSigning, holdLetter, type SignatureRow } from '../../db/queries/signatures.ts';
import type { SigningScope } from '../access/scope.ts';
import { appendAudit } from '../audit/append.ts';
import { seal } from '../crypto/seal.ts';
import type { Instance } from '../instance.ts';
import { policiesOf } from '../letters/presets.ts';
import { attempt } from '../shared/attempt.ts';
import { canonicalJson } from '../shared/canonical-json.ts';
import type { Fault } from '../shared/fault.ts';
import { type Result, refusal } from '../shared/result.ts';
import type { CorrectOwnInput } from './correct-schema.ts';
import { type ApplyRefusal, applyCorrection, cameBy, gatesOf, sameName, signersBy, speaksAnew } from './correction.ts';
import { corrected, type EntryFields, fieldsOf, recordOfFields } from './entry-fields.ts';
import { openRecord, openSigner, wishPlace } from './places.ts';
import { seenMark } from './seen-mark.ts';

/** `changed-meanwhile`: somebody else corrected the entry since the form was shown; what they put right must not be lost untold. */
export type CorrectRefusal = 'other-signing' | 'not-signed' | 'letter-ended' | 'changed-meanwhile' | Fault;

/** Entries that may be corrected: what has ended is nobody's entry any more, and what is not confirmed yet is no entry. */
export const correctable = ({ status }: Pick<SignatureRow, 'status'>): boolean => status === 'listed' || status === 'held';

const faultOf = (reason: ApplyRefusal): Fault => ({ place: reason === 'signed-before' ? 'name' : 'organisation', reason });

/**
 * Somebody corrects an entry of their own. Role, place and publication choice change at once, and whoever need not be printed any more is not. Another name, organisation or capacity passes
 * the gates it would have had to pass when it was given: where one of them asks for somebody's look, it is kept as a wish, and the entry
 * stays as it is until then. Nothing changes once the letter was handed over.
 * @returns whether something waits; a fault at `signer`, `authorised`, `organisation` or `name`
 */
export async function correctOwnEntry(
  instance: Instance,
  scope: SigningScope,
  input: CorrectOwnInput,
  now: Date,
): Promise<Result<{ readonly waits: boolean }, CorrectRefusal>> {
  const { letterId, coalitionId, signingId } = scope;
  const { keys } = instance;
  if (input.signing !== signingId) return refusal('other-signing');
  return await attempt<{ readonly waits: boolean }, CorrectRefusal>(instance.store, async (tx, refuse) => {
    await holdLetter(tx, letterId);
    const letter = await findLetterById(tx, letterId);
    if (letter?.status !== 'open' && letter?.status !== 'closed') return refuse('letter-ended');
    const given = await findSigning(tx, letterId, signingId);
    const row = given?.signatures.find(({ id }) => id === input.entry);
    if (!given || !row || !correctable(row)) return refuse('not-signed');
    if (input.seen !== seenMark(row.sealed)) return refuse('changed-meanwhile');
    const { signing } = given;
    const door = await cameBy(tx, instance, signing);
    if (!signersBy(door).includes(input.signer)) return refuse({ place: 'signer', reason: 'not-offered' });
    const policies = policiesOf(letter.policies);
    const record = openRecord(keys, row);
    const stands = fieldsOf(record, openSigner(keys, signing));
    const wished = pickFields(input);
    if (speaksAnew(stands, wished) && input.authorised !== 'yes') return refuse({ place: 'authorised', reason: 'required' });

    const gates = gatesOf(row, letter, door, stands, wished);
    // In whose name a letter is signed is settled by its deadline: from then on nobody speaks for an organisation anew but by a look.
    const late = letter.status !== 'open' || (letter.deadlineAt !== null && letter.deadlineAt <= now);
    const waits = gates.authority || gates.approval || (late && row.status === 'listed' && speaksAnew(stands, wished));
    const next = waits ? atOnce(stands, wished) : wished;
    const nextRecord = corrected(record, recordOfFields(next, policies));
    const actor = { kind: 'signatory', id: signingId } as const;
    const changed = canonicalJson({ ...nextRecord }) !== canonicalJson({ ...record }) || row.publication !== input.publication;
    const renamed = next.name !== stands.name || next.role !== stands.role;
    if (changed || renamed) {
      const signer = renamed ? { name: next.name, role: next.role } : null;
      const applying = {
        coalitionId,
        row,
        signing,
        door,
        record: nextRecord,
        publication: input.publication,
        signer,
        keepsWish: waits,
        actor,
      };
      const refused = await applyCorrection(tx, instance, applying, now);
      if (refused) return refuse(faultOf(refused));
    } else if (!waits && row.proposed !== null) await storeWish(tx, row.id, null);
    if (!waits) return { waits };
    const sealed = seal(keys, wishPlace(letterId, row.id), { ...wished });
    await storeWish(tx, row.id, { sealed, at: now });
    const wish = { signature: row.id, wish: { ...wished }, authorised: input.authorised === 'yes' };
    await appendAudit(tx, instance, { scope: { kind: 'letter', id: letterId }, type: 'correction-asked', actor, record: wish }, now);
    return { waits };
  });
}

/** Whoever asked for another entry than stands in the list thinks better of it. */
export async function takeBackWish(
  instance: Instance,
  scope: SigningScope,
  input: { readonly signing: string; readonly entry: string },
  now: Date,
): Promise<Result<null, 'other-signing' | 'not-signed'>> {
  const { letterId, signingId } = scope;
  if (input.signing !== signingId) return refusal('other-signing');
  return await attempt<null, 'not-signed'>(instance.store, async (tx, refuse) => {
    await holdLetter(tx, letterId);
    const row = (await findSigning(tx, letterId, signingId))?.signatures.find(({ id }) => id === input.entry);
    if (!row) return refuse('not-signed');
    if (row.proposed === null) return null;
    await storeWish(tx, row.id, null);
    const actor = { kind: 'signatory', id: signingId } as const;
    const record = { signature: row.id, by: 'signatory' };
    await appendAudit(tx, instance, { scope: { kind: 'letter', id: letterId }, type: 'correction-ended', actor, record }, now);
    return null;
  });
}

function pickFields(input: CorrectOwnInput): EntryFields {
  const { signer, organisation, acronym, name, role, affiliation, city, country, representativePrinted } = input;
  return { signer, organisation, acronym, name, role, affiliation, city, country, representativePrinted };
}

/** What of a wish needs nobody's look: all but another name, organisation or capacity. */
function atOnce(stands: EntryFields, wished: EntryFields): EntryFields {
  if (stands.signer !== wished.signer) return stands;
  // Who is to print under another name, or beside another organisation, did not ask to be printed as the entry stands.
  const same = wished.name === stands.name && sameName(wished.organisation, stands.organisation);
  const printed = wished.representativePrinted && (stands.representativePrinted || same);
  return { ...wished, name: stands.name, organisation: stands.organisation, acronym: stands.acronym, representativePrinted: printed };
}
