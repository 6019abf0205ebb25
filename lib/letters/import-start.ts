import { insertBatch } from '../../db/queries/batches.ts';
import { insertLetter, insertLetterText, insertVersion } from '../../db/queries/letters.ts';
import { insertSigning } from '../../db/queries/signatures.ts';
import type { Tx } from '../../db/store.ts';
import { slugOf, slugWithEnding } from '../coalitions/slug.ts';
import { seal } from '../crypto/seal.ts';
import type { Instance } from '../instance.ts';
import { enqueueJob } from '../jobs/queue.ts';
import type { LetterFile } from '../letter-file/letter-file.ts';
import { newId } from '../shared/ids.ts';
import { signingPlace } from '../signatures/places.ts';
import { discardImport } from './discard-import.ts';
import { frozenText } from './freezing.ts';
import { presetSettings } from './presets.ts';

const DAY_MS = 24 * 3_600_000;
/** No wording was shown: a member vouches. */
const WORDING = 'vouched/1';

/** The member who vouches. */
export interface Voucher {
  readonly coalitionId: string;
  readonly memberId: string;
}

export interface Ids {
  readonly letterId: string;
  readonly versionId: string;
  readonly batchId: string;
  readonly signingId: string;
}

export const startIds = ({ random }: Instance): Ids => ({
  letterId: newId('let', random),
  versionId: newId('ver', random),
  batchId: newId('bat', random),
  signingId: newId('sgn', random),
});

export interface Import extends Voucher, Ids {
  readonly file: LetterFile;
  readonly fileHash: string;
  readonly zone: string;
  readonly means: string;
}

/** The letter with its version, and an empty batch with its one signing: all but the signatures. */
export async function startImport(
  tx: Tx,
  instance: Instance,
  { file, fileHash, zone, means, coalitionId, memberId, letterId, versionId, batchId, signingId }: Import,
  now: Date,
): Promise<{ readonly slug: string; readonly fingerprint: string }> {
  const { random, keys } = instance;
  const { kind, authenticLanguage, date, place } = file.letter;
  const frozen = freezeTexts(file);
  const authentic = frozen.find(({ row }) => row.language === authenticLanguage);
  if (!authentic) throw new Error('a letter file without its authentic text');
  const slug = slugWithEnding(slugOf(authentic.row.headline, 'letter'), random);
  await insertLetter(tx, {
    id: letterId,
    coalitionId,
    slug,
    kind,
    preset: 'coalition-letter',
    status: 'closed',
    release: 'invited-only',
    authenticLanguage,
    date,
    place,
    zone,
    block: file.block,
    policies: presetSettings['coalition-letter'].policies,
    createdBy: memberId,
    createdAt: now,
    updatedAt: now,
    openedAt: now,
    closedAt: now,
    // Off every list until it is whole, and so long ago that nobody is offered to take it back.
    deletedAt: new Date(0),
  });
  for (const { row } of frozen) await insertLetterText(tx, { letterId, ...row, updatedAt: now, updatedBy: memberId });
  await insertVersion(
    tx,
    { id: versionId, letterId, number: 1, change: 'first', frozenAt: now, frozenBy: memberId },
    frozen.map(({ row, canonical, fingerprint }) => ({
      language: row.language,
      authentic: row.language === authenticLanguage,
      canonical,
      fingerprint,
      reference: row.reference,
      cc: row.cc,
      frozenAt: now,
    })),
  );
  await insertBatch(tx, { id: batchId, letterId, memberId, means, fileHash, state: 'filling', createdAt: now });
  await insertSigning(tx, {
    id: signingId,
    letterId,
    batchId,
    origin: 'import',
    proof: 'vouched',
    sealed: seal(keys, signingPlace(letterId, signingId), {}),
    wording: WORDING,
    language: authenticLanguage,
    vouchedBy: memberId,
    vouchedMeans: means,
    vouchedOn: now.toISOString().slice(0, 10),
    createdAt: now,
    confirmedAt: now,
  });
  await enqueueJob(tx, instance, { handler: discardImport, payload: { letterId, batchId }, runAt: new Date(now.getTime() + DAY_MS) }, now);
  return { slug, fingerprint: authentic.fingerprint };
}

/** The texts as they are stored and as they stand for good. */
function freezeTexts({ letter }: LetterFile) {
  return letter.texts.map((text) => {
    const row = {
      ...text,
      subtitle: text.subtitle ?? '',
      reference: text.reference ?? '',
      salutation: text.salutation ?? '',
      closing: text.closing ?? '',
      disclaimer: text.disclaimer ?? '',
    };
    const frozen = frozenText(row, { emptyBody: 'allowed' });
    if (!frozen.ok) throw new Error('a letter file that was accepted cannot be frozen');
    return { row, ...frozen.value };
  });
}
