import type { Bookmark } from '../document/catalogue.ts';
import type { Artifact, Owner } from '../document/page-canvas.ts';
import type { Pages } from '../document/pages.ts';
import type { NodeAttributes, StructureNode, StructureTree } from '../document/structure-tree.ts';
import type { PdfWriter } from '../document/writer.ts';
import type { Typesetter } from '../text/typesetter.ts';
import type { Geometry } from './geometry.ts';

/** A document being made: where it is written to, and how far down its page it has come. */
export class Composition {
  readonly typesetter: Typesetter;
  readonly writer: PdfWriter;
  readonly structure: StructureTree | null;
  readonly pages: Pages;
  geometry: Geometry;
  readonly bookmarks: Bookmark[] = [];
  /** Points below the page's upper edge. */
  y: number;
  /** Draws what stands on every page, just before it is written. */
  furnish: () => void = () => {};
  private readonly unclosed: StructureNode[] = [];

  constructor(parts: { typesetter: Typesetter; writer: PdfWriter; structure: StructureTree | null; pages: Pages; geometry: Geometry }) {
    this.typesetter = parts.typesetter;
    this.writer = parts.writer;
    this.structure = parts.structure;
    this.pages = parts.pages;
    this.geometry = parts.geometry;
    this.y = parts.geometry.top;
  }

  get limit(): number {
    return this.geometry.height - this.geometry.bottom;
  }

  get atTop(): boolean {
    return this.y <= this.geometry.top;
  }

  nextPage(): void {
    this.furnish();
    this.pages.end();
    this.y = this.geometry.top;
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
