import type { Bookmark } from '../document/catalogue.ts';
import type { Artifact, Owner } from '../document/page-canvas.ts';
import type { Pages } from '../document/pages.ts';
import type { NodeAttributes, StructureNode, StructureTree } from '../document/structure-tree.ts';
import type { PdfWriter } from '../document/writer.ts';
import type { Typesetter } from '../text/typesetter.ts';
import type { FlowItem } from './flow.ts';
import type { Geometry } from './geometry.ts';
import { PageFoot } from './page-foot.ts';

/** A document being made: where it is written to, and how far down its page it has come. */
export class Composition {
  readonly typesetter: Typesetter;
  readonly writer: PdfWriter;
  readonly structure: StructureTree | null;
  readonly pages: Pages;
  geometry: Geometry;
  /** Paragraphs of the text fill their column. */
  justified = false;
  readonly bookmarks: Bookmark[] = [];
  /** Points below the page's upper edge. */
  y: number;
  /** Draws what stands on every page, just before it is written. */
  furnish: () => void = () => {};
  private readonly foot = new PageFoot(this);
  private readonly anchors = new Set<number>();
  private readonly unclosed: StructureNode[] = [];

  constructor(parts: { typesetter: Typesetter; writer: PdfWriter; structure: StructureTree | null; pages: Pages; geometry: Geometry }) {
    this.typesetter = parts.typesetter;
    this.writer = parts.writer;
    this.structure = parts.structure;
    this.pages = parts.pages;
    this.geometry = parts.geometry;
    this.y = parts.geometry.top;
  }

  /** Where the room of the page ends: above its notes. */
  get limit(): number {
    return this.geometry.height - this.geometry.bottom - this.foot.height;
  }

  /** Points from the head to the foot of a page that has no notes. */
  get pageRoom(): number {
    return this.geometry.height - this.geometry.bottom - this.geometry.top;
  }

  get atTop(): boolean {
    return this.y <= this.geometry.top;
  }

  /** Nothing stands on the page, not even a note. */
  get blank(): boolean {
    return this.atTop && this.foot.height === 0;
  }

  nextPage(): void {
    this.foot.end();
    this.furnish();
    this.pages.end();
    this.y = this.geometry.top;
    this.foot.begin();
  }

  /** Points that the notes which items refer to, and which are not set yet, take at the foot of the page at the least. */
  noteRoom(items: readonly FlowItem[]): number {
    return this.foot.roomFor(items);
  }

  /**
   * Puts the notes that items refer to at the foot of the page, which has come down to the end of the items. Where they have no room there
   * as a whole, they leave what comes next as many points.
   */
  addNotes(items: readonly FlowItem[], next: number): void {
    this.foot.add(items, next);
  }

  /** Sets what is left of the notes, at the feet of further pages if need be. What follows on the page stands above them. */
  endNotes(): void {
    while (!this.foot.finish()) this.nextPage();
  }

  /** Makes a destination of the present height, the first time. `number` is that of its object. */
  anchor(number: number): void {
    if (this.anchors.has(number)) return;
    this.anchors.add(number);
    this.writer.text(number, `[${this.pages.page} 0 R/XYZ null ${Math.round(this.geometry.height - this.y)} null]`);
  }

  bookmark(title: string): void {
    this.bookmarks.push({ title, page: this.pages.page, top: this.geometry.height - this.y });
  }

  /** Null in a document without tags. The element stays open until `closeNodes`. */
  node(type: string, parent: StructureNode | null, attributes: NodeAttributes = {}): StructureNode | null {
    if (this.structure === null) return null;
    const node = this.structure.open(type, parent ?? this.structure.document, attributes);
    this.unclosed.push(node);
    return node;
  }

  closeNodes(): void {
    for (const node of this.unclosed) this.structure?.close(node);
    this.unclosed.length = 0;
  }

  /** What is no part of the text is marked so where there are tags. */
  artifact(kind: Artifact): Owner {
    return this.structure === null ? null : kind;
  }
}
