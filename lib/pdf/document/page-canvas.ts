import { type Line, type Look, PLAIN } from '../text/line.ts';
import { type Run, showCid } from '../text/run.ts';
import type { StructureNode } from './structure-tree.ts';

export type Colour = 'black' | 'grey' | 'link';
const FILL: Readonly<Record<Colour, string>> = { black: '0 g', grey: '0.36 g', link: '0.08 0.25 0.5 rg' };

/** What is no part of the text (ISO 32000-1 §14.8.2.2): what is set again on a page, its head and its foot, rules and frames. */
const ARTIFACTS = {
  repeated: '/Artifact<</Type/Pagination>>BDC\n',
  head: '/Artifact<</Type/Pagination/Subtype/Header>>BDC\n',
  foot: '/Artifact<</Type/Pagination/Subtype/Footer>>BDC\n',
  drawing: '/Artifact<</Type/Layout>>BDC\n',
} as const;
export type Artifact = keyof typeof ARTIFACTS;

/** Whose content follows: an element, no part of the text, or nothing that is marked (a document without tags). */
export type Owner = StructureNode | Artifact | null;

const short = (value: number): string => String(Math.round(value * 100) / 100);
/** Bytes of pages that are written. */
const spare: Buffer[] = [];

const printed = new Map<number, string>();
function hundredths(value: number): string {
  let text = printed.get(value);
  if (text === undefined) {
    text = String(value / 100);
    if (printed.size < 10_000) printed.set(value, text);
  }
  return text;
}
const BOX_DIGITS = 0.36;

/** The content stream of one page: a single text object, then rules and frames. Coordinates are the page's own, y upwards. */
export class PageCanvas {
  private bytes: Buffer = spare.pop() ?? Buffer.allocUnsafe(1 << 16);
  private length = 0;
  /** What is drawn after the text, by what it is. */
  private readonly drawn: Record<Artifact, string> = { repeated: '', head: '', foot: '', drawing: '' };
  private figures = '';
  private font = '';
  private size = 0;
  private colour: Colour = 'black';
  private emboldened = false;
  /** Where the line in force begins, in hundredths of a point. */
  private left = 0;
  private base = 0;
  private owner: Owner = null;
  /** Whether the owner has a piece of content open; in which language, empty for its own. */
  private opened = false;
  private spoken = '';
  /** Opens a piece of content for an element; gives its number on this page. */
  private readonly mark: (node: StructureNode) => number;

  private readonly tagged: boolean;

  constructor(tagged: boolean, mark: (node: StructureNode) => number) {
    this.tagged = tagged;
    this.mark = mark;
    this.put('BT\n');
  }

  own(owner: Owner): void {
    if (owner === this.owner) return;
    if (this.opened) this.put('EMC\n');
    this.opened = false;
    this.owner = owner;
  }

  setColour(colour: Colour): void {
    if (colour === this.colour) return;
    this.put(`${FILL[colour]}\n`);
    this.colour = colour;
  }

  /** A line set in one way, its left end at (x, y). */
  line({ runs, size, space }: Line, x: number, y: number): void {
    this.moveTo(x, y);
    this.runs(runs, size, 0, x, y);
    if (space !== null) this.runs([space], size, 0, x, y);
  }

  /** A line of several looks; `begin` is told where each stretch of one look lies, in points from x, before it is shown. */
  mixedLine({ runs, looks, size, space }: Line, x: number, y: number, begin: (look: Look, from: number, to: number) => void): void {
    this.moveTo(x, y);
    let at = 0;
    for (let start = 0; start < runs.length; ) {
      const look = looks?.[start] ?? PLAIN;
      let end = start;
      let width = 0;
      while (end < runs.length && (looks?.[end] ?? PLAIN) === look) {
        width += ((runs[end]?.advance ?? 0) * size * look.scale) / 1000;
        end++;
      }
      begin(look, at, at + width);
      this.runs(runs.slice(start, end), size * look.scale, look.rise * size, x + at, y + look.rise * size);
      at += width;
      start = end;
    }
    if (space !== null) this.runs([space], size, 0, x + at, y);
  }

  rule(x1: number, y1: number, x2: number, y2: number, width: number): void {
    this.drawn.drawing += `${short(width)} w ${short(x1)} ${short(y1)} m ${short(x2)} ${short(y2)} l S\n`;
  }

  /** Black areas, as one: each its left, bottom, width and height, from (x, y). */
  areas(rectangles: readonly (readonly [number, number, number, number])[], x: number, y: number): void {
    const path = rectangles.map((rectangle) => `${rectangle.map(short).join(' ')} re\n`).join('');
    this.drawn.drawing += `q 0 g 1 0 0 1 ${short(x)} ${short(y)} cm\n${path}f Q\n`;
  }

  /** A form of the page's resources, its origin at (x, y). */
  form(name: string, owner: Artifact, x = 0, y = 0): void {
    this.drawn[owner] += x === 0 && y === 0 ? `/${name} Do\n` : `q 1 0 0 1 ${short(x)} ${short(y)} cm /${name} Do Q\n`;
  }

  /** A picture of the page's resources: its left, bottom, width and height. */
  picture(name: string, [x, y, width, height]: readonly [number, number, number, number], node: StructureNode | null): void {
    const drawn = `q ${short(width)} 0 0 ${short(height)} ${short(x)} ${short(y)} cm /${name} Do Q\n`;
    this.figures += node === null ? drawn : `/${node.type}<</MCID ${this.mark(node)}>>BDC\n${drawn}EMC\n`;
  }

