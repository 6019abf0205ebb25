import type { Line } from '../text/line.ts';

/** Distance of the baseline from the upper edge of a line: capitals stand in the middle of their line. */
export const baselineOf = (size: number, lead: number): number => lead / 2 + size * 0.36;

/** Points from the upper edge of a line to its baseline, and to its lower edge. */
export interface LineRoom {
  readonly baseline: number;
  readonly height: number;
}

/**
 * The room of a line that is `lead` points high, or higher where letters are stacked above or below what that leaves: the names of a
 * list stand in scripts of every height, and none may run into its neighbours.
 */
export function lineRoom(line: Line, lead: number): LineRoom {
  let up = 0;
  let down = 0;
  for (const { reach } of line.runs) {
    if (reach === null) continue;
    up = Math.max(up, reach.up);
    down = Math.max(down, reach.down);
  }
  const baseline = baselineOf(line.size, lead);
  const above = Math.max(0, (up * line.size) / 1000 - baseline);
  const below = Math.max(0, (down * line.size) / 1000 - (lead - baseline));
  return { baseline: baseline + above, height: lead + above + below };
}
