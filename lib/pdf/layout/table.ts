import type { Block, CellAlignment } from '../../text/tree.ts';
import type { StructureNode } from '../document/structure-tree.ts';
import { extentOf } from '../text/paragraph.ts';
import type { BlockContext } from './body.ts';
import type { FlowItem, PlacedLine } from './flow.ts';
import type { Alignment, Column } from './geometry.ts';
import { leftEdge } from './geometry.ts';
import { hasReference, inlineText } from './inline.ts';
import { type ParagraphText, paragraphItems } from './paragraph-items.ts';
import { type TableColumns, tableColumns } from './table-columns.ts';

const ALIGNMENTS: Readonly<Record<CellAlignment, Alignment>> = { start: 'start', centre: 'centre', end: 'end' };
const ROW_GAP = 3;
/** Parts of a page: a row is divided when it is higher than the first, a head is set again on the next page when it is not higher than the second. */
const UNDIVIDED = 0.25;
const REPEATED = 0.2;

type Table = Extract<Block, { type: 'table' }>;

/** Lines of a row's cells that stand side by side. */
interface Strip {
  readonly lines: PlacedLine[];
  height: number;
}

/**
 * A table set simply: the head has a rule below it and is set again on every page the table goes on to, columns are as wide as what they
 * hold asks for. A row stays in one piece unless it takes much of a page: then its cells go on together, line by line.
 */
export function tableItems(context: BlockContext, table: Table, column: Column): FlowItem[] {
  const { composition } = context;
  const node = composition.node('Table', context.parent);
  const rows = [table.header, ...table.rows];
  const count = Math.max(1, ...rows.map((row) => row.length));
  const texts = rows.map((cells, index) => {
    const row = composition.node('TR', node);
    return Array.from({ length: count }, (_, cell) => cellText(context, cells[cell] ?? [], index === 0, row));
  });
  const size = context.size * 0.92;
  const set = columnsOf(context, texts, size, column);
  const { geometry } = composition;
  const page = composition.pageRoom;
  const edge = leftEdge(geometry, column, column.width, 'start');
  const rule = (at: number, weight: number) => ({ x1: edge, x2: edge + column.width, at, weight });

  let continued: readonly FlowItem[] = [];
  return texts.flatMap((cells, index): FlowItem[] => {
    const head = index === 0;
    const last = index === rows.length - 1;
    const strips = stripsOf(context, table, cells, set, size * set.scale);
    const height = strips.reduce((sum, strip) => sum + strip.height, 0);
    const parts = height > page * UNDIVIDED ? strips : [{ lines: lowered(strips), height }];
    const items = parts.map((part, position): FlowItem => {
      const end = position === parts.length - 1;
      return {
        before: position > 0 ? 0 : head ? context.size * 0.9 : ROW_GAP,
        height: part.height + (end ? ROW_GAP : 0),
        // No line of a row, no row below the head and no last row stands alone.
        keep: end ? head || (!last && (index === 1 || index === rows.length - 2)) : position === 0 || position === parts.length - 2,
        lines: part.lines,
        rules: end && (head || last) ? [rule(part.height + ROW_GAP - 1, head ? 0.7 : 0.4)] : [],
        ...(continued.length === 0 ? {} : { continued }),
      };
    });
    // The second time it says nothing new: furniture of the page.
    if (head && height <= page * REPEATED)
      continued = items.map((item) => ({
        ...item,
        height: item.height + ROW_GAP,
        lines: item.lines.map((line) => ({ ...line, segments: [] })),
      }));
    return items;
  });
}

function cellText(
  { composition, voice, notes }: BlockContext,
  children: Table['header'][number],
  head: boolean,
  row: StructureNode | null,
) {
  const type = head ? 'TH' : 'TD';
  const attributes = head ? { attributes: '<</O/Table/Scope/Column>>' } : {};
  if (!hasReference(children)) return inlineText(composition, { children, voice, type, parent: row, bold: head, ...attributes });
  // The notes stand beside the paragraph, within the cell.
  return inlineText(composition, { children, voice, type: 'P', parent: composition.node(type, row, attributes), bold: head, notes });
}

function columnsOf(
  { composition }: BlockContext,
  texts: readonly (readonly ParagraphText[])[],
  size: number,
  column: Column,
): TableColumns {
  const needs = (texts[0] ?? []).map((_, index) => {
    const need = { piece: 0, whole: 0 };
    for (const row of texts) {
      const cell = row[index];
      if (cell === undefined) continue;
      const { piece, whole } = extentOf(composition.typesetter, { spans: cell.spans, size, direction: cell.rightToLeft ? 'rtl' : 'ltr' });
      need.piece = Math.max(need.piece, piece);
      need.whole = Math.max(need.whole, whole);
    }
    return need;
  });
  return tableColumns(needs, column);
}

function stripsOf(
  { composition, voice }: BlockContext,
  table: Table,
  cells: readonly ParagraphText[],
  { columns }: TableColumns,
  size: number,
): Strip[] {
  const strips: Strip[] = [];
  for (const [index, text] of cells.entries()) {
    const place = columns[index];
    if (place === undefined) continue;
    const style = { size, lead: size * voice.leading, before: 0, alignment: ALIGNMENTS[table.alignments[index] ?? 'start'] };
    for (const [line, item] of paragraphItems(composition, place, text, style).entries()) {
      const strip = strips[line] ?? { lines: [], height: 0 };
      strips[line] = strip;
      strip.lines.push(...item.lines);
      strip.height = Math.max(strip.height, item.height);
    }
  }
  return strips;
}

/** The lines of all strips below the edge of the first. */
function lowered(strips: readonly Strip[]): PlacedLine[] {
  let top = 0;
  return strips.flatMap(({ lines, height }) => {
    const placed = lines.map((line) => ({ ...line, baseline: line.baseline + top }));
    top += height;
    return placed;
  });
}
