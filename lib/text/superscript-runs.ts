import type { Inline } from './tree.ts';

const SUPERSCRIPT = /\^([^\s^]{1,40})\^/g;

/**
 * A headline, subtitle or other single line as inline content. Such a line is plain text but for superscript, `23^rd^`, which its
 * characters keep in the canonical form; every renderer walks a line with this one function.
 */
export function superscriptRuns(line: string): readonly Inline[] {
  const runs: Inline[] = [];
  let end = 0;
  for (const match of line.matchAll(SUPERSCRIPT)) {
    if (match.index > end) runs.push({ type: 'text', value: line.slice(end, match.index) });
    runs.push({ type: 'superscript', children: [{ type: 'text', value: match[1] ?? '' }] });
    end = match.index + match[0].length;
  }
  if (end < line.length) runs.push({ type: 'text', value: line.slice(end) });
  return runs;
}

/** A line where nothing can be raised: a running head, a bookmark, the title of a file. */
export const withoutSuperscript = (line: string): string => line.replaceAll(SUPERSCRIPT, '$1');
