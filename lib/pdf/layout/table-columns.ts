import type { Column } from './geometry.ts';

const GUTTER = 12;
/** Of a table that has no room for its words. */
const NARROW_GUTTER = 5;
/** Below this part of its size, type is no longer read with ease. */
const LEAST_SCALE = 0.7;

/** Points that what stands in a column asks for, at full size. */
export interface ColumnNeed {
  /** Of the widest piece no line may end in. */
  readonly piece: number;
  /** Of the longest cell on one line. */
  readonly whole: number;
}

export interface TableColumns {
  readonly columns: readonly Column[];
  /** Factor on the size of the type: 1 unless words had to be torn. */
  readonly scale: number;
}

/**
 * Columns that fill the measure and tear no word, as long as the words have room: each has its longest word, and the rest is shared by
 * what the cells hold. Where the words have none, the gutters narrow and the type shrinks; what then has no room is torn, in the widest columns.
 */
export function tableColumns(needs: readonly ColumnNeed[], column: Column): TableColumns {
  // A hair more, so that no rounding takes the last letter of a word off its line.
  const pieces = needs.map(({ piece }) => piece + 0.1);
  const least = total(pieces);
  const roomWith = (gutter: number) => column.width - gutter * (needs.length - 1);
  const gutter = least <= roomWith(GUTTER) ? GUTTER : NARROW_GUTTER;
  const room = roomWith(gutter);
  const scale = Math.max(LEAST_SCALE, Math.min(1, Math.floor((room / least) * 100) / 100));
  const widths = least * scale <= room ? shared(needs, pieces, scale, room) : cut(pieces, room);
  let start = column.start;
  const columns = widths.map((width) => {
    const result = { start, width };
    start += width + gutter;
    return result;
  });
  return { columns, scale };
}

const total = (numbers: readonly number[]): number => numbers.reduce((sum, number) => sum + number, 0);

/** All words have room. Between its words and the whole of its longest cell, a column grows with the root of what it holds, so that one long cell does not starve the others. */
function shared(needs: readonly ColumnNeed[], pieces: readonly number[], scale: number, room: number): number[] {
  const wholes = needs.map(({ whole }, index) => Math.max((pieces[index] ?? 0) * scale, whole * scale + 0.1));
  const spare = room - total(wholes);
  if (spare >= 0) return wholes.map((whole) => whole + (spare * whole) / total(wholes));
  const fair = room / (1.5 * needs.length);
  const fairly = pieces.map((piece, index) => Math.max(piece * scale, Math.min(wholes[index] ?? 0, fair)));
  const floors = total(fairly) <= room ? fairly : pieces.map((piece) => piece * scale);
  return filled(room, Math.sqrt(room) * room, (level) =>
    floors.map((floor, index) => Math.max(floor, Math.min(wholes[index] ?? 0, level * Math.sqrt(wholes[index] ?? 0)))),
  );
}

/** The words have no room: short ones keep theirs. */
const cut = (pieces: readonly number[], room: number): number[] =>
  filled(room, room, (level) => pieces.map((piece) => Math.min(piece * LEAST_SCALE, level)));

/** The widths at the level where they fill the room; they grow with it. */
function filled(room: number, most: number, widthsAt: (level: number) => number[]): number[] {
  let low = 0;
  let high = most;
  for (let step = 0; step < 60; step++) {
    const middle = (low + high) / 2;
    if (total(widthsAt(middle)) <= room) low = middle;
    else high = middle;
  }
  return widthsAt(low);
}
