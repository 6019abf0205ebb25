/**
 * Which characters a text or a name may hold. Nothing is stripped in silence: a character that could hide, reverse or forge what
 * a reader sees is a fault that names its code point, and the writer takes it out.
 *
 * Refused everywhere: C0 and C1 controls (except LF, and TAB which becomes a space), the bidi controls U+061C, U+200E, U+200F,
 * U+202A–202E and U+2066–2069, other invisible format characters (zero-width space, word joiner, byte order mark, fillers, tags,
 * interlinear marks), private use, noncharacters, lone surrogates and U+FFFD, which says that a character was already lost.
 * U+200C and U+200D are allowed only where a script or an emoji sequence needs them.
 */
import type { Result } from '../shared/result.ts';
import { refusal, success } from '../shared/result.ts';

export interface TextFault {
  readonly reason: 'forbidden-character' | 'line-break' | 'too-long' | 'too-many-marks';
  /** `forbidden-character`: `codePoint` (`U+202E`) and `line`. `too-long`: `limit`. `too-many-marks`: `limit`. */
  readonly values: Readonly<Record<string, string | number>>;
}

const FORBIDDEN =
  // biome-ignore lint/suspicious/noControlCharactersInRegex: refusing control characters is what this is for
  // biome-ignore lint/suspicious/noMisleadingCharacterClass: the class lists single code points, no sequences
  /[\u0000-\u0008\u000B-\u001F\u007F-\u009F\u034F\u061C\u115F\u1160\u17B4\u17B5\u180E\u200B\u200E\u200F\u202A-\u202E\u2060-\u206F\u3164\uFEFF\uFFA0\uFFF0-\uFFFB\uFFFD\u{1BCA0}-\u{1BCA3}\u{1D173}-\u{1D17A}\u{E0000}-\u{E00FF}\p{Co}\p{Cs}\p{Noncharacter_Code_Point}]/u;
const JOINERS = /[\u200C\u200D]/;

/** Scripts whose letters join or stack, so that a joiner beside them changes what is read. */
const JOINING =
  /[\p{scx=Arabic}\p{scx=Syriac}\p{scx=Mongolian}\p{scx=Nko}\p{scx=Mandaic}\p{scx=Adlam}\p{scx=Hanifi_Rohingya}\p{scx=Devanagari}\p{scx=Bengali}\p{scx=Gurmukhi}\p{scx=Gujarati}\p{scx=Oriya}\p{scx=Tamil}\p{scx=Telugu}\p{scx=Kannada}\p{scx=Malayalam}\p{scx=Sinhala}\p{scx=Khmer}\p{scx=Myanmar}\p{scx=Tibetan}]/u;
const WORD = /[\p{L}\p{M}\p{N}]/u;
const JOINING_WORD = (character: string): boolean => JOINING.test(character) && WORD.test(character);
const PICTOGRAPH = /\p{Extended_Pictographic}|\p{Emoji_Modifier}|\uFE0F/u;

/** `U+200B` for the first code point of `character`. */
export const codePointName = (character: string): string =>
  `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}`;

/**
 * Whether the joiner between `before` and `after` (one code point each, empty at an edge) has work to do. A joiner that a Persian or
 * an Indic writer types stands after a letter of such a script, or before one where a suffix follows a Latin word; ZWJ also links
 * emoji. Between Latin letters it is invisible and so refused.
 */
const joinerBelongs = (joiner: string, before: string, after: string): boolean => {
  if (joiner === '\u200D' && PICTOGRAPH.test(before) && PICTOGRAPH.test(after)) return true;
  if (JOINING_WORD(before)) return true;
  return JOINING_WORD(after) && WORD.test(before);
};

/** The first character of `text` that may not stand there, or null. `line` counts from 1. */
export function firstForbiddenCharacter(text: string): { readonly codePoint: string; readonly line: number } | null {
  const lineAt = (index: number): number => {
    let line = 1;
    for (let at = text.indexOf('\n'); at !== -1 && at < index; at = text.indexOf('\n', at + 1)) line++;
    return line;
  };
  const forbidden = FORBIDDEN.exec(text);
  let found = forbidden === null ? -1 : forbidden.index;
  if (JOINERS.test(text)) {
    for (const match of text.matchAll(/[\u200C\u200D]/g)) {
      if (found !== -1 && match.index > found) break;
      const before = text.slice(Math.max(0, match.index - 2), match.index);
      const previous = Array.from(before).at(-1) ?? '';
      const next = String.fromCodePoint(text.codePointAt(match.index + 1) ?? 0x20);
      if (joinerBelongs(match[0], previous, next)) continue;
      found = match.index;
      break;
    }
  }
  if (found === -1) return null;
  return { codePoint: codePointName(text.slice(found, found + 2)), line: lineAt(found) };
}

