import { type Result, refusal, success } from '../shared/result.ts';
import { type AcceptedText, CANONICAL_GRAMMAR } from './canonical.ts';
import { parseMarkdown } from './markdown.ts';

const LINE_FEED = 10;

class Malformed extends Error {
  override readonly name = 'Malformed';
}

/** Walks the bytes: lengths are counted in bytes, and a field's content may look like the field that follows. */
class Cursor {
  readonly #bytes: Buffer;
  #at = 0;

  constructor(canonical: string) {
    this.#bytes = Buffer.from(canonical, 'utf8');
  }

  get atEnd(): boolean {
    return this.#at === this.#bytes.length;
  }

  line(): string {
    const end = this.#bytes.indexOf(LINE_FEED, this.#at);
    if (end === -1) throw new Malformed('no line end');
    const line = this.#bytes.toString('utf8', this.#at, end);
    this.#at = end + 1;
    return line;
  }

  /** The number after `name`, written in the one way there is: no sign, no leading zero. */
  number(name: string): number {
    const line = this.line();
    const digits = line.slice(name.length + 1);
    if (!line.startsWith(`${name} `) || !/^(?:0|[1-9]\d{0,8})$/.test(digits)) throw new Malformed(`${name} expected`);
    return Number(digits);
  }

  field(name: string): string {
    const length = this.number(name);
    const end = this.#at + length;
    if (end >= this.#bytes.length || this.#bytes[end] !== LINE_FEED) throw new Malformed(`${name} is cut off`);
    const value = this.#bytes.toString('utf8', this.#at, end);
    this.#at = end + 1;
    return value;
  }

  /** A count is no promise: a false one ends at the first item that is not there. */
  items<Item>(name: string, read: () => Item): Item[] {
    const items: Item[] = [];
    for (let left = this.number(name); left > 0; left--) items.push(read());
    return items;
  }
}

/**
 * The text of a canonical form (`undersigned-text/1`): what `canonicalText` wrote, read back. What is shown and printed of a frozen
 * letter comes from here, so that it is the very text the fingerprint covers.
 * @returns `malformed` for anything `canonicalText` does not write
 */
export function readCanonical(canonical: string): Result<AcceptedText, 'malformed'> {
  const cursor = new Cursor(canonical);
  try {
    if (cursor.line() !== CANONICAL_GRAMMAR) return refusal('malformed');
    const text = {
      addressees: cursor.items('addressees', () => ({
        name: cursor.field('addressee.name'),
        office: cursor.field('addressee.office'),
        lines: cursor.items('addressee.lines', () => cursor.field('addressee.line')),
      })),
      headline: cursor.field('headline'),
      subtitle: cursor.field('subtitle'),
      salutation: cursor.field('salutation'),
    };
    const body = parseMarkdown(cursor.field('body'));
    const rest = { closing: cursor.field('closing'), disclaimer: cursor.field('disclaimer') };
    if (!cursor.atEnd || !body.ok) return refusal('malformed');
    return success({ ...text, body: body.value, ...rest });
  } catch (error) {
    if (error instanceof Malformed) return refusal('malformed');
    throw error;
  }
}
