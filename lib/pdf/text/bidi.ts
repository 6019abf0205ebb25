import bidiFactory from 'bidi-js';
import type { Range } from './line.ts';

const bidi = bidiFactory();
export type BaseDirection = 'ltr' | 'rtl' | 'auto';

/** Embedding level of every UTF-16 unit (UAX #9), and the level of the paragraph. */
export function embeddingLevels(text: string, direction: BaseDirection): { readonly levels: Uint8Array; readonly base: number } {
  const { levels, paragraphs } = bidi.getEmbeddingLevels(inOneUnit(text), direction);
  return { levels, base: paragraphs[0]?.level ?? (direction === 'rtl' ? 1 : 0) };
}

// Where characters of two UTF-16 units run from right to left: U+10800–10FFF and U+1E800–1EFFF.
const ASTRAL_RIGHT_TO_LEFT = /[\ud802\ud803\ud83a\ud83b][\udc00-\udfff]/g;

/** bidi-js reads units, not characters: in the place of such a character stand two of its own class. */
function inOneUnit(text: string): string {
  return text.replaceAll(ASTRAL_RIGHT_TO_LEFT, (character) => {
    const codePoint = character.codePointAt(0) ?? 0;
    if (/\p{M}/u.test(character)) return '\u0591\u0591';
    if ((codePoint >= 0x10d30 && codePoint <= 0x10d39) || (codePoint >= 0x10e60 && codePoint <= 0x10e7e)) return '\u0660\u0660';
    if ((codePoint >= 0x10d00 && codePoint <= 0x10d3f) || (codePoint >= 0x1ec70 && codePoint <= 0x1eeff)) return '\u0627\u0627';
    return '\u05d0\u05d0';
  });
}

const FIRST_STRONG_ISOLATE = '\u2068';
const POP_DIRECTIONAL_ISOLATE = '\u2069';

/** The same, as if each range stood between a first strong isolate and its end: `ranges` ascend and do not touch. */
export function isolatedLevels(text: string, direction: BaseDirection, ranges: readonly Range[]): Uint8Array {
  let marked = '';
  let at = 0;
  for (const [start, end] of ranges) {
    marked += text.slice(at, start) + FIRST_STRONG_ISOLATE + text.slice(start, end) + POP_DIRECTIONAL_ISOLATE;
    at = end;
  }
  const { levels } = embeddingLevels(marked + text.slice(at), direction);
  const own = new Uint8Array(text.length);
  at = 0;
  for (const [index, [start, end]] of ranges.entries()) {
    own.set(levels.subarray(at + 2 * index, start + 2 * index), at);
    own.set(levels.subarray(start + 2 * index + 1, end + 2 * index + 1), start);
    at = end;
  }
  own.set(levels.subarray(at + 2 * ranges.length), at);
  return own;
}

/** Rule L2: logical to visual order, in place. */
export function reorderVisually<Item extends { readonly level: number }>(items: Item[]): void {
  let highest = 0;
  for (const { level } of items) highest = Math.max(highest, level);
  for (let level = highest; level > 0; level--) {
    for (let start = 0; start < items.length; start++) {
      if ((items[start]?.level ?? 0) < level) continue;
      let end = start + 1;
      while (end < items.length && (items[end]?.level ?? 0) >= level) end++;
      items.splice(start, end - start, ...items.slice(start, end).reverse());
      start = end;
    }
  }
}
