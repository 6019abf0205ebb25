import { listNewestListed } from '../../db/queries/listed.ts';
import type { Capacity, PublicationChoice } from '../../db/schema/values.ts';
import type { LetterScope } from '../access/scope.ts';
import type { SignatoryRecord } from '../block/record.ts';
import type { Instance } from '../instance.ts';
import { openRecord } from './places.ts';

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
}

/** The list as members see it, the last signed first: names without addresses, whatever their publication choice. */
export async function viewListed(
  { store, keys }: Instance,
  { letterId }: LetterScope,
  page: { readonly before: number | null; readonly limit: number },
): Promise<ListedPage> {
  const before = page.before === null ? {} : { before: page.before };
  const rows = await listNewestListed(store.read, letterId, { ...before, limit: page.limit + 1 });
  const shown = rows.slice(0, page.limit);
  return {
    entries: shown.map((row) => {
      const { id, capacity, publication, flags, signedAt } = row;
      return { id, capacity, publication, flags, signedAt, ...inWords(openRecord(keys, { ...row, letterId })) };
    }),
    more: rows.length > page.limit ? (shown.at(-1)?.position ?? null) : null,
  };
}

function inWords(record: SignatoryRecord): { readonly lead: string; readonly details: string } {
  const { capacity, name, role, organisation, acronym, city, country } = record;
  const full = organisation && acronym ? `${organisation} (${acronym})` : organisation;
  const lead = capacity === 'organisation' ? (full ?? name) : (name ?? full);
  const rest = [name, role, full, city, country].filter((part) => part !== undefined && part !== lead);
  return { lead: lead ?? '', details: rest.join(', ') };
}
