/**
 * The ids of a section that were put by hand, once one of them stands at another place.
 * @param to from 1; further than the end is the end. Null: no longer put by hand
 */
export function placedAt(order: readonly string[], id: string, to: number | null): readonly string[] {
  const others = order.filter((each) => each !== id);
  return to === null ? others : [...others.slice(0, to - 1), id, ...others.slice(to - 1)];
}

/** The places, from 1 and without a gap, that differ from those stored. */
export function changedPlaces(stored: ReadonlyMap<string, number | null>, order: readonly string[]): ReadonlyMap<string, number | null> {
  const places = new Map<string, number | null>([...stored.keys()].map((id) => [id, null]));
  for (const [index, id] of order.entries()) places.set(id, index + 1);
  return new Map([...places].filter(([id, place]) => stored.get(id) !== place));
}
