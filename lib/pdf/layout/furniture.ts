import { markLines } from '../../document/head-lines.ts';
import type { DocumentText, LetterDocument } from '../../document/model.ts';
import { phrasesFor } from '../../document/phrases.ts';
import { verifyUrl } from '../../text/fingerprint.ts';
import { withoutSuperscript } from '../../text/superscript-runs.ts';
import { PageCanvas } from '../document/page-canvas.ts';
import { QUIET_ZONE, qrCode } from '../document/qr-code.ts';
import type { Style } from '../text/families.ts';
import { type Line, PLAIN } from '../text/line.ts';
import { layOutParagraph } from '../text/paragraph.ts';
import type { Composition } from './composition.ts';
import { type Geometry, leftEdge, measure } from './geometry.ts';
import { localNumber } from './local-number.ts';
import { type Voice, voiceOf } from './voice.ts';

const SIZE = 8;
const MARK_SIZE = 10;
const MARK_LEAD = 12;
const FINGERPRINT_SIZE = 6.6;
const FINGERPRINT_GAP = 6;

/**
 * What stands on every page: running head and page number from the second page on, the mark of a document that is not final, the
 * fingerprint of the text and the address that verifies it. What is the same on many pages, and the total, which is known last, are forms: written once, at the end.
 */
export class Furniture {
  private readonly composition: Composition;
  private readonly document: LetterDocument;
  /** The text the present page belongs to. */
  private text: DocumentText;
  private readonly forms = new Map<string, { readonly number: number; readonly draw: (canvas: PageCanvas) => void }>();

  constructor(composition: Composition, document: LetterDocument, text: DocumentText) {
    this.composition = composition;
    this.document = document;
    this.text = text;
  }

  use(text: DocumentText): void {
    this.text = text;
  }

  /** Draws on the current page, which is about to be written. */
  draw(): void {
    const { pages, geometry } = this.composition;
    const { canvas } = pages;
    const { text } = this;
    const index = this.document.texts.indexOf(this.text);
    const column = measure(geometry);
    if (markLines(this.document, text.language).length > 0)
      canvas.form(
        this.form(`Mark${index}`, (form) => this.drawMark(form, text, geometry)),
        'head',
      );
    if (text.fingerprint !== null)
      canvas.form(
        this.form(`Foot${index}`, (form) => this.drawFoot(form, text, geometry)),
        'foot',
      );
    if (pages.count === 0) return;
    canvas.form(
      this.form(`Head${index}`, (form) => this.drawHead(form, text, geometry)),
      'head',
    );
    // The total is drawn from the end of the words before it, wherever that is.
    const voice = voiceOf(this.text.language);
    const [before] = phrasesFor(this.text.language).page.split('{m}');
    const line = this.line(voice, (before ?? '').trimEnd().replace('{n}', localNumber(this.text.language, pages.count + 1)), SIZE);
    const x = leftEdge(geometry, column, line.width, 'start');
    canvas.setColour('grey');
    canvas.own(this.composition.artifact('head'));
    canvas.line(line, x, headHeight(geometry));
    const total = this.form(`Total${index}`, (form) => this.drawTotal(form, voice, geometry));
    const gap = before?.endsWith(' ') === true ? (this.composition.typesetter.space(voice.setting('regular')).advance * SIZE) / 1000 : 0;
    canvas.form(total, 'head', geometry.rightToLeft ? x - gap : x + line.width + gap, headHeight(geometry));
  }

  /** Entries of the resources' XObject dictionary, printed. Writes the forms, whose fonts are those of `resources`. */
  finish(resources: number): string {
    const { writer, geometry } = this.composition;
    let entries = '';
    for (const [name, { number, draw }] of this.forms) {
      const canvas = new PageCanvas(false, () => 0);
      canvas.setColour('grey');
      draw(canvas);
      const box = `/BBox[${-geometry.width} ${-geometry.height} ${geometry.width} ${geometry.height}]`;
      canvas.end((bytes) => writer.stream(number, `/Type/XObject/Subtype/Form${box}/Resources ${resources} 0 R`, bytes));
      entries += `/${name} ${number} 0 R`;
    }
    return entries;
  }

