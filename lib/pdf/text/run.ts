import type { Face } from './face.ts';

export interface Reach {
  readonly up: number;
  readonly down: number;
}

/** Glyphs of one face, ready to be shown: strings are the bytes of a PDF literal string, one Latin-1 character a byte. */
export interface Run {
  readonly face: Face;
  /** Thousandths of an em. */
  readonly advance: number;
  /** How far ink reaches above and below the baseline, in thousandths of an em; null for scripts that stay within any line. */
  readonly reach: Reach | null;
  /** What stands in a TJ's array between its first `(` and its last `)`; null where the baseline moves or a replacement text is needed. */
  readonly shown: string | null;
  /** Goes before `shown` where a line begins with this run: empty but for marks that a reader would take out of their line there. */
  readonly opening: string;
  readonly raised: readonly { readonly rise: number; readonly shown: string }[];
  /** UTF-16BE in hex: the text of glyphs that are not in the order of their letters. */
  readonly actualText: string | null;
  /** BCP 47 where the letter's language is another; as `languageOfRun` gives it. */
  readonly spoken: string | null;
  /** A bold style was asked of a family that has none. */
  readonly embolden: boolean;
  /** Hex digits of a character no font has: printed in a box. */
  readonly missing: string | null;
}

/** A piece of text without spaces and of one direction, as runs from left to right. */
export interface Word {
  readonly runs: readonly Run[];
  readonly advance: number;
}

const ESCAPED = Array.from({ length: 256 }, (_, byte) => {
  if (byte === 13) return '\\r';
  if (byte === 10) return '\\n';
  const character = String.fromCharCode(byte);
  return '()\\'.includes(character) ? `\\${character}` : character;
});

/** Two bytes of a literal string. */
export const showCid = (cid: number): string => `${ESCAPED[cid >> 8]}${ESCAPED[cid & 255]}`;

export const utf16Hex = (text: string): string => Buffer.from(text, 'utf16le').swap16().toString('hex');
