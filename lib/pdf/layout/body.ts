import type { Block, Body, HeadingLevel } from '../../text/tree.ts';
import type { StructureNode } from '../document/structure-tree.ts';
import type { Composition } from './composition.ts';
import type { FlowItem } from './flow.ts';
import { Footnotes } from './footnotes.ts';
import { type Column, indent, indentable, leftEdge } from './geometry.ts';
import { withNestedHeadings } from './heading-levels.ts';
import { inlineText, stringText } from './inline.ts';
import { localNumber } from './local-number.ts';
import { type ParagraphStyle, paragraphItems } from './paragraph-items.ts';
import { tableItems } from './table.ts';
import type { Voice } from './voice.ts';

export const BODY_SIZE = 10.5;
const HEADING_SIZES: Readonly<Record<HeadingLevel, number>> = { 1: 14, 2: 13, 3: 12, 4: 11, 5: 10.5, 6: 10.5 };
const LIST_INDENT = 20;
const LABEL_GAP = 5;
const QUOTE_INDENT = 20;
const BULLETS = ['•', '–', '·'];

export interface BlockContext {
  readonly composition: Composition;
  readonly voice: Voice;
  readonly parent: StructureNode | null;
  readonly size: number;
  /** How many lists it stands in. */
  readonly depth: number;
  /** Where the list stands whose item it is in; null outside lists. */
  readonly list: Column | null;
  readonly notes: Footnotes;
}

export interface BodyItems {
  /** Its footnotes come with the lines that refer to them. */
  readonly items: FlowItem[];
  readonly notes: Footnotes;
}

/** A letter's body. */
export function bodyItems(composition: Composition, body: Body, voice: Voice, column: Column, parent: StructureNode | null): BodyItems {
  const notes: Footnotes = new Footnotes(composition, body, voice, parent, (blocks, size, place, node) =>
    blockItems({ ...context, parent: node, size, notes }, blocks, place, true),
  );
  const context = { composition, voice, parent, size: BODY_SIZE, depth: 0, list: null, notes };
  const items = blockItems(context, withNestedHeadings(body.blocks), column);
  notes.set();
  return { items, notes };
}

function blockItems(context: BlockContext, blocks: readonly Block[], column: Column, tight = false): FlowItem[] {
  return blocks.flatMap((block) => oneBlock(context, block, column, tight));
}

function oneBlock(context: BlockContext, block: Block, column: Column, tight: boolean): FlowItem[] {
  const { composition, voice, parent, size, notes } = context;
  const lead = size * voice.leading;
  const style: ParagraphStyle = { size, lead, before: tight ? 2 : size * 0.72 };
  switch (block.type) {
    case 'paragraph':
      return paragraphItems(composition, column, inlineText(composition, { children: block.children, voice, type: 'P', parent, notes }), {
        ...style,
        justified: composition.justified,
      });
    case 'heading': {
      // In a note it is no place to look for from heading to heading, nor larger than the letter's own words.
      if (size < BODY_SIZE) {
        const text = inlineText(composition, { children: block.children, voice, type: 'P', parent, bold: true, notes });
        return paragraphItems(composition, column, text, { size, lead: size * voice.leading, before: size * 0.6, keepNext: true });
      }
      // The headline is the one heading of the first level: the body's highest come directly below it.
      const level = Math.min(6, block.level + 1) as HeadingLevel;
      const headingSize = HEADING_SIZES[level];
      const text = inlineText(composition, { children: block.children, voice, type: `H${level}`, parent, bold: true, notes });
      const headingLead = headingSize * Math.min(voice.leading, 1.4);
      return paragraphItems(composition, column, text, { size: headingSize, lead: headingLead, before: size * 1.5, keepNext: true });
    }
    case 'quote': {
      const node = composition.node('BlockQuote', parent);
      const by = Math.min(QUOTE_INDENT, indentable(composition.geometry, column) / 2);
      return blockItems({ ...context, parent: node }, block.children, indent(column, by, by));
    }
    case 'list':
      return listItems(context, block, column);
    case 'table':
      return tableItems(context, block, column);
    case 'rule': {
      const width = column.width / 4;
      const x1 = leftEdge(composition.geometry, column, width, 'centre');
      return [{ before: size, height: size, keep: false, lines: [], rules: [{ x1, x2: x1 + width, at: size / 2, weight: 0.5 }] }];
    }
  }
}

function listItems(context: BlockContext, list: Extract<Block, { type: 'list' }>, inside: Column): FlowItem[] {
  const { composition, voice, size, depth } = context;
  const node = composition.node('L', context.parent, {
    attributes: `<</O/List/ListNumbering/${list.ordered ? 'Decimal' : 'Disc'}>>`,
  });
  const labelOf = (index: number) =>
    list.ordered ? `${localNumber(voice.language, list.start + index)}.` : (BULLETS[depth % BULLETS.length] ?? '•');
  // Room for the label with the most digits, the last.
  const labelRoom = Math.max(LIST_INDENT - LABEL_GAP, labelWidth(context, labelOf(list.items.length - 1)));
  const by = labelRoom + LABEL_GAP;
  const column = context.list !== null && by > indentable(composition.geometry, inside) ? context.list : inside;
  return list.items.flatMap((blocks, index) => {
    const item = composition.node('LI', node);
    const label = labelOf(index);
    const labelText = stringText(composition, label, { voice, type: 'Lbl', parent: item });
    const content = composition.node('LBody', item);
    const items = blockItems({ ...context, parent: content, depth: depth + 1, list: column }, blocks, indent(column, by), list.tight);
    const [labelItem] = paragraphItems(composition, { start: column.start, width: labelRoom }, labelText, {
      size,
      lead: size * voice.leading,
      before: 0,
      alignment: 'end',
    });
    const first = items[0];
    if (first === undefined) return labelItem === undefined ? [] : [labelItem];
    if (labelItem === undefined) return items;
    // An item that begins with a list stands on its line, but not where both labels have the same place.
    if (overlap(labelItem, first)) return [{ ...labelItem, before: first.before, keep: true }, ...items];
    first.lines.unshift(...labelItem.lines);
    return items;
  });
}

const overlap = (one: FlowItem, other: FlowItem): boolean =>
  one.lines.some((first) => other.lines.some((second) => first.x < second.x + second.line.width && second.x < first.x + first.line.width));

function labelWidth({ composition, voice, size }: BlockContext, label: string): number {
  return (composition.typesetter.word(voice.setting('regular'), label, voice.rightToLeft).advance * size) / 1000 + 0.01;
}
