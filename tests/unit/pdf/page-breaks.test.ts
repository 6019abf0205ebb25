import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Block } from '../../../lib/text/tree.ts';
import { documentText, entry, letterDocument, paragraph, section, text } from '../../support/letter-documents.ts';
import { renderToBytes, wordsOf } from '../../support/pdf.ts';
import { runs, runTime } from '../../support/property.ts';
import { hasTool } from '../../support/tools.ts';

/** Words that say which paragraph and which word they are, so that lines can be told apart when read back. */
const numbered = (mark: string, words: number): string => Array.from({ length: words }, (_, index) => `${mark}w${index}`).join(' ');

describe.skipIf(!hasTool('pdftotext'))('page breaks', () => {
  it('leave no line of a paragraph alone, and no heading at the foot of a page', { timeout: runTime(120_000) }, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 90 }), { minLength: 12, maxLength: 40 }),
        fc.constantFrom('a4' as const, 'letter' as const),
        async (lengths, page) => {
          const blocks = lengths.flatMap((words, index): Block[] => [
            ...(index % 4 === 0 ? [{ type: 'heading' as const, level: 2 as const, children: [text(`h${index}w0`)] }] : []),
            paragraph(numbered(`p${index}`, words)),
          ]);
          const { bytes } = await renderToBytes(letterDocument({ texts: [documentText({ body: { blocks, footnotes: [] } })] }), { page });
          const lines = new Map<string, { readonly page: number; readonly top: number }[]>();
          for (const { word, page: number, top } of wordsOf(bytes)) {
            const mark = /^([ph]\d+)w\d+$/.exec(word)?.[1];
            if (mark === undefined) continue;
            const known = lines.get(mark) ?? [];
            if (!known.some((line) => line.page === number && Math.abs(line.top - top) < 3)) known.push({ page: number, top });
            lines.set(mark, known);
          }
          expect(lines.size).toBeGreaterThanOrEqual(lengths.length);
          for (const [mark, found] of lines) {
            const perPage = Map.groupBy(found, (line) => line.page);
            if (found.length > 1) for (const onPage of perPage.values()) expect(onPage.length, mark).toBeGreaterThanOrEqual(2);
            const next = mark.startsWith('h') ? lines.get(mark.replace('h', 'p')) : undefined;
            if (next !== undefined) expect(next[0]?.page, mark).toBe(found[0]?.page);
          }
        },
      ),
      { numRuns: runs(8) },
    );
  });

  it('never divide an entry, nor leave a heading of the block alone', { timeout: runTime(120_000) }, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.integer({ min: 1, max: 60 }),
        fc.integer({ min: 1, max: 120 }),
        fc.constantFrom(1 as const, 2 as const, 3 as const),
        async (before, people, columns) => {
          const entries = Array.from({ length: people }, (_, index) =>
            entry(`e${index}lead`, ...Array.from({ length: index % 4 }, (_unused, line) => `e${index}detail${line}`)),
          );
          const body = { blocks: Array.from({ length: before }, (_, index) => paragraph(numbered(`p${index}`, 12))), footnotes: [] };
          const { bytes } = await renderToBytes(
            letterDocument({ texts: [documentText({ body })], sections: [section(entries, { columns, heading: 'Blockheading' })] }),
          );
          const words = wordsOf(bytes);
          const pageOf = new Map<string, Set<number>>();
          const columnsOf = new Map<string, Set<number>>();
          for (const { word, page, left } of words) {
            const mark = /^(e\d+)(lead|detail)/.exec(word)?.[1];
            if (mark === undefined) continue;
            pageOf.set(mark, (pageOf.get(mark) ?? new Set()).add(page));
            columnsOf.set(mark, (columnsOf.get(mark) ?? new Set()).add(Math.round(left)));
          }
          expect(pageOf.size).toBe(people);
          for (const pages of pageOf.values()) expect(pages.size).toBe(1);
          for (const lefts of columnsOf.values()) expect(lefts.size).toBe(1);
          const heading = words.find(({ word }) => word === 'Blockheading');
          expect(pageOf.get('e0')?.has(heading?.page ?? 0)).toBe(true);
        },
      ),
      { numRuns: runs(8) },
    );
  });

  it('leave no heading of the block at the foot of a page, wherever the letter ends', { timeout: 60_000 }, async () => {
    let divided = 0;
    for (let before = 18; before < 34; before++) {
      const body = { blocks: Array.from({ length: before }, (_, index) => paragraph(`p${index}`)), footnotes: [] };
      const entries = Array.from({ length: 3 }, (_, index) => entry(`e${index}lead`, 'detail', 'detail', 'detail'));
      const { bytes } = await renderToBytes(
        letterDocument({ texts: [documentText({ body })], sections: [section(entries, { columns: 1, heading: 'Blockheading' })] }),
      );
      const pageOf = (mark: string) => wordsOf(bytes).find(({ word }) => word === mark)?.page;
      expect(pageOf('e1lead'), String(before)).toBe(pageOf('Blockheading'));
      if (pageOf('Blockheading') !== pageOf(`p${before - 1}`)) divided++;
    }
    expect(divided).toBeGreaterThan(0);
  });

  it('leave no entry alone on the last page of its section', { timeout: 60_000 }, async () => {
    for (const columns of [1, 2] as const) {
      let turned = 0;
      for (let people = 22 * columns; people < 28 * columns; people++) {
        const entries = Array.from({ length: people }, (_, index) => entry(`e${index}lead`, 'detail'));
        const { bytes, pages } = await renderToBytes(letterDocument({ sections: [section(entries, { columns })] }), { blockOnly: true });
        const leads = wordsOf(bytes).filter(({ word }) => word.endsWith('lead'));
        expect(new Set(leads.map(({ word }) => word)).size).toBe(people);
        expect(leads.length).toBe(people);
        if (pages > 1) {
          turned++;
          expect(leads.filter(({ page }) => page === pages).length, String(people)).toBeGreaterThanOrEqual(2);
        }
      }
      expect(turned).toBeGreaterThan(0);
    }
  });

  it('bring the last lines of the body along with a closing, and both with the small print below', { timeout: 60_000 }, async () => {
    let turned = 0;
    for (let before = 20; before < 32; before++) {
      const body = { blocks: Array.from({ length: before }, (_, index) => paragraph(`p${index}`)), footnotes: [] };
      const texts = [documentText({ body, closing: 'Farewell\nclosingname', disclaimer: 'smallprint' })];
      const { bytes } = await renderToBytes(letterDocument({ texts }));
      const pageOf = (mark: string) => wordsOf(bytes).find(({ word }) => word === mark)?.page;
      expect(pageOf('Farewell'), String(before)).toBe(pageOf(`p${before - 1}`));
      expect([pageOf('closingname'), pageOf('smallprint')], String(before)).toEqual([pageOf('Farewell'), pageOf('Farewell')]);
      if (pageOf('p0') !== pageOf('Farewell')) turned++;
    }
    expect(turned).toBeGreaterThan(0);
  });

  it('level the columns of the last page', async () => {
    const entries = Array.from({ length: 31 }, (_, index) => entry(`e${index}lead`, 'detail'));
    const { bytes } = await renderToBytes(letterDocument({ sections: [section(entries, { columns: 3 })] }));
    const perColumn = Map.groupBy(
      wordsOf(bytes).filter(({ word }) => word.endsWith('lead')),
      ({ left }) => Math.round(left),
    );
    expect([...perColumn.values()].map((words) => words.length)).toEqual([11, 11, 9]);
  });
});
