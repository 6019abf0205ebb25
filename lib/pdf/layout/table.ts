import type { Block, CellAlignment, Inline } from '../../text/tree.ts';
import type { BlockContext } from './body.ts';
import type { FlowItem, PlacedLine } from './flow.ts';
import type { Alignment, Column } from './geometry.ts';
import { leftEdge } from './geometry.ts';
import { inlineText, plainText } from './inline.ts';
import { paragraphItems } from './paragraph-items.ts';

const GUTTER = 12;
const ALIGNMENTS: Readonly<Record<CellAlignment, Alignment>> = { start: 'start', centre: 'centre', end: 'end' };

/** A table set simply: a row is never divided, the head has a rule below it, columns are as wide as what they hold asks for. */
export function tableItems(context: BlockContext, table: Extract<Block, { type: 'table' }>, column: Column): FlowItem[] {
  const { composition, parent } = context;
  const size = context.size * 0.92;
  const columns = columnsOf(table, column);
  const node = composition.node('Table', parent);
  const rows = [table.header, ...table.rows];
  const edge = leftEdge(composition.geometry, column, column.width, 'start');
  return rows.map((cells, rowIndex) => {
    const head = rowIndex === 0;
    const row = composition.node('TR', node);
    const lines: PlacedLine[] = [];
    let height = 0;
    for (const [index, cellColumn] of columns.entries()) {
      const text = inlineText(composition, {
        children: cells[index] ?? [],
        voice: context.voice,
        type: head ? 'TH' : 'TD',
        parent: row,
        bold: head,
      });
      let top = 0;
      const style = { size, lead: size * context.voice.leading, before: 0, alignment: ALIGNMENTS[table.alignments[index] ?? 'start'] };
      for (const item of paragraphItems(composition, cellColumn, text, style)) {
        lines.push(...item.lines.map((line) => ({ ...line, baseline: line.baseline + top })));
        top += item.height;
      }
      height = Math.max(height, top);
    }
    const rule = head || rowIndex === rows.length - 1;
    return {
      before: head ? context.size * 0.9 : 3,
      height: height + 3,
      keep: head,
      lines,
      rules: rule ? [{ x1: edge, x2: edge + column.width, at: height + 2, weight: head ? 0.7 : 0.4 }] : [],
    };
  });
}

const longest = (cell: readonly Inline[] | undefined): number =>
  Math.max(
    0,
    ...plainText(cell ?? [])
      .split(/\s+/)
      .map((word) => word.length),
  );

function columnsOf(table: Extract<Block, { type: 'table' }>, column: Column): Column[] {
  const rows = [table.header, ...table.rows];
  const count = Math.max(1, ...rows.map((row) => row.length));
  // By letters: between the longest word and sixty letters, so that one long cell does not starve the others.
  const weights = Array.from({ length: count }, (_, index) =>
    Math.max(4, ...rows.map((row) => Math.max(longest(row[index]), Math.min(60, plainText(row[index] ?? []).length)))),
  );
  const total = weights.reduce((sum, weight) => sum + weight, 0);
  const room = column.width - GUTTER * (count - 1);
  let start = column.start;
  return weights.map((weight) => {
    const width = (room * weight) / total;
    const result = { start, width };
    start += width + GUTTER;
    return result;
  });
}
