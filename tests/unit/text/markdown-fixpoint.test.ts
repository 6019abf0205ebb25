import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseMarkdown } from '../../../lib/text/markdown.ts';
import { normaliseBody } from '../../../lib/text/normal-form.ts';
import { serialise } from '../../../lib/text/serialise.ts';
import type { Block, Body } from '../../../lib/text/tree.ts';
import { runs } from '../../support/property.ts';
import { bodies, bodiesWithFootnotes, markdownLines, markdownStrings, nestedBodies } from '../../support/trees.ts';

describe('serialise', () => {
  it('writes any tree so that it parses to its normal form', () => {
    fc.assert(
      fc.property(bodies, (body) => {
        expect(parseMarkdown(serialise(body))).toEqual({ ok: true, value: normaliseBody(body) });
      }),
      { numRuns: runs(1500) },
    );
  });

  it('writes lists, quotes and tables in each other so that they parse to their normal form', () => {
    fc.assert(
      fc.property(nestedBodies, (body) => {
        expect(parseMarkdown(serialise(body))).toEqual({ ok: true, value: normaliseBody(body) });
      }),
      { numRuns: runs(1500) },
    );
  });

  it('sets off a list whose first line begins with a number that no paragraph may be followed by', () => {
    const paragraph = (value: string): Block => ({ type: 'paragraph', children: [{ type: 'text', value }] });
    const list = (ordered: boolean, start: number, items: Block[][]): Block => ({ type: 'list', ordered, start, tight: true, items });
    const written = (start: number) =>
      serialise({ blocks: [list(false, 1, [[paragraph('a'), list(false, 1, [[list(true, start, [[paragraph('b')]])]])]])], footnotes: [] });
    expect(written(1)).toBe('- a\n  - 1. b');
    expect(written(2)).toBe('- a\n\n  - 2. b');

    // Found by a long run, seed 1764954119: behind quotes as well.
    const quoted = (start: number): Body => {
      const quote: Block = { type: 'quote', children: [{ type: 'quote', children: [list(true, start, [[paragraph('b')]])] }] };
      return { blocks: [list(false, 1, [[paragraph('a'), list(false, 1, [[quote]])]])], footnotes: [] };
    };
    for (const start of [0, 1, 2]) {
      expect(parseMarkdown(serialise(quoted(start)))).toEqual({ ok: true, value: normaliseBody(quoted(start)) });
    }
  });

  it('keeps footnotes', () => {
    fc.assert(
      fc.property(bodiesWithFootnotes, (body) => {
        expect(parseMarkdown(serialise(body))).toEqual({ ok: true, value: normaliseBody(body) });
      }),
      { numRuns: runs(750) },
    );
  });

  it.each([
    ['whatever anybody types', markdownStrings, 3000],
    ['lines that begin blocks in each other', markdownLines, 3000],
  ])('is a fixpoint on %s', (_, strings, ordinary) => {
    fc.assert(
      fc.property(strings, (typed) => {
        const first = parseMarkdown(typed);
        if (!first.ok) return;
        const written = serialise(first.value);
        expect(parseMarkdown(written)).toEqual(first);
        expect(written.normalize('NFC')).toBe(written);
      }),
      { numRuns: runs(ordinary) },
    );
  });
});