/** More combining marks in a row than any writing system stacks: they would print over the neighbouring lines. */
const MARKS_LIMIT = 8;
const TOO_MANY_MARKS = new RegExp(`\\p{M}{${MARKS_LIMIT + 1}}`, 'u');
const ODD_SPACES = /[\t\u00A0\u1680\u2000-\u200A\u202F\u205F\u3000]/g;

/** Not `trim`, which would take a byte order mark away in silence. */
const EDGES = /^[ \n\r]+|[ \n\r]+$/g;

/**
 * Characters that NFC leaves alone, none of them a mark, a space, a joiner or refused: Latin, Greek, Cyrillic, Hebrew, Arabic and
 * CJK letters and ASCII. What matches is already a good name, and a million of them are checked by this one expression.
 */
const SIMPLE_WORD =
  '[\\x21-\\x7E\\xA1-\\xAC\\xAE-\\u02FF\\u038E-\\u03FF\\u0400-\\u0482\\u048A-\\u052F\\u05D0-\\u05EA\\u0620-\\u064A\\u0671-\\u06D3\\u2018-\\u201D\\u3041-\\u3096\\u30A1-\\u30FA\\u4E00-\\u9FFF\\uAC00-\\uD7A3]+';
const SIMPLE_NAME = new RegExp(`^${SIMPLE_WORD}(?: ${SIMPLE_WORD})*$`);

const fault = (reason: TextFault['reason'], values: TextFault['values']): Result<never, TextFault> => refusal({ reason, values });

function checked(text: string, limit: number): TextFault | null {
  if (text.length > limit) return { reason: 'too-long', values: { limit } };
  const forbidden = firstForbiddenCharacter(text);
  if (forbidden !== null) return { reason: 'forbidden-character', values: forbidden };
  if (TOO_MANY_MARKS.test(text)) return { reason: 'too-many-marks', values: { limit: MARKS_LIMIT } };
  return null;
}

/**
 * A name, a role, a place: one line. Gives it in NFC with odd spaces (no-break, ideographic, tab …) and runs of spaces made one
 * space and the ends trimmed; letters are never touched. `limit` is in UTF-16 units of the result.
 */
export function acceptName(value: string, limit: number): Result<string, TextFault> {
  if (value.length <= limit && SIMPLE_NAME.test(value)) return success(value);
  const name = value.normalize('NFC').replace(ODD_SPACES, ' ').replace(/ {2,}/g, ' ').replace(EDGES, '');
  if (/[\n\r\u2028\u2029]/.test(name)) return fault('line-break', {});
  const found = checked(name, limit);
  return found === null ? success(name) : refusal(found);
}

/** A headline or an addressee's line: as a name, but no-break spaces stay, which French sets before its punctuation. */
export function acceptLine(value: string, limit: number): Result<string, TextFault> {
  const line = value
    .normalize('NFC')
    .replace(/\t/g, ' ')
    .replace(/ {2,}/g, ' ')
    .replace(/^ +| +$/g, '');
  if (/[\n\r\u2028\u2029]/.test(line)) return fault('line-break', {});
  const found = checked(line, limit);
  return found === null ? success(line) : refusal(found);
}

/**
 * A text of several lines: NFC; CR LF, CR and U+2028 become LF, U+2029 becomes an empty line, a tab becomes a space, and spaces at
 * the end of lines go. The number of lines is kept up to there, so that a fault's `line` is the writer's own.
 */
export function acceptText(value: string, limit: number): Result<string, TextFault> {
  const text = value
    .normalize('NFC')
    .replace(/\r\n?/g, '\n')
    .replace(/\u2028/g, '\n')
    .replace(/\u2029/g, '\n\n')
    .replace(/\t/g, ' ');
  const found = checked(text, limit);
  return found === null ? success(text) : refusal(found);
}

/** A salutation, closing or disclaimer: an accepted text with its lines trimmed, spaces folded, and at most one empty line in a row. */
export function acceptLines(value: string, limit: number): Result<string, TextFault> {
  const accepted = acceptText(value, limit);
  if (!accepted.ok) return accepted;
  return success(
    accepted.value
      .split('\n')
      .map((line) => line.replace(/ {2,}/g, ' ').replace(/^ +| +$/g, ''))
      .join('\n')
      .replace(/\n{3,}/g, '\n\n')
      .replace(/^\n+|\n+$/g, ''),
  );
}
