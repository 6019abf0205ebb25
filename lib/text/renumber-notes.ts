import type { Block, Body, Inline } from './tree.ts';

/** The body with every footnote's number raised by `before`, for a text that stands behind others on one sheet. */
export function withNotesFrom(body: Body, before: number): Body {
  if (before === 0 || body.footnotes.length === 0) return body;
  const inlines = (children: readonly Inline[]): Inline[] =>
    children.map((inline) => {
      if (inline.type === 'footnote-reference') return { ...inline, number: inline.number + before };
      return 'children' in inline ? { ...inline, children: inlines(inline.children) } : inline;
    });
  const block = (given: Block): Block => {
    switch (given.type) {
      case 'rule':
        return given;
      case 'paragraph':
      case 'heading':
        return { ...given, children: inlines(given.children) };
      case 'quote':
        return { ...given, children: given.children.map(block) };
      case 'list':
        return { ...given, items: given.items.map((item) => item.map(block)) };
      case 'table':
        return { ...given, header: given.header.map(inlines), rows: given.rows.map((row) => row.map(inlines)) };
    }
  };
  return {
    blocks: body.blocks.map(block),
    footnotes: body.footnotes.map((note) => ({ number: note.number + before, blocks: note.blocks.map(block) })),
  };
}
