import type { List, Nodes, PhrasingContent, RootContent, Table } from 'mdast';
import { fromMarkdown } from 'mdast-util-from-markdown';
import { gfmFootnote } from 'micromark-extension-gfm-footnote';
import { gfmTable } from 'micromark-extension-gfm-table';
import type { Fault } from '../shared/fault.ts';
import type { Result } from '../shared/result.ts';
import { refusal, success } from '../shared/result.ts';
import { acceptText, firstForbiddenCharacter } from './characters.ts';
import { emphasisSyntax } from './emphasis-syntax.ts';
import { footnoteFromMarkdown, tableFromMarkdown } from './gfm-from-markdown.ts';
import { acceptUrl } from './links.ts';
import { tooComplex } from './markdown-limits.ts';
import { normaliseBody } from './normal-form.ts';
import { superscriptFromMarkdown, superscriptSyntax } from './superscript-syntax.ts';
import type { Block, Body, CellAlignment, Footnote, HeadingLevel, Inline, TableCell } from './tree.ts';

/** UTF-16 units of a body: about 40,000 words, many times the longest letter. */
export const BODY_LIMIT = 256 * 1024;
/** Quotes, lists and items inside one another. */
const DEPTH_LIMIT = 24;
const FAULT_LIMIT = 50;

export type MarkdownReason =
  | 'too-long'
  | 'forbidden-character'
  | 'too-many-marks'
  | 'too-complex'
  | 'nested-too-deep'
  | 'raw-html'
  | 'image'
  | 'code-block'
  | 'bad-link'
  | 'table-row-too-long'
  | 'empty-list-item'
  | 'footnote-unreferenced'
  | 'footnote-repeated'
  | 'footnote-empty';

/**
 * A body's Markdown as a tree in normal form, or every fault with its `line` (from 1). Places are empty: the caller knows the field.
 *
 * CommonMark with tables, footnotes and superscript. Indented and inline code, and link definitions, are not syntax here: an
 * indented paragraph or a line like `[Note]: see below` is text, and turning it into code or dropping it would change a letter.
 */
export function parseMarkdown(markdown: string): Result<Body, readonly Fault[]> {
  const accepted = acceptText(markdown, BODY_LIMIT);
  if (!accepted.ok) return refusal([{ place: '', reason: accepted.reason.reason, values: accepted.reason.values }]);
  const excess = tooComplex(accepted.value);
  if (excess !== null) return refusal([{ place: '', reason: 'too-complex', values: excess }]);
  const reader = new BodyReader(accepted.value);
  const body = reader.read();
  return reader.faults.length > 0 ? refusal(reader.faults) : success(body);
}

const parse = (text: string) =>
  fromMarkdown(text, {
    extensions: [
      gfmTable(),
      gfmFootnote(),
      superscriptSyntax,
      emphasisSyntax,
      { disable: { null: ['codeIndented', 'codeText', 'definition'] } },
    ],
    mdastExtensions: [tableFromMarkdown, footnoteFromMarkdown, superscriptFromMarkdown],
  });

const ALIGNMENTS: Readonly<Record<string, CellAlignment>> = { left: 'start', center: 'centre', right: 'end' };

class BodyReader {
  readonly faults: Fault[] = [];
  readonly #text: string;
  /** Footnote identifiers in the order of their first reference. */
  readonly #referenced: string[] = [];
  readonly #definitions = new Map<string, { readonly line: number; readonly children: readonly RootContent[] }>();

  constructor(text: string) {
    this.#text = text;
  }

