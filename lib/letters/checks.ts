import { createHash } from 'node:crypto';
import type { LetterTextRow } from '../../db/queries/letters.ts';
import type { GivenBlockSettings } from '../block/record.ts';
import { SECTION_KINDS } from '../block/sections.ts';
import { placeholdersIn } from './placeholders.ts';
import { linksIn, oddLink, referencesIn } from './text-links.ts';
import { isOlderThanSource } from './translations.ts';

/** What is looked for in a draft before it is frozen. Whatever makes freezing impossible is refused by `freezable` and is none of these. */
export const checkNames = [
  'plain-http',
  'odd-link',
  'reference-link',
  'placeholder',
  'translation-older',
  'part-missing',
  'date-missing',
  'deadline-soon',
  'more',
] as const;
export type CheckName = (typeof checkNames)[number];

const textParts = ['addressees', 'headline', 'subtitle', 'salutation', 'body', 'closing', 'disclaimer', 'reference', 'cc'] as const;
export type CheckedPart = (typeof textParts)[number] | 'place' | 'heading';

/** Something a reader might take for a mistake, and where it is. */
export interface Finding {
  readonly check: CheckName;
  /** Null of the letter as a whole. */
  readonly language: string | null;
  readonly part: CheckedPart | null;
  /** From 1, of the body as it was typed; null of a part that is short. */
  readonly line: number | null;
  /** What was found there, as it stands; empty where something is missing. */
  readonly found: string;
}

/** What somebody wrote as the reason why a finding stays as it is, by the finding's key. */
export type Waivers = Readonly<Record<string, string>>;

/** UTF-16 units of such a reason. */
export const WAIVER_LIMIT = 300;

/** Of one language: whoever has more has a draft to work on, not a list to wave through. */
const MOST_FINDINGS = 50;
const SOON_MS = 24 * 3_600_000;

/** Names a finding in a form and in the log; two of the same words at the same place are one. Sixteen hex digits, fit for any field. */
export const findingKey = ({ check, language, part, line, found }: Finding): string =>
  createHash('sha256')
    .update(JSON.stringify([check, language, part, line, found]))
    .digest('hex')
    .slice(0, 16);

/** What the names of the fields begin with in which findings are waived. */
export const WAIVER_FIELD = 'waive-';
export const waiverField = (finding: Finding): string => `${WAIVER_FIELD}${findingKey(finding)}`;

type CheckedText = Pick<
  LetterTextRow,
  | 'language'
  | 'addressees'
  | 'headline'
  | 'subtitle'
  | 'salutation'
  | 'body'
  | 'closing'
  | 'disclaimer'
  | 'reference'
  | 'cc'
  | 'revision'
  | 'basedOn'
>;

interface CheckedLetter {
  readonly date: string | null;
  readonly deadlineAt: Date | null;
  readonly place: string | null;
  /** As it is stored. */
  readonly block: unknown;
}

/**
 * Looks a draft through before it is frozen. Nothing is asked of anybody outside: a link is judged by its letters alone.
 * @param texts the authentic one first
 */
export function findingsOf(letter: CheckedLetter, texts: readonly CheckedText[], now: Date): readonly Finding[] {
  const [authentic] = texts;
  const soon = letter.deadlineAt !== null && letter.deadlineAt.getTime() - now.getTime() < SOON_MS;
  const ofLetter = (check: CheckName): Finding => ({ check, language: null, part: null, line: null, found: '' });
  return [
    ...(letter.date === null ? [ofLetter('date-missing')] : []),
    ...(soon ? [ofLetter('deadline-soon')] : []),
    ...placeholdersIn(letter.place ?? '').map((found): Finding => ({ ...ofLetter('placeholder'), part: 'place', found })),
    ...texts.flatMap((text) => {
      const own = eachOnce([
        ...(authentic && text !== authentic ? besideSource(text, authentic) : []),
        ...wordsOf(text),
        ...headingsOf(letter, text, text === authentic),
      ]);
      if (own.length <= MOST_FINDINGS) return own;
      const more: Finding = { check: 'more', language: text.language, part: null, line: null, found: '' };
      return [...own.slice(0, MOST_FINDINGS), more];
    }),
  ];
}

const eachOnce = (findings: readonly Finding[]): readonly Finding[] => [
  ...new Map(findings.map((finding) => [findingKey(finding), finding])).values(),
];

/** Whether somebody may say why it stays: not of what nobody was shown. */
export const isWaivable = ({ check }: Finding): boolean => check !== 'more';

/** The findings that nobody has given a reason for, and those for which none is taken. */
export const unwaived = (findings: readonly Finding[], waivers: Waivers): readonly Finding[] =>
  findings.filter((finding) => !isWaivable(finding) || (waivers[findingKey(finding)] ?? '').trim() === '');

/** What a translation lacks beside the text it translates. */
function besideSource(text: CheckedText, authentic: CheckedText): readonly Finding[] {
  const { language } = text;
  const missing = (part: CheckedPart): Finding => ({ check: 'part-missing', language, part, line: null, found: '' });
  const parts = (['subtitle', 'salutation', 'closing', 'disclaimer'] as const).filter(
    (part) => authentic[part] !== '' && text[part] === '',
  );
  const older: Finding = { check: 'translation-older', language, part: null, line: null, found: '' };
  return [
    ...(isOlderThanSource(text, authentic) ? [older] : []),
    ...parts.map(missing),
    ...(text.addressees.length < authentic.addressees.length ? [missing('addressees')] : []),
  ];
}

/** The parts of a text with the lines that stand in them. */
function partsOf(text: CheckedText): readonly (readonly [CheckedPart, string])[] {
  const addressees = text.addressees.map(({ name, office, lines }) => [name, office ?? '', ...lines].join('\n')).join('\n');
  return textParts.map((part) => [part, part === 'addressees' ? addressees : part === 'cc' ? text.cc.join('\n') : text[part]]);
}

/** The headings of the list of signatories in the language of a text. */
function headingsOf({ block }: CheckedLetter, { language }: CheckedText, authentic: boolean): readonly Finding[] {
  const given = block as GivenBlockSettings;
  return SECTION_KINDS.flatMap((kind) => {
    const heading = (authentic ? given[kind]?.heading : given[kind]?.headings?.[language]) ?? '';
    return placeholdersIn(heading).map((found): Finding => ({ check: 'placeholder', language, part: 'heading', line: null, found }));
  });
}

function wordsOf(text: CheckedText): readonly Finding[] {
  const { language } = text;
  const findings: Finding[] = [];
  for (const [part, content] of partsOf(text)) {
    const references = referencesIn(content);
    for (const [index, line] of content.split('\n').entries()) {
      const at = { language, part, line: part === 'body' ? index + 1 : null };
      for (const found of references.get(index) ?? []) findings.push({ check: 'reference-link', ...at, found });
      for (const found of placeholdersIn(line)) findings.push({ check: 'placeholder', ...at, found });
      for (const found of linksIn(line)) {
        const odd = oddLink(found);
        if (odd !== null) findings.push({ check: odd, ...at, found });
      }
    }
  }
  return findings;
}
