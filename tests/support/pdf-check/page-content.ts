import { type PDFDict, PDFName, type PDFObject } from 'pdf-lib';
import { type Operand, operationsOf } from './content.ts';
import type { PdfFile } from './file.ts';

export interface Mark {
  readonly tag: string;
  readonly id: number | undefined;
  readonly language: string | undefined;
  /** Of an artifact. */
  readonly type: string | undefined;
  readonly subtype: string | undefined;
}

/** Something a page paints, and within which marks, the outermost first. */
export interface Painted {
  readonly page: number;
  readonly marks: readonly Mark[];
  readonly what: 'text' | 'path' | 'image';
  /** Of text: the dictionary of its font and its codes. */
  readonly font: PDFDict | undefined;
  readonly codes: readonly number[];
  /** Of a picture: left, bottom, right, top. */
  readonly box: readonly number[] | undefined;
  /** In a form. */
  readonly inForm: boolean;
}

export interface PageContent {
  readonly painted: readonly Painted[];
  /** What no reader would take: operators out of place, names that the resources do not have. */
  readonly faults: readonly string[];
  /** Of the device. */
  readonly colours: ReadonlySet<string>;
}

type Matrix = readonly [number, number, number, number, number, number];
const times = ([a, b, c, d, e, f]: Matrix, [A, B, C, D, E, F]: Matrix): Matrix => [
  a * A + b * C,
  a * B + b * D,
  c * A + d * C,
  c * B + d * D,
  e * A + f * C + E,
  e * B + f * D + F,
];

const PAINTING = new Set(['S', 's', 'f', 'F', 'f*', 'B', 'B*', 'b', 'b*', 'sh']);
const SHOWING = new Set(['Tj', 'TJ', "'", '"']);
const OTHER = new Set(
  'q Q cm w J j M d ri i gs m l c v y h re n W W* BT ET Tc Tw Tz TL Tf Tr Ts Td TD Tm T* Do BMC BDC EMC MP DP CS cs SC SCN sc scn G g RG rg K k BX EX'.split(
    ' ',
  ),
);
const COLOURS: Readonly<Record<string, string>> = {
  G: 'DeviceGray',
  g: 'DeviceGray',
  RG: 'DeviceRGB',
  rg: 'DeviceRGB',
  K: 'DeviceCMYK',
  k: 'DeviceCMYK',
};

/** What a page paints, forms included. */
export function readPage(pdf: PdfFile, page: PDFDict, index: number): PageContent {
  const reader = new PageReader(pdf, index);
  reader.run(pdf.contentOf(page), pdf.inherited(page, 'Resources'), [], [1, 0, 0, 1, 0, 0]);
  return reader;
}

class PageReader implements PageContent {
  readonly painted: Painted[] = [];
  readonly faults: string[] = [];
  readonly colours = new Set<string>();
  private readonly pdf: PdfFile;
  private readonly page: number;
  private depth = 0;

  constructor(pdf: PdfFile, page: number) {
    this.pdf = pdf;
    this.page = page;
  }

  run(content: Buffer, resources: PDFObject | undefined, outer: readonly Mark[], matrix: Matrix): void {
    const { pdf } = this;
    const marks = [...outer];
    const saved: Matrix[] = [];
    let current = matrix;
    let font: PDFDict | undefined;
    let inText = false;
    const paint = (what: Painted['what'], more: Partial<Painted> = {}) =>
      this.painted.push({ page: this.page, marks: [...marks], what, font, codes: [], box: undefined, inForm: this.depth > 0, ...more });
    for (const { operator, operands } of operationsOf(content)) {
      const [first] = operands;
      const colour = COLOURS[operator];
      if (colour !== undefined) this.colours.add(colour);
      if (SHOWING.has(operator)) {
        if (!inText || font === undefined) this.faults.push(`${operator} outside a text object, or without a font`);
        paint('text', { codes: codesOf(first) });
      } else if (PAINTING.has(operator)) paint('path');
      else if (!OTHER.has(operator)) this.faults.push(`the operator ${operator}`);
      if (operator === 'BT' || operator === 'ET') {
        if (inText === (operator === 'BT')) this.faults.push(`${operator} out of place`);
        inText = operator === 'BT';
      } else if (operator === 'q') saved.push(current);
      else if (operator === 'Q') {
        const before = saved.pop();
        if (before === undefined) this.faults.push('Q without q');
        else current = before;
      } else if (operator === 'cm') current = times(operands as unknown as Matrix, current);
      else if (operator === 'Tf') {
        font = pdf.dictionary(resources, 'Font', nameIn(first));
        if (font === undefined) this.faults.push(`the font ${String(first)}`);
      } else if (operator === 'BMC' || operator === 'BDC') marks.push(markOf(operands));
      else if (operator === 'EMC') {
        if (marks.length <= outer.length) this.faults.push('EMC without a mark');
        else marks.pop();
      } else if (operator === 'Do') this.show(pdf.at(resources, 'XObject', nameIn(first)), resources, marks, current, paint);
      if (saved.length > 28) this.faults.push('q 29 deep');
    }
    if (marks.length > outer.length) this.faults.push('a mark without EMC');
    if (saved.length > 0 || inText) this.faults.push('q or BT without an end');
  }

  private show(
    shown: PDFObject | undefined,
    resources: PDFObject | undefined,
    marks: readonly Mark[],
    matrix: Matrix,
    paint: (what: Painted['what'], more: Partial<Painted>) => void,
  ): void {
    const { pdf } = this;
    const kind = pdf.name(shown, 'Subtype');
    if (kind === 'Image') {
      const [a, b, c, d, e, f] = matrix;
      paint('image', { box: [Math.min(e, e + a + c), Math.min(f, f + b + d), Math.max(e, e + a + c), Math.max(f, f + b + d)] });
    } else if (kind === 'Form' && this.depth < 8) {
      const own = pdf.list(shown, 'Matrix').map((value) => pdf.number(value) ?? 0);
      this.depth++;
      this.run(
        pdf.stream(shown) ?? Buffer.alloc(0),
        pdf.at(shown, 'Resources') ?? resources,
        marks,
        own.length === 6 ? times(own as unknown as Matrix, matrix) : matrix,
      );
      this.depth--;
    } else this.faults.push(`an XObject that is ${kind ?? 'not there'}`);
  }
}

const nameIn = (operand: Operand | undefined): string => (typeof operand === 'string' ? PDFName.of(operand.slice(1)).decodeText() : '');

function markOf([tag, properties]: readonly Operand[]): Mark {
  const entry = (name: string) => (properties instanceof Map ? (properties.get(name) as Operand | undefined) : undefined);
  const word = (name: string) => {
    const value = entry(name);
    return typeof value === 'string' ? value.slice(1) : Buffer.isBuffer(value) ? value.toString('latin1') : undefined;
  };
  const id = entry('/MCID');
  return {
    tag: typeof tag === 'string' ? tag.slice(1) : '',
    id: typeof id === 'number' ? id : undefined,
    language: word('/Lang'),
    type: word('/Type'),
    subtype: word('/Subtype'),
  };
}

/** Two bytes a code, as Identity-H has them. */
function codesOf(operand: Operand | undefined): number[] {
  if (Array.isArray(operand)) return operand.flatMap((part: Operand) => codesOf(part));
  if (!Buffer.isBuffer(operand)) return [];
  return Array.from({ length: operand.length >> 1 }, (_, index) => operand.readUInt16BE(index * 2));
}