  read(): Body {
    const root = parse(this.#text);
    const blocks = this.#blocks(root.children, 0);
    const footnotes: Footnote[] = [];
    // The list grows while it is walked: a note may refer to further notes.
    for (let index = 0; index < this.#referenced.length && this.faults.length < FAULT_LIMIT; index++) {
      const definition = this.#definitions.get(this.#referenced[index] ?? '');
      if (definition === undefined) continue;
      const body = normaliseBody({ blocks: this.#blocks(definition.children, 1), footnotes: [] });
      if (body.blocks.length === 0) this.#fault('footnote-empty', definition.line);
      footnotes.push({ number: index + 1, blocks: body.blocks });
    }
    for (const [identifier, { line }] of this.#definitions) {
      if (!this.#referenced.includes(identifier)) this.#fault('footnote-unreferenced', line, { label: identifier });
    }
    return normaliseBody({ blocks, footnotes });
  }

  #fault(reason: MarkdownReason, line: number, values: Readonly<Record<string, string | number>> = {}): void {
    // What is inside the first place that is too deep is too deep as well.
    if (reason === 'nested-too-deep' && this.faults.some((fault) => fault.reason === reason)) return;
    if (this.faults.length < FAULT_LIMIT) this.faults.push({ place: '', reason, values: { line, ...values } });
  }

  #blocks(nodes: readonly RootContent[], depth: number): Block[] {
    return nodes.flatMap((node) => this.#block(node, depth));
  }

  #block(node: RootContent, depth: number): Block[] {
    const line = lineOf(node);
    if (depth > DEPTH_LIMIT) {
      this.#fault('nested-too-deep', line, { limit: DEPTH_LIMIT });
      return [];
    }
    switch (node.type) {
      case 'paragraph':
        return [{ type: 'paragraph', children: this.#inlines(node.children, 0) }];
      case 'heading':
        return [{ type: 'heading', level: node.depth satisfies HeadingLevel, children: this.#inlines(node.children, 0) }];
      case 'blockquote':
        return [{ type: 'quote', children: this.#blocks(node.children, depth + 1) }];
      case 'list': {
        const items = node.children.map((item) => this.#blocks(item.children, depth + 1));
        const last = items.findLastIndex((item) => item.length > 0);
        const empty = node.ordered === true ? items.findIndex((item, index) => item.length === 0 && index < last) : -1;
        // Leaving an empty item out would renumber the ones that follow.
        if (empty !== -1) this.#fault('empty-list-item', lineOf(node.children[empty] ?? node));
        return [{ type: 'list', ordered: node.ordered === true, start: node.start ?? 1, tight: isTight(node), items }];
      }
      case 'table':
        return [this.#table(node)];
      case 'thematicBreak':
        return [{ type: 'rule' }];
      case 'footnoteDefinition':
        if (this.#definitions.has(node.identifier)) this.#fault('footnote-repeated', line, { label: node.identifier });
        else this.#definitions.set(node.identifier, { line, children: node.children });
        return [];
      case 'html':
        this.#fault('raw-html', line);
        return [];
      case 'code':
        this.#fault('code-block', line);
        return [];
      default:
        throw new Error(`Markdown gave a ${node.type} where a block stands`);
    }
  }

  #table(node: Table): Block {
    const [header, ...rows] = node.children;
    const columns = header?.children.length ?? 0;
    const cells = (row: (typeof rows)[number] | undefined): TableCell[] =>
      (row?.children ?? []).map((cell) => this.#inlines(cell.children, 0));
    for (const row of rows) {
      if (row.children.length > columns) this.#fault('table-row-too-long', lineOf(row), { limit: columns });
    }
    return {
      type: 'table',
      alignments: (node.align ?? []).map((alignment) => ALIGNMENTS[alignment ?? ''] ?? 'start'),
      header: cells(header),
      rows: rows.map(cells),
    };
  }

  #inlines(nodes: readonly PhrasingContent[], depth: number): Inline[] {
    return nodes.flatMap((node) => this.#inline(node, depth));
  }

  #inline(node: PhrasingContent, depth: number): Inline[] {
    const line = lineOf(node);
    if (depth > DEPTH_LIMIT) {
      this.#fault('nested-too-deep', line, { limit: DEPTH_LIMIT });
      return [];
    }
    switch (node.type) {
      case 'text':
        return [{ type: 'text', value: this.#characters(node.value, line) }];
      case 'superscript':
        return [{ type: 'superscript', children: [{ type: 'text', value: this.#characters(node.value, line) }] }];
      case 'break':
        return [{ type: 'break' }];
      case 'emphasis':
      case 'strong':
        return [{ type: node.type, children: this.#inlines(node.children, depth + 1) }];
      case 'link': {
        const url = acceptUrl(node.url);
        if (url === null) this.#fault('bad-link', line, { url: node.url.slice(0, 200) });
        return [{ type: 'link', url: url ?? '', children: this.#inlines(node.children, depth + 1) }];
      }
      case 'footnoteReference': {
        if (!this.#referenced.includes(node.identifier)) this.#referenced.push(node.identifier);
        return [{ type: 'footnote-reference', number: this.#referenced.indexOf(node.identifier) + 1 }];
      }
      case 'image':
      case 'imageReference':
        this.#fault('image', line);
        return [];
      case 'html':
        this.#fault('raw-html', line);
        return [];
      default:
        throw new Error(`Markdown gave a ${node.type} where text stands`);
    }
  }

  /** A character reference (`&#x202E;`) can bring in what the source itself may not hold. */
  #characters(value: string, line: number): string {
    const normal = value.normalize('NFC');
    const forbidden = firstForbiddenCharacter(normal);
    if (forbidden !== null) this.#fault('forbidden-character', line + forbidden.line - 1, { codePoint: forbidden.codePoint });
    return normal;
  }
}

/**
 * Whether no empty line stands between the items or between the blocks of an item. Told by the lines themselves: the parser's own
 * mark also counts an empty line that follows a list in a quote.
 */
function isTight(list: List): boolean {
  let end: number | null = null;
  for (const item of list.children) {
    if (end !== null && lineOf(item) > end + 1) return false;
    // An item without content is left out later, yet its line isn't an empty one.
    end = lineOf(item);
    for (const [index, block] of item.children.entries()) {
      if (index > 0 && lineOf(block) > end + 1) return false;
      end = lastLineOf(block);
    }
  }
  return true;
}

/**
 * The last line of what holds text. A container's own end can lie on the empty line after it; that of a leaf doesn't. A leaf's content
 * is no measure either: a table's delimiters and a heading's underline stand below the last of it.
 */
function lastLineOf(node: Nodes): number {
  let last = node;
  while (last.type === 'list' || last.type === 'listItem' || last.type === 'blockquote' || last.type === 'footnoteDefinition') {
    const inner: Nodes | undefined = last.children.at(-1);
    if (inner === undefined) break;
    last = inner;
  }
  return last.position?.end.line ?? lineOf(last);
}

const lineOf = (node: Nodes): number => node.position?.start.line ?? 1;
