/** Languages whose names of countries are known when they are typed, beside the letter's own and English. */
const TYPED_IN = 'ar bg cs da de el es fa fi fr he hu it ja ko nb nl pl pt ro ru sr sv tr uk vi zh zh-Hant'.split(' ');

/** Older names, short ones and slips of the kind that stand in real lists; as `normalised` has them. */
const ALSO: Readonly<Record<string, string>> = {
  britain: 'GB',
  burma: 'MM',
  'cape verde': 'CV',
  'czech republic': 'CZ',
  'democratic peoples republic of korea': 'KP',
  'democratic republic of congo': 'CD',
  'democratic republic of the congo': 'CD',
  'dr congo': 'CD',
  drc: 'CD',
  'east timor': 'TL',
  'great britain': 'GB',
  holland: 'NL',
  'ivory coast': 'CI',
  'korea republic of': 'KR',
  myanmar: 'MM',
  'palestinian territory': 'PS',
  'peoples republic of china': 'CN',
  'republic of congo': 'CG',
  'republic of korea': 'KR',
  'republic of the congo': 'CG',
  'russian federation': 'RU',
  'state of palestine': 'PS',
  swaziland: 'SZ',
  turkey: 'TR',
  uae: 'AE',
  'united states of america': 'US',
  'unites states': 'US',
  usa: 'US',
};

/** Names of more than one country, or of none alone: whoever typed them knows which. */
const LEFT_ALONE = new Set(
  'america|china republic of|congo|corea|coree|coreia|guiana|guyane|kongo|korea|republic of china|конго|корея|کنگو|کره|الکونغو|刚果|剛果|コンゴ|콩고'.split(
    '|',
  ),
);

/** Codes that a country shares with one of the United States, or with a word for "not applicable" or "no". */
const SHARED_CODES = new Set('AL AR AZ CA CO DE GA ID IL IN KY LA MA MD ME MN MO MS MT NC NE PA SC SD TN VA NA NO'.split(' '));

/** Regions that are no country, and codes for private use. */
const NO_COUNTRY = new Set(['EU', 'EZ', 'QO', 'UN', 'XA', 'XB', 'ZZ']);

/** The long names of these say more about who claims them than signatories do. */
const SHORT = new Set(['HK', 'MO', 'PS']);

/** English has them otherwise in running text than in tables. */
const ENGLISH: Readonly<Record<string, string>> = { CD: 'Democratic Republic of the Congo', CG: 'Republic of the Congo' };

/** Marks that are left out when somebody types in a hurry. In other scripts a mark is a vowel: without it "Kenya" is "Guinea" in Tamil. */
const LOOSE_MARKS = /[\u0300-\u036f\u0591-\u05c7\u064b-\u065f\u0670]+/gu;

