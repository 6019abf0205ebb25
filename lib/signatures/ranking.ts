import type { LetterRow } from '../../db/queries/letters.ts';
import type { NewRank } from '../../db/queries/ranked.ts';
import type { Capacity } from '../../db/schema/values.ts';
import { countryName } from '../block/countries.ts';
import { leadNameOf } from '../block/entries.ts';
import type { SectionKind } from '../block/model.ts';
import { rankingName } from '../block/rank.ts';
import type { SignatoryRecord } from '../block/record.ts';
import { SECTION_KINDS } from '../block/sections.ts';
import { letterBlock, namesMayShow } from '../letters/document.ts';
import { policiesOf } from '../letters/presets.ts';
import { isPublic } from '../letters/release.ts';
import { searchTextOf } from '../text/search-text.ts';

/** Whether the names of a letter's public entries may stand beside them unsealed: where everybody may read them anyway. */
export const mayBeRanked = (letter: LetterRow, now: Date): boolean =>
  letter.deletedAt === null && isPublic(letter, now) && namesMayShow(letter);

/** Sections that stand in the order of signing and whose entries bear times of their own which say otherwise. */
type OutOfOrder = readonly SectionKind[];

const nameOf = (letter: LetterRow): string => {
  const { representativePrinted } = policiesOf(letter.policies);
  const settings = letterBlock(letter);
  return rankingName(settings, letter.authenticLanguage, { representativePrinted, country: settings.country });
};

/** What is stored of a finished ranking. */
export const rankedAs = (letter: LetterRow, outOfOrder: OutOfOrder): string =>
  `${nameOf(letter)}/${outOfOrder.map((kind) => SECTION_KINDS.indexOf(kind)).join('')}`;

/** The list stands ranked, by what the letter says now. */
export const isRanked = (letter: LetterRow): boolean => letter.rankedAs?.startsWith(`${nameOf(letter)}/`) ?? false;

export const isOutOfOrder = (letter: LetterRow, kind: SectionKind): boolean =>
  letter.rankedAs?.split('/')[1]?.includes(String(SECTION_KINDS.indexOf(kind))) ?? false;

/** Of which capacity the entries of a section may be. */
export const capacitiesOf = (kind: SectionKind): readonly Capacity[] => {
  if (kind === 'initiators') return ['organisation', 'personal'];
  return [kind === 'organisations' ? 'organisation' : 'personal'];
};

/** A sealed record ends in a code over all of it, under a nonce of its own: another record has another. */
export function markOf(sealed: Uint8Array): number {
  const bytes = Buffer.from(sealed.buffer, sealed.byteOffset, sealed.byteLength);
  return bytes.readUInt32BE(bytes.length - 4);
}

interface Placed {
  readonly id: string;
  readonly rank: string;
  readonly record: SignatoryRecord;
}

/**
 * What is written beside an entry once it has its place: its leading name, and what it is found by. That is what the list prints: who
 * searches must not learn where somebody lives of a list that leaves it out.
 */
export function newRank(letter: LetterRow, { id, rank, record }: Placed): NewRank {
  const language = letter.authenticLanguage;
  const { name, role, organisation, acronym, city, printAs, names = {} } = record;
  // As it was typed and as it prints: it is searched for by either.
  const typed = letterBlock(letter).country ? record.country : undefined;
  const country = typed === undefined ? undefined : [...new Set([typed, countryName(typed, language)])].join(' ');
  const said = printAs === undefined ? [name, organisation, acronym, role, city, country, ...Object.values(names)] : [printAs];
  return {
    id,
    rank,
    printedName: leadNameOf(record, language),
    searchText: searchTextOf([leadNameOf(record, language), ...said].filter((part) => part !== undefined).join(' ')),
  };
}
