import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Block, TableCell } from '../../../lib/text/tree.ts';
import { documentText, letterDocument, paragraph, text } from '../../support/letter-documents.ts';
import { readWith, renderToBytes, textOf, wordsOf } from '../../support/pdf.ts';
import { runs, runTime } from '../../support/property.ts';
import { hasTool } from '../../support/tools.ts';

const MARGIN = { left: 78, right: 595.28 - 78, top: 80, bottom: 841.89 - 76 };

const numbered = (mark: string, words: number): string => Array.from({ length: words }, (_, index) => `${mark}w${index}`).join(' ');
const cell = (value: string): TableCell => [text(value)];

function table(header: readonly string[], rows: readonly (readonly string[])[]): Block {
  return {
    type: 'table',
    alignments: header.map(() => 'start'),
    header: header.map(cell),
    rows: rows.map((cells) => cells.map(cell)),
  };
}

const letter = (...blocks: Block[]) => letterDocument({ texts: [documentText({ body: { blocks, footnotes: [] } })] });

describe.skipIf(!hasTool('pdftotext'))('a table', () => {
  it('has every word once inside the margins, however long its cells are', { timeout: runTime(60_000) }, async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.array(fc.oneof(fc.integer({ min: 1, max: 30 }), fc.integer({ min: 1, max: 1500 })), { minLength: 2, maxLength: 2 }), {
          minLength: 1,
          maxLength: 5,
        }),
        async (lengths) => {
          const rows = lengths.map((row, index) => row.map((words, column) => numbered(`r${index}c${column}`, words)));
          const { bytes } = await renderToBytes(letter(paragraph('Before.'), table(['headone', 'headtwo'], rows), paragraph('After.')));
          const found = wordsOf(bytes).filter(({ word }) => /^r\d+c\d+w\d+$/.test(word));
          expect(found.map(({ word }) => word).toSorted()).toEqual(
            rows
              .flat()
              .flatMap((words) => words.split(' '))
              .toSorted(),
          );
          for (const { word, left, right, top, bottom } of found) {
            expect(left, word).toBeGreaterThanOrEqual(MARGIN.left - 0.5);
            expect(right, word).toBeLessThanOrEqual(MARGIN.right + 0.5);
            expect(top, word).toBeGreaterThanOrEqual(MARGIN.top - 4);
            expect(bottom, word).toBeLessThanOrEqual(MARGIN.bottom + 4);
          }
        },
      ),
      { numRuns: runs(3) },
    );
  });

  it('sets its head again on every page it goes on to, and says it once', async () => {
    const rows = Array.from({ length: 90 }, (_, index) => [`year${index}`, `place${index}`]);
    const { bytes, pages } = await renderToBytes(letter(table(['headone', 'headtwo'], rows)));
    expect(pages).toBeGreaterThan(2);
    const heads = wordsOf(bytes).filter(({ word }) => word === 'headone');
    expect(heads.map(({ page }) => page)).toEqual(Array.from({ length: pages }, (_, index) => index + 1));
    expect(readWith('pdfinfo', bytes, ['-struct-text', 'FILE']).split('headone').length - 1).toBe(1);
  });

  it('leaves neither its last row nor its first alone on a page', { timeout: 60_000 }, async () => {
    let divided = 0;
    for (let before = 20; before < 29; before++) {
      const rows = Array.from({ length: 5 }, (_, index) => [`row${index}`, 'words']);
      const paragraphs = Array.from({ length: before }, (_, index) => paragraph(`p${index}`));
      const { bytes } = await renderToBytes(letter(...paragraphs, table(['headone', 'headtwo'], rows)));
      const words = wordsOf(bytes);
      const pageOf = (mark: string) => words.find(({ word }) => word === mark)?.page;
      expect(pageOf('row4'), String(before)).toBe(pageOf('row3'));
      expect(pageOf('row0'), String(before)).toBe(pageOf('headone'));
      expect(pageOf('row1'), String(before)).toBe(pageOf('row0'));
      if (pageOf('row4') !== pageOf('row0')) divided++;
    }
    expect(divided).toBeGreaterThan(0);
  });

  it('tears no word that has room, beside a cell of many words', async () => {
    const rows = [
      ['1950', 'Riverton', '1.5', numbered('long', 80)],
      ['1951', 'Kaltenbrunn-Oberdorf', '22.75', numbered('long', 3)],
    ];
    const { bytes } = await renderToBytes(letter(table(['Year', 'Place', 'Metres', 'What was found there'], rows)));
    const words = new Set(textOf(bytes).split(/\s+/));
    for (const word of ['Year', 'Place', 'Metres', '1950', 'Riverton', '1.5', '1951', '22.75', 'longw79']) expect(words).toContain(word);
  });

  it('shrinks its type before it tears words, and keeps to the margins where even that is not enough', async () => {
    const header = Array.from({ length: 7 }, (_, index) => `Considerable${index}`);
    const fitting = await renderToBytes(letter(table(header, [header])));
    const words = wordsOf(fitting.bytes).filter(({ word }) => word.startsWith('Considerable'));
    expect(words.length).toBe(14);
    const many = Array.from({ length: 20 }, (_, index) => `Considerable${index}`);
    const { bytes } = await renderToBytes(letter(table(many, [many])));
    for (const { word, left, right } of wordsOf(bytes)) {
      expect(left, word).toBeGreaterThanOrEqual(MARGIN.left - 0.5);
      expect(right, word).toBeLessThanOrEqual(MARGIN.right + 0.5);
    }
  });
});

describe.skipIf(!hasTool('pdftotext'))('a salutation', () => {
  it('never stands at the foot of a page without the letter', { timeout: 60_000 }, async () => {
    let turned = 0;
    for (let copies = 24; copies < 30; copies++) {
      const cc = Array.from({ length: copies }, (_, index) => `Copy ${index}`);
      const body = { blocks: [paragraph(numbered('p', 40))], footnotes: [] };
      const { bytes } = await renderToBytes(letterDocument({ texts: [documentText({ cc, salutation: 'Salutation,', body })] }));
      const words = wordsOf(bytes);
      const pageOf = (mark: string) => words.find(({ word }) => word === mark)?.page;
      expect(pageOf('Salutation,'), String(copies)).toBe(pageOf('pw0'));
      if (pageOf('pw0') === 2) turned++;
    }
    expect(turned).toBeGreaterThan(0);
  });
});
