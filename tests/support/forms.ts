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

/** The value of the option that is chosen; of the first where none is. */
function chosenOf(options: string): string {
  const all = [...options.matchAll(/<option\b([^>]*)>/g)].map(([, rest = '']) => attributesOf(`option ${rest}`));
  return (all.find(({ selected }) => selected !== undefined) ?? all[0])?.['value'] ?? '';
}

const FIELDS = /<input\b([^>]*)>|<(textarea|select)\b([^>]*)>(.*?)<\/\2>/gs;
const TEXTS = new Set(['text', 'search', 'textarea', 'email', 'url']);

/** The form of a page that is sent to an address with this end; null where it has none. */
export function readForm(html: string, end: string): SentForm | null {
  for (const [whole, tag = ''] of html.matchAll(/<form([^>]*)>.*?<\/form>/gs)) {
    const action = attributesOf(`form ${tag}`)['action'] ?? '';
    if (!action.split('?')[0]?.endsWith(end)) continue;
    const values: Record<string, string> = {};
    const texts: string[] = [];
    for (const [, single, kind = 'input', other = '', inside = ''] of whole.matchAll(FIELDS)) {
      const { name, type = kind === 'input' ? 'text' : kind, value = '', checked } = attributesOf(`${kind} ${single ?? other}`);
      if (name === undefined || type === 'file') continue;
      if ((type === 'radio' || type === 'checkbox') && checked === undefined) continue;
      values[name] =
        type === 'textarea'
          ? decoded(inside.replace(/^\n/, ''))
          : type === 'select'
            ? chosenOf(inside)
            : type === 'checkbox' && value === ''
              ? 'on'
              : value;
      if (TEXTS.has(type)) texts.push(name);
    }
    return { action, values, texts };
  }
  return null;
}
