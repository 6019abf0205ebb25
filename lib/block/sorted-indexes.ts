import { breathe } from '../shared/breathe.ts';

/** Comparisons between two breaths: with a language's collation some milliseconds. */
const COMPARISONS = 1024;
/** Indexes sorted at once, before they are merged. */
const RUN = 256;

/**
 * The indexes 0 to `count` - 1 in the order of `compare`, stable. A merge sort that pauses: a hundred thousand names compared in one go
 * would keep every other request waiting for a second.
 */
export async function sortedIndexes(count: number, compare: (left: number, right: number) => number): Promise<Uint32Array> {
  let compared = 0;
  const counted = (left: number, right: number): number => {
    compared++;
    return compare(left, right);
  };
  let from = Uint32Array.from({ length: count }, (_, index) => index);
  for (let start = 0; start < count; start += RUN) {
    from.subarray(start, start + RUN).sort((left, right) => counted(left, right) || left - right);
    if (compared >= COMPARISONS) {
      compared = 0;
      await breathe();
    }
  }
  let to = new Uint32Array(count);
  for (let width = RUN; width < count; width *= 2) {
    for (let start = 0; start < count; start += 2 * width) {
      const middle = Math.min(start + width, count);
      const end = Math.min(middle + width, count);
      let [left, right] = [start, middle];
      for (let at = start; at < end; at++) {
        const takeLeft = left < middle && (right >= end || counted(from[left] ?? 0, from[right] ?? 0) <= 0);
        to[at] = (takeLeft ? from[left++] : from[right++]) ?? 0;
        if (compared < COMPARISONS) continue;
        compared = 0;
        await breathe();
      }
    }
    [from, to] = [to, from];
  }
  return from;
}
