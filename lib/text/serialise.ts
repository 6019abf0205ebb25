/**
 * A body as Markdown, in one spelling: what parses to the same tree is written the same, and writing it twice changes nothing.
 * The spelling is part of `undersigned-text/1` (docs/canonical-text.md); changing one character of it needs a new grammar version.
 */
import { normaliseBody } from './normal-form.ts';
import type { Block, Body, CellAlignment, Inline } from './tree.ts';

/** Markdown with LF, no line end at its end; an empty body is the empty string. */
export function serialise(body: Body): string {
  const normal = normaliseBody(body);
  const notes = normal.footnotes.map((note) => indent(`[^${note.number}]: `, '    ', serialiseBlocks(note.blocks)));
  return [serialiseBlocks(normal.blocks), ...notes].filter((part) => part !== '').join('\n\n');
}

function serialiseBlocks(blocks: readonly Block[]): string {
  const parts: string[] = [];
  let alternate = false;
  blocks.forEach((block, index) => {
    const previous = blocks[index - 1];
    // Two lists in a row would run together; the second takes the other marker.
    alternate = block.type === 'list' && previous?.type === 'list' && previous.ordered === block.ordered ? !alternate : false;
    parts.push(serialiseBlock(block, alternate));
  });
  return parts.join('\n\n');
}

function serialiseBlock(block: Block, alternate: boolean): string {
  switch (block.type) {
    case 'rule':
      return '___';
    case 'paragraph':
      return escapeLineStarts(serialiseInlines(block.children));
    case 'heading':
      return `${'#'.repeat(block.level)} ${serialiseInlines(block.children).replace(/(^|[ \t])(#+)$/, '$1\\$2')}`;
    case 'quote':
      return indent('> ', '> ', serialiseBlocks(block.children));
    case 'list':
      return serialiseList(block, alternate);
    case 'table':
      return serialiseTable(block);
  }
}

const NUMBER_LIMIT = 999_999_999;

function serialiseList(list: Extract<Block, { type: 'list' }>, alternate: boolean): string {
  return list.items
    .map((item, index) => {
      const marker = list.ordered ? `${Math.min(list.start + index, NUMBER_LIMIT)}${alternate ? ')' : '.'} ` : alternate ? '* ' : '- ';
      const content = list.tight ? item.map((block) => serialiseBlock(block, false)).join('\n') : serialiseBlocks(item);
      return indent(marker, ' '.repeat(marker.length), content);
    })
    .join(list.tight ? '\n' : '\n\n');
}

const DELIMITERS: Readonly<Record<CellAlignment, string>> = { start: '---', centre: ':-:', end: '--:' };

function serialiseTable(table: Extract<Block, { type: 'table' }>): string {
  const line = (cells: readonly string[]): string => `|${cells.map((cell) => ` ${cell} |`).join('')}`;
  return [
    line(table.header.map((cell) => serialiseInlines(cell))),
    line(table.alignments.map((alignment) => DELIMITERS[alignment])),
    ...table.rows.map((row) => line(row.map((cell) => serialiseInlines(cell)))),
  ].join('\n');
}

/** `first` before the first line, `rest` before the others; an empty line keeps no trailing space. */
const indent = (first: string, rest: string, text: string): string =>
  text
    .split('\n')
    .map((line, index) => {
      const prefix = index === 0 ? first : rest;
      return line === '' ? prefix.trimEnd() : prefix + line;
    })
    .join('\n');

interface Place {
  readonly strong: boolean;
  readonly emphasis: boolean;
}

