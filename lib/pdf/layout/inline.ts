import type { Inline } from '../../text/tree.ts';
import type { NodeAttributes, StructureNode } from '../document/structure-tree.ts';
import type { Style } from '../text/families.ts';
import { type Look, PLAIN, type Range } from '../text/line.ts';
import type { Span } from '../text/paragraph.ts';
import { languageOfReordered } from '../text/run-language.ts';
import { hasRightToLeft } from '../text/scripts.ts';
import type { Composition } from './composition.ts';
import type { Segment } from './flow.ts';
import type { Footnotes, Mark } from './footnotes.ts';
import { localNumber } from './local-number.ts';
import type { ParagraphText } from './paragraph-items.ts';
import type { Voice } from './voice.ts';

type Container = Extract<Inline, { children: unknown }>;

const SUPERSCRIPT = { scale: 0.66, rise: 0.34 };

/** In a letter right to left: has letters, and none of them runs so. Its digits may be the letter's, as those of a footnote are. */
const isForeign = (text: string): boolean => /\p{L}/u.test(text) && !hasRightToLeft(text.replaceAll(/[\p{Nd}\p{P}]/gu, ''));

export interface InlineInput {
  readonly children: readonly Inline[];
  readonly voice: Voice;
  /** Structure type of the paragraph, and the element it stands in. */
  readonly type: string;
  readonly parent: StructureNode | null;
  readonly bold?: boolean;
  readonly italic?: boolean;
  /** As in `NodeAttributes`. */
  readonly attributes?: string;
  /** The notes its references lead to; without them a reference is a number and no more. */
  readonly notes?: Footnotes;
}

/** What stands between raised digits and the mark of a note behind them, which would be read as more of them; null where nothing has to. */
function keptApart(before: Span | undefined, { rightToLeft }: Voice): string | null {
  if (before === undefined || before.look.rise === 0 || !/\p{Nd}$/u.test(before.text)) return null;
  // Between digits a comma makes one number of them, which stands from left to right: the second mark would be read first.
  if (rightToLeft) return ' ';
  return before.look.attached === true ? ',' : '\u00a0';
}

/** `language` tells the digits of references. */
const plainText = (children: readonly Inline[], language: string): string =>
  children
    .map((inline) => {
      if (inline.type === 'text') return inline.value;
      if (inline.type === 'break') return '\n';
      return inline.type === 'footnote-reference' ? localNumber(language, inline.number) : plainText(inline.children, language);
    })
    .join('');

const contains = (type: Inline['type'], children: readonly Inline[]): boolean =>
  children.some((inline) => inline.type === type || ('children' in inline && contains(type, inline.children)));

export const hasReference = (children: readonly Inline[]): boolean => contains('footnote-reference', children);

/** Of an element whose content stands in another order than it is read. */
export function inLogicalOrder(text: string, voice: Voice): NodeAttributes {
  const language = languageOfReordered(text, voice.language);
  return { actualText: text, ...(language === undefined ? {} : { language }) };
}

/**
 * Inline content as spans, with an element for the paragraph and one for every link and every reference to a note. Notes that are referred
 * to for the first time have their elements after the paragraph's.
 */
