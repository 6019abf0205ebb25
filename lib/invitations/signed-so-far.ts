import type { LetterRow } from '../../db/queries/letters.ts';
import { type ListPage, listPage } from '../block/list-page.ts';
import { sectionsInOrder } from '../block/print-order.ts';
import type { Instance } from '../instance.ts';
import { letterBlock, letterState, namesMayShow } from '../letters/document.ts';
import { policiesOf } from '../letters/presets.ts';
import { printOrder } from '../letters/print-orders.ts';
import { isPublic } from '../letters/release.ts';
import { recordsAt } from '../signatures/records.ts';

/** Entries on one page of the list. */
const ROWS = 50;

/** A list longer than this has an address of its own: to put it in order, every entry is opened once after each change of the letter. */
export const SHORT_LIST = 200;

/** Who has signed so far, as whoever was invited may see it. */
export interface SignedSoFar {
  /** Listed entries, whoever may see their names. */
  readonly organisations: number;
  readonly people: number;
  /** One page of the public list as it will print; `elsewhere` where it is too long to stand beside other things; null where names are only counted. */
  readonly list: ListPage | 'elsewhere' | null;
  /** BCP 47, of the list's headings. */
  readonly language: string;
  /** Everybody may read the letter. */
  readonly public: boolean;
}

/**
 * What whoever was invited sees of the list: before the release as much as the letter's policy says, afterwards what everybody sees. Only
 * entries that print in the public edition, each row asked anew whether it may show. Null while names are hidden, and once the letter is
 * withdrawn: then not even the counts.
 * @param asked.page from 1; `short`: its first page, if it is a short list
 */
export async function viewSignedSoFar(
  instance: Instance,
  letter: LetterRow,
  asked: { readonly language: string; readonly page: number | 'short'; readonly now: Date },
): Promise<SignedSoFar | null> {
  if (!namesMayShow(letter)) return null;
  const shown = { organisations: letter.organisationCount, people: letter.personCount, language: asked.language };
  const released = isPublic(letter, asked.now);
  if (!released && policiesOf(letter.policies).beforeRelease === 'counted') return { ...shown, list: null, public: false };
  if (asked.page === 'short' && letter.organisationCount + letter.personCount > SHORT_LIST) {
    return { ...shown, list: 'elsewhere', public: released };
  }
  const settings = letterBlock(letter, asked.language);
  const order = await printOrder(instance, { letter, state: letterState(letter), settings, edition: 'public' });
  const sections = sectionsInOrder(order, { settings, language: asked.language }, (places) =>
    recordsAt(instance, { letterId: letter.id, edition: 'public' }, places),
  );
  return { ...shown, list: await listPage(sections, asked.page === 'short' ? 1 : asked.page, ROWS), public: released };
}
