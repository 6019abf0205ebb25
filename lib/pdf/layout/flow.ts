import type { Colour } from '../document/page-canvas.ts';
import type { StructureNode } from '../document/structure-tree.ts';
import type { Line } from '../text/line.ts';
import type { Composition } from './composition.ts';

/** A stretch of a paragraph that is an element of its own: a link. Made when it is first drawn, so that it comes in its place. */
export interface Segment {
  readonly node: () => StructureNode | null;
  readonly url: string | null;
  readonly text: string;
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

/** Sets items down the page, turning it where one does not fit, and never between items that keep together. */
export function flow(composition: Composition, items: readonly FlowItem[]): void {
  for (let start = 0; start < items.length; ) {
    let end = start;
    while (items[end]?.keep === true && end + 1 < items.length) end++;
    const group = items.slice(start, end + 1);
    const height = group.reduce((sum, item, index) => sum + item.height + (index === 0 && composition.atTop ? 0 : item.before), 0);
    if (!composition.atTop && composition.y + height > composition.limit) turnPage(composition, group[0]);
    for (const item of group) place(composition, item);
    start = end + 1;
  }
}

function turnPage(composition: Composition, next: FlowItem | undefined): void {
  composition.nextPage();
  for (const item of next?.continued ?? []) place(composition, item);
}

function place(composition: Composition, item: FlowItem): void {
  // Only within a group that is higher than a page.
  if (!composition.atTop && composition.y + item.before + item.height > composition.limit) turnPage(composition, item);
  if (!composition.atTop) composition.y += item.before;
  if (item.bookmark !== undefined) composition.bookmark(item.bookmark);
  for (const line of item.lines) drawLine(composition, line);
  const { canvas } = composition.pages;
  const top = composition.geometry.height - composition.y;
  for (const { x1, x2, at, weight } of item.rules) canvas.rule(x1, top - at, x2, top - at, weight);
  const { picture } = item;
  if (picture) canvas.picture(picture.name, [picture.x, top - item.height, picture.width, item.height], picture.node);
  composition.y += item.height;
}

/** Draws a line of an item that begins at the composition's present height. */
export function drawLine(composition: Composition, { line, x, baseline, segments, colour }: PlacedLine): void {
  const { canvas } = composition.pages;
  const y = composition.geometry.height - composition.y - baseline;
  canvas.setColour(colour);
  if (line.looks === null) {
    const own = segments[0];
    canvas.own(own === undefined ? composition.artifact('repeated') : own.node());
    canvas.line(line, x, y);
    return;
  }
  canvas.mixedLine(line, x, y, (look, from, to) => {
    const segment = segments[look.segment];
    if (segment === undefined) {
      canvas.own(composition.artifact('repeated'));
      return;
    }
    const node = segment.node();
    canvas.own(node);
    canvas.setColour(segment.url === null ? colour : 'link');
    if (segment.url === null) return;
    const rectangle = [x + from, y - line.size * 0.25, x + to, y + line.size * 0.85] as const;
    composition.pages.link({ url: segment.url, rectangle, contents: segment.text, node });
  });
}
