/** Any scheme, for one that is mistyped leads nowhere. */
const SCHEME = /\b(?:https?:(?:\/\/?|(?=[\p{L}\p{N}]))|mailto:|www\.|[a-z][a-z\d+-]{0,30}:\/\/)[^\s<>"”»]+/giu;
/** What ends a sentence ends the link before it. */
const TRAILING = new Set(".,;:!?'’)]*_");

/** The links of one line as they were typed, without the full stop or bracket that follows them. Takes as long as the line, whatever stands in it. */
export function linksIn(line: string): readonly string[] {
  return [...line.matchAll(SCHEME)].map(([link]) => {
    let end = link.length;
    // A loop, for an expression that ends in `$` begins anew at each of a thousand brackets.
    while (end > 0 && TRAILING.has(link.charAt(end - 1))) end -= 1;
    const bare = link.slice(0, end);
    // A bracket that was opened inside the link belongs to it.
    const opened = bare.split('(').length - bare.split(')').length;
    return opened > 0 && link.startsWith(')', end) ? `${bare})` : bare;
  });
}

const LABEL = /^[\p{L}\p{N}](?:[\p{L}\p{N}-]*[\p{L}\p{N}])?$/u;

/**
 * What is odd about a link, judged by its letters alone: no name is looked up and no page is asked for. `plain-http`: whoever sits
 * between a reader and that page can change it. `odd-link`: it leads nowhere that the world could reach.
 */
export function oddLink(link: string): 'plain-http' | 'odd-link' | null {
  if (/^mailto:/i.test(link)) return /^mailto:[^\s@]+@[^\s@]+\.[^\s@.]+$/iu.test(link) ? null : 'odd-link';
  // Typed without a scheme it prints and leads nowhere.
  if (/^www\./i.test(link)) return 'odd-link';
  let url: URL;
  try {
    url = new URL(link);
  } catch {
    return 'odd-link';
  }
  if (!/^https?:\/\/[^/]/i.test(link) || !isWorldly(url.hostname)) return 'odd-link';
  // Two that ran together; an archive's address, or one that leads on, has the other behind a mark. A name and a password are no reader's.
  if (/[\p{L}\p{N}]https?:/iu.test(link.slice(4)) || url.username !== '' || url.password !== '') return 'odd-link';
  return url.protocol === 'http:' ? 'plain-http' : null;
}

/** A name of at least two parts whose last is none of those that are for oneself or for examples (RFC 2606, RFC 6761, RFC 6762). */
function isWorldly(host: string): boolean {
  const labels = host.replace(/\.$/, '').split('.');
  const last = labels.at(-1) ?? '';
  return labels.length > 1 && labels.every((label) => LABEL.test(label)) && !/^(?:\d+|local|localhost|test|invalid|internal)$/i.test(last);
}

const WORDS = String.raw`(?:\\.|[^[\]\\]|\[[^[\]]{0,100}\]){0,300}`;
/** `[words][label]` and `[label][]`; neither a note beside another, nor words in brackets before a link. */
const REFERENCE = new RegExp(String.raw`(?<![\\\]])\[(?!\^)${WORDS}\]\[(?!\^)(?:\\.|[^[\]\\]){0,300}\](?!\()`, 'gsu');
/** `[label]: https://…` on a line of its own. */
const DEFINITION = /^ {0,3}\[(?!\^)(?:\\.|[^[\]\\\n]){1,300}\]:[ \t]*<?(?:https?:|mailto:|www\.)[^\n]*/gimu;

/**
 * Links by reference, as other writing tools make them. A letter has none: there is nothing to define them by, so they print as they
 * were typed, brackets and all, and lead nowhere.
 * @returns what begins on each line, by its number from 0
 */
export function referencesIn(text: string): ReadonlyMap<number, readonly string[]> {
  const matches = [...text.matchAll(REFERENCE), ...text.matchAll(DEFINITION)].filter(([match]) => !/\n[ \t]*\n/.test(match));
  const found = new Map<number, string[]>();
  let line = 0;
  let read = 0;
  for (const { index, 0: match } of matches.sort((one, other) => one.index - other.index)) {
    for (let next = text.indexOf('\n', read); next >= 0 && next < index; next = text.indexOf('\n', read)) {
      line += 1;
      read = next + 1;
    }
    const beside = found.get(line) ?? [];
    beside.push(match.replaceAll('\n', ' ').trim());
    found.set(line, beside);
  }
  return found;
}