export function inlineText(composition: Composition, input: InlineInput): ParagraphText {
  const { children, voice, type, parent, attributes, notes } = input;
  const text = plainText(children, voice.language);
  // Content stands in visual order: what is right to left is given in its logical order beside it.
  const reordered = composition.structure !== null && hasRightToLeft(text);
  const inParts = reordered && (contains('link', children) || hasReference(children));
  const node = composition.node(type, parent, {
    ...(attributes === undefined ? {} : { attributes }),
    ...(reordered && !inParts ? inLogicalOrder(text, voice) : {}),
  });
  const spans: Span[] = [];
  const segments: Segment[] = [{ node: () => node, url: null, text }];

  const openSegment = (part: readonly Inline[], kind: 'Link' | 'Span', url: string | null): number => {
    const content = plainText(part, voice.language);
    const order = reordered && hasRightToLeft(content) ? inLogicalOrder(content, voice) : {};
    let made: StructureNode | null | undefined = inParts ? composition.node(kind, node, order) : undefined;
    const open = () => {
      if (made === undefined) made = composition.node(kind, node, order);
      return made;
    };
    segments.push({ node: open, url, text: content });
    return segments.length - 1;
  };
  /** The number of a reference, which leads to the note. */
  const openMark = (mark: Mark, content: string, outer: number): number => {
    const make = () => composition.node('Link', composition.node('Reference', segments[outer]?.node() ?? null));
    let made = inParts ? make() : undefined;
    const open = () => {
      if (made === undefined) made = make();
      return made;
    };
    segments.push({ node: open, url: null, text: content, ...mark });
    return segments.length - 1;
  };
  const within = (
    inline: Exclude<Container, { type: 'link' }>,
    bold: boolean,
    italic: boolean,
    look: Look,
  ): readonly [boolean, boolean, Look] => {
    if (inline.type === 'superscript') return [bold, italic, { ...SUPERSCRIPT, segment: look.segment }];
    const slants = inline.type === 'emphasis' && voice.slants(plainText(inline.children, voice.language));
    return slants ? [bold, !italic, look] : [true, italic, look];
  };
  const walk = (inlines: readonly Inline[], bold: boolean, italic: boolean, look: Look) => {
    const style: Style = bold ? (italic ? 'bold-italic' : 'bold') : italic ? 'italic' : 'regular';
    const setting = voice.setting(style);
    for (const inline of inlines) {
      switch (inline.type) {
        case 'text':
          spans.push({ text: inline.value.replaceAll('\n', ' '), setting, look });
          break;
        case 'break':
          spans.push({ text: '\n', setting, look });
          break;
        case 'footnote-reference': {
          const content = localNumber(voice.language, inline.number);
          const apart = keptApart(spans.at(-1), voice);
          if (apart !== null) spans.push({ text: apart, setting, look: { ...SUPERSCRIPT, segment: look.segment, attached: true } });
          const mark = notes?.refer(inline.number) ?? null;
          const segment = mark === null ? look.segment : openMark(mark, content, look.segment);
          spans.push({ text: content, setting, look: { ...SUPERSCRIPT, segment, attached: true } });
          break;
        }
        case 'link':
          walk(inline.children, bold, italic, { ...PLAIN, segment: openSegment(inline.children, 'Link', inline.url) });
          break;
        default:
          walk(inline.children, ...within(inline, bold, italic, look));
      }
    }
  };
  /** Every stretch an element, as what is in its logical order has no element within it; `url` is that of the link it stands in. */
  const walkParts = (inlines: readonly Inline[], bold: boolean, italic: boolean, look: Look, url: string | null) => {
    for (const inline of inlines) {
      if (!('children' in inline && hasReference(inline.children))) {
        const own = inline.type === 'link' || inline.type === 'footnote-reference';
        walk([inline], bold, italic, own ? look : { ...look, segment: openSegment([inline], url === null ? 'Span' : 'Link', url) });
      } else if (inline.type === 'link') walkParts(inline.children, bold, italic, look, inline.url);
      else walkParts(inline.children, ...within(inline, bold, italic, look), url);
    }
  };
  if (inParts) walkParts(children, input.bold === true, input.italic === true, PLAIN, null);
  else walk(children, input.bold === true, input.italic === true, PLAIN);
  notes?.open(parent);
  if (spans.length === 0) spans.push({ text: '', setting: voice.setting('regular'), look: PLAIN });
  return { spans, segments, rightToLeft: voice.rightToLeft && !isForeign(text) };
}

export interface PlainInput {
  readonly voice: Voice;
  readonly style?: Style;
  readonly type: string;
  readonly parent: StructureNode | null;
  readonly isolates?: readonly Range[];
}

/** A string as a paragraph of its own. */
export function stringText(
  composition: Composition,
  text: string,
  { voice, style = 'regular', type, parent, isolates }: PlainInput,
): ParagraphText {
  const reordered = hasRightToLeft(text) || (voice.rightToLeft && isolates !== undefined && isolates.length > 1);
  const node = composition.node(type, parent, reordered ? inLogicalOrder(text, voice) : {});
  return {
    spans: [{ text, setting: voice.setting(style), look: PLAIN }],
    segments: [{ node: () => node, url: null, text }],
    // Isolated parts have each their own direction, and follow one another as the letter reads.
    rightToLeft: voice.rightToLeft && (isolates !== undefined || !isForeign(text)),
    ...(isolates === undefined ? {} : { isolates }),
  };
}
