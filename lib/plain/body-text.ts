import { plainText } from '../text/normal-form.ts';
import type { Block, Body, Inline } from '../text/tree.ts';

/**
 * A body as plain text: paragraphs one line each, lists with their marks, quotes behind `> `, tables a row a line with ` | `, links
 * with their address behind them where it isn't what they show, footnotes numbered in brackets and below.
 */
export function bodyText(body: Body, notesHeading: string): string {
  const notes = body.footnotes.map((note) => indented(`[${note.number}] `, blocksText(note.blocks)));
  return [blocksText(body.blocks), ...(notes.length === 0 ? [] : [notesHeading, notes.join('\n')])]
    .filter((part) => part !== '')
    .join('\n\n');
}

const blocksText = (blocks: readonly Block[]): string => blocks.map(blockText).join('\n\n');

function blockText(block: Block): string {
  switch (block.type) {
    case 'paragraph':
    case 'heading':
      return inlinesText(block.children);
    case 'quote':
      return blocksText(block.children).replace(/^/gm, '> ').replace(/^> $/gm, '>');
    case 'list':
      return block.items
        .map((item, index) => {
          const content = block.tight ? item.map(blockText).join('\n') : blocksText(item);
          return indented(block.ordered ? `${block.start + index}. ` : '• ', content);
        })
        .join(block.tight ? '\n' : '\n\n');
    case 'table':
      return [block.header, ...block.rows].map((row) => row.map(inlinesText).join(' | ')).join('\n');
    case 'rule':
      return '* * *';
  }
}

const indented = (marker: string, text: string): string => marker + text.replace(/\n(?=.)/g, `\n${' '.repeat(marker.length)}`);

export const inlinesText = (inlines: readonly Inline[]): string =>
  inlines
    .map((inline) => {
      switch (inline.type) {
        case 'text':
          return inline.value;
        case 'break':
          return '\n';
        case 'footnote-reference':
          return `[${inline.number}]`;
        case 'link': {
          const shown = inlinesText(inline.children);
          const address = inline.url.replace(/^mailto:/, '');
          return plainText(inline.children) === address ? shown : `${shown} <${address}>`;
        }
        default:
          return inlinesText(inline.children);
      }
    })
    .join('');
