import type { Direction } from './direction.ts';
import type { Inline } from './tree.ts';

/**
 * What is set, raised, before the mark of a note behind this: two marks side by side, or one behind a raised number, would be read as a
 * single number. The empty text where nothing has to stand there.
 * @param direction of the text: from right to left a comma between digits makes one number of them (UAX #9, W4), whose second half is read first
 */
export function beforeMark(before: Inline | undefined, direction: Direction): string {
  switch (before?.type) {
    case 'footnote-reference':
      return direction === 'rtl' ? ' ' : ',';
    case 'superscript':
      return /\p{Nd}$/u.test(endOf(before)) ? ' ' : '';
    case 'emphasis':
    case 'strong':
    case 'link':
      return beforeMark(before.children.at(-1), direction);
    default:
      return '';
  }
}

/** The last words of a run, or none. */
function endOf(inline: Inline | undefined): string {
  if (inline === undefined) return '';
  if (inline.type === 'text') return inline.value;
  return 'children' in inline ? endOf(inline.children.at(-1)) : '';
}
