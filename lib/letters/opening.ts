import { findLetter, insertVersion, type LetterRow, type LetterTextRow, listLetterTexts, moveLetter } from '../../db/queries/letters.ts';
import type { Tx } from '../../db/store.ts';
import type { LetterScope } from '../access/scope.ts';
import type { For } from '../coalitions/access.ts';
import type { Instance } from '../instance.ts';
import type { Fault } from '../shared/fault.ts';
import { newId } from '../shared/ids.ts';
import { type Result, refusal, success } from '../shared/result.ts';
import { type Finding, findingKey, findingsOf, isWaivable, unwaived, type Waivers, waiverField } from './checks.ts';
import { logLetter } from './drafting.ts';
import { type FrozenText, frozenText } from './freezing.ts';
import { policiesOf } from './presets.ts';
import { isDraft, statusesFor } from './status.ts';

/** What the coordinator looked at when they froze it. */
export interface SeenDraft {
  /** 64 hex digits, of the authentic text. */
  readonly fingerprint: string;
  readonly revision: number;
  /** Why what the checks found stays as it is. */
  readonly waivers?: Waivers;
}

/** `draft-moved`: the draft is another than was seen. Faults: the text can't be frozen as it stands. */
export type FreezeRefusal = 'not-found' | 'not-a-draft' | 'draft-moved' | 'deadline-missing' | 'deadline-passed' | readonly Fault[];

interface FreezableText {
  readonly row: LetterTextRow;
  readonly frozen: FrozenText;
}

/** What keeps a draft from being opened, or its texts as they will stand for good; the freeze page asks the same as the freeze. */
export function freezable(letter: LetterRow, texts: readonly LetterTextRow[], now: Date): Result<readonly FreezableText[], FreezeRefusal> {
  if (!isDraft(letter.status)) return refusal('not-a-draft');
  const frozen: FreezableText[] = [];
  for (const row of texts) {
    const result = frozenText(row, { emptyBody: 'refused' });
    if (!result.ok) return result;
    frozen.push({ row, frozen: result.value });
  }
  const missing = texts[0]?.addressees.length === 0 ? [{ place: 'to', reason: 'required' }] : [];
  if (missing.length > 0) return refusal(missing);
  if (letter.deadlineAt === null) return refusal('deadline-missing');
  if (letter.deadlineAt <= now) return refusal('deadline-passed');
  return success(frozen);
}

/**
 * Freezes the text and opens the letter for signatures, in one step: from here on the text is what people sign. Refused where the draft
 * is not the one that was looked at.
 */
export async function freezeLetter(
  instance: Instance,
  scope: For<LetterScope, 'run'>,
  seen: SeenDraft,
  now: Date,
): Promise<Result<{ readonly fingerprint: string; readonly versionId: string }, FreezeRefusal>> {
  return await instance.store.inTransaction((tx) => freezeInside(tx, instance, scope, seen, now));
}

export async function freezeInside(
  tx: Tx,
  instance: Instance,
  scope: Pick<LetterScope, 'coalitionId' | 'letterId' | 'memberId'>,
  seen: SeenDraft,
  now: Date,
): Promise<Result<{ readonly fingerprint: string; readonly versionId: string }, FreezeRefusal>> {
  const letter = await findLetter(tx, scope.coalitionId, scope.letterId);
  if (!letter) return refusal('not-found');
  const texts = freezable(letter, await listLetterTexts(tx, letter), now);
  if (!texts.ok) return texts;
  const authentic = texts.value.find(({ row }) => row.language === letter.authenticLanguage);
  if (authentic?.frozen.fingerprint !== seen.fingerprint || letter.revision !== seen.revision) return refusal('draft-moved');
  const { waivers = {} } = seen;
  const rows = texts.value.map(({ row }) => row);
  const findings = findingsOf(letter, rows, now);
  const open = unwaived(findings, waivers);
  if (open.length > 0) {
    return refusal(open.map((finding) => ({ place: waiverField(finding), reason: isWaivable(finding) ? 'unwaived' : 'too-many' })));
  }

  const versionId = newId('ver', instance.random);
  const release = policiesOf(letter.policies).publicAt === 'opening' ? ('public' as const) : letter.release;
  const opened = await moveLetter(
    tx,
    letter.id,
    { from: statusesFor('open'), revision: seen.revision },
    { status: 'open', liveVersionId: versionId, release, openedAt: now, updatedAt: now },
  );
  // Somebody was faster, on an engine where they may be; nothing of ours has been written yet.
  if (!opened) return refusal('draft-moved');
  await insertVersion(
    tx,
    { id: versionId, letterId: letter.id, number: 1, change: 'first', frozenAt: now, frozenBy: scope.memberId },
    texts.value.map(({ row, frozen }) => ({
      language: row.language,
      authentic: row.language === letter.authenticLanguage,
      canonical: frozen.canonical,
      fingerprint: frozen.fingerprint,
      reference: row.reference,
      cc: row.cc,
      frozenAt: now,
    })),
  );
  const { fingerprint } = seen;
  const languages = texts.value.map(({ row }) => row.language);
  await logLetter(
    tx,
    instance,
    scope,
    { type: 'letter-frozen', fingerprint, record: { version: 1, languages, ...waivedRecord(findings, waivers) } },
    now,
  );
  const deadline = letter.deadlineAt?.toISOString() ?? null;
  await logLetter(tx, instance, scope, { type: 'letter-opened', fingerprint, record: { deadline, zone: letter.zone, release } }, now);
  return success({ fingerprint, versionId });
}

/** What was found and why it stays, for the log: the entry says who froze. */
const waivedRecord = (findings: readonly Finding[], waivers: Waivers) =>
  findings.length === 0 ? {} : { waived: findings.map((finding) => ({ ...finding, reason: (waivers[findingKey(finding)] ?? '').trim() })) };
