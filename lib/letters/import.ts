import { activateBatch, findActiveBatchOfFile, publishImportedLetter } from '../../db/queries/batches.ts';
import { findCoalitionBySlug, findMember, holdCoalition } from '../../db/queries/coalitions.ts';
import { findPersonByEmailIndex } from '../../db/queries/people.ts';
import type { Tx } from '../../db/store.ts';
import { personIndex } from '../auth/person.ts';
import { mayDo } from '../coalitions/access.ts';
import { parseEmailAddress } from '../crypto/email-address.ts';
import type { Instance } from '../instance.ts';
import type { LetterFile } from '../letter-file/letter-file.ts';
import type { OnFault } from '../letter-file/read.ts';
import type { FaultyEntry, SignatoriesSurvey } from '../letter-file/signatories.ts';
import { type Result, refusal, success } from '../shared/result.ts';
import { acceptLine } from '../text/characters.ts';
import { discardImport } from './discard-import.ts';
import { logLetter } from './drafting.ts';
import { type DuplicateEntry, type Filled, fillImport } from './import-fill.ts';
import { type Ids, startIds, startImport, type Voucher } from './import-start.ts';
import { giveWay, hindranceToReplacing, type ReplaceRefusal } from './replace-import.ts';

export interface ImportInput {
  readonly file: LetterFile;
  readonly signatories: SignatoriesSurvey;
  readonly onFault: OnFault;
  /** SHA-256 of the files that were read, in hex, separated by a space. */
  readonly fileHash: string;
  readonly coalitionSlug: string;
  /** The address of the member who vouches for every entry. */
  readonly as: string;
  /** By what means the yes of these people came: stands with every signature. */
  readonly means: string;
  readonly zone: string;
  /** An imported letter that this one corrects and takes the place of. */
  readonly replaces?: string;
  /** Also where these very files were imported into this coalition before. */
  readonly again?: boolean;
  readonly onProgress?: (done: number) => void;
}

export type ImportRefusal = 'no-such-coalition' | 'no-such-member' | 'not-allowed' | 'means-missing' | 'imported-before' | ReplaceRefusal;

export interface ImportedLetter {
  readonly letterId: string;
  readonly fingerprint: string;
  readonly listed: number;
  readonly held: number;
  /** Entries with faults among the held. */
  readonly heldFaulty: number;
  /** Second entries of one organisation among the held. */
  readonly duplicates: number;
  /** Where those stand, the first ten thousand. */
  readonly duplicateEntries: readonly DuplicateEntry[];
  /** Listed as the source left them, though something is missing. */
  readonly flagged: number;
  readonly dropped: number;
  /** Entries that `hold` could not keep: no JSON object, or one that does not say its capacity. */
  readonly lost: readonly FaultyEntry[];
}

const MEANS_LIMIT = 1000;

/**
 * Imports a letter that was signed elsewhere: frozen, closed, invited-only, its entries vouched for as one batch by one member.
 *
 * The letter is off every list and its batch inactive while they are filled, by short transactions; one more makes them count. An
 * import that ends in the middle shows nothing, and a job that was queued with it clears the rest away. Of several of the same files at
 * once, all but the first to be whole are refused: `imported-before`.
 */
export async function importLetter(instance: Instance, input: ImportInput, now: Date): Promise<Result<ImportedLetter, ImportRefusal>> {
  const voucher = await findVoucher(instance, input);
  if (!voucher.ok) return voucher;
  const means = acceptLine(input.means, MEANS_LIMIT);
  if (!means.ok || means.value === '') return refusal('means-missing');
  const { coalitionId } = voucher.value;
  const { replaces } = input;
  const hindrance = replaces === undefined ? null : await hindranceToReplacing(instance.store.read, { coalitionId, replaced: replaces });
  if (hindrance) return refusal(hindrance);
  const ids = startIds(instance);
  const started = await instance.store.inTransaction((tx) =>
    startImport(tx, instance, { ...input, ...voucher.value, ...ids, means: means.value }, now),
  );
  try {
    return success(await finish(instance, input, { ...started, ...ids, ...voucher.value, means: means.value }, now));
  } catch (error) {
    // At once what the job does a day after a crash; should that fail too, the job is still there.
    await discardImport.run(instance, ids, now).catch(() => undefined);
    if (error instanceof NotShown) return refusal(error.hindrance);
    throw error;
  }
}

