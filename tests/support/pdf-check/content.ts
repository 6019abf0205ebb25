/** A value as content streams and CMaps write it: names with their slash, strings as bytes. */
export type Operand = number | string | boolean | null | Buffer | readonly Operand[] | ReadonlyMap<string, Operand>;

export interface Operation {
  readonly operator: string;
  readonly operands: readonly Operand[];
}

const SPACE = ' \n\r\t\f\0';
const DELIMITERS = '()<>[]{}/%';

/** Reads operators with what stands before each. Throws where the bytes are no content stream. */
export function operationsOf(bytes: Buffer): Operation[] {
  const scanner = new Scanner(bytes.toString('latin1'));
  const operations: Operation[] = [];
  let operands: Operand[] = [];
  for (;;) {
    const token = scanner.next();
    if (token === undefined) break;
    if (token instanceof Word) {
      operations.push({ operator: token.text, operands });
      operands = [];
    } else operands.push(token);
  }
  if (operands.length > 0) throw new Error('operands without an operator');
  return operations;
}

class Word {
  readonly text: string;
  constructor(text: string) {
    this.text = text;
  }
}

class Scanner {
  private at = 0;
  private readonly text: string;

  constructor(text: string) {
    this.text = text;
  }

  next(): Operand | Word | undefined {
    this.skip();
    const character = this.text[this.at];
    if (character === undefined) return undefined;
    if (character === '/') return this.name();
    if (character === '(') return this.literal();
    if (character === '[') return this.array();
    if (character === '<') return this.text[this.at + 1] === '<' ? this.dictionary() : this.hex();
    if (')>]{}'.includes(character)) throw new Error(`"${character}" at ${this.at}`);
    const word = this.word();
    if (/^[+-]?(?:\d+\.?\d*|\.\d+)$/.test(word)) return Number(word);
    if (word === 'true' || word === 'false') return word === 'true';
    return word === 'null' ? null : new Word(word);
  }

  private skip(): void {
    for (;;) {
      while (this.at < this.text.length && SPACE.includes(this.text[this.at] ?? '')) this.at++;
      if (this.text[this.at] !== '%') return;
      while (this.at < this.text.length && !'\n\r'.includes(this.text[this.at] ?? '')) this.at++;
    }
  }

  private word(): string {
    const start = this.at;
    while (this.at < this.text.length && !`${SPACE}${DELIMITERS}`.includes(this.text[this.at] ?? '')) this.at++;
    return this.text.slice(start, this.at);
  }

  private name(): string {
    this.at++;
    return `/${this.word().replace(/#([0-9a-f]{2})/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16)))}`;
  }

  private literal(): Buffer {
    let depth = 1;
    let out = '';
    for (this.at++; ; this.at++) {
      const character = this.text[this.at];
      if (character === undefined) throw new Error('a string without end');
      if (character === '\\') out += this.escaped();
      else {
        if (character === '(') depth++;
        if (character === ')' && --depth === 0) break;
        out += character;
      }
    }
    this.at++;
    return Buffer.from(out, 'latin1');
  }

  private escaped(): string {
    const rest = this.text.slice(this.at + 1, this.at + 4);
    const octal = /^[0-7]{1,3}/.exec(rest)?.[0];
    this.at += octal?.length ?? 1;
    if (octal !== undefined) return String.fromCharCode(Number.parseInt(octal, 8) & 255);
    const next = rest[0] ?? '';
    return { n: '\n', r: '\r', t: '\t', b: '\b', f: '\f', '\n': '' }[next] ?? next;
  }

  private hex(): Buffer {
    const end = this.text.indexOf('>', this.at);
    const digits = this.text.slice(this.at + 1, end).replaceAll(/\s/g, '');
    if (end < 0 || !/^[0-9a-f]*$/i.test(digits)) throw new Error('a string that is not hexadecimal');
    this.at = end + 1;
    return Buffer.from(digits.length % 2 === 0 ? digits : `${digits}0`, 'hex');
  }

  private array(): Operand[] {
    this.at++;
    const values: Operand[] = [];
    for (;;) {
      this.skip();
      if (this.text[this.at] === ']') break;
      values.push(this.value());
    }
    this.at++;
    return values;
  }

  private dictionary(): Map<string, Operand> {
    this.at += 2;
    const entries = new Map<string, Operand>();
    for (;;) {
      this.skip();
      if (this.text.startsWith('>>', this.at)) break;
      const key = this.value();
      if (typeof key !== 'string') throw new Error('a key that is no name');
      entries.set(key, this.value());
    }
    this.at += 2;
    return entries;
  }

  private value(): Operand {
    const token = this.next();
    if (token === undefined || token instanceof Word) throw new Error(`no value at ${this.at}`);
    return token;
  }
}