  private form(name: string, draw: (canvas: PageCanvas) => void): string {
    if (!this.forms.has(name)) this.forms.set(name, { number: this.composition.writer.allocate(), draw });
    return name;
  }

  private drawTotal(canvas: PageCanvas, voice: Voice, geometry: Geometry): void {
    const [, after = ''] = phrasesFor(voice.language).page.split('{m}');
    const line = this.line(voice, localNumber(voice.language, this.composition.pages.count) + after, SIZE);
    canvas.line(line, geometry.rightToLeft ? -line.width : 0, 0);
  }

  private drawHead(canvas: PageCanvas, text: DocumentText, geometry: Geometry): void {
    const column = measure(geometry);
    const voice = voiceOf(text.language);
    const line = this.shortened(voice, withoutSuperscript(text.headline), column.width * 0.7);
    canvas.line(line, leftEdge(geometry, column, line.width, 'end'), headHeight(geometry));
  }

  private drawMark(canvas: PageCanvas, text: DocumentText, geometry: Geometry): void {
    const column = measure(geometry);
    const lines = this.markLines(voiceOf(text.language), markLines(this.document, text.language), column.width);
    canvas.setColour('black');
    for (const [index, line] of lines.entries()) {
      const above = ((lines.length - 1) / 2 - index) * MARK_LEAD;
      canvas.line(line, leftEdge(geometry, column, line.width, 'centre'), geometry.height - geometry.top * 0.36 + above);
    }
  }

  /** The fingerprint at the start, and at the end the address that verifies it. */
  private drawFoot(canvas: PageCanvas, { language, fingerprint }: DocumentText, geometry: Geometry): void {
    if (fingerprint === null) return;
    const voice = voiceOf(language);
    const column = measure(geometry);
    const y = geometry.bottom * 0.55;
    const { verifyOrigin } = this.document;
    const code = verifyOrigin === undefined ? null : qrCode(verifyUrl(verifyOrigin, fingerprint));
    if (code !== null) {
      // In the middle of the line, or where the largest would come too near to the text, lower.
      const base = Math.min(y + FINGERPRINT_SIZE * 0.35 - code.side / 2, geometry.bottom - QUIET_ZONE - code.side);
      canvas.areas(code.dark, leftEdge(geometry, column, code.side, 'end'), base);
    }
    const line = this.line(voiceOf('en'), fingerprint, FINGERPRINT_SIZE);
    const label = this.line(voice, phrasesFor(voice.language).fingerprint, FINGERPRINT_SIZE);
    const start = leftEdge(geometry, column, label.width, 'start');
    canvas.line(label, start, y);
    canvas.line(line, geometry.rightToLeft ? start - FINGERPRINT_GAP - line.width : start + label.width + FINGERPRINT_GAP, y);
  }

  /** On one line where the measure has room for them; else one below the other, and smaller where a single one is too wide. */
  private markLines(voice: Voice, marks: readonly string[], width: number): readonly Line[] {
    const whole = this.line(voice, marks.join(' · '), MARK_SIZE, 'bold');
    if (whole.width <= width) return [whole];
    return marks.map((mark) => {
      const line = this.line(voice, mark, MARK_SIZE, 'bold');
      return line.width <= width ? line : this.line(voice, mark, (MARK_SIZE * width) / line.width, 'bold');
    });
  }

  private shortened(voice: Voice, text: string, width: number): Line {
    const whole = this.line(voice, text, SIZE, 'italic');
    if (whole.width <= width) return whole;
    const words = text.split(' ');
    while (words.length > 1) {
      words.pop();
      const line = this.line(voice, `${words.join(' ')} …`, SIZE, 'italic');
      if (line.width <= width) return line;
    }
    return this.line(voice, `${Array.from(text).slice(0, 40).join('')}…`, SIZE, 'italic');
  }

  private line(voice: Voice, text: string, size: number, style: Style = 'regular'): Line {
    const spans = [{ text, setting: voice.setting(style), look: PLAIN }];
    const direction = voice.rightToLeft ? ('rtl' as const) : ('ltr' as const);
    const [line] = layOutParagraph(this.composition.typesetter, { spans, size, width: 10_000, direction });
    if (line === undefined) throw new Error('a line without breaks');
    return line;
  }
}

const headHeight = ({ height, top }: Geometry): number => height - top * 0.6;