/** While the batch was filled, somebody got at the letter that it was to replace, or was faster with the same files. */
class NotShown extends Error {
  override readonly name = 'NotShown';
  readonly hindrance: ImportRefusal;
  constructor(hindrance: ImportRefusal) {
    super(hindrance);
    this.hindrance = hindrance;
  }
}

interface Started extends Voucher, Ids {
  readonly slug: string;
  readonly fingerprint: string;
  readonly means: string;
}

/** Fills the batch and makes it count. */
async function finish(instance: Instance, input: ImportInput, started: Started, now: Date): Promise<ImportedLetter> {
  const { letterId, fingerprint } = started;
  const filled = await fillImport(instance, input, started, now);
  const dropped = input.signatories.faulty - filled.heldFaulty;
  await instance.store.inTransaction((tx) => activate(tx, instance, input, started, { ...filled, dropped }, now));
  const { listed, held, heldFaulty, duplicates, duplicateEntries, flagged, lost } = filled;
  return { letterId, fingerprint, listed, held, heldFaulty, duplicates, duplicateEntries, flagged, dropped, lost };
}

/** The short transaction that shows the letter: batch, letter and log. */
async function activate(
  tx: Tx,
  instance: Instance,
  { file, signatories, fileHash, replaces, again }: ImportInput,
  { coalitionId, letterId, versionId, batchId, memberId, fingerprint, means }: Started,
  { listed, held, organisations, dropped }: Filled & { readonly dropped: number },
  now: Date,
): Promise<void> {
  if (replaces === undefined && again !== true) {
    await holdCoalition(tx, coalitionId);
    if (await findActiveBatchOfFile(tx, coalitionId, fileHash)) throw new NotShown('imported-before');
  }
  if (!(await activateBatch(tx, batchId, { count: listed + held, heldCount: held }, now))) {
    throw new Error('the import was given up while it was under way');
  }
  const shown = await publishImportedLetter(tx, letterId, {
    liveVersionId: versionId,
    signatureSequence: signatories.read,
    organisationCount: organisations,
    personCount: listed - organisations,
  });
  if (!shown) throw new Error('the imported letter is gone');
  if (replaces !== undefined) {
    const hindrance = await giveWay(tx, instance, { coalitionId, memberId, letterId, replaced: replaces }, now);
    if (hindrance) throw new NotShown(hindrance);
  }
  const who = { letterId, memberId };
  const { authenticLanguage, texts } = file.letter;
  const headline = texts.find((text) => text.language === authenticLanguage)?.headline ?? '';
  const languages = texts.map((text) => text.language);
  await logLetter(tx, instance, who, { type: 'letter-created', record: { headline, origin: 'import' } }, now);
  await logLetter(tx, instance, who, { type: 'letter-frozen', fingerprint, record: { version: 1, languages } }, now);
  const record = { batch: batchId, count: listed + held, held, dropped, fileHash, means, ...(replaces && { replaces }) };
  await logLetter(tx, instance, who, { type: 'batch-imported', fingerprint, record }, now);
}

async function findVoucher({ store, keys }: Instance, input: ImportInput): Promise<Result<Voucher, ImportRefusal>> {
  const coalition = await findCoalitionBySlug(store.read, input.coalitionSlug);
  if (!coalition) return refusal('no-such-coalition');
  const email = parseEmailAddress(input.as);
  const person = email.ok ? await findPersonByEmailIndex(store.read, personIndex(keys, email.value)) : null;
  const member = person && (await findMember(store.read, coalition.id, person.id));
  if (!member) return refusal('no-such-member');
  return mayDo(member.role, 'run') ? success({ coalitionId: coalition.id, memberId: member.id }) : refusal('not-allowed');
}
