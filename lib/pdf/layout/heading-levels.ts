import type { Block, HeadingLevel } from '../../text/tree.ts';

/**
 * A body whose headings are numbered by what they stand under, from 1: no level is left out, whatever they were written as. A reader who
 * goes from heading to heading would look for the missing one (ISO 14289-1 §7.4.2).
 */
export function withNestedHeadings(blocks: readonly Block[]): readonly Block[] {
  const open: HeadingLevel[] = [];
  const renumbered = (block: Block): Block => {
    switch (block.type) {
      case 'heading': {
        while ((open.at(-1) ?? 0) >= block.level) open.pop();
        open.push(block.level);
        return { ...block, level: open.length as HeadingLevel };
      }
      case 'quote':
        return { ...block, children: block.children.map(renumbered) };
      case 'list':
        return { ...block, items: block.items.map((item) => item.map(renumbered)) };
      default:
        return block;
    }
  };
  return blocks.map(renumbered);
}
