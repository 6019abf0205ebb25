import { describe, expect, it } from 'vitest';
import { benchSignatories } from '../../bench/signatories.ts';
import { documentText, entry, letterDocument, paragraph, section } from '../../support/letter-documents.ts';
import { readWith, renderToBytes, textOf, wordsOf } from '../../support/pdf.ts';
import { sampled } from '../../support/property.ts';
import { hasTool } from '../../support/tools.ts';

const names = sampled([...benchSignatories(1000)], 4).map(({ name }) => name.normalize('NFC'));
const isArabic = (name: string): boolean => /\p{Script=Arabic}/u.test(name);

describe.skipIf(!hasTool('pdftotext'))('names in fourteen scripts', () => {
  it('are found again by poppler', async () => {
    const { bytes } = await renderToBytes(letterDocument({ sections: [section(names.map((name) => entry(name, 'Riverton')))] }));
    const read = textOf(bytes).normalize('NFC');
    const lost = names.filter((name) => !read.includes(name));
    expect(lost.filter((name) => !isArabic(name))).toEqual([]);
    expect(lost.length).toBeLessThanOrEqual(names.filter(isArabic).length * 0.05);
  });

  it('are found again where family and given name are one character each', async () => {
    const short = ['静 河', '明 石', 'X Y', '丽 林 江'];
    const entries = short.flatMap((name) => [entry(name), entry(name, 'Riverton')]);
    const { bytes } = await renderToBytes(letterDocument({ sections: [section(entries)] }));
    const rows = textOf(bytes).split('\n');
    for (const name of short) expect(rows.filter((row) => row === name)).toHaveLength(2);
  });
});

describe.skipIf(!hasTool('pdftotext'))('letters of which a font makes several glyphs', () => {
  // Sindhi, Urdu, Uyghur, Kashmiri: in the wider of the two Arabic fonts their dots are glyphs of their own.
  it('are found again by poppler, from right to left', async () => {
    const names = ['ٿريائي ڳوٺاڻي', 'ڊاڪٽر ڄام ڀٽي', 'ئابدۇللا قېيۇم', 'ٹیپو گڑھی'];
    const { bytes } = await renderToBytes(letterDocument({ sections: [section(names.map((name) => entry(name)))] }));
    const read = textOf(bytes).normalize('NFC');
    expect(names.filter((name) => !read.includes(name.normalize('NFC')))).toEqual([]);
  });
});

describe.skipIf(!hasTool('pdftotext'))('letters with marks, from right to left', () => {
  const names = [
    ...['צִפּוֹרָה גַּל־עֵזֶר', 'בְּרָכָה שֶׁמֶשׁ', 'מֹשֶׁה בֶּן־דָּוִד', 'יְרוּשָׁלַיִם אֲבִיגַיִל', 'אֱלִישֶׁבַע הָאֲגַם', 'בָּ֣רֶךְ עֹ֖ז', 'ייִדל פֿײגעלע', 'אַבֿרהם כּץ'],
    // Of the two Arabic fonts; the last two have letters of both.
    ...['ٱلْحَسَنُ بْنُ زَيْدٍ ٱلطَّيِّب', 'حَدَّاد مُحَمَّد', 'فاطِمَةُ الزَّهْرَاءِ', 'لَيْلَى بِنْتُ سَعِيدٍ', 'پَریسا نِگارَنده', 'سَلَّام لَا', 'ٿَرِيّا ڳُوٺ', 'ځَلَانْدې ښَاد'],
    ...['ܡܰܪܝܰܡ ܒܰܪܬ', 'ܫܡܘܥܹܝܠ ܓܵܘܪ', 'ޢަލީ ރަންފުޅު', 'އިބްރާހީމް ނާޝިދު'],
  ];

  it.each([
    ['among Latin ones', 60],
    ['alone', 0],
  ])('are found again by poppler: %s', async (_, others) => {
    const latin = Array.from({ length: others }, (_, index) => `Ana Lund the ${index}`);
    const entries = [...latin, ...names].map((name) => entry(name, 'Riverton'));
    const { bytes } = await renderToBytes(letterDocument({ sections: [section(entries)] }));
    const read = textOf(bytes).normalize('NFC');
    expect(names.filter((name) => !read.includes(name.normalize('NFC')))).toEqual([]);
  });
});

