/** Letters that Unicode does not take apart, as people without them on their keyboard write them. */
const PLAIN: Readonly<Record<string, string>> = {
  æ: 'ae',
  œ: 'oe',
  ø: 'o',
  ł: 'l',
  đ: 'd',
  ð: 'd',
  þ: 'th',
  ħ: 'h',
  ŧ: 't',
  // Persian and Arabic keyboards differ in these.
  ي: 'ی',
  ى: 'ی',
  ك: 'ک',
  ة: 'ه',
};
const HAS_PLAIN = new RegExp(`[${Object.keys(PLAIN).join('')}]`, 'gu');

/** Scripts whose marks may be left out; elsewhere a mark is a vowel, and a name without it another. */
const MARKED = /([\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}\p{Script=Arabic}\p{Script=Hebrew}])\p{M}+/gu;

/** Scripts that set no spaces between words: what is sought may stand anywhere. */
const UNSPACED = /[\p{Script=Han}\p{Script=Hiragana}\p{Script=Katakana}\p{Script=Thai}\p{Script=Lao}\p{Script=Khmer}\p{Script=Myanmar}]/u;

/** Words as they are compared: without case, without marks that may be left out, without punctuation. */
export function foldedWords(text: string): readonly string[] {
  // Upper case first: `ß` becomes two letters by it, and the dotless i of Turkish the other one.
  const folded = text.toWellFormed().normalize('NFKD').toUpperCase().toLowerCase().normalize('NFKD').replaceAll(MARKED, '$1');
  const plain = folded.normalize('NFC').replaceAll(HAS_PLAIN, (letter) => PLAIN[letter] ?? letter);
  return (
    plain
      // A joiner that shows nothing belongs to its word, and so do an apostrophe and the bar that stretches an Arabic word.
      .replaceAll(/[\p{Cf}'’ʼـ]/gu, '')
      .split(/[^\p{L}\p{M}\p{N}]+/u)
      .filter((word) => word !== '')
  );
}

/** What an entry is found by: its words, each behind a space. */
export const searchTextOf = (text: string): string =>
  foldedWords(text)
    .map((word) => ` ${word}`)
    .join('');

/** More words narrow nothing down. */
const MOST_WORDS = 8;
const LONGEST_WORD = 60;

/**
 * What has to stand in `searchTextOf`, each of it, for the words somebody typed: beginnings of words, in any order. Letters, marks and
 * digits alone, so that nothing of it means anything to `like`. Empty where nothing was typed that could be found.
 */
export const soughtIn = (typed: string): readonly string[] =>
  foldedWords(typed)
    .slice(0, MOST_WORDS)
    .map((word) => (UNSPACED.test(word) ? '' : ' ') + word.slice(0, LONGEST_WORD));
