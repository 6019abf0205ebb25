import { createHash } from 'node:crypto';
import { deflateSync } from 'node:zlib';
import { newContext, type PdfContext, type PdfObject } from './pdf-lib.ts';

export interface Sink {
  write(bytes: Uint8Array): void | Promise<void>;
}

const PACKED = 200;
const CHUNK = 1 << 18;
/**
 * Levels of compression. `quick` is for what stands thousands of times in a long list, pages and objects: it takes half the time of
 * `thorough` there, and a file a twentieth larger.
 */
const LEVELS = { quick: 3, thorough: 6 } as const;
type Compression = keyof typeof LEVELS | 'none';

/**
 * Writes objects as they come, so that only their offsets stay in memory. Objects without a stream are packed into object streams, or
 * written plainly with a classic cross-reference table where the version of the file asks for it.
 */
export class PdfWriter {
  readonly context: PdfContext = newContext();
  /** PDF 1.4 as PDF/A-1 wants it: no object streams, no cross-reference stream. */
  readonly classic: boolean;
  private readonly sink: Sink;
  private readonly hash = createHash('sha256');
  private chunks: Buffer[] = [];
  private waiting = 0;
  private offset = 0;
  /** By object number: 0 unused, 1 an offset in the file, 2 in the object stream of that number. */
  private kinds = new Uint8Array(1 << 12);
  private places = new Float64Array(1 << 12);
  private indices = new Uint16Array(1 << 12);
  private packed: { number: number; body: string }[] = [];

  constructor(sink: Sink, classic: boolean) {
    this.sink = sink;
    this.classic = classic;
    this.emit(Buffer.from(`%PDF-1.${classic ? 4 : 7}\n%\xe2\xe3\xcf\xd3\n`, 'latin1'));
  }

  /** A new object number. */
  allocate(): number {
    this.context.largestObjectNumber += 1;
    return this.context.largestObjectNumber;
  }

  object(number: number, object: PdfObject): void {
    this.text(number, object.toString());
  }

  /** An object already printed; what stands a million times in a document is not worth an object model. */
  text(number: number, body: string): void {
    if (this.classic) {
      this.place(number, 1, this.offset, 0);
      this.emit(Buffer.from(`${number} 0 obj\n${body}\nendobj\n`, 'latin1'));
      return;
    }
    this.packed.push({ number, body });
    if (this.packed.length >= PACKED) this.flushPacked();
  }

  /** `entries` are those of the stream's dictionary beside Filter and Length. */
  stream(number: number, entries: string, content: Uint8Array, compression: Compression = 'thorough'): void {
    const compress = compression !== 'none';
    const bytes = compress ? deflateSync(content, { level: LEVELS[compression] }) : content;
    this.place(number, 1, this.offset, 0);
    this.emit(
      Buffer.from(`${number} 0 obj\n<<${entries}${compress ? '/Filter/FlateDecode' : ''}/Length ${bytes.length}>>\nstream\n`, 'latin1'),
    );
    this.emit(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length));
    this.emit(Buffer.from('\nendstream\nendobj\n'));
  }

  /** Hands what is ready to the sink. */
  async drain(everything = false): Promise<void> {
    if (this.waiting < CHUNK && !everything) return;
    const bytes = Buffer.concat(this.chunks);
    this.chunks = [];
    this.waiting = 0;
    this.hash.update(bytes);
    await this.sink.write(bytes);
  }

  /** Ends the file. Its identifier is taken from its content: the same input gives the same bytes. */
  async finish(root: number, info: number): Promise<{ readonly sha256: string }> {
    this.flushPacked();
    await this.drain(true);
    const id = this.hash.copy().digest('hex').slice(0, 32);
    const trailer = `/Root ${root} 0 R/Info ${info} 0 R/ID[<${id}><${id}>]`;
    if (this.classic) this.finishWithTable(trailer);
    else this.finishWithStream(trailer);
    await this.drain(true);
    return { sha256: this.hash.digest('hex') };
  }

  private finishWithTable(trailer: string): void {
    const size = this.context.largestObjectNumber + 1;
    const start = this.offset;
    const rows = [`xref\n0 ${size}\n0000000000 65535 f \n`];
    for (let number = 1; number < size; number++) rows.push(`${String(this.places[number] ?? 0).padStart(10, '0')} 00000 n \n`);
    this.emit(Buffer.from(`${rows.join('')}trailer\n<</Size ${size}${trailer}>>\nstartxref\n${start}\n%%EOF\n`, 'latin1'));
  }

  private finishWithStream(trailer: string): void {
    const number = this.allocate();
    const start = this.offset;
    this.place(number, 1, start, 0);
    const table = Buffer.alloc((number + 1) * 8);
    for (let index = 0; index <= number; index++) {
      table[index * 8] = this.kinds[index] ?? 0;
      table.writeUIntBE(this.places[index] ?? 0, index * 8 + 1, 5);
      table.writeUInt16BE(this.indices[index] ?? 0, index * 8 + 6);
    }
    table.writeUInt16BE(0xffff, 6);
    this.stream(number, `/Type/XRef/Size ${number + 1}/W[1 5 2]${trailer}`, table);
    this.emit(Buffer.from(`startxref\n${start}\n%%EOF\n`));
  }

  private flushPacked(): void {
    if (this.packed.length === 0) return;
    const number = this.allocate();
    const heads: string[] = [];
    let at = 0;
    for (const [index, object] of this.packed.entries()) {
      heads.push(`${object.number} ${at} `);
      at += object.body.length + 1;
      this.place(object.number, 2, number, index);
    }
    const head = heads.join('');
    const bodies = this.packed.map((object) => object.body).join('\n');
    const count = this.packed.length;
    this.packed = [];
    this.stream(number, `/Type/ObjStm/N ${count}/First ${head.length}`, Buffer.from(head + bodies, 'latin1'), 'quick');
  }

  private place(number: number, kind: number, place: number, index: number): void {
    while (number >= this.kinds.length) {
      const size = this.kinds.length * 2;
      this.kinds = grow(this.kinds, new Uint8Array(size));
      this.places = grow(this.places, new Float64Array(size));
      this.indices = grow(this.indices, new Uint16Array(size));
    }
    this.kinds[number] = kind;
    this.places[number] = place;
    this.indices[number] = index;
  }

  private emit(bytes: Buffer): void {
    this.chunks.push(bytes);
    this.waiting += bytes.length;
    this.offset += bytes.length;
  }
}

function grow<Numbers extends Uint8Array | Uint16Array | Float64Array>(from: Numbers, to: Numbers): Numbers {
  to.set(from);
  return to;
}
