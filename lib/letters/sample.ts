import { holdCoalition } from '../../db/queries/coalitions.ts';
import { deleteSampleRow, findLetter, hasSample, listLetterTexts } from '../../db/queries/letters.ts';
import { addToCounts, insertConsents, insertSignatures, insertSigning, takePositions } from '../../db/queries/signatures.ts';
import type { Tx } from '../../db/store.ts';
import type { CoalitionScope, LetterScope } from '../access/scope.ts';
import type { SignatoryRecord } from '../block/record.ts';
import type { For } from '../coalitions/access.ts';
import { seal } from '../crypto/seal.ts';
import type { Instance } from '../instance.ts';
import { newId } from '../shared/ids.ts';
import { type Result, refusal, success } from '../shared/result.ts';
import { consentWordingFor } from '../signatures/consent-wording.ts';
import { signaturePlace, signingPlace } from '../signatures/places.ts';
import { findingKey, findingsOf } from './checks.ts';
import { DEADLINE_TIME, dayIn, deadlineInstant } from './deadline.ts';
import { addDraft, draftOf } from './drafting.ts';
import { frozenText } from './freezing.ts';
import { freeLetterheadLogo } from './letterhead.ts';
import { freezeInside } from './opening.ts';
import { sampleSignatories, sampleText } from './sample-letter.ts';

const SAMPLE_DAYS = 21;
const DAY_MS = 24 * 3_600_000;

/**
 * An invented letter with invented signatories, open for signatures, to try everything on. It never sends mail; `deleteSample` takes it
 * away whole. One a coalition.
 */
export async function createSampleLetter(
  instance: Instance,
  scope: For<CoalitionScope, 'run'>,
  { zone }: { readonly zone: string },
  now: Date,
): Promise<Result<{ readonly letterId: string }, 'sample-exists'>> {
  return await instance.store.inTransaction(async (tx) => {
    await holdCoalition(tx, scope.coalitionId);
    if (await hasSample(tx, scope.coalitionId)) return refusal('sample-exists');
    const deadlineAt = deadlineInstant(dayIn(new Date(now.getTime() + SAMPLE_DAYS * DAY_MS), zone), DEADLINE_TIME, zone);
    const letterId = await addDraft(tx, instance, scope, { ...draftOf({ ...sampleText, zone, deadlineAt }), sample: true }, now);
    const letter = await findLetter(tx, scope.coalitionId, letterId);
    const [text] = letter ? await listLetterTexts(tx, letter) : [];
    const frozen = text && frozenText(text, { emptyBody: 'refused' });
    if (!letter || !text || !frozen?.ok) throw new Error('the sample letter cannot be frozen');
    const { fingerprint } = frozen.value;
    const waivers = Object.fromEntries(findingsOf(letter, [text], now).map((finding) => [findingKey(finding), 'It is a sample.']));
    const opened = await freezeInside(tx, instance, { ...scope, letterId }, { fingerprint, revision: letter.revision, waivers }, now);
    if (!opened.ok) throw new Error(`the sample letter cannot be opened: ${String(opened.reason)}`);
    await signSample(tx, instance, { ...scope, letterId }, { versionId: opened.value.versionId, fingerprint }, now);
    return success({ letterId });
  });
}

async function signSample(
  tx: Tx,
  { keys, random }: Instance,
  { letterId, memberId }: Pick<LetterScope, 'letterId' | 'memberId'>,
  version: { readonly versionId: string; readonly fingerprint: string },
  now: Date,
): Promise<void> {
  const first = await takePositions(tx, letterId, sampleSignatories.length);
  if (first === null) throw new Error('the sample letter is gone');
  for (const [index, record] of sampleSignatories.entries()) {
    const signingId = newId('sgn', random);
    const signatureId = newId('sig', random);
    const wording = consentWordingFor(record.capacity);
    await insertSigning(tx, {
      id: signingId,
      letterId,
      origin: 'on-behalf',
      proof: 'vouched',
      sealed: seal(keys, signingPlace(letterId, signingId), {}),
      wording,
      language: sampleText.language,
      vouchedBy: memberId,
      vouchedMeans: 'invented',
      vouchedOn: now.toISOString().slice(0, 10),
      createdAt: now,
    });
    const row = { id: signatureId, signingId, letterId, position: first + index };
    await insertSignatures(tx, [
      { ...row, ...signatureOf(record), sealed: seal(keys, signaturePlace(letterId, signatureId), record), signedAt: now, listedAt: now },
    ]);
    await insertConsents(tx, [{ signatureId, ...version, language: sampleText.language, wording, givenAt: now }]);
  }
  const organisations = sampleSignatories.filter(({ capacity }) => capacity === 'organisation').length;
  await addToCounts(tx, letterId, { organisations, persons: sampleSignatories.length - organisations });
}

const signatureOf = ({ capacity }: SignatoryRecord) => ({
  capacity,
  status: 'listed' as const,
  authority: capacity === 'organisation' ? ('authorised' as const) : null,
  publication: 'public' as const,
  flags: [],
});

/** Takes the sample away, signatures and all; its log stays and holds nothing personal. A real letter is never touched. */
export async function deleteSample(instance: Instance, scope: For<LetterScope, 'run'>): Promise<Result<null, 'not-a-sample'>> {
  return await instance.store.inTransaction(async (tx) => {
    await holdCoalition(tx, scope.coalitionId);
    const deleted = await deleteSampleRow(tx, scope.letterId);
    if (!deleted) return refusal('not-a-sample');
    if (deleted.logo !== null) await freeLetterheadLogo(tx, scope.coalitionId, deleted.logo);
    return success(null);
  });
}
