/**
 * The one shape a body's tree has, so that equal letters have equal text: whatever Markdown allows beyond it (emphasis in emphasis,
 * spaces inside its ends, an empty list item) says nothing to a reader and is folded here. `serialise` writes exactly these trees.
 */
import type { Block, Body, Inline } from './tree.ts';

type Marked = 'emphasis' | 'strong' | 'link';

export function normaliseBody(body: Body): Body {
  return {
    blocks: normaliseBlocks(body.blocks),
    footnotes: body.footnotes.map((note) => ({ number: note.number, blocks: normaliseBlocks(note.blocks) })),
  };
}

export const normaliseBlocks = (blocks: readonly Block[]): Block[] => blocks.flatMap(normaliseBlock);

function normaliseBlock(block: Block): Block[] {
  switch (block.type) {
    case 'rule':
      return [{ type: 'rule' }];
    case 'paragraph': {
      const children = normaliseInlines(block.children);
      return children.length === 0 ? [] : [{ type: 'paragraph', children }];
    }
    case 'heading': {
      const children = normaliseInlines(withoutBreaks(block.children));
      return children.length === 0 ? [] : [{ type: 'heading', level: block.level, children }];
    }
    case 'quote': {
      const children = normaliseBlocks(block.children);
      return children.length === 0 ? [] : [{ type: 'quote', children }];
    }
    case 'table': {
      const cell = (children: readonly Inline[]): Inline[] => normaliseInlines(withoutBreaks(children));
      const columns = block.header.length;
      const row = (cells: readonly (readonly Inline[])[]) => Array.from({ length: columns }, (_, index) => cell(cells[index] ?? []));
      return [
        {
          type: 'table',
          alignments: Array.from({ length: columns }, (_, index) => block.alignments[index] ?? 'start'),
          header: row(block.header),
          rows: block.rows.map(row),
        },
      ];
    }
    case 'list':
      return normaliseList(block);
  }
}

function normaliseList(list: Extract<Block, { type: 'list' }>): Block[] {
  const items = list.items.map(normaliseBlocks).filter((item) => item.length > 0);
  if (items.length === 0) return [];
  const alone = items.length === 1 && items[0]?.length === 1;
  return [
    {
      type: 'list',
      ordered: list.ordered,
      start: list.ordered ? list.start : 1,
      tight: alone || (list.tight && items.every(mayBeTight)),
      items,
    },
  ];
}

/** What can stand in an item without an empty line: a paragraph, a list, or a paragraph and a list that may interrupt it. */
function mayBeTight(item: readonly Block[]): boolean {
  const [first, second] = item;
  if (item.length === 1) return first?.type === 'paragraph' || (first?.type === 'list' && first.tight);
  if (item.length !== 2 || first?.type !== 'paragraph' || second?.type !== 'list') return false;
  return second.tight && mayInterrupt(second);
}

/** Whether a list right below a paragraph's line is read as one: a number other than 1 isn't, not even behind bullets and quotes on its line. */
function mayInterrupt(block: Block): boolean {
  if (block.type !== 'list' && block.type !== 'quote') return true;
  if (block.type === 'list' && block.ordered && block.start !== 1) return false;
  const first = block.type === 'list' ? block.items[0]?.[0] : block.children[0];
  return first === undefined || mayInterrupt(first);
}

/** Inline content in normal form: edges trimmed, marks flattened, neighbours merged. */
export function normaliseInlines(inlines: readonly Inline[]): Inline[] {
  let current = trimEdges(merge(inlines.flatMap((inline) => flatten(inline, []))));
  // Taking a space out of a mark can bring two equal marks together and so on; each round shrinks the tree, few ever need a third.
  for (let round = 0; round < 20; round++) {
    const next = trimEdges(merge(current.flatMap((inline) => flatten(inline, []))));
    if (JSON.stringify(next) === JSON.stringify(current)) return next;
    current = next;
  }
  return current;
}

const withoutBreaks = (inlines: readonly Inline[]): Inline[] =>
  inlines.map((inline) => {
    if (inline.type === 'break') return { type: 'text', value: ' ' };
    if ('children' in inline) return { ...inline, children: withoutBreaks(inline.children) };
    return inline;
  });

