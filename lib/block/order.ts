import { languageAndScript } from '../text/language.ts';
import { countryName } from './countries.ts';
import { leadNameOf } from './entries.ts';
import type { Order, SignatoryRecord } from './record.ts';

/** Leading articles by language, ignored in alphabetical order; those that end in an apostrophe or stick to the word have no space. */
const ARTICLES: Readonly<Record<string, RegExp>> = {
  en: /^(?:the|an?) /i,
  fr: /^(?:les? |la |l['’]|une? )/i,
  de: /^(?:der|die|das|eine?) /i,
  es: /^(?:el|los|las?|una?) /i,
  pt: /^(?:os?|as?|uma?) /i,
  it: /^(?:il |lo |la |i |gli |le |l['’]|un[oa]? |un['’])/i,
  ca: /^(?:els? |la |les |l['’]|una? )/i,
  nl: /^(?:de|het|een|['’]t) /i,
  el: /^(?:ο|η|το|οι|τα) /i,
  sv: /^(?:den|det|de|en|ett) /i,
  da: /^(?:den|det|de|en|et) /i,
  nb: /^(?:den|det|de|en|et) /i,
  hu: /^az? /i,
  ar: /^ال(?=\p{L})/u,
};

/** Languages whose people put the family name first. */
const FAMILY_FIRST = new Set(['hu', 'zh', 'ja', 'ko', 'vi']);
/** Names in these scripts are written family first and without a sure break, so they sort whole. */
const WHOLE_NAME = /[\p{Script=Han}\p{Script=Hangul}\p{Script=Hiragana}\p{Script=Katakana}]/u;
const SUFFIX = /^(?:jr|sr|ii|iii|iv|ph\.?d|m\.?d|esq|mba|llm|qc|kc)\.?$/i;

const primary = (language: string): string => languageAndScript(language)?.language ?? '';
const withoutMarks = (name: string): string => name.replace(/^[^\p{L}\p{N}]+/u, '');

/**
 * The family name at the end of a personal name, then the rest, as it sorts: "Ana María Ruiz" → "Ruiz, Ana María". A guess for records
 * without `familyName` or `sortAs`: the last word, after suffixes ("Jr", "PhD") and what stands in parentheses or behind a comma are
 * set aside; particles ("de", "van", "al") go with the given names, as most lists do. The first word where the letter's language puts
 * the family first. Two-word family names can't be told and want `familyName`.
 */
export function guessFamilyFirst(name: string, language: string): string {
  if (WHOLE_NAME.test(name)) return name;
  const words = name
    .replace(/\s*\([^)]*\)/g, '')
    .replace(/,.*$/, '')
    .split(' ')
    .filter((word) => word !== '');
  while (words.length > 1 && SUFFIX.test(words.at(-1) ?? '')) words.pop();
  if (words.length < 2) return words[0] ?? name;
  if (FAMILY_FIRST.has(primary(language))) return `${words[0]}, ${words.slice(1).join(' ')}`;
  return `${words.at(-1)}, ${words.slice(0, -1).join(' ')}`;
}

/** What the record sorts by; empty only where the record gives nothing (a country left out), which sorts last. */
export function sortKey(record: SignatoryRecord, order: Exclude<Order, 'signing' | 'manual'>, language: string): string {
  const lead = leadNameOf(record, language);
  const name = record.capacity === 'organisation' ? (record.name ?? lead) : lead;
  switch (order) {
    case 'alphabetical':
      return record.sortAs ?? alphabeticalKey(lead, language);
    case 'given-name':
      return record.sortAs ?? withoutMarks(name);
    case 'family-name':
      return record.sortAs ?? familyKey(record, lead, language);
    case 'country':
      return record.country === undefined ? '' : countryName(record.country, language);
  }
}

function familyKey(record: SignatoryRecord, lead: string, language: string): string {
  if (record.capacity === 'organisation' && record.organisation !== undefined) return alphabeticalKey(lead, language);
  // Where the name leads in another script, its family name in the first one says nothing.
  if (record.familyName === undefined || (lead !== record.name && !lead.includes(record.familyName)))
    return withoutMarks(guessFamilyFirst(lead, language));
  const given = lead.replace(record.familyName, '').replace(/ {2,}/g, ' ').trim();
  return given === '' ? record.familyName : `${record.familyName}, ${given}`;
}

function alphabeticalKey(lead: string, language: string): string {
  const key = withoutMarks(lead);
  const article = ARTICLES[primary(language)];
  const rest = article === undefined ? key : key.replace(article, '');
  return rest === '' ? key : rest;
}

/** Compares two keys as the letter's language does; an empty key comes last. */
export function keyComparison(language: string): (left: string, right: string) => number {
  const collator = collatorOf(language);
  return (left, right) => {
    if (left === '' || right === '') return left === right ? 0 : left === '' ? 1 : -1;
    return collator.compare(left, right);
  };
}

function collatorOf(language: string): Intl.Collator {
  const options: Intl.CollatorOptions = { usage: 'sort', numeric: true };
  try {
    return new Intl.Collator(language, options);
  } catch {
    return new Intl.Collator('en', options);
  }
}
