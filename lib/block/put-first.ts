/**
 * The entries that somebody put by hand, by their place; then the others as they were. Two at one place stand as they were added.
 * @param ranks the entries of a section in its own order, as indexes in the order they were added
 * @param byHand the place of each that was put by hand, by that index
 */
export function putFirst(ranks: Uint32Array, byHand: ReadonlyMap<number, number>): Uint32Array {
  if (byHand.size === 0) return ranks;
  const first = [...byHand].sort(([left, at], [right, other]) => at - other || left - right).map(([index]) => index);
  const ordered = new Uint32Array(ranks.length);
  ordered.set(first);
  let next = first.length;
  for (const index of ranks) if (!byHand.has(index)) ordered[next++] = index;
  return ordered;
}
