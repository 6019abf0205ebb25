import type { Extension } from 'mdast-util-from-markdown';
// For the names of their tokens, which they declare.
import type {} from 'micromark-extension-gfm-footnote';
import type {} from 'micromark-extension-gfm-table';

/**
 * Tables and footnotes from the tokenizer's tokens to the syntax tree. The packages that do this also write Markdown, which nothing here
 * asks for, and bring sixty modules along: a tenth of the time a short `render` took to start.
 */
export const tableFromMarkdown: Extension = {
  enter: {
    table(token) {
      const align = (token._align ?? []).map((side) => (side === 'none' ? null : side));
      this.enter({ type: 'table', align, children: [] }, token);
    },
    tableRow(token) {
      this.enter({ type: 'tableRow', children: [] }, token);
    },
    tableHeader(token) {
      this.enter({ type: 'tableCell', children: [] }, token);
    },
    tableData(token) {
      this.enter({ type: 'tableCell', children: [] }, token);
    },
  },
  exit: {
    table(token) {
      this.exit(token);
    },
    tableRow(token) {
      this.exit(token);
    },
    tableHeader(token) {
      this.exit(token);
    },
    tableData(token) {
      this.exit(token);
    },
  },
};

export const footnoteFromMarkdown: Extension = {
  enter: {
    gfmFootnoteCall(token) {
      this.enter({ type: 'footnoteReference', identifier: '', label: '' }, token);
    },
    gfmFootnoteCallString() {
      this.buffer();
    },
    gfmFootnoteDefinition(token) {
      this.enter({ type: 'footnoteDefinition', identifier: '', label: '', children: [] }, token);
    },
    gfmFootnoteDefinitionLabelString() {
      this.buffer();
    },
  },
  exit: {
    gfmFootnoteCallString(token) {
      const label = this.resume();
      const node = this.stack.at(-1);
      if (node?.type !== 'footnoteReference') throw new Error('a label outside a reference');
      node.label = label;
      node.identifier = identifierOf(this.sliceSerialize(token));
    },
    gfmFootnoteCall(token) {
      this.exit(token);
    },
    gfmFootnoteDefinitionLabelString(token) {
      const label = this.resume();
      const node = this.stack.at(-1);
      if (node?.type !== 'footnoteDefinition') throw new Error('a label outside a definition');
      node.label = label;
      node.identifier = identifierOf(this.sliceSerialize(token));
    },
    gfmFootnoteDefinition(token) {
      this.exit(token);
    },
  },
};

/** Labels match as CommonMark has it for links: without regard to case and to how much white space there is. */
function identifierOf(label: string): string {
  const folded = label.replace(/[\t\n\r ]+/g, ' ').replace(/^ | $/g, '');
  // Upper case in between: some lower-case letters are the same only there.
  return folded.toLowerCase().toUpperCase().toLowerCase();
}
