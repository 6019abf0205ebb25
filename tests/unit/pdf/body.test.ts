import { describe, expect, it } from 'vitest';
import { voiceOf } from '../../../lib/pdf/layout/voice.ts';
import type { Block } from '../../../lib/text/tree.ts';
import { documentText, letterDocument, paragraph, text } from '../../support/letter-documents.ts';
import { readWith, renderToBytes, textOf, wordsOf } from '../../support/pdf.ts';
import { hasTool } from '../../support/tools.ts';

const letter = (...blocks: Block[]) => letterDocument({ texts: [documentText({ body: { blocks, footnotes: [] } })] });

const nested = (levels: number, itemAt: (level: number) => Block[], level = 1): Block => ({
  type: 'list',
  ordered: level % 3 === 0,
  start: 1,
  tight: true,
  items: [[...itemAt(level), ...(level < levels ? [nested(levels, itemAt, level + 1)] : [paragraph('innermost')])]],
});

describe.skipIf(!hasTool('pdftotext'))('a list in lists', () => {
  it('keeps its words whole and inside the margins, forty deep', async () => {
    const says = (level: number) =>
      paragraph(`Level${level} of a list whose considerable words need more than one line, each of them whole`);
    const { bytes } = await renderToBytes(letter(nested(40, (level) => [says(level)])));
    const words = wordsOf(bytes);
    for (const { word, left, right } of words) {
      expect(left, word).toBeGreaterThanOrEqual(77.5);
      expect(right, word).toBeLessThanOrEqual(595.28 - 77.5);
    }
    expect(words.filter(({ word }) => word === 'considerable').length).toBe(40);
    const lefts = words.filter(({ word }) => /^Level\d/.test(word)).map(({ left }) => left);
    for (const [index, left] of lefts.entries()) expect(left).toBeGreaterThanOrEqual((lefts[index - 1] ?? 0) - 0.01);
  });

  it('prints no label upon another where items begin with lists', async () => {
    const { bytes } = await renderToBytes(letter(nested(24, () => [])));
    const labels = wordsOf(bytes).filter(({ word }) => /^(?:[•–·]|1\.)$/.test(word));
    expect(new Set(labels.map(({ left, top }) => `${Math.round(left)} ${Math.round(top)}`)).size).toBe(24);
    expect(labels.length).toBe(24);
    expect(textOf(bytes)).toContain('innermost');
  });

  it('of quotations keeps a column to read', async () => {
    let quote = paragraph('Considerable words of a quotation in a quotation, each of them whole, on few lines.');
    for (let level = 0; level < 40; level++) quote = { type: 'quote', children: [quote] };
    const { bytes } = await renderToBytes(letter(quote));
    expect(textOf(bytes)).toContain('Considerable words of a quotation');
  });
});

describe('emphasis', () => {
  it('is bold where a script has no italics', () => {
    expect(voiceOf('en').slants('one word, 23')).toBe(true);
    expect(voiceOf('ru').slants('слово')).toBe(true);
    for (const [language, word] of [
      ['fa', 'چهار بار'],
      ['ar', 'مغلق'],
      ['he', 'סגור'],
      ['th', 'ปิด'],
      ['hi', 'बंद'],
      ['zh-Hans', '开放'],
      ['ja', 'してください'],
      ['ko', '오랫동안'],
      ['en', 'the word סגור'],
      ['fa', '23'],
    ] as const)
      expect(voiceOf(language).slants(word), language).toBe(false);
    expect(voiceOf('fa').slants('Ministry of Water')).toBe(true);
  });

  it.skipIf(!hasTool('qpdf'))('reaches the page', async () => {
    const emphasised = (word: string): Block => paragraph('Word ', { type: 'emphasis', children: [text(word)] });
    const fonts = (bytes: Buffer) => readWith('qpdf', bytes, ['--qdf', '--object-streams=disable', 'FILE', '-']);
    expect(fonts((await renderToBytes(letter(emphasised('סגור')))).bytes)).toContain('NotoSerifHebrew-Bold');
    expect(fonts((await renderToBytes(letter(emphasised('word')))).bytes)).toContain('NotoSerif-Italic');
  });
});
