import {
  findDeletedLetter,
  findLastLetter,
  findLetter,
  hasSample,
  type LetterRow,
  type LetterTextRow,
  listLetters,
  listLetterTexts,
  listVersionTexts,
} from '../../db/queries/letters.ts';
import type { CoalitionScope, LetterScope } from '../access/scope.ts';
import type { Instance } from '../instance.ts';
import { isId } from '../shared/ids.ts';
import { ownZone } from './deadline.ts';
import { UNDO_HOURS } from './drafting.ts';
import { type NextStep, nextStepOf } from './next-step.ts';
import { isDraft } from './status.ts';

/** Rows of a list on one page. */
export const PAGE_ROWS = 50;

export interface LetterListItem {
  readonly id: string;
  readonly headline: string;
  readonly status: LetterRow['status'];
  readonly sample: boolean;
  readonly deadlineAt: Date | null;
  readonly zone: string;
  readonly organisations: number;
  readonly people: number;
  readonly next: NextStep;
}

export interface LetterList {
  readonly letters: readonly LetterListItem[];
  /** Where the next page begins, for its address; null at the end. */
  readonly more: string | null;
  /** The coalition has its sample letter, on whatever page. */
  readonly hasSample: boolean;
}

const cursorOf = ({ updatedAt, id }: LetterRow): string => `${updatedAt.getTime()}.${id}`;

/** A cursor out of an address; anything else counts as none. */
function readCursor(text: string | null): { readonly updatedAt: Date; readonly id: string } | undefined {
  // Fourteen digits end in the year 5138; one more would be a time that PostgreSQL cannot read.
  const [, time, id] = /^(\d{1,14})\.(let_[\w-]{22})$/.exec(text ?? '') ?? [];
  return time === undefined || id === undefined ? undefined : { updatedAt: new Date(Number(time)), id };
}

/** Which of a coalition's letters a list holds. */
export interface LetterFilter {
  /** Those out of the way, or the others. */
  readonly archived: boolean;
  /** Words of the headline; empty for all. */
  readonly words: string;
}

const LIVE: LetterFilter = { archived: false, words: '' };

/** Longer than any headline that anybody would look for by. */
const WORDS_LIMIT = 200;

/** A filter out of an address; what PostgreSQL cannot read is left out. */
export const readFilter = ({ list, words }: { readonly list: string | null; readonly words: string | null }): LetterFilter => ({
  archived: list === 'archived',
  words: (words ?? '').replaceAll('\0', '').toWellFormed().trim().slice(0, WORDS_LIMIT),
});

/** A coalition's letters, the last changed first, each with its next step. */
export async function viewLetters(
  { store }: Instance,
  scope: CoalitionScope,
  cursor: string | null,
  now: Date,
  filter: LetterFilter = LIVE,
): Promise<LetterList> {
  const after = readCursor(cursor);
  const rows = await listLetters(store.read, scope.coalitionId, { ...filter, limit: PAGE_ROWS + 1, ...(after ? { after } : {}) });
  const page = rows.slice(0, PAGE_ROWS);
  const last = page.at(-1);
  return {
    letters: page.map(({ letter, headline, hasBody }) => ({
      id: letter.id,
      headline,
      status: letter.status,
      sample: letter.sample,
      deadlineAt: letter.deadlineAt,
      zone: letter.zone,
      organisations: letter.organisationCount,
      people: letter.personCount,
      next: nextStepOf(
        {
          status: letter.status,
          written: hasBody && headline !== '',
          deadlineAt: letter.deadlineAt,
          signatures: letter.organisationCount + letter.personCount,
        },
        now,
      ),
    })),
    more: rows.length > PAGE_ROWS && last ? cursorOf(last.letter) : null,
    hasSample: await hasSample(store.read, scope.coalitionId),
  };
}

/** The id out of an address, if it is of a letter whose deletion can still be undone. */
export async function findUndoable({ store }: Instance, scope: CoalitionScope, id: string | null, now: Date): Promise<string | null> {
  if (id === null || !isId('let', id)) return null;
  const since = new Date(now.getTime() - UNDO_HOURS * 3_600_000);
  return (await findDeletedLetter(store.read, scope.coalitionId, id, since))?.id ?? null;
}

/** The zone of the letter last made, or the machine's: a first guess that the form shows. */
export async function guessZone({ store }: Instance, scope: CoalitionScope): Promise<string> {
  return (await findLastLetter(store.read, scope.coalitionId))?.zone ?? ownZone();
}

export interface LetterView {
  readonly letter: LetterRow;
  /** As drafted, the authentic one first. */
  readonly texts: readonly LetterTextRow[];
  readonly headline: string;
  readonly next: NextStep;
  /** Null while the text is a draft. */
  readonly frozen: {
    readonly fingerprint: string;
    readonly frozenAt: Date;
    readonly languages: readonly string[];
  } | null;
}

/** One letter as its desk shows it; null where it has gone since the gate. */
export async function viewLetter({ store }: Instance, scope: LetterScope, now: Date): Promise<LetterView | null> {
  const letter = await findLetter(store.read, scope.coalitionId, scope.letterId);
  if (!letter) return null;
  const texts = await listLetterTexts(store.read, letter);
  const [authentic] = texts;
  const versions = letter.liveVersionId === null ? [] : await listVersionTexts(store.read, letter.liveVersionId);
  const frozen = versions.find((version) => version.authentic);
  const written = authentic !== undefined && authentic.body !== '' && authentic.headline !== '' && authentic.addressees.length > 0;
  const facts = { status: letter.status, deadlineAt: letter.deadlineAt, signatures: letter.organisationCount + letter.personCount };
  return {
    letter,
    texts,
    headline: authentic?.headline ?? '',
    next: nextStepOf({ ...facts, written: written || !isDraft(letter.status) }, now),
    frozen: frozen
      ? { fingerprint: frozen.fingerprint, frozenAt: frozen.frozenAt, languages: versions.map(({ language }) => language) }
      : null,
  };
}
