import { type Line, PLAIN } from './line.ts';
import type { ParagraphInput } from './paragraph.ts';
import type { Run } from './run.ts';
import { hasRightToLeft } from './scripts.ts';
import type { Typesetter } from './typesetter.ts';

const HARD_BREAK = /[\n\t]/;
// Text whose lines end at spaces and nowhere else: no hyphens, slashes, quotes or dashes, no script that is written without spaces.
const BREAKS_AT_SPACES = /^[A-Za-z0-9\u00c0-\u00d6\u00d8-\u00f6\u00f8-\u024f\u0370-\u04ff\u1e00-\u1eff .,'’&]*$/;

/**
 * Single characters with blanks between them, as a name of one family and one given character is: readers of PDFs take a usual space
 * there for letters set apart, and join them.
 */
export const isSingleCharacters = (text: string): boolean => (text[1] === ' ' || text[2] === ' ') && /^\S(?: \S)+$/u.test(text);

/**
 * The common case of a signatory's lines, without the analysis the others need: nothing is reordered, and either it fits one line or
 * lines end at spaces only. Null where that cannot be said.
 */
export function plainLines(typesetter: Typesetter, { spans, size, width, direction, hanging = 0 }: ParagraphInput): Line[] | null {
  if (direction === 'rtl') return null;
  const wide = isSingleCharacters(spans.length === 1 ? (spans[0]?.text ?? '') : spans.map(({ text }) => text).join(''));
  let limit = (width * 1000) / size;
  const lines: Line[] = [];
  let runs: Run[] = [];
  let advance = 0;
  /** Of the last space: its place among the runs, and the advance before and after it. */
  let space: { readonly at: number; readonly run: Run; readonly before: number; readonly after: number } | null = null;
  for (const { text, setting, look } of spans) {
    if (look !== PLAIN || HARD_BREAK.test(text) || hasRightToLeft(text)) return null;
    const spaceRun = wide ? typesetter.wideSpace(setting) : typesetter.space(setting);
    for (let start = 0; start <= text.length; ) {
      const found = text.indexOf(' ', start);
      const end = found === -1 ? text.length : found;
      if (end > start) {
        const word = typesetter.word(setting, text.slice(start, end), false);
        for (const run of word.runs) runs.push(run);
        advance += word.advance;
        if (advance > limit) {
          if (space === null || !spans.every((span) => BREAKS_AT_SPACES.test(span.text))) return null;
          lines.push({ runs: runs.slice(0, space.at), looks: null, size, width: (space.before * size) / 1000, space: space.run });
          limit = ((width - hanging) * 1000) / size;
          runs = runs.slice(space.at + 1);
          advance -= space.after;
          space = null;
          if (advance > limit) return null;
        }
      }
      if (found !== -1) {
        space = { at: runs.length, run: spaceRun, before: advance, after: advance + spaceRun.advance };
        runs.push(spaceRun);
        advance += spaceRun.advance;
      }
      start = end + 1;
    }
  }
  lines.push({ runs, looks: null, size, width: (advance * size) / 1000, space: null });
  return lines;
}