/** A typed name as it is looked up: without loose marks, points, the article and the letters' case. */
const normalised = (typed: string): string =>
  typed
    .normalize('NFKD')
    .replace(LOOSE_MARKS, '')
    .toLowerCase()
    .replaceAll('ي', 'ی')
    .replaceAll('ك', 'ک')
    .replace(/[.'’‘`\u200c]/gu, '')
    .replace(/[\s,_\-–]+/gu, ' ')
    .trim()
    .replace(/^the /, '');

const ALPHABET = [...'ABCDEFGHIJKLMNOPQRSTUVWXYZ'];

let known: ReadonlySet<string> | undefined;

/** The codes of all countries. */
function codes(): ReadonlySet<string> {
  if (known) return known;
  const names = displayNames('en', 'long');
  known = new Set(
    ALPHABET.flatMap((first) => ALPHABET.map((second) => first + second))
      // Codes that were withdrawn are other countries' now, or several countries'.
      .filter((code) => !NO_COUNTRY.has(code) && names.of(code) !== undefined && new Intl.Locale(`und-${code}`).region === code),
  );
  return known;
}

function displayNames(language: string, style: 'long' | 'short'): Intl.DisplayNames {
  try {
    return new Intl.DisplayNames(language, { type: 'region', style, fallback: 'none' });
  } catch {
    return new Intl.DisplayNames('en', { type: 'region', style, fallback: 'none' });
  }
}

/** By normalised name, the countries of one language; a name that two of them could be is none's. */
function namesOf(language: string, styles: readonly ('long' | 'short')[]): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const torn = new Set<string>();
  for (const style of styles) {
    const names = displayNames(language, style);
    for (const code of codes()) {
      const key = normalised(names.of(code) ?? '');
      const other = found.get(key);
      if (other !== undefined && other !== code) torn.add(key);
      if (key !== '') found.set(key, code);
    }
  }
  for (const name of torn) found.delete(name);
  return found;
}

let elsewhere: ReadonlyMap<string, string> | undefined;

/** Names in all the other languages, but for those that mean one country here and another one there. */
function namesElsewhere(): ReadonlyMap<string, string> {
  if (elsewhere) return elsewhere;
  const found = new Map<string, string>();
  const torn = new Set<string>();
  for (const language of TYPED_IN) {
    for (const [name, code] of namesOf(language, ['long'])) {
      const other = found.get(name);
      if (other !== undefined && other !== code) torn.add(name);
      found.set(name, code);
    }
  }
  for (const name of torn) found.delete(name);
  elsewhere = found;
  return found;
}

/** `🇳🇴` → NO. */
const ofFlag = (typed: string): string =>
  typed.replace(/^\s*([\u{1f1e6}-\u{1f1ff}])([\u{1f1e6}-\u{1f1ff}])\s*$/u, (_, ...letters: string[]) =>
    letters
      .slice(0, 2)
      .map((letter) => String.fromCodePoint((letter.codePointAt(0) ?? 0) - 0x1f1e6 + 65))
      .join(''),
  );

/** Shorter Latin words are other things in other languages. */
const isTooShort = (name: string): boolean => /^[a-z ]{1,3}$/.test(name);

function codeOf(typed: string, own: ReadonlyMap<string, string>): string | null {
  const written = ofFlag(typed).trim();
  const name = normalised(written);
  if (LEFT_ALONE.has(name)) return null;
  const spoken = own.get(name) ?? (Object.hasOwn(ALSO, name) ? ALSO[name] : undefined);
  if (spoken !== undefined) return spoken;
  if (/^[a-z]{2}$/i.test(written)) {
    const code = written.toUpperCase() === 'UK' ? 'GB' : written.toUpperCase();
    return codes().has(code) && (written !== typed.trim() || !SHARED_CODES.has(code)) ? code : null;
  }
  if (isTooShort(name)) return null;
  const bare = name.replace(/^(?:(?:federal|islamic) )?(?:republic|kingdom) of (?:the )?/, '');
  return namesElsewhere().get(name) ?? (bare === name || LEFT_ALONE.has(bare) ? null : (own.get(bare) ?? null));
}

/** Typed names that are kept, for each language: a list has a hundred, whoever types nonsense must not fill the memory with it. */
const MOST_KEPT = 5_000;

/** Countries as one language writes them, whatever they were typed as. */
class CountryNames {
  readonly #kept = new Map<string, string>();
  readonly #isEnglish: boolean;
  readonly #long: Intl.DisplayNames;
  readonly #short: Intl.DisplayNames;
  /** Of the language itself, and in English: what stands in both is the language's. */
  readonly #own: ReadonlyMap<string, string>;

  constructor(language: string) {
    this.#long = displayNames(language, 'long');
    this.#short = displayNames(language, 'short');
    this.#isEnglish = /^en(?:-|$)/.test(language);
    const english = namesOf('en', ['long', 'short']);
    this.#own = this.#isEnglish ? english : new Map([...english, ...namesOf(language, ['long', 'short'])]);
  }

  of(typed: string): string {
    const known = this.#kept.get(typed);
    if (known !== undefined) return known;
    const name = this.#print(typed);
    if (this.#kept.size >= MOST_KEPT) this.#kept.clear();
    this.#kept.set(typed, name);
    return name;
  }

  #print(typed: string): string {
    const code = codeOf(typed, this.#own);
    if (code === null) return typed;
    const english = this.#isEnglish ? ENGLISH[code] : undefined;
    return english ?? (SHORT.has(code) ? this.#short : this.#long).of(code) ?? typed;
  }
}

const languages = new Map<string, CountryNames>();

/**
 * A country as a letter prints it: one name for each, in the letter's language, whether it was typed as a code, by an older name or in
 * another language. What is no country's name, or that of more than one, stays as it was typed, and so do parts of countries and peoples:
 * nobody is told here where they live.
 * @param language BCP 47
 */
export function countryName(typed: string, language: string): string {
  const names = languages.get(language) ?? new CountryNames(language);
  languages.set(language, names);
  return names.of(typed);
}