function serialiseInlines(inlines: readonly Inline[], place: Place = { strong: false, emphasis: false }): string {
  const parts = inlines.map((inline) => serialiseInline(inline, place));
  inlines.forEach((inline, index) => {
    const next = inlines[index + 1];
    if (inline.type === 'text' && (next?.type === 'link' || next?.type === 'footnote-reference')) {
      parts[index] = (parts[index] ?? '').replace(/!$/, '\\!');
    }
    // At a line's start this would begin a footnote's definition.
    if (inline.type === 'text' && inlines[index - 1]?.type === 'footnote-reference')
      parts[index] = (parts[index] ?? '').replace(/^:/, '\\:');
  });
  inlines.forEach((inline, index) => {
    if (inline.type !== 'emphasis' && inline.type !== 'strong') return;
    const content = serialiseInlines(inline.children, { ...place, [inline.type]: true });
    const tangled = isTangled(inline, place, inlines[index - 1], inlines[index + 1]);
    const marker = inline.type === 'strong' ? '**' : tangled ? '_' : '*';
    parts[index] = marker + content + marker;
    if (marker === '_' || PUNCTUATION_FIRST.test(content)) {
      if (inlines[index - 1]?.type === 'text') parts[index - 1] = (parts[index - 1] ?? '').replace(LETTER_LAST, reference);
    }
    if (marker === '_' || PUNCTUATION_LAST.test(content)) {
      if (inlines[index + 1]?.type === 'text') parts[index + 1] = (parts[index + 1] ?? '').replace(LETTER_FIRST, reference);
    }
  });
  return parts.join('');
}

// Markdown reads `*` by its neighbours: a letter outside and a punctuation mark inside make it no emphasis. Such a letter is written
// as a character reference, whose `&` and `;` are punctuation. The parser looks at UTF-16 units, so a character beyond U+FFFF, be it
// an emoji, counts as a letter.
const PUNCTUATION = '(?![\\u{10000}-\\u{10FFFF}])[\\p{P}\\p{S}]';
const LETTER = '(?:[\\u{10000}-\\u{10FFFF}]|[^\\s\\p{P}\\p{S}])';
const PUNCTUATION_FIRST = new RegExp(`^${PUNCTUATION}`, 'u');
const PUNCTUATION_LAST = new RegExp(`${PUNCTUATION}$`, 'u');
const LETTER_FIRST = new RegExp(`^${LETTER}`, 'u');
const LETTER_LAST = new RegExp(`${LETTER}$`, 'u');
const reference = (character: string): string => `&#x${(character.codePointAt(0) ?? 0).toString(16).toUpperCase()};`;

/** Whether an emphasis holds, stands in or touches a strong: then `*` and `**` could run together, and `_` marks it. */
function isTangled(inline: Inline, place: Place, before: Inline | undefined, after: Inline | undefined): boolean {
  return place.strong || before?.type === 'strong' || after?.type === 'strong' || holdsStrong(inline);
}

const holdsStrong = (inline: Inline): boolean =>
  'children' in inline && inline.children.some((child) => child.type === 'strong' || holdsStrong(child));

function serialiseInline(inline: Inline, place: Place): string {
  switch (inline.type) {
    case 'text':
      return escapeText(inline.value);
    case 'break':
      return '\\\n';
    case 'footnote-reference':
      return `[^${inline.number}]`;
    case 'superscript':
      return `^${inline.children.map((child) => (child.type === 'text' ? escapeText(child.value).replace(/\s/g, reference) : '')).join('')}^`;
    case 'link':
      return `[${serialiseInlines(inline.children, place)}](${inline.url.replace(/&(?=#?[A-Za-z0-9]+;)/g, '&amp;')})`;
    case 'emphasis':
    case 'strong':
      return '';
  }
}

/** Characters that mean something anywhere in a line; `&` only where it would begin a character reference. */
const escapeText = (value: string): string => value.replace(/[\\`*_[\]<^|]/g, '\\$&').replace(/&(?=[#A-Za-z])/g, '\\&');

/** Characters that mean something at the start of a line of a paragraph. */
const escapeLineStarts = (text: string): string =>
  text
    .split('\n')
    .map((line) =>
      line.replace(/^(?=#{1,6}(?:\s|$)|>|[-+](?:\s|$)|-+\s*$|=+\s*$|:?-+:?\s*$|~~~)/, '\\').replace(/^(\d{1,9})([.)])(?=\s|$)/, '$1\\$2'),
    )
    .join('\n');
