/** Any scheme, for one that is mistyped leads nowhere. */
const SCHEME = /\b(?:https?:\/\/?|mailto:|www\.|[a-z][a-z\d+-]{0,30}:\/\/)[^\s<>"”»]+/giu;
/** What ends a sentence ends the link before it. */
const TRAILING = /[.,;:!?'’)\]*_]+$/u;

/** The links of one line as they were typed, without the full stop or bracket that follows them. */
export function linksIn(line: string): readonly string[] {
  return [...line.matchAll(SCHEME)].map(([link]) => {
    const bare = link.replace(TRAILING, '');
    // A bracket that was opened inside the link belongs to it.
    const opened = bare.split('(').length - bare.split(')').length;
    return opened > 0 && link.startsWith(')', bare.length) ? `${bare})` : bare;
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
  if (!/^https?:\/\/[^/]/i.test(link) || /https?:/i.test(link.slice(4)) || !isWorldly(url.hostname)) return 'odd-link';
  return url.protocol === 'http:' ? 'plain-http' : null;
}

/** A name of at least two parts whose last is none of those that are for oneself or for examples (RFC 2606, RFC 6761, RFC 6762). */
function isWorldly(host: string): boolean {
  const labels = host.replace(/\.$/, '').split('.');
  const last = labels.at(-1) ?? '';
  return labels.length > 1 && labels.every((label) => LABEL.test(label)) && !/^(?:\d+|local|localhost|test|invalid|internal)$/i.test(last);
}
