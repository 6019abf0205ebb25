import type { Entry, Section } from './model.ts';
import type { PagedSection } from './print-order.ts';

/** The entries of a section that stand on one page of the list. */
export interface SectionPart {
  readonly section: Omit<Section, 'batches'>;
  readonly entries: readonly Entry[];
  /** The place of the first of them in the section, from 1. */
  readonly first: number;
  /** The section began on an earlier page. */
  readonly continued: boolean;
}

/** One page of a list of several sections that follow one another. */
export interface ListPage {
  readonly parts: readonly SectionPart[];
  /** From 1; the last page where a later one was asked for. */
  readonly number: number;
  /** At least 1. */
  readonly pages: number;
  /** Places of the first and the last entry in the whole list, from 1; both 0 in an empty list. */
  readonly from: number;
  readonly to: number;
  readonly total: number;
}

/** Reads one page of so many rows, and of the list no more than that. */
export async function listPage(sections: readonly PagedSection[], asked: number, rows: number): Promise<ListPage> {
  const total = sections.reduce((sum, { section }) => sum + section.count, 0);
  const pages = Math.max(1, Math.ceil(total / rows));
  const number = Math.min(Math.max(1, asked), pages);
  const start = (number - 1) * rows;
  const end = Math.min(start + rows, total);
  const parts: SectionPart[] = [];
  let before = 0;
  for (const { section, page } of sections) {
    const from = Math.max(start - before, 0);
    const count = Math.min(end - before, section.count) - from;
    // A section of people who are only counted has no entries, but says how many they are, between its neighbours.
    const headOnly = section.count === 0 && before >= start && (before < end || number === pages);
    if (count > 0) parts.push({ section, entries: await page(from, count), first: from + 1, continued: from > 0 });
    else if (headOnly) parts.push({ section, entries: [], first: 1, continued: false });
    before += section.count;
  }
  return { parts, number, pages, from: end > start ? start + 1 : 0, to: end, total };
}
