/** Where a letter's links may lead: the web and mail. Anything else (`javascript:`, `data:`, a relative path) has no meaning on paper. */
const PROTOCOLS: ReadonlySet<string> = new Set(['http:', 'https:', 'mailto:']);
const LENGTH_LIMIT = 2000;

/** Characters that would end a link's destination or begin other marks in Markdown; percent-encoding keeps their meaning in a URL. */
const MARKDOWN_CHARACTERS = /[\s()<>[\]\\^`|"*]/g;

/**
 * The URL in the one spelling a body holds (as the URL standard serialises it, Markdown's own characters percent-encoded), or null
 * where it is none, leads elsewhere, is longer than 2000 characters, or holds a user name, which serves to disguise a host.
 */
export function acceptUrl(typed: string): string | null {
  if (typed.length > LENGTH_LIMIT) return null;
  const url = parse(typed);
  if (url === null || !PROTOCOLS.has(url.protocol) || url.username !== '' || url.password !== '') return null;
  const spelled = url.href.replace(MARKDOWN_CHARACTERS, (character) => encodeURIComponentFully(character));
  // A spelling that parses to another one (seen with brackets in IPv6 hosts) would not be stable, so it is no link.
  return parse(spelled)?.href.replace(MARKDOWN_CHARACTERS, encodeURIComponentFully) === spelled && spelled.length <= LENGTH_LIMIT
    ? spelled
    : null;
}

const parse = (text: string): URL | null => {
  try {
    return new URL(text);
  } catch {
    return null;
  }
};

const encodeURIComponentFully = (character: string): string =>
  `%${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(2, '0')}`;
