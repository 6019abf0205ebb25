import { encode } from 'uqr';

/** One module on paper, points: 0.353 mm, which a phone reads at arm's length and a copier keeps. */
const MODULE = 1;
/** What must be kept clear on each side (ISO/IEC 18004, 9.1), points. */
export const QUIET_ZONE = 4 * MODULE;
/** 53 modules: with the four on each side that must be kept clear, the most that a foot has room for. 180 bytes at level M, 230 at L. */
const LARGEST_VERSION = 9;

/** Left, bottom, width and height, points from the symbol's lower left corner. */
export type DarkRun = readonly [x: number, y: number, width: number, height: number];

export interface QrCode {
  /** Points, without the quiet zone. */
  readonly side: number;
  readonly dark: readonly DarkRun[];
}

/** An address as a QR code, dark modules that touch in a row as one; null for an address too long for the foot of a page. */
export function qrCode(address: string): QrCode | null {
  // Level M where there is room: letters are copied and folded.
  for (const ecc of ['M', 'L'] as const) {
    try {
      const { data, size } = encode(address, { ecc, border: 0, maxVersion: LARGEST_VERSION });
      return { side: size * MODULE, dark: data.flatMap((row, index) => runsOf(row, (size - 1 - index) * MODULE)) };
    } catch (error) {
      if (!(error instanceof RangeError)) throw error;
    }
  }
  return null;
}

function runsOf(row: readonly boolean[], y: number): DarkRun[] {
  const runs: DarkRun[] = [];
  for (let start = 0; start < row.length; start++) {
    if (row[start] !== true) continue;
    let end = start;
    while (row[end + 1] === true) end++;
    runs.push([start * MODULE, y, (end - start + 1) * MODULE, MODULE]);
    start = end;
  }
  return runs;
}
