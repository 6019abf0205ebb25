import type { Colour } from '../document/page-canvas.ts';
import type { StructureNode } from '../document/structure-tree.ts';
import type { Line } from '../text/line.ts';
import type { Composition } from './composition.ts';
import { drawItem } from './draw-item.ts';
import { groupsOf, heightOf } from './flow-groups.ts';

/** A stretch of a paragraph that is an element of its own: a link. Made when it is first drawn, so that it comes in its place. */
export interface Segment {
  readonly node: () => StructureNode | null;
  readonly url: string | null;
  readonly text: string;
  /** Number of the object that is the place in this document it leads to. */
  readonly leadsTo?: number;
  /** Number of the object that becomes the place where it first stands. */
  readonly anchor?: number;
  /** The note it is the mark of. */
  readonly note?: PageNote;
}

/** A footnote: set once, at the foot of the page where its first mark stands. */
export interface PageNote {
  readonly number: number;
  readonly items: readonly FlowItem[];
}

export interface PlacedLine {
  readonly line: Line;
  /** Left edge. */
  readonly x: number;
  /** Below the item's upper edge. */
  readonly baseline: number;
  /** The first is the paragraph itself; others by the look's number. Empty for furniture and for what is said elsewhere. */
  readonly segments: readonly Segment[];
  readonly colour: Colour;
}

/** What is never divided between pages: mostly one line. */
export interface FlowItem {
  /** Space above, dropped at the head of a page. */
  before: number;
  readonly height: number;
  /** The next item stays on the same page. */
  keep: boolean;
  readonly lines: PlacedLine[];
  /** Horizontal rules: from x1 to x2, `at` points below the item's upper edge. */
  readonly rules: readonly { readonly x1: number; readonly x2: number; readonly at: number; readonly weight: number }[];
  bookmark?: string;
  /** A picture of the page's resources, as high as the item; its left edge at x. */
  readonly picture?: { readonly name: string; readonly x: number; readonly width: number; readonly node: StructureNode | null };
  /** Set again at the head of a page that is turned before this item: the head of a table that goes on. */
  readonly continued?: readonly FlowItem[];
}

/**
 * Sets items down the page, turning it where one does not fit, and never between items that keep together. With what refers to a note
 * comes the beginning of the note, at the foot of the page.
 */
export function flow(composition: Composition, items: readonly FlowItem[]): void {
  const groups = groupsOf(items);
  for (const [index, group] of groups.entries()) setGroup(composition, group, groups[index + 1] ?? []);
}

function setGroup(composition: Composition, group: readonly FlowItem[], next: readonly FlowItem[]): void {
  const continued = group[0]?.continued ?? [];
  let above: readonly FlowItem[] = [];
  const fits = () => {
    const height = heightOf([...above, ...group], composition.atTop);
    return composition.y + height + composition.noteRoom(group) <= composition.limit;
  };
  // A page that is turned may have the rest of a note on it.
  while (!composition.blank && !fits()) {
    composition.nextPage();
    above = continued;
  }
  for (const item of above) place(composition, item);
  above = [];
  // Higher than a page.
  if (group.length > 1 && !fits()) {
    for (const [index, item] of group.entries()) setGroup(composition, [item], index === group.length - 1 ? next : []);
    return;
  }
  for (const item of group) place(composition, item);
  composition.addNotes(group, heightOf(next, false));
}

function place(composition: Composition, item: FlowItem): void {
  if (!composition.atTop) composition.y += item.before;
  drawItem(composition, item);
  composition.y += item.height;
}