/** Of each font, its glyphs' numbers and texts. */
function textMaps(bytes: Buffer) {
  const file = readWith('qpdf', bytes, ['--qdf', '--object-streams=disable', 'FILE', '-']);
  return [...file.matchAll(/endcodespacerange[\s\S]*?endcmap/g)].map(([map]) =>
    [...map.matchAll(/^<([0-9a-f]{4})><([0-9a-f]+)>$/gm)].map(([, cid = '', hex = '']) => ({
      cid: Number.parseInt(cid, 16),
      text: Buffer.from(hex, 'hex').swap16().toString('utf16le'),
    })),
  );
}

describe.skipIf(!hasTool('qpdf'))('every glyph of a font', () => {
  // A reader that knows no replacement texts prints the number of a glyph that has none, and parts a letter from a text with its marks.
  it('has a text, and a Thai one that of its own letter', async () => {
    const thai = ['สมใจ ป่าใหญ่', 'น้ำทิพย์ ศรีสุข'];
    const entries = [...thai, 'अनन्या द्विजेन्द्र', 'কৃষ্ণা চন্দ্রপ্রভা', 'யாழினி பூங்குன்றன்', 'ليان الحدّادي', 'ٿريائي ڳوٺاڻي', 'צִפּוֹרָה שֶׁמֶשׁ'].map((name) =>
      entry(name),
    );
    const { bytes } = await renderToBytes(letterDocument({ sections: [section(entries)] }));
    const maps = textMaps(bytes);
    expect(maps.length).toBeGreaterThan(5);
    for (const rows of maps) expect(rows.map(({ cid }) => cid)).toEqual(rows.map((_, index) => index + 1));
    const texts = maps.flat().filter(({ text }) => /\p{Script=Thai}/u.test(text));
    expect(texts.filter(({ text }) => Array.from(text).length > 1)).toEqual([]);
    expect(new Set(texts.map(({ text }) => text))).toEqual(new Set(thai.join('').replaceAll(' ', '')));
  });

  // pdf.js passes over it: 47 of 94 Persian and Arabic names were found by it, and 94 since a letter brings its joiner along.
  it('stands for more than a joiner', async () => {
    const { bytes } = await renderToBytes(letterDocument({ sections: [section([entry('سپیده چشمه‌سار'), entry('بهار کوهپایه‌ای')])] }));
    const texts = textMaps(bytes).flatMap((rows) => rows.map(({ text }) => text));
    expect(texts).toContain('\u200cه');
    expect(texts).not.toContain('\u200c');
  });
});

describe.skipIf(!hasTool('pdfinfo'))('a text that is broken into lines', () => {
  it('is read whole: no blank where the text has none', async () => {
    const sentence = '档案馆已经关闭了很多年我们请求在下一次洪水之前开放它让所有住在河边的人都能阅读'.repeat(3);
    const { bytes } = await renderToBytes(
      letterDocument({ texts: [documentText({ language: 'zh-Hans', body: { blocks: [paragraph(sentence)], footnotes: [] } })] }),
    );
    const tree = readWith('pdfinfo', bytes, ['-struct-text', 'FILE']);
    expect(tree.replaceAll(/"\s*"|\n/g, '')).toContain(sentence);
  });

  it('is read whole in another direction than its letter: words apart, and the full stop at the end', async () => {
    const sentence =
      'The river archive holds reports of every flood since the dam was built, and whoever lives below it asks to read them.';
    const blocks = [paragraph('این بایگانی بسته است.'), paragraph(sentence)];
    const { bytes } = await renderToBytes(
      letterDocument({
        texts: [documentText({ language: 'fa', headline: 'بایگانی', salutation: 'Dear Minister,', body: { blocks, footnotes: [] } })],
      }),
    );
    const tree = readWith('pdfinfo', bytes, ['-struct-text', 'FILE']).replaceAll(/"\s*"|\n/g, '');
    expect(tree).toContain(sentence);
    expect(tree).toContain('"Dear Minister,"');
    const words = wordsOf(bytes);
    const place = (wanted: string) => words.find(({ word }) => word === wanted)?.left ?? Number.NaN;
    expect(place('them.')).toBeGreaterThan(place('read'));
    // Flush left where it takes several lines; a single line stays at the letter's edge.
    expect(place('The')).toBeLessThan(79);
    expect(place('Dear')).toBeGreaterThan(400);
  });
});
