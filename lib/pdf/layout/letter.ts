import { blockWording } from '../../block/wording.ts';
import { addresseeLabel, placeAndDateParts, standingLine } from '../../document/head-lines.ts';
import type { DocumentText, LetterDocument } from '../../document/model.ts';
import { phrasesFor } from '../../document/phrases.ts';
import { superscriptRuns, withoutSuperscript } from '../../text/superscript-runs.ts';
import { LOGO, letterheadLogoSize } from '../document/logo.ts';
import type { StructureNode } from '../document/structure-tree.ts';
import type { Style } from '../text/families.ts';
import type { Range } from '../text/line.ts';
import { BODY_SIZE, bodyItems } from './body.ts';
import type { Composition } from './composition.ts';
import { type FlowItem, flow } from './flow.ts';
import { type Alignment, type Column, indent, leftEdge, measure } from './geometry.ts';
import { inlineText, stringText } from './inline.ts';
import { type ParagraphStyle, paragraphItems } from './paragraph-items.ts';
import { type Voice, voiceOf } from './voice.ts';

/** Lines up to which a closing is not divided. */
const CLOSING_TOGETHER = 8;

/** One text of the letter, from place and date to its notes; a further text begins on a page of its own. */
export function setText(composition: Composition, document: LetterDocument, text: DocumentText): void {
  const voice = voiceOf(text.language);
  const several = document.texts.length > 1;
  const parent = several ? composition.node('Sect', null, { language: text.language }) : null;
  const column = measure(composition.geometry);
  const setter = new TextSetter(composition, voice, parent);
  if (!composition.blank) composition.nextPage();
  // In the order of reading: elements are made as they are set.
  const letterhead = text === document.texts[0] ? setter.letterhead(document) : [];
  const standing = setter.standing(document, text);
  const head = setter.head(document, text, column);
  const title = setter.title(text, column);
  const salutation = setter.optional(text.salutation, column, { keepNext: true });
  const { items: body, notes } = bodyItems(composition, text.body, voice, column, parent);
  const opening = salutation[0] ?? body[0];
  if (opening !== undefined) opening.before = BODY_SIZE * 1.4;
  const closing = setter.optional(text.closing, column, { before: BODY_SIZE * 1.4 });
  const ending = body.at(-1);
  // The last lines of the body come along when the closing has no room below them.
  if (closing.length > 0 && ending !== undefined) ending.keep = true;
  if (closing.length <= CLOSING_TOGETHER) for (const item of closing.slice(0, -1)) item.keep = true;
  const disclaimer = setter.optional(text.disclaimer, column, { before: 16, size: 8.8, colour: 'grey' });
  const above = closing.at(-1) ?? ending;
  // Nor does a page hold a few small lines and nothing else.
  if (above !== undefined && disclaimer.length > 0 && disclaimer.length <= CLOSING_TOGETHER) above.keep = true;
  flow(composition, [
    ...letterhead,
    ...standing,
    ...head,
    ...title,
    ...salutation,
    ...body,
    ...closing,
    ...disclaimer,
    ...notes.unreferred(),
  ]);
  composition.endNotes();
  composition.closeNodes();
}

/** Text whose parts keep to themselves: a Latin place draws no number of a Persian date to its own side. */
interface JoinedText {
  readonly text: string;
  readonly isolates: readonly Range[];
}

function joined(parts: readonly string[], comma: string): JoinedText {
  let at = 0;
  const isolates = parts.map((part): Range => {
    const start = at;
    at += part.length + comma.length;
    return [start, start + part.length];
  });
  return { text: parts.join(comma), isolates };
}

interface LineStyle extends Partial<ParagraphStyle> {
  readonly style?: Style;
  readonly type?: string;
}

class TextSetter {
  private readonly composition: Composition;
  private readonly voice: Voice;
  private readonly parent: StructureNode | null;

  constructor(composition: Composition, voice: Voice, parent: StructureNode | null) {
    this.composition = composition;
    this.voice = voice;
    this.parent = parent;
  }

  /** The coalition's logo and lines, which the place of the letter's own head follows. */
  letterhead({ letterhead }: LetterDocument): FlowItem[] {
    if (letterhead === undefined) return [];
    const { geometry } = this.composition;
    const column = measure(geometry);
    const items: FlowItem[] = [];
    if (letterhead.logo !== null) {
      const { width, height } = letterheadLogoSize(letterhead.logo);
      const x = leftEdge(geometry, column, width, 'start');
      // It stands at the head of its page.
      const top = geometry.height - geometry.top;
      const box = [x, top - height, x + width, top].map((value) => Math.round(value * 100) / 100);
      const node = this.composition.node('Figure', this.parent, {
        alternative: letterhead.name,
        attributes: `<</O/Layout/Placement/Block/BBox[${box.join(' ')}]>>`,
      });
      const picture = { name: LOGO, x, width, node };
      items.push({ before: 0, height, keep: true, lines: [], rules: [], picture });
    }
    letterhead.lines.forEach((line, index) => {
      const before = index === 0 && letterhead.logo !== null ? 6 : 0;
      items.push(
        ...this.paragraph({ text: line, isolates: [[0, line.length]] }, column, {
          size: 9,
          lead: 9 * Math.min(this.voice.leading, 1.4),
          before,
          keepNext: true,
        }),
      );
    });
    return [...items, { before: 0, height: 26, keep: true, lines: [], rules: [] }];
  }

