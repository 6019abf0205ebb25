/**
 * The parser's time grows with the square of some marks (brackets that never close, quotes in quotes), so a text that holds far more
 * of them than a letter would is refused before it is parsed.
 */
const LIMITS: readonly { readonly mark: RegExp; readonly limit: number }[] = [
  { mark: /\[/g, limit: 2000 },
  { mark: /\]/g, limit: 2000 },
  { mark: /[*_]/g, limit: 4000 },
  { mark: /\^/g, limit: 4000 },
  { mark: /</g, limit: 2000 },
  { mark: /\|/g, limit: 20_000 },
];
/** Hard-wrapped, the longest body has fewer. */
const LINES_LIMIT = 6000;
/** Quote and list markers at the start of one line. */
const MARKERS_LIMIT = 60;
const MARKERS = /^(?:[ \t]*(?:>|[-+*](?=[ \t])|\d{1,9}[.)](?=[ \t])))+/;

/** The mark (a line feed for lines) of which `text` holds too many, with its `line` where one line is to blame, or null. */
export function tooComplex(text: string): Readonly<Record<string, string | number>> | null {
  for (const { mark, limit } of LIMITS) {
    let count = 0;
    for (const _ of text.matchAll(mark)) if (++count > limit) return { mark: mark.source.replace(/\\/g, ''), limit };
  }
  const lines = text.split('\n');
  if (lines.length > LINES_LIMIT) return { mark: '\n', limit: LINES_LIMIT };
  for (const [index, line] of lines.entries()) {
    const markers = (MARKERS.exec(line)?.[0].match(/[>*+-]|\d+/g) ?? []).length;
    if (markers > MARKERS_LIMIT) return { mark: '>', limit: MARKERS_LIMIT, line: index + 1 };
  }
  return null;
}
