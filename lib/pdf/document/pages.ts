import { PageCanvas } from './page-canvas.ts';
import { asciiString, refTo, textString } from './pdf-lib.ts';
import type { StructureNode, StructureTree } from './structure-tree.ts';
import type { PdfWriter } from './writer.ts';

const FANOUT = 64;

interface TreeNode {
  readonly number: number;
  readonly kids: number[];
  pages: number;
}

export interface LinkArea {
  /** An address, or the number of an object that is a place in this document. */
  readonly target: string | number;
  /** Left, bottom, right, top; points, y upwards. */
  readonly rectangle: readonly [number, number, number, number];
  /** What the link says, for readers that announce it. */
  readonly contents: string;
  readonly node: StructureNode | null;
}

/** The pages of a document, written one by one, and the balanced tree over them. */
export class Pages {
  readonly root: number;
  canvas: PageCanvas;
  count = 0;
  private readonly writer: PdfWriter;
  private readonly structure: StructureTree | null;
  private current: number | null = null;
  private annotations: number[] = [];
  private leaf: TreeNode | null = null;
  private readonly leaves: TreeNode[] = [];

  constructor(writer: PdfWriter, structure: StructureTree | null) {
    this.writer = writer;
    this.structure = structure;
    this.root = writer.allocate();
    this.canvas = this.newCanvas();
  }

  /** Object number of the page being drawn. */
  get page(): number {
    this.current ??= this.writer.allocate();
    return this.current;
  }

  link({ target, rectangle, contents, node }: LinkArea): void {
    const number = this.writer.allocate();
    const key = node === null || this.structure === null ? null : this.structure.addObject(node, number, this.page);
    this.writer.object(
      number,
      this.writer.context.obj({
        Type: 'Annot',
        Subtype: 'Link',
        // Printed and neither hidden nor off screen, as PDF/A asks.
        F: 4,
        Rect: rectangle.map((value) => Math.round(value * 100) / 100),
        Border: [0, 0, 0],
        Contents: textString(contents),
        ...(typeof target === 'number' ? { Dest: refTo(target) } : { A: { Type: 'Action', S: 'URI', URI: textBytes(target) } }),
        ...(key === null ? {} : { StructParent: key }),
      }),
    );
    this.annotations.push(number);
  }

  /** Writes the page and begins the next one. */
  end(): void {
    const content = this.writer.allocate();
    this.canvas.end((bytes) => this.writer.stream(content, '', bytes, 'quick'));
    const key = this.structure?.endPage();
    const annotations = this.annotations.length === 0 ? '' : `/Annots[${this.annotations.map((number) => `${number} 0 R`).join(' ')}]`;
    const tags = key === undefined ? '' : `/StructParents ${key}/Tabs/S`;
    if (this.leaf === null || this.leaf.kids.length === FANOUT) this.leaf = this.newLeaf();
    this.writer.text(this.page, `<</Type/Page/Parent ${this.leaf.number} 0 R/Contents ${content} 0 R${annotations}${tags}>>`);
    this.leaf.kids.push(this.page);
    this.leaf.pages++;
    this.count++;
    this.annotations = [];
    this.current = null;
    this.canvas = this.newCanvas();
  }

  /** Writes the tree. A page begun and not ended is left out. */
  finish(box: readonly [number, number], resources: number): void {
    let level: readonly TreeNode[] = this.leaves;
    while (level.length > FANOUT) {
      const upper: TreeNode[] = [];
      for (let start = 0; start < level.length; start += FANOUT) {
        const kids = level.slice(start, start + FANOUT);
        const node = {
          number: this.writer.allocate(),
          kids: kids.map((kid) => kid.number),
          pages: kids.reduce((sum, kid) => sum + kid.pages, 0),
        };
        for (const kid of kids) this.writeNode(kid, node.number);
        upper.push(node);
      }
      level = upper;
    }
    for (const node of level) this.writeNode(node, this.root);
    this.writer.object(
      this.root,
      this.writer.context.obj({
        Type: 'Pages',
        Count: this.count,
        Kids: level.map((node) => refTo(node.number)),
        MediaBox: [0, 0, ...box],
        Resources: refTo(resources),
      }),
    );
  }

  private writeNode(node: TreeNode, parent: number): void {
    this.writer.text(
      node.number,
      `<</Type/Pages/Parent ${parent} 0 R/Count ${node.pages}/Kids[${node.kids.map((kid) => `${kid} 0 R`).join(' ')}]>>`,
    );
  }

  private newLeaf(): TreeNode {
    const node = { number: this.writer.allocate(), kids: [], pages: 0 };
    this.leaves.push(node);
    return node;
  }

  private newCanvas(): PageCanvas {
    const { structure } = this;
    return new PageCanvas(structure !== null, (node) => (structure === null ? 0 : structure.addContent(node, this.page)));
  }
}

/** Percent-encodes what a URI of a PDF may not hold: it is ASCII. */
function textBytes(url: string) {
  const ascii = Array.from(url, (character) =>
    /[!-~]/.test(character) && !'()\\'.includes(character) ? character : encodeURIComponent(character),
  ).join('');
  return asciiString(ascii.replace(/[()]/g, (bracket) => (bracket === '(' ? '%28' : '%29')));
}
