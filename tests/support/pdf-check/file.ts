import { inflateSync } from 'node:zlib';
import {
  decodePDFRawStream,
  PDFArray,
  PDFBool,
  PDFDict,
  PDFDocument,
  PDFHexString,
  PDFName,
  PDFNumber,
  type PDFObject,
  PDFRawStream,
  PDFRef,
  PDFString,
} from 'pdf-lib';

/** A PDF as another program's parser reads it; the writer of the product is not asked. */
export class PdfFile {
  readonly bytes: Buffer;
  readonly trailer: { readonly id: boolean; readonly encrypted: boolean };
  readonly catalogue: PDFDict;
  readonly info: PDFDict | undefined;
  private readonly document: PDFDocument;

  private constructor(bytes: Buffer, document: PDFDocument) {
    this.bytes = bytes;
    this.document = document;
    const { ID, Encrypt, Info } = document.context.trailerInfo;
    this.trailer = { id: ID instanceof PDFArray && ID.size() === 2, encrypted: Encrypt !== undefined };
    this.catalogue = document.catalog;
    const info = Info instanceof PDFRef ? document.context.lookup(Info) : Info;
    this.info = info instanceof PDFDict ? info : undefined;
  }

  static async open(bytes: Buffer): Promise<PdfFile> {
    return new PdfFile(bytes, await PDFDocument.load(bytes, { updateMetadata: false, throwOnInvalidObject: true }));
  }

  get pages(): readonly PDFDict[] {
    return this.document.getPages().map(({ node }) => node);
  }

  /** Every object of the file with its number. */
  get objects(): readonly (readonly [number: number, object: PDFObject])[] {
    return this.document.context.enumerateIndirectObjects().map(([{ objectNumber }, object]) => [objectNumber, object] as const);
  }

  resolve(object: PDFObject | undefined): PDFObject | undefined {
    return object instanceof PDFRef ? this.document.context.lookup(object) : object;
  }

  /** The entry at the end of a path of names. */
  at(from: PDFObject | undefined, ...path: readonly string[]): PDFObject | undefined {
    let object = this.resolve(from);
    for (const name of path) {
      const dictionary = object instanceof PDFRawStream ? object.dict : object;
      if (!(dictionary instanceof PDFDict)) return undefined;
      object = this.resolve(dictionary.get(PDFName.of(name)));
    }
    return object;
  }

  dictionary(from: PDFObject | undefined, ...path: readonly string[]): PDFDict | undefined {
    const found = this.at(from, ...path);
    return found instanceof PDFDict ? found : found instanceof PDFRawStream ? found.dict : undefined;
  }

  /** Of an array its values, each resolved; of one value itself; else none. */
  list(from: PDFObject | undefined, ...path: readonly string[]): readonly PDFObject[] {
    const found = this.at(from, ...path);
    if (found === undefined) return [];
    return found instanceof PDFArray ? found.asArray().flatMap((value) => this.resolve(value) ?? []) : [found];
  }

  name(from: PDFObject | undefined, ...path: readonly string[]): string | undefined {
    const found = this.at(from, ...path);
    return found instanceof PDFName ? found.decodeText() : undefined;
  }

  number(from: PDFObject | undefined, ...path: readonly string[]): number | undefined {
    const found = this.at(from, ...path);
    return found instanceof PDFNumber ? found.asNumber() : undefined;
  }

  text(from: PDFObject | undefined, ...path: readonly string[]): string | undefined {
    const found = this.at(from, ...path);
    return found instanceof PDFString || found instanceof PDFHexString ? found.decodeText() : undefined;
  }

  isTrue(from: PDFObject | undefined, ...path: readonly string[]): boolean {
    return this.at(from, ...path) === PDFBool.True;
  }

  stream(from: PDFObject | undefined, ...path: readonly string[]): Buffer | undefined {
    const found = this.at(from, ...path);
    return found instanceof PDFRawStream ? Buffer.from(decodePDFRawStream(found).decode()) : undefined;
  }

  /** Contents of a page, all its streams one after the other. */
  contentOf(page: PDFDict): Buffer {
    return Buffer.concat(this.list(page, 'Contents').flatMap((part) => [this.stream(part) ?? Buffer.alloc(0), Buffer.from('\n')]));
  }

  /** An attribute of a page that its tree may hand down. */
  inherited(page: PDFDict, name: string): PDFObject | undefined {
    for (let node: PDFDict | undefined = page; node !== undefined; node = this.dictionary(node, 'Parent')) {
      const found = this.at(node, name);
      if (found !== undefined) return found;
    }
    return undefined;
  }
}

export const numberOf = (object: PDFObject | undefined): number | undefined => (object instanceof PDFRef ? object.objectNumber : undefined);

/** Objects that do not stand where the cross-reference says, and streams that are not as long as they say: in the bytes themselves. */
export function misplacedObjects(bytes: Buffer): string[] {
  const text = bytes.toString('latin1');
  const start = Number(/startxref\s+(\d+)\s+%%EOF\s*$/.exec(text.slice(-64))?.[1]);
  const offsets = text.startsWith('xref', start) ? fromTable(text, start) : fromStream(bytes, text, start);
  if (offsets.length === 0) return ['no cross-reference'];
  return offsets.flatMap(([number, offset]) => {
    const head = new RegExp(`^${number} 0 obj\\s`).exec(text.slice(offset, offset + 24));
    if (head === null) return [`object ${number} is not at ${offset}`];
    const dictionary = /^\d+ 0 obj\s*<<[\s\S]*?>>\s*stream\r?\n/.exec(text.slice(offset, offset + 4096))?.[0];
    if (dictionary === undefined || dictionary.includes('endobj')) return [];
    const length = Number(/\/Length (\d+)/.exec(dictionary)?.[1]);
    const end = offset + dictionary.length + length;
    return /^\r?\nendstream\b/.test(text.slice(end, end + 12)) ? [] : [`the stream ${number} is not ${length} bytes long`];
  });
}

type Place = readonly [number: number, offset: number];

function fromTable(text: string, start: number): Place[] {
  const rows = [...text.slice(start, text.indexOf('trailer', start)).matchAll(/(\d{10}) \d{5} ([fn])/g)];
  return rows.flatMap(([, offset, kind], number) => (kind === 'n' ? [[number, Number(offset)] as const] : []));
}

function fromStream(bytes: Buffer, text: string, start: number): Place[] {
  const head = /^\d+ 0 obj\s*<<[\s\S]*?>>\s*stream\r?\n/.exec(text.slice(start, start + 4096))?.[0] ?? '';
  const widths = /\/W\s*\[\s*(\d+) (\d+) (\d+)/.exec(head)?.slice(1).map(Number) ?? [];
  const [kind = 0, place = 0, index = 0] = widths;
  const at = start + head.length;
  const table = inflateSync(bytes.subarray(at, at + Number(/\/Length (\d+)/.exec(head)?.[1])));
  const width = kind + place + index;
  return Array.from({ length: width === 0 ? 0 : table.length / width }, (_, number) => number).flatMap((number) => {
    const row = table.subarray(number * width, (number + 1) * width);
    return row[kind - 1] === 1 ? [[number, row.readUIntBE(kind, place)] as const] : [];
  });
}
