import type { Fault } from '../shared/fault.ts';

type Values = Readonly<Record<string, string | number>>;

const kind = (expected: string | number | undefined) => (expected === 'string' ? 'text' : String(expected));

/** What is wrong, said of a place in a letter file. A reason without a sentence is printed as it is. */
const SENTENCES: Readonly<Record<string, (values: Values) => string>> = {
  required: () => 'is missing',
  'wrong-type': ({ expected, found }) => `must be of type ${kind(expected)}, not ${kind(found)}`,
  'wrong-value': ({ allowed, found }) =>
    (allowed ? `must be one of: ${allowed}` : 'has a value that cannot be') + (found ? `; it is "${found}"` : ''),
  'unknown-key': () => 'is not part of a letter file',
  'too-long': ({ limit }) => `is longer than ${limit} characters`,
  'too-many': ({ limit }) => `has more than ${limit} entries`,
  'forbidden-character': ({ codePoint, character }) =>
    `holds a character that is not allowed${codePoint || character ? ` (${codePoint ?? character})` : ''}`,
  'line-break': () => 'holds a line break',
  'too-many-marks': () => 'has too many marks on one letter',
  'not-a-language': () => 'is no language tag such as "en" or "zh-Hant"',
  'language-twice': () => 'is there twice: one text for each language',
  'no-text-in-authentic-language': () => 'names a language that no text is in',
  'not-a-web-address': () => 'must begin with https:// or http://',
  'personal-without-name': () => 'is missing: somebody who signs in personal capacity has a name',
  'neither-name-nor-organisation': () => 'has neither a name nor an organisation',
  'not-json': ({ column }) => `is not valid JSON${column ? ` (column ${column})` : ''}`,
  'not-a-letter-file': () => 'is no letter file (undersigned-letter/1)',
  'not-utf-8': () => 'is not text in UTF-8',
  'utf-16': () => 'come in a file that is in UTF-16: save it as UTF-8',
  'no-line-is-json': () => 'come in a file of which no line is JSON: it takes one JSON object a line',
  'line-too-long': () => 'is too long for one entry',
  'file-too-large': ({ limit }) =>
    `is larger than ${Math.round(Number(limit) / 1024 / 1024)} MB: put the signatories into a file of their own (--signatories)`,
  'raw-html': () => 'holds HTML, which a letter cannot have',
  image: () => 'holds a picture, which a letter cannot have',
  'code-block': () => 'holds a code block, which a letter cannot have',
  'bad-link': () => 'holds a link that leads nowhere on the web',
  'nested-too-deep': () => 'has lists or quotes too deep inside one another',
  'too-complex': () => 'is too complicated to be read',
  'table-row-too-long': () => 'has a table row with more cells than its head',
  'empty-list-item': () => 'has a list item without text',
  'footnote-unreferenced': () => 'has a footnote that nothing refers to',
  'footnote-repeated': () => 'has a footnote twice',
  'footnote-empty': () => 'has a footnote without text',
  'duplicate-organisation': ({ first }) => `is a second entry of the organisation at ${first}`,
  'organisation-without-name': () => 'signs for an organisation that it does not name; kept as given',
  'organisation-without-person': () => 'names no person, as others do; kept as given',
};

/** `line 8: signatories[7].name is missing: …` of a file of lines; `letter.texts[0].body (line 3) holds …` within a field. */
export function faultSentence({ place, reason, values = {} }: Fault): string {
  const { line } = values;
  const said = SENTENCES[reason]?.(values) ?? reason;
  if (line === undefined) return `${place === '' ? 'The file' : place} ${said}`;
  return place.startsWith('signatories[')
    ? `line ${line}: ${place} ${said}`
    : `${place === '' ? 'The file' : place} (line ${line}) ${said}`;
}

const LINES_SHOWN = 50;

/**
 * The first faults, one a line, and how many there are.
 * @param inJson true where `--json` gives these `faults` themselves
 */
export function faultLines(faults: readonly Fault[], total = faults.length, inJson = false): string {
  const shown = faults.slice(0, LINES_SHOWN).map((fault) => `  ${faultSentence(fault)}\n`);
  const rest = total - shown.length;
  return `${shown.join('')}${rest > 0 ? `  … and ${rest} more${inJson ? ` (--json names ${total > faults.length ? `the first ${faults.length.toLocaleString('en')}` : 'them all'})` : ''}\n` : ''}`;
}
