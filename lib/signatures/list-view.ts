import { findLetter, type LetterRow } from '../../db/queries/letters.ts';
import { countBranch, type ListedRow, type ListOrigin, listRowsAt } from '../../db/queries/list.ts';
import type { Capacity, PublicationChoice, SignatureStatus } from '../../db/schema/values.ts';
import type { LetterScope } from '../access/scope.ts';
import { type For, mayDo } from '../coalitions/access.ts';
import type { Keys } from '../crypto/keys.ts';
import type { Instance } from '../instance.ts';
import { namesMayShow } from '../letters/document.ts';
import { policiesOf } from '../letters/presets.ts';
import { PAGE_ROWS } from '../letters/views.ts';
import { branchesOf, type ListCursor, type ListFilter, type ListState, listStates } from './list-filter.ts';
import { findPlaces } from './list-search.ts';
import { inWords } from './listed.ts';
import { openPrintable } from './printable-record.ts';
import { seenMark } from './seen-mark.ts';

export interface ListEntry {
  readonly id: string;
  /** What it says, as `seenMark` has it. */
  readonly seen: string;
  readonly position: number;
  readonly capacity: Capacity;
  readonly status: SignatureStatus;
  /** The organisation's name, or the person's. */
  readonly lead: string;
  /** Everything else of the entry, on one line. */
  readonly details: string;
  readonly publication: PublicationChoice;
  readonly origin: ListOrigin;
  /** What somebody should look at: `duplicate-organisation`, … */
  readonly flags: readonly string[];
  /** Its signatory wants it changed, and it stays as it is until somebody has looked. */
  readonly proposed: boolean;
  readonly signedAt: Date;
}

export interface ListCounts {
  /** Listed, kept with every change: an organisation counts once, a person once an entry. */
  readonly organisations: number;
  readonly people: number;
  /** Up to `MOST_COUNTED`; nothing where there is no number to be had without counting all. */
  readonly states: Readonly<Partial<Record<ListState, number>>>;
}

/** Entries of a state are counted this far: the page then says that there are more. */
export const MOST_COUNTED = 1_000;

export interface ListView {
  readonly letter: LetterRow;
  readonly entries: readonly ListEntry[];
  readonly counts: ListCounts;
  readonly newer: ListCursor;
  readonly older: ListCursor;
  /** A very long list was looked through up to here, and goes on there. */
  readonly lookOn: ListCursor;
  /** The names are hidden or withdrawn, and whoever asks does not run the letter. */
  readonly hidden: boolean;
}

/**
 * One page of a letter's entries, the last signed first. Members read names without addresses, whatever their publication choice; while
 * names are hidden, only those who run the letter. Null where the letter has gone since the gate.
 */
export async function viewList(
  instance: Instance,
  scope: For<LetterScope, 'read'>,
  filter: ListFilter,
  cursor: ListCursor,
): Promise<ListView | null> {
  const letter = await findLetter(instance.store.read, scope.coalitionId, scope.letterId);
  if (!letter) return null;
  const counts = await countList(instance, letter);
  const nothing = { letter, counts, newer: null, older: null, lookOn: null };
  if (!namesMayShow(letter) && !mayDo(scope.role, 'run')) return { ...nothing, entries: [], hidden: true };
  const end = { older: true, place: letter.signatureSequence + 1 };
  const back = cursor !== null && !cursor.older ? await findPlaces(instance, letter, filter, { ...cursor, limit: PAGE_ROWS + 1 }) : null;
  if (back && (back.places.length > PAGE_ROWS || back.onFrom !== null)) {
    const places = back.places.slice(0, PAGE_ROWS);
    const [last = 0, first = 0] = [places[0], places.at(-1)];
    return {
      ...nothing,
      entries: await entriesAt(instance, letter, places),
      newer: back.places.length > PAGE_ROWS ? { older: false, place: first } : null,
      older: places.length > 0 ? { older: true, place: last } : null,
      lookOn: back.onFrom === null ? null : { older: false, place: back.onFrom },
      hidden: false,
    };
  }
  // The newest page is the same by whatever way one comes to it.
  const from = cursor?.older ? { older: true, place: Math.min(cursor.place, end.place) } : end;
  const found = await findPlaces(instance, letter, filter, { ...from, limit: PAGE_ROWS + 1 });
  const places = found.places.slice(0, PAGE_ROWS);
  return {
    ...nothing,
    entries: await entriesAt(instance, letter, places),
    newer: cursor?.older ? { older: false, place: places[0] ?? from.place - 1 } : null,
    older: found.places.length > PAGE_ROWS ? { older: true, place: places.at(-1) ?? 0 } : null,
    lookOn: found.onFrom === null ? null : { older: true, place: found.onFrom },
    hidden: false,
  };
}

async function countList({ store }: Instance, letter: LetterRow): Promise<ListCounts> {
  const { organisationCount: organisations, personCount: people } = letter;
  const counted = listStates.filter((state) => state !== 'all' && state !== 'listed');
  const states = await Promise.all(
    counted.map(async (state) => {
      const parts = await Promise.all(branchesOf[state].map((branch) => countBranch(store.read, letter.id, branch, MOST_COUNTED)));
      return [state, parts.reduce((sum, part) => sum + part, 0)] as const;
    }),
  );
  return { organisations, people, states: { ...Object.fromEntries(states), listed: organisations + people } };
}

async function entriesAt({ store, keys }: Instance, letter: LetterRow, places: readonly number[]): Promise<readonly ListEntry[]> {
  const rows = await listRowsAt(store.read, letter.id, places);
  return rows.map((row) => listEntry(keys, letter, row));
}

/** An entry as a row of the list says it. */
export function listEntry(keys: Keys, letter: LetterRow, row: ListedRow): ListEntry {
  const { id, position, capacity, status, publication, flags, proposedAt, signedAt, sealed } = row.signature;
  return {
    id,
    seen: seenMark(sealed),
    position,
    capacity,
    status,
    publication,
    flags,
    signedAt,
    origin: originOf(row),
    proposed: proposedAt !== null,
    ...inWords(openPrintable(keys, row.signature, policiesOf(letter.policies))),
  };
}

function originOf({ signing, channel }: Pick<ListedRow, 'signing' | 'channel'>): ListOrigin {
  if (signing.batchId !== null) return 'import';
  if (signing.openLinkId !== null) return 'open-link';
  if (signing.invitationId === null) return 'vouched';
  return channel === 'by-hand' ? 'by-hand' : 'mail';
}
