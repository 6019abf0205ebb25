import fc from 'fast-check';
import type { Block, Body, Inline } from '../../lib/text/tree.ts';

/** Letters of several scripts and every character that Markdown could take for a mark. */
const word = fc.oneof(
  fc.constantFrom(
    'a',
    'bc',
    'été',
    'نامه',
    '我們',
    'の',
    'שלום',
    '12',
    '1.',
    '-',
    '+',
    '#',
    '>',
    '|',
    '(',
    ')',
    '«',
    '」',
    '!',
    ':',
    '&amp;',
    '&',
    '~~~',
    '===',
  ),
  fc.string({ unit: fc.constantFrom(...'ab \\`*_[]<>^&|#-+!:;.,()~="\'/1\u00A0'), maxLength: 6 }),
);
const value = fc.array(word, { minLength: 1, maxLength: 5 }).chain((words) => fc.constantFrom(words.join(' '), words.join('')));
const text = value.map((value): Inline => ({ type: 'text', value }));
const url = fc.constantFrom(
  'https://example.org/',
  'https://example.org/a_b%28c%29?x=1&lt;=2#d%2Ae',
  'mailto:desk@example.org',
  'http://example.org/%5E%7C&amp;',
);

const { inline } = fc.letrec<{ inline: Inline }>((tie) => ({
  inline: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    text,
    fc.constant<Inline>({ type: 'break' }),
    value.map((value): Inline => ({ type: 'superscript', children: [{ type: 'text', value: value.slice(0, 5) }] })),
    fc.record({ type: fc.constantFrom('emphasis' as const, 'strong' as const), children: fc.array(tie('inline'), { maxLength: 4 }) }),
    fc.record({ type: fc.constant('link' as const), url, children: fc.array(tie('inline'), { maxLength: 3 }) }),
  ),
}));
const inlines = fc.array(inline, { maxLength: 6 });

const { block } = fc.letrec<{ block: Block }>((tie) => ({
  block: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    inlines.map((children): Block => ({ type: 'paragraph', children })),
    fc.constant<Block>({ type: 'rule' }),
    fc.record({ type: fc.constant('heading' as const), level: fc.constantFrom(1 as const, 2 as const, 6 as const), children: inlines }),
    fc.record({
      type: fc.constant('table' as const),
      alignments: fc.array(fc.constantFrom('start' as const, 'centre' as const, 'end' as const), { maxLength: 3 }),
      header: fc.array(inlines, { minLength: 1, maxLength: 3 }),
      rows: fc.array(fc.array(inlines, { maxLength: 3 }), { maxLength: 3 }),
    }),
    fc.record({ type: fc.constant('quote' as const), children: fc.array(tie('block'), { maxLength: 3 }) }),
    fc.record({
      type: fc.constant('list' as const),
      ordered: fc.boolean(),
      start: fc.constantFrom(0, 1, 2, 9, 99),
      tight: fc.boolean(),
      items: fc.array(fc.array(tie('block'), { maxLength: 3 }), { maxLength: 4 }),
    }),
  ),
}));

/** Any body a tree can hold, in normal form or not. */
export const bodies: fc.Arbitrary<Body> = fc.array(block, { maxLength: 5 }).map((blocks) => ({ blocks, footnotes: [] }));

/** Bodies with two footnotes, referred to in order at the start and at the end. */
export const bodiesWithFootnotes: fc.Arbitrary<Body> = fc
  .tuple(bodies, fc.array(block, { maxLength: 2 }), inlines)
  .map(([body, first, second]) => {
    const paragraph = (children: readonly Inline[]): Block => ({ type: 'paragraph', children });
    return {
      blocks: [
        paragraph([{ type: 'text', value: 'see' }, { type: 'footnote-reference', number: 1 }, ...second]),
        ...body.blocks,
        paragraph([
          { type: 'footnote-reference', number: 2 },
          { type: 'text', value: ': so' },
        ]),
      ],
      footnotes: [
        { number: 1, blocks: [paragraph([{ type: 'text', value: 'one' }]), ...first] },
        { number: 2, blocks: [paragraph([{ type: 'text', value: 'two' }, ...second])] },
      ],
    };
  });

/** Small words in deep nests: the lists, quotes, tables and empty blocks in each other that `bodies` is too wordy to reach. */
const { nested } = fc.letrec<{ nested: Block }>((tie) => ({
  nested: fc.oneof(
    { maxDepth: 6, withCrossShrink: true },
    {
      weight: 3,
      arbitrary: fc.constantFrom<Block>(...['a', ''].map((value): Block => ({ type: 'paragraph', children: [{ type: 'text', value }] }))),
    },
    {
      weight: 2,
      arbitrary: fc.constantFrom<Block>(
        { type: 'rule' },
        { type: 'heading', level: 2, children: [{ type: 'text', value: 'h' }] },
        { type: 'heading', level: 2, children: [] },
        { type: 'table', alignments: [], header: [[]], rows: [] },
        { type: 'table', alignments: [], header: [[{ type: 'text', value: 't' }]], rows: [[]] },
      ),
    },
    { weight: 2, arbitrary: fc.record({ type: fc.constant('quote' as const), children: fc.array(tie('nested'), { maxLength: 3 }) }) },
    {
      weight: 6,
      arbitrary: fc.record({
        type: fc.constant('list' as const),
        ordered: fc.boolean(),
        start: fc.constantFrom(0, 1, 9, 999_999_998),
        tight: fc.boolean(),
        items: fc.array(fc.array(tie('nested'), { maxLength: 3 }), { maxLength: 3 }),
      }),
    },
  ),
}));
export const nestedBodies: fc.Arbitrary<Body> = fc.array(nested, { maxLength: 3 }).map((blocks) => ({ blocks, footnotes: [] }));

/** Lines made of what begins a block, so that typed lists, quotes and tables meet with empty lines and underlines at every depth. */
export const markdownLines: fc.Arbitrary<string> = fc
  .array(
    fc
      .tuple(
        fc.array(fc.constantFrom('- ', '* ', '1. ', '2) ', '> ', '>', '  ', '   ', '    ', '-', '1.', '[^1]: '), { maxLength: 5 }),
        fc.constantFrom('', '', 'a', 'b', '# h', '#', '===', '---', '| t |', '| --- |', '|  |', 'x[^1]', '\\', ' '),
      )
      .map(([marks, content]) => marks.join('') + content),
    { maxLength: 9 },
  )
  .map((lines) => lines.join('\n'));

/** Strings made of what Markdown, HTML and Unicode care about. */
export const markdownStrings: fc.Arbitrary<string> = fc
  .array(
    fc.oneof(
      fc.constantFrom(
        ...[
          '\n',
          '\n\n',
          ' ',
          '    ',
          '- ',
          '1. ',
          '2) ',
          '> ',
          '# ',
          '**',
          '*',
          '_',
          '__',
          '^',
          '[',
          ']',
          '](https://example.org)',
          '[^1]',
          '\n\n[^1]: ',
          '|',
          '\n| --- | --- |\n',
        ],
        ...[
          '\\',
          '`',
          '```',
          '---',
          '===',
          '<b>',
          '&amp;',
          '&#x2A;',
          '&nbsp;',
          '!',
          'word',
          'نامه',
          '我',
          '。',
          'é',
          'e\u0301',
          '\u00A0',
          '\t',
          '\r\n',
          '~~~',
          ':-:',
          '***',
        ],
      ),
      fc.string({ unit: 'grapheme', maxLength: 4 }),
    ),
    { maxLength: 30 },
  )
  .map((parts) => parts.join(''));
