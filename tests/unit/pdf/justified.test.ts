import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultAssets } from '../../../lib/pdf/assets.ts';
import { homeFamily, SERIF, VAZIRMATN } from '../../../lib/pdf/text/families.ts';
import { type Line, PLAIN } from '../../../lib/pdf/text/line.ts';
import { layOutParagraph } from '../../../lib/pdf/text/paragraph.ts';
import { Typesetter } from '../../../lib/pdf/text/typesetter.ts';
import type { Block } from '../../../lib/text/tree.ts';
import { documentText, letterDocument, paragraph, text } from '../../support/letter-documents.ts';
import { renderToBytes, wordsOf } from '../../support/pdf.ts';
import { runs } from '../../support/property.ts';
import { hasTool } from '../../support/tools.ts';

const typesetter = new Typesetter(defaultAssets().fonts);
const LATIN = { style: 'regular', base: SERIF, han: 'SC', language: 'en' } as const;
const PERSIAN = { style: 'regular', base: VAZIRMATN, han: 'SC', language: 'fa' } as const;
const CHINESE = { style: 'regular', base: homeFamily('Hani', 'SC') ?? SERIF, han: 'SC', language: 'zh-Hans' } as const;
const SIZE = 10;

const layOut = (words: string, width: number, setting: typeof LATIN | typeof PERSIAN | typeof CHINESE, justified: boolean): Line[] =>
  layOutParagraph(typesetter, {
    spans: [{ text: words, setting, look: PLAIN }],
    size: SIZE,
    width,
    direction: setting === PERSIAN ? 'rtl' : 'ltr',
    justified,
  });

const spaceOf = (setting: typeof LATIN | typeof PERSIAN | typeof CHINESE): number => typesetter.space(setting).advance;
/** A space wider than a usual one is the same glyph with more room behind it. */
const glyphsOf = ({ runs }: Line) => runs.map(({ shown }) => shown?.replace(/^(.*)\)-\d+\($/s, '$1'));

const latin = fc.array(fc.stringMatching(/^[a-z]{1,14}$/), { minLength: 20, maxLength: 60 });
const persian = fc.array(fc.constantFrom('رودخانه', 'بایگانی', 'و', 'همه', 'گزارش‌ها', 'سد', 'Riverton', '۱۹۹۸'), {
  minLength: 20,
  maxLength: 60,
});

describe('a justified paragraph', () => {
  it.each([
    { name: 'left to right', words: latin, setting: LATIN },
    { name: 'right to left', words: persian, setting: PERSIAN },
  ])('has the lines of a ragged one, as wide as their column or with usual spaces, $name', ({ words, setting }) => {
    let filled = 0;
    fc.assert(
      fc.property(words, fc.integer({ min: 90, max: 400 }), (given, width) => {
        const ragged = layOut(given.join(' '), width, setting, false);
        const lines = layOut(given.join(' '), width, setting, true);
        expect(lines.map(glyphsOf)).toEqual(ragged.map(glyphsOf));
        for (const [index, line] of lines.entries()) {
          const before = ragged[index];
          if (before === undefined) throw new Error('as many lines');
          if (index === lines.length - 1) expect(line.width).toBeCloseTo(before.width, 6);
          if (Math.abs(line.width - before.width) < 1e-6) continue;
          filled++;
          expect(line.width).toBeCloseTo(width, 2);
          // What the glyphs take is what the line says.
          const advance = line.runs.reduce((sum, run) => sum + run.advance, 0);
          expect(Math.abs((advance * SIZE) / 1000 - width)).toBeLessThan(0.01);
          for (const [at, run] of line.runs.entries()) {
            const usual = before.runs[at]?.advance ?? 0;
            if (run.advance !== usual) expect(run.advance / spaceOf(setting)).toBeLessThanOrEqual(1.6 + 0.01);
          }
        }
      }),
      { numRuns: runs(60), endOnFailure: true },
    );
    expect(filled).toBeGreaterThan(20);
  });

  it('stays ragged where a line has no blank, and where it ends by itself', () => {
    const chinese = layOut('我们要求开放档案因为每个人都住在河边我们要求开放档案', 95, CHINESE, true);
    expect(chinese.length).toBeGreaterThan(1);
    for (const { width } of chinese) expect(width).toBeLessThanOrEqual(95);
    const [natural] = layOut('Quay Street one', 400, LATIN, false);
    const [first] = layOut('Quay Street one\nRiverton', (natural?.width ?? 0) + 2, LATIN, true);
    expect(first?.width).toBeCloseTo(natural?.width ?? 0, 6);
  });
});

describe.skipIf(!hasTool('pdftotext'))('a justified letter', () => {
  const words = (mark: string) => Array.from({ length: 60 }, (_, index) => `${mark}${'x'.repeat((index * 5) % 7)}`).join(' ');
  const blocks: Block[] = [
    paragraph(words('p')),
    { type: 'heading', level: 2, children: [text(words('h'))] },
    { type: 'quote', children: [paragraph(words('q'))] },
    { type: 'table', alignments: [], header: [[text('Year')]], rows: [[[text(words('c'))]]] },
  ];
  const body = { blocks, footnotes: [] };

  it('has straight edges in its paragraphs alone, and says the same', async () => {
    const edges = async (justified: boolean) => {
      const { bytes } = await renderToBytes(letterDocument({ justified, texts: [documentText({ body, closing: words('z') })] }));
      const placed = wordsOf(bytes);
      const ends = (mark: string) => {
        const own = placed.filter(({ word }) => word.startsWith(mark) && /^.x*$/.test(word));
        return [...Map.groupBy(own, ({ top }) => Math.round(top)).values()]
          .map((line) => Math.max(...line.map(({ right }) => right)))
          .slice(0, -1);
      };
      return { words: placed.map(({ word }) => word), p: ends('p'), q: ends('q'), h: ends('h'), c: ends('c'), z: ends('z') };
    };
    const ragged = await edges(false);
    const justified = await edges(true);
    expect(justified.words).toEqual(ragged.words);
    for (const mark of ['h', 'c', 'z'] as const) expect(justified[mark]).toEqual(ragged[mark]);
    for (const [mark, edge] of [
      ['p', 595.28 - 78],
      ['q', 595.28 - 78 - 20],
    ] as const) {
      expect(justified[mark].length).toBeGreaterThan(2);
      for (const right of justified[mark]) expect(Math.abs(right - edge)).toBeLessThan(0.3);
      expect(Math.max(...ragged[mark].map((right) => Math.abs(right - edge)))).toBeGreaterThan(3);
    }
  });

  it('is ragged where nothing is said', async () => {
    const said = await renderToBytes(letterDocument({ justified: false, texts: [documentText({ body })] }));
    expect((await renderToBytes(letterDocument({ texts: [documentText({ body })] }))).sha256).toBe(said.sha256);
  });
});
