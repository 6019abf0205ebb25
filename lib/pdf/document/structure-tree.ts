import { utf16Hex } from '../text/run.ts';
import type { PdfWriter } from './writer.ts';

/** An element of the structure tree: Document, Sect, H1, P, L … */
export interface StructureNode {
  readonly number: number;
  readonly type: string;
  readonly parent: number;
  /** Further entries of its dictionary, printed. */
  readonly entries: string;
  readonly kids: string[];
  /** The page of the kids that are content; 0 before there is one. */
  page: number;
}

export interface NodeAttributes {
  readonly language?: string;
  /** The text in its logical order, where the content's order is another. */
  readonly actualText?: string;
  /** Of a picture: what it shows. */
  readonly alternative?: string;
  readonly id?: string;
  /** Printed attribute objects. */
  readonly attributes?: string;
}

const LEAF = 256;

/** The structure tree of a tagged document, written as it grows: only open elements and the keys of the parent tree are kept. */
export class StructureTree {
  readonly root: number;
  readonly document: StructureNode;
  private readonly writer: PdfWriter;
  private readonly parents: { key: number; number: number }[] = [];
  private readonly identified: { id: string; number: number }[] = [];
  private nextKey = 0;
  private onPage: number[] = [];

  constructor(writer: PdfWriter, language: string) {
    this.writer = writer;
    this.root = writer.allocate();
    this.document = this.make('Document', this.root, { language });
  }

  /** A new last kid of `parent`. */
  open(type: string, parent: StructureNode, attributes: NodeAttributes = {}): StructureNode {
    const node = this.make(type, parent.number, attributes);
    parent.kids.push(`${node.number} 0 R`);
    return node;
  }

  /** A piece of content of the current page; its number goes into the page's BDC. */
  addContent(node: StructureNode, page: number): number {
    const id = this.onPage.length;
    this.onPage.push(node.number);
    if (node.page === 0) node.page = page;
    node.kids.push(node.page === page ? String(id) : `<</Type/MCR/Pg ${page} 0 R/MCID ${id}>>`);
    return id;
  }

  /** An annotation; gives its key for StructParent. */
  addObject(node: StructureNode, object: number, page: number): number {
    const key = this.nextKey++;
    node.kids.push(`<</Type/OBJR/Obj ${object} 0 R/Pg ${page} 0 R>>`);
    this.parents.push({ key, number: node.number });
    return key;
  }

  close(node: StructureNode): void {
    const page = node.page === 0 ? '' : `/Pg ${node.page} 0 R`;
    const kids = node.kids.length === 1 ? node.kids[0] : `[${node.kids.join(' ')}]`;
    this.writer.text(node.number, `<</S/${node.type}/P ${node.parent} 0 R${page}${node.entries}/K ${kids}>>`);
  }

  /** Gives the page's key for StructParents. */
  endPage(): number {
    const key = this.nextKey++;
    const number = this.writer.allocate();
    this.writer.text(number, `[${this.onPage.map((node) => `${node} 0 R`).join(' ')}]`);
    this.parents.push({ key, number });
    this.onPage = [];
    return key;
  }

  finish(): void {
    this.close(this.document);
    const leaves: string[] = [];
    for (let start = 0; start < this.parents.length; start += LEAF) {
      const part = this.parents.slice(start, start + LEAF);
      const number = this.writer.allocate();
      const nums = part.map(({ key, number: target }) => `${key} ${target} 0 R`).join(' ');
      this.writer.text(number, `<</Limits[${part[0]?.key} ${part.at(-1)?.key}]/Nums[${nums}]>>`);
      leaves.push(`${number} 0 R`);
    }
    const ids = this.identified.toSorted((one, two) => (one.id < two.id ? -1 : 1));
    const names = ids.map(({ id, number }) => `(${id})${number} 0 R`).join('');
    const idTree = ids.length === 0 ? '' : `/IDTree<</Names[${names}]>>`;
    this.writer.text(
      this.root,
      `<</Type/StructTreeRoot${idTree}/K[${this.document.number} 0 R]/ParentTree<</Kids[${leaves.join(' ')}]>>/ParentTreeNextKey ${this.nextKey}>>`,
    );
  }

  private make(type: string, parent: number, { language, actualText, alternative, id, attributes }: NodeAttributes): StructureNode {
    const entries = [
      language === undefined ? '' : `/Lang(${language.replace(/[^A-Za-z0-9-]/g, '')})`,
      actualText === undefined ? '' : `/ActualText<FEFF${utf16Hex(actualText)}>`,
      alternative === undefined ? '' : `/Alt<FEFF${utf16Hex(alternative)}>`,
      id === undefined ? '' : `/ID(${id})`,
      attributes === undefined ? '' : `/A${attributes}`,
    ];
    const number = this.writer.allocate();
    if (id !== undefined) this.identified.push({ id, number });
    return { number, type, parent, entries: entries.join(''), kids: [], page: 0 };
  }
}
