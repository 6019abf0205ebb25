import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseMarkdown } from '../../../lib/text/markdown.ts';
import { normaliseBody } from '../../../lib/text/normal-form.ts';
import { serialise } from '../../../lib/text/serialise.ts';
import { bodies, bodiesWithFootnotes, markdownStrings } from '../../support/trees.ts';

const RUNS = Number(process.env['PROPERTY_RUNS'] ?? 1500);

describe('serialise', () => {
  it('writes any tree so that it parses to its normal form', () => {
    fc.assert(
      fc.property(bodies, (body) => {
        expect(parseMarkdown(serialise(body))).toEqual({ ok: true, value: normaliseBody(body) });
      }),
      { numRuns: RUNS },
    );
  });

  it('keeps footnotes', () => {
    fc.assert(
      fc.property(bodiesWithFootnotes, (body) => {
        expect(parseMarkdown(serialise(body))).toEqual({ ok: true, value: normaliseBody(body) });
      }),
      { numRuns: RUNS / 2 },
    );
  });

  it('is a fixpoint on whatever anybody types', () => {
    fc.assert(
      fc.property(markdownStrings, (typed) => {
        const first = parseMarkdown(typed);
        if (!first.ok) return;
        const written = serialise(first.value);
        expect(parseMarkdown(written)).toEqual(first);
        expect(written.normalize('NFC')).toBe(written);
      }),
      { numRuns: RUNS * 2 },
    );
  });
});