function flatten(inline: Inline, within: readonly Marked[]): Inline[] {
  switch (inline.type) {
    case 'text': {
      const value = foldSpaces(inline.value);
      return value === '' ? [] : [{ type: 'text', value }];
    }
    case 'break':
    case 'footnote-reference':
      return [inline];
    case 'superscript': {
      const value = foldSpaces(plainText(inline.children)).trim();
      return value === '' ? [] : [{ type: 'superscript', children: [{ type: 'text', value }] }];
    }
    case 'emphasis':
    case 'strong':
    case 'link': {
      const repeated = within.includes(inline.type);
      const inner = repeated ? within : [...within, inline.type];
      const children = merge(inline.children.flatMap((child) => flatten(child, inner)));
      if (repeated) return children;
      if (inline.type === 'link') {
        const shown = trimEdges(children);
        return [{ type: 'link', url: inline.url, children: shown.length === 0 ? [{ type: 'text', value: inline.url }] : shown }];
      }
      return hoistEdges(inline.type, children);
    }
  }
}

/** Line ends inside a paragraph are spaces, except between two characters of a script written without spaces. */
const WIDE = '[\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\u3000-\\u303F\\uFF00-\\uFFEF]';
const WIDE_LINE_END = new RegExp(`(?<=${WIDE}) *\\n *(?=${WIDE})`, 'gu');
const foldSpaces = (value: string): string =>
  value
    .normalize('NFC')
    .replace(WIDE_LINE_END, '')
    .replace(/[ \t\n\r]+/g, ' ');

/** Markdown can't mark white space at the end of an emphasis, so it stands outside. */
function hoistEdges(type: 'emphasis' | 'strong', children: readonly Inline[]): Inline[] {
  const before: Inline[] = [];
  const after: Inline[] = [];
  const inner = [...children];
  for (let first = inner[0]; first !== undefined; first = inner[0]) {
    if (first.type === 'break') before.push(first);
    else if (first.type === 'text' && /^\s/.test(first.value)) {
      const rest = first.value.trimStart();
      before.push({ type: 'text', value: first.value.slice(0, first.value.length - rest.length) });
      if (rest !== '') {
        inner[0] = { type: 'text', value: rest };
        break;
      }
    } else break;
    inner.shift();
  }
  for (let last = inner.at(-1); last !== undefined; last = inner.at(-1)) {
    if (last.type === 'break') after.unshift(last);
    else if (last.type === 'text' && /\s$/.test(last.value)) {
      const rest = last.value.trimEnd();
      after.unshift({ type: 'text', value: last.value.slice(rest.length) });
      if (rest !== '') {
        inner[inner.length - 1] = { type: 'text', value: rest };
        break;
      }
    } else break;
    inner.pop();
  }
  return inner.length === 0 ? [...before, ...after] : [...before, { type, children: inner }, ...after];
}

/** Neighbouring texts, and neighbouring marks of one kind, are one; no space stands beside a break. */
function merge(inlines: readonly Inline[]): Inline[] {
  const merged: Inline[] = [];
  for (const inline of inlines) {
    const last = merged.at(-1);
    if (inline.type === 'text' && last?.type === 'text') {
      merged[merged.length - 1] = { type: 'text', value: foldSpaces(last.value + inline.value) };
    } else if ((inline.type === 'emphasis' || inline.type === 'strong') && last?.type === inline.type) {
      merged[merged.length - 1] = { type: inline.type, children: merge([...last.children, ...inline.children]) };
    } else merged.push(inline);
  }
  return merged.flatMap((inline, index): Inline[] => {
    if (inline.type !== 'text') return [inline];
    let { value } = inline;
    if (merged[index - 1]?.type === 'break') value = value.replace(/^ /, '');
    if (merged[index + 1]?.type === 'break') value = value.replace(/ $/, '');
    return value === '' ? [] : [{ type: 'text', value }];
  });
}

/** No space and no break at the ends. */
function trimEdges(inlines: readonly Inline[]): Inline[] {
  const trimmed = inlines.flatMap((inline, index): Inline[] => {
    if (inline.type !== 'text') return [inline];
    let { value } = inline;
    if (index === 0) value = value.replace(/^ /, '');
    if (index === inlines.length - 1) value = value.replace(/ $/, '');
    return value === '' ? [] : [{ type: 'text', value }];
  });
  while (trimmed[0]?.type === 'break') trimmed.shift();
  while (trimmed.at(-1)?.type === 'break') trimmed.pop();
  return trimmed;
}

/** The letters of inline content without its marks. */
export const plainText = (inlines: readonly Inline[]): string =>
  inlines
    .map((inline) => {
      if (inline.type === 'text') return inline.value;
      if (inline.type === 'break') return ' ';
      return 'children' in inline ? plainText(inline.children) : '';
    })
    .join('');
