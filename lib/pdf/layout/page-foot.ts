import type { Composition } from './composition.ts';
import { drawItem } from './draw-item.ts';
import type { FlowItem, PageNote } from './flow.ts';
import { groupsOf, heightOf } from './flow-groups.ts';
import { leftEdge, measure } from './geometry.ts';

/** Points: from the text to the rule at the least, and from the rule to the notes. */
const ABOVE_RULE = 12;
const BELOW_RULE = 5;
const RULE = { part: 1 / 4, weight: 0.5 };
/** Parts of a page: the most that notes may ask for before the text that refers to them comes, and that is left to a note carried over while there is text to come. */
const ASKED = 0.5;
const CARRIED = 0.7;

/** The notes at the foot of the present page, and what of them has to wait for the next one. */
export class PageFoot {
  /** Points, with the rule and the gap above it; 0 where there is no note. */
  height = 0;
  private readonly composition: Composition;
  private readonly known = new Set<PageNote>();
  private items: FlowItem[] = [];
  private waiting: FlowItem[][] = [];

  constructor(composition: Composition) {
    this.composition = composition;
  }

  /**
   * Points that the notes which the items refer to add to the foot at the least: the beginning of each, or of the first where they are
   * many. No note begins where an earlier one has to be carried over.
   */
  roomFor(items: readonly FlowItem[]): number {
    const notes = this.newNotes(items);
    if (notes.length === 0) return 0;
    if (this.waiting.length > 0) return Number.POSITIVE_INFINITY;
    const beginnings = notes.map((note) => this.groupsOf(note)[0] ?? []);
    const all = [...notes.slice(0, -1).flatMap((note) => note.items), ...(beginnings.at(-1) ?? [])];
    const room = this.added(all);
    return room <= this.composition.pageRoom * ASKED ? room : this.added(beginnings[0] ?? []);
  }

  /** `next`: points that are left to the text where notes have to be carried over anyway. */
  add(items: readonly FlowItem[], next: number): void {
    const notes = this.newNotes(items);
    if (notes.length === 0) return;
    for (const note of notes) {
      this.known.add(note);
      this.waiting.push(...this.groupsOf(note));
    }
    const all = this.height + this.added(this.waiting.flat());
    if (this.height + this.added(this.waiting[0] ?? []) <= this.free) this.take(this.waiting.shift() ?? []);
    this.fill(all <= this.free ? this.free : this.free - next);
  }

  /** Draws what stands at the foot of the page that ends. */
  end(): void {
    this.fill(this.free);
    this.draw();
    this.items = [];
    this.height = 0;
  }

  /** Puts what is carried over at the foot of the page that begins. */
  begin(): void {
    const [first, ...rest] = this.waiting;
    if (first === undefined) return;
    this.take([...(first[0]?.continued ?? []), ...first]);
    this.waiting = rest;
    this.fill(this.composition.pageRoom * CARRIED);
  }

  /** Draws the foot of a page on which no text follows that could refer to a note; false where the notes go on on the next page. */
  finish(): boolean {
    this.fill(this.free);
    if (this.waiting.length > 0) return false;
    this.draw();
    this.items = [];
    return true;
  }

  /** Points the foot could have with what has come onto the page. */
  private get free(): number {
    const { geometry, y } = this.composition;
    return geometry.height - geometry.bottom - y;
  }

  private fill(room: number): void {
    for (let next = this.waiting[0]; next !== undefined && this.height + this.added(next) <= room; next = this.waiting[0]) {
      this.take(next);
      this.waiting.shift();
    }
  }

  /** What of a note stays together, but for what would be higher than any foot, as a note of headings alone. */
  private groupsOf({ items }: PageNote): FlowItem[][] {
    const most = this.composition.pageRoom * CARRIED - ABOVE_RULE - BELOW_RULE;
    return groupsOf(items).flatMap((group) => (heightOf(group, true) <= most ? [group] : group.map((item) => [item])));
  }

  private take(items: readonly FlowItem[]): void {
    this.height += this.added(items);
    this.items.push(...items);
  }

  private added(items: readonly FlowItem[]): number {
    return this.items.length === 0 ? ABOVE_RULE + BELOW_RULE + heightOf(items, true) : heightOf(items, false);
  }

  /** In order; those that the notes themselves refer to follow them. */
  private newNotes(items: readonly FlowItem[]): readonly PageNote[] {
    const found = new Set<PageNote>();
    const look = (given: readonly FlowItem[]) => {
      for (const { lines } of given)
        for (const { line, segments } of lines) {
          const notes = (line.looks ?? []).flatMap(({ segment }) => segments[segment]?.note ?? []);
          for (const note of notes.toSorted((one, other) => one.number - other.number)) {
            if (found.has(note) || this.known.has(note)) continue;
            found.add(note);
            look(note.items);
          }
        }
    };
    look(items);
    return [...found];
  }

  private draw(): void {
    const { composition, items } = this;
    if (items.length === 0) return;
    const { geometry, y, pages } = composition;
    const column = measure(geometry);
    const width = column.width * RULE.part;
    const x = leftEdge(geometry, column, width, 'start');
    composition.y = composition.limit + ABOVE_RULE;
    const rule = geometry.height - composition.y;
    pages.canvas.rule(x, rule, x + width, rule, RULE.weight);
    composition.y += BELOW_RULE;
    for (const [index, item] of items.entries()) {
      if (index > 0) composition.y += item.before;
      drawItem(composition, item);
      composition.y += item.height;
    }
    composition.y = y;
  }
}