  /** Ends the page and hands its bytes to `use`, which must not keep them: the next page is written over them. */
  end(use: (content: Buffer) => void): void {
    this.own(null);
    this.put(`ET\n${this.figures}`);
    for (const artifact of Object.keys(ARTIFACTS) as Artifact[]) {
      const drawn = this.drawn[artifact];
      if (drawn !== '') this.put(this.tagged ? `${ARTIFACTS[artifact]}${drawn}EMC\n` : drawn);
    }
    use(this.bytes.subarray(0, this.length));
    spare.push(this.bytes);
  }

  // Into bytes line by line: a page grown as one string would live on as thousands of pieces until its end.
  private put(text: string): void {
    if (this.length + text.length > this.bytes.length) {
      const larger = Buffer.allocUnsafe((this.length + text.length) * 2);
      this.bytes.copy(larger, 0, 0, this.length);
      this.bytes = larger;
    }
    this.length += this.bytes.write(text, this.length, 'latin1');
  }

  /** By the distance from the line before: the few distances of a list compress well. */
  private moveTo(x: number, y: number): void {
    const left = Math.round(x * 100);
    const base = Math.round(y * 100);
    this.put(`${hundredths(left - this.left)} ${hundredths(base - this.base)} Td\n`);
    this.left = left;
    this.base = base;
  }

  private runs(runs: readonly Run[], size: number, rise: number, x: number, y: number): void {
    let out = '';
    let open = false;
    let raised = 0;
    let at = 0;
    for (const run of runs) {
      const { owner } = this;
      if (owner !== null && (!this.opened || (run.spoken !== null && run.spoken !== this.spoken && typeof owner !== 'string'))) {
        if (open) out += ')]TJ\n';
        open = false;
        out += this.piece(owner, run.spoken ?? '');
      }
      const next = run.missing === null ? size : size * BOX_DIGITS;
      if (
        run.face.resource !== this.font ||
        next !== this.size ||
        run.embolden !== this.emboldened ||
        run.shown === null ||
        rise !== raised
      ) {
        if (open) out += ')]TJ\n';
        open = false;
        if (run.face.resource !== this.font || next !== this.size) out += `/${run.face.resource} ${short(next)} Tf\n`;
        this.font = run.face.resource;
        this.size = next;
        if (run.embolden !== this.emboldened) out += run.embolden ? `${short(size / 36)} w 2 Tr\n` : '0 Tr\n';
        this.emboldened = run.embolden;
        if (rise !== raised) out += `${short(rise)} Ts\n`;
        raised = rise;
      }
      if (run.shown !== null) {
        out += open ? run.shown : `[(${run === runs[0] ? run.opening : ''}${run.shown}`;
        open = true;
      } else {
        if (run.actualText !== null) out += `/Span<</ActualText<FEFF${run.actualText}>>>BDC\n`;
        if (run.missing === null)
          for (const part of run.raised) out += `${short(rise + (part.rise * size) / 1000)} Ts\n[(${part.shown})]TJ\n`;
        else out += this.box(run, run.missing, size, rise, x + at, y);
        raised = Number.NaN;
        if (run.actualText !== null) out += 'EMC\n';
      }
      at += (run.advance * size) / 1000;
    }
    if (open) out += ')]TJ\n';
    if (raised !== 0) out += '0 Ts\n';
    this.put(out);
  }

  /** Ends the owner's piece of content and opens its next: one in another language says so itself (ISO 32000-1 §14.9.2.2). */
  private piece(owner: StructureNode | Artifact, spoken: string): string {
    const end = this.opened ? 'EMC\n' : '';
    this.opened = true;
    this.spoken = spoken;
    if (typeof owner === 'string') return end + ARTIFACTS[owner];
    return `${end}/${spoken === '' ? owner.type : 'Span'}<<${spoken === '' ? '' : `/Lang(${spoken})`}/MCID ${this.mark(owner)}>>BDC\n`;
  }

  /** The code of a character no font has, in two rows of small digits with a frame around them. */
  private box(run: Run, digits: string, size: number, rise: number, x: number, y: number): string {
    const half = digits.length / 2;
    const { face } = run;
    const glyphs = Array.from(digits, (digit) => face.font.nominalGlyph(digit.charCodeAt(0)) ?? 0);
    const shown = glyphs.map((glyph, index) => showCid(face.cid(glyph, digits[index] ?? '')));
    const width = (row: readonly number[]) => row.reduce((sum, glyph) => sum + face.advanceOf(glyph) * face.scale, 0);
    const room = run.advance / BOX_DIGITS;
    const [upper, lower] = [glyphs.slice(0, half), glyphs.slice(half)].map(width) as [number, number];
    const before = [Math.round((room - upper) / 2), Math.round((room - lower) / 2)] as const;
    this.frame(x + size * 0.04, y - size * 0.1, (run.advance * size) / 1000 - size * 0.08, size * 0.86);
    return (
      `${short(rise + size * 0.38)} Ts\n[${-before[0]}(${shown.slice(0, half).join('')})${Math.round(upper + before[0])}]TJ\n` +
      `${short(rise)} Ts\n[${-before[1]}(${shown.slice(half).join('')})${-Math.round(room - before[1] - lower)}]TJ\n`
    );
  }

  private frame(x: number, y: number, width: number, height: number): void {
    this.drawn.drawing += `0.4 w ${short(x)} ${short(y)} ${short(width)} ${short(height)} re S\n`;
  }
}
