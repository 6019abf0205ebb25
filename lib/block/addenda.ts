import type { Addendum, Section } from './model.ts';
import type { SignatoryRecord } from './record.ts';
import { blockWording } from './wording.ts';

/** What of the block an entry stands in: the list itself (null), or the addendum of a day (ISO calendar date). */
export type Part = string | null;

export const addendumOf = ({ addendum }: Pick<SignatoryRecord, 'addendum'>): Part => addendum ?? null;

/** What is kept of a part, made the first time it is asked for. */
export function partOf<Kept>(parts: Map<Part, Kept>, part: Part, make: () => Kept): Kept {
  const known = parts.get(part);
  if (known !== undefined) return known;
  const made = make();
  parts.set(part, made);
  return made;
}

/** The list first, the addenda below it by their days. */
export const inPartOrder = <Kept>(parts: ReadonlyMap<Part, Kept>): readonly (readonly [Part, Kept])[] =>
  [...parts].sort(([left], [right]) => ((left ?? '') < (right ?? '') ? -1 : 1));

export const addendumIn = (part: Part, language: string): Addendum | null =>
  part === null ? null : { day: part, heading: blockWording(language).addendum(part) };

type Standing = Pick<Section, 'addendum'>;

/** Sections that follow one another, those of an addendum together below its heading. */
export function byAddendum<Kept extends Standing>(
  sections: readonly Kept[],
): readonly { readonly addendum: Addendum | null; readonly sections: readonly Kept[] }[] {
  const groups: { readonly addendum: Addendum | null; readonly sections: Kept[] }[] = [];
  for (const section of sections) {
    const last = groups.at(-1);
    if (last !== undefined && last.addendum?.day === section.addendum?.day) last.sections.push(section);
    else groups.push({ addendum: section.addendum ?? null, sections: [section] });
  }
  return groups;
}

/** What of a delivered letter's block a document shows: all of it, the list as it was handed over, or what came after alone. */
export type Extent = 'whole' | 'delivered' | 'addenda';

export const standsIn = ({ addendum }: Standing, extent: Extent): boolean =>
  extent === 'whole' || (addendum !== undefined) === (extent === 'addenda');
