import { findLetter } from '../../db/queries/letters.ts';
import { listNewestListed } from '../../db/queries/listed.ts';
import type { Capacity, PublicationChoice } from '../../db/schema/values.ts';
import type { LetterScope } from '../access/scope.ts';
import type { SignatoryRecord } from '../block/record.ts';
import { mayDo } from '../coalitions/access.ts';
import type { Instance } from '../instance.ts';
import { namesMayShow } from '../letters/document.ts';
import { policiesOf } from '../letters/presets.ts';
import { openPrintable } from './printable-record.ts';

export interface ListedEntry {
  readonly id: string;
  readonly capacity: Capacity;
  /** The organisation's name, or the person's. */
  readonly lead: string;
  /** Everything else of the entry, on one line. */
  readonly details: string;
  readonly publication: PublicationChoice;
  /** What somebody should look at: `no-organisation`, … */
  readonly flags: readonly string[];
  readonly signedAt: Date;
}

export interface ListedPage {
  readonly entries: readonly ListedEntry[];
  /** Where the next page begins; null at the end. */
  readonly more: number | null;
  /** The names are hidden or withdrawn, and whoever asks does not run the letter. */
  readonly hidden: boolean;
}

/**
 * The list as members see it, the last signed first: names without addresses, whatever their publication choice. While names are hidden,
 * and after the letter was withdrawn, only those who run the letter see them: they must be able to approve, correct and tell people.
 */
export async function viewListed(
  { store, keys }: Instance,
  { coalitionId, letterId, role }: LetterScope,
  page: { readonly before: number | null; readonly limit: number },
): Promise<ListedPage> {
  const letter = await findLetter(store.read, coalitionId, letterId);
  if (!letter || (!namesMayShow(letter) && !mayDo(role, 'run'))) return { entries: [], more: null, hidden: true };
  const before = page.before === null ? {} : { before: page.before };
  const rows = await listNewestListed(store.read, letterId, { ...before, limit: page.limit + 1 });
  const shown = rows.slice(0, page.limit);
  const policies = policiesOf(letter.policies);
  return {
    entries: shown.map((row) => {
      const { id, capacity, publication, flags, signedAt } = row;
      return { id, capacity, publication, flags, signedAt, ...inWords(openPrintable(keys, { ...row, letterId }, policies)) };
    }),
    more: rows.length > page.limit ? (shown.at(-1)?.position ?? null) : null,
    hidden: false,
  };
}

/** An entry for a table of members: who it is, and what stands beside. */
export function inWords(record: SignatoryRecord): { readonly lead: string; readonly details: string } {
  const { capacity, name, role, organisation, acronym, city, country } = record;
  const full = organisation && acronym ? `${organisation} (${acronym})` : organisation;
  const lead = capacity === 'organisation' ? (full ?? name) : (name ?? full);
  const rest = [name, role, full, city, country].filter((part) => part !== undefined && part !== lead);
  return { lead: lead ?? '', details: rest.join(', ') };
}