  /** Which of several texts prevails. */
  standing(document: LetterDocument, text: DocumentText): FlowItem[] {
    const words = standingLine(document, text);
    const column = measure(this.composition.geometry);
    return words === null ? [] : this.paragraph(words, column, { size: 8.8, before: 0, colour: 'grey', style: 'italic', keepNext: true });
  }

  head(document: LetterDocument, text: DocumentText, column: Column): FlowItem[] {
    const phrases = phrasesFor(text.language);
    const { comma } = blockWording(text.language);
    const dated = placeAndDateParts(document, text);
    const alignment: Alignment = 'end';
    const rows: FlowItem[] =
      dated.length === 0 ? [] : this.paragraph(joined(dated, comma), column, { before: 0, alignment, keepNext: true });
    const alone = (line: string) => joined([line], comma);
    const labelled: readonly (readonly [string, readonly (readonly JoinedText[])[]])[] = [
      [
        addresseeLabel(text),
        text.addressees.map(({ name, office, lines }) => [joined(office === null ? [name] : [name, office], comma), ...lines.map(alone)]),
      ],
      [phrases.cc, text.cc.map((copy) => [alone(copy)])],
      [phrases.re, text.reference === null || text.reference === '' ? [] : [[alone(text.reference)]]],
    ];
    const present = labelled.filter(([, groups]) => groups.length > 0);
    const width = Math.max(0, ...present.map(([label]) => (label === '' ? 0 : this.widthOf(label)))) + 8;
    for (const [index, [label, groups]] of present.entries())
      rows.push(...this.labelled(label, groups, column, label === '' ? 0 : width, index === 0 ? 18 : 7));
    return rows;
  }

  title(text: DocumentText, column: Column): FlowItem[] {
    const lead = (size: number) => size * Math.min(this.voice.leading, 1.3);
    const headline = this.paragraph(text.headline, column, {
      size: 19,
      lead: lead(19),
      before: 26,
      style: 'bold',
      type: 'H1',
      keepNext: true,
      balanced: true,
    });
    if (headline[0] !== undefined) headline[0].bookmark = withoutSuperscript(text.headline);
    const subtitle = { size: 12.5, lead: lead(12.5), before: 5, style: 'italic' as const, keepNext: true, balanced: true };
    return [...headline, ...this.optional(text.subtitle, column, subtitle)];
  }

  optional(text: string | null, column: Column, style: LineStyle): FlowItem[] {
    if (text === null || text.trim() === '') return [];
    const keepNext = style.keepNext ?? false;
    return text
      .split(/\n+/)
      .flatMap((line, index) => this.paragraph(line, column, { ...style, before: index === 0 ? (style.before ?? 0) : 0, keepNext }));
  }

  private labelled(label: string, groups: readonly (readonly JoinedText[])[], column: Column, width: number, before: number): FlowItem[] {
    const content = indent(column, width);
    // First, so that it is read before what it stands beside.
    const [labelItem] = label === '' ? [] : this.paragraph(label, column, { before: 0, colour: 'grey' });
    const items = groups.flatMap((lines, group) =>
      lines.flatMap((line, index) =>
        this.paragraph(line, content, { before: index === 0 ? (group === 0 ? before : 4) : 0, keepNext: index < lines.length - 1 }),
      ),
    );
    if (labelItem !== undefined) items[0]?.lines.unshift(...labelItem.lines);
    return items;
  }

  private paragraph(content: string | JoinedText, column: Column, { style = 'regular', type = 'P', ...rest }: LineStyle): FlowItem[] {
    const size = rest.size ?? BODY_SIZE;
    const { text, ...isolation } = typeof content === 'string' ? { text: content } : content;
    const place = { voice: this.voice, type, parent: this.parent };
    const runs = typeof content === 'string' ? superscriptRuns(content) : [];
    const paragraph = runs.some((run) => run.type === 'superscript')
      ? inlineText(this.composition, { ...place, children: runs, bold: style === 'bold', italic: style === 'italic' })
      : stringText(this.composition, text, { ...place, style, ...isolation });
    return paragraphItems(this.composition, column, paragraph, { before: 0, ...rest, size, lead: rest.lead ?? size * this.voice.leading });
  }

  private widthOf(text: string): number {
    const setting = this.voice.setting('regular');
    const words = text.split(' ').map((word) => this.composition.typesetter.word(setting, word, this.voice.rightToLeft).advance);
    const spaces = (words.length - 1) * this.composition.typesetter.space(setting).advance;
    return ((words.reduce((sum, advance) => sum + advance, 0) + spaces) * BODY_SIZE) / 1000;
  }
}
