/** Forms as a page has them, read without a browser: what its reader would send, and where to. */

export interface SentForm {
  /** The address it is sent to. */
  readonly action: string;
  /** What it sends as it stands: typed, chosen and hidden; of a choice that nobody has made, nothing. */
  readonly values: Readonly<Record<string, string>>;
  /** Names of the fields that take any text. */
  readonly texts: readonly string[];
}

const NAMED: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"' };
const decoded = (text: string): string =>
  text.replaceAll(/&(?:#x([\da-f]+)|#(\d+)|(\w+));/gi, (whole, hex: string, decimal: string, name: string) =>
    name === undefined ? String.fromCodePoint(hex === undefined ? Number(decimal) : Number.parseInt(hex, 16)) : (NAMED[name] ?? whole),
  );

/** Attributes of a tag as the framework writes them: always quoted, or without a value. */
function attributesOf(tag: string): Readonly<Record<string, string>> {
  const found = [...tag.matchAll(/([\w-]+)(?:="([^"]*)")?/g)].slice(1);
  return Object.fromEntries(found.map(([, name = '', value]) => [name.toLowerCase(), decoded(value ?? '')]));
}

const TEXTS = new Set(['text', 'search', 'textarea']);

/** The form of a page that is sent to an address with this end; null where it has none. */
export function readForm(html: string, end: string): SentForm | null {
  for (const [whole, tag = ''] of html.matchAll(/<form([^>]*)>.*?<\/form>/gs)) {
    const action = attributesOf(`form ${tag}`)['action'] ?? '';
    if (!action.split('?')[0]?.endsWith(end)) continue;
    const values: Record<string, string> = {};
    const texts: string[] = [];
    for (const [, kind = '', rest = '', inside = ''] of whole.matchAll(/<(input|textarea|select)\b([^>]*)>(?:([^<]*)<\/textarea>)?/g)) {
      const { name, type = kind === 'input' ? 'text' : kind, value = '', checked } = attributesOf(`${kind} ${rest}`);
      if (name === undefined || type === 'file') continue;
      if ((type === 'radio' || type === 'checkbox') && checked === undefined) continue;
      values[name] = type === 'textarea' ? decoded(inside) : type === 'checkbox' && value === '' ? 'on' : value;
      if (TEXTS.has(type)) texts.push(name);
    }
    return { action, values, texts };
  }
  return null;
}
