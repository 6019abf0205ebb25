import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { defaultAssets } from '../../../../lib/pdf/assets.ts';
import { homeFamily, SERIF, VAZIRMATN } from '../../../../lib/pdf/text/families.ts';
import { type Line, PLAIN } from '../../../../lib/pdf/text/line.ts';
import { layOutParagraph } from '../../../../lib/pdf/text/paragraph.ts';
import { Typesetter } from '../../../../lib/pdf/text/typesetter.ts';
import { runs } from '../../../support/property.ts';

const typesetter = new Typesetter(defaultAssets().fonts);
const LATIN = { style: 'regular', base: SERIF, han: 'SC', language: 'en' } as const;
const PERSIAN = { style: 'regular', base: VAZIRMATN, han: 'SC', language: 'fa' } as const;

const layOut = (text: string, width: number, setting: typeof LATIN | typeof PERSIAN = LATIN, direction: 'ltr' | 'rtl' | 'auto' = 'auto') =>
  layOutParagraph(typesetter, { spans: [{ text, setting, look: PLAIN }], size: 10, width, direction });

/** The text of a line's glyphs from left to right, as its font's map of texts has it. */
function seen(line: Line): string {
  return line.runs
    .map((run) => {
      if (run.actualText !== null) return Buffer.from(run.actualText, 'hex').swap16().toString('utf16le');
      const bytes = [...(run.shown ?? '').replace(/\)-?\d+\(/g, '')]
        .join('')
        .replace(/\\([()\\])|\\r|\\n/g, (whole, character: string | undefined) => character ?? (whole === '\\r' ? '\r' : '\n'));
      let text = '';
      for (let index = 0; index < bytes.length; index += 2)
        text += run.face.texts[bytes.charCodeAt(index) * 256 + bytes.charCodeAt(index + 1)] ?? '';
      return text;
    })
    .join('');
}

const word = fc.stringMatching(/^[a-zA-Zàéßøłžα-ωа-я0-9'.,]{1,12}$/);

describe('lines of a paragraph', () => {
  it('hold every letter once, in order, and are no wider than their column', () => {
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 40 }), fc.integer({ min: 40, max: 400 }), (words, width) => {
        const text = words.join(' ');
        const lines = layOut(text, width, LATIN, 'ltr');
        expect(lines.map(seen).join('').replaceAll(' ', '')).toBe(text.replaceAll(' ', ''));
        for (const line of lines) expect(line.width).toBeLessThanOrEqual(width + 0.01);
      }),
      { numRuns: runs(60) },
    );
  });

  it('tear apart only a word that is wider than its column', () => {
    const lines = layOut('see supercalifragilisticexpialidocious there', 60);
    expect(lines.length).toBeGreaterThan(2);
    expect(lines.map(seen).join('').replaceAll(' ', '')).toBe('seesupercalifragilisticexpialidociousthere');
    for (const line of lines) expect(line.width).toBeLessThanOrEqual(60.01);
  });

  it('break after hyphens, between words of Thai, and between Han characters, not before closing punctuation', () => {
    expect(layOut('multi-stakeholder', 60).map(seen)).toEqual(['multi-', 'stakeholder']);
    expect(layOut('สวัสดีชาวโลก', 40).map(seen)).toEqual(['สวัสดีชาว', 'โลก']);
    expect(layOut('ទន្លេសាបកម្ពុជា', 40).map(seen)).toEqual(['ទន្លេសាប', 'កម្ពុជា']);
    expect(layOut('ແມ່ຍິງລາວແມ່ນ້ຳຂອງ', 50).map(seen)).toEqual(['ແມ່ຍິງລາວ', 'ແມ່ນ້ຳຂອງ']);
    expect(layOut('မြန်မာနိုင်ငံရေအရင်းအမြစ်', 80).map(seen)).toEqual(['မြန်မာနိုင်ငံရေ', 'အရင်းအမြစ်']);
    for (const line of layOut('河水明亮，山石安静。河水明亮，山石安静。', 52).map(seen)) expect(line).not.toMatch(/^[，。]/);
  });

  it('end after the syllables of Tibetan, never between letters that stand above one another', () => {
    expect(layOut('བསྒྲུབས་སྒྲོལ་མའི་འགྱུར', 50).map(seen)).toEqual(['བསྒྲུབས་སྒྲོལ་', 'མའི་འགྱུར']);
    for (const text of ['ស្រីកុលធីតាហ៊ុំ'.repeat(3), 'သိန္ဓီကြွယ်ဝင်း'.repeat(3), 'ၸဝ်ႈၶုၼ်ႁၢၼ်ၶမ်း'.repeat(3), 'ᨠᩕᩣ᩠ᨿ'.repeat(5), 'ꦥꦩꦸꦭꦔꦤ꧀ꦧꦔꦮꦤ꧀'.repeat(2)]) {
      const lines = layOut(text, 30).map(seen);
      expect(lines.join('')).toBe(text);
      expect(lines.length).toBeGreaterThan(2);
      for (const line of lines) {
        expect(line).not.toMatch(/^(?:\p{M}|\p{L}\u1037?[\u103a\ua9c0])/u);
        expect(line).not.toMatch(/[\u1039\u17d2\u1a60]$/);
      }
    }
  });

  it('write a blank at their end only where the text has one', () => {
    const blanks = (text: string, width: number) => layOut(text, width).map((line) => line.space !== null);
    expect(blanks('see the river', 30)).toEqual([true, true, false]);
    expect(blanks('multi-stakeholder', 60)).toEqual([false, false]);
    expect(blanks('สวัสดีชาวโลก', 40)).toEqual([false, false]);
    expect(blanks('河水明亮山石安静', 45)).toEqual([false, false]);
    expect(blanks('see supercalifragilistic', 60).slice(0, 2)).toEqual([true, false]);
  });

  it('keep a hard break', () => {
    expect(layOut('Yours,\nEwa', 300).map(seen)).toEqual(['Yours,', 'Ewa']);
  });

  it('stand in visual order, with numbers and Latin words inside Persian read from the left', () => {
    const [line] = layOut('سال 1398 (River Watch) بود', 400, PERSIAN, 'rtl');
    expect(line && seen(line)).toBe('دوب )River Watch( 1398 لاس');
  });

  it('take the direction of their first letter where it is left to them', () => {
    const [name] = layOut('نرگس Aldermoor', 400, LATIN, 'auto');
    expect(name && seen(name)).toBe('Aldermoor سگرن');
    const [other] = layOut('Aldermoor نرگس', 400, LATIN, 'auto');
    expect(other && seen(other)).toBe('Aldermoor سگرن');
  });

  it('run from right to left in the scripts whose letters take two units, too', () => {
    for (const name of ['𞤀𞤥𞤢𞤣𞤵', '𐴌𐴗𐴥𐴝𐴙', '𐺀𐺁', '𞠀𞠁', 'ߒߞߏ']) {
      const [line] = layOut(`${name} Oslo 12`, 400, LATIN, 'auto');
      expect(line && seen(line), name).toBe(`Oslo 12 ${name}`);
    }
  });

  it('keep isolated ranges to themselves, in either direction, wherever they break', () => {
    const parts = ['نرگس 12', 'Oslo', 'Unit 7', 'چشمه (ACR)'];
    const set = (direction: 'ltr' | 'rtl', width: number) => {
      let at = 0;
      const isolates = parts.map((part) => {
        const start = at;
        at += part.length + 2;
        return [start, start + part.length] as const;
      });
      return layOutParagraph(typesetter, {
        spans: [{ text: parts.join(', '), setting: LATIN, look: PLAIN }],
        size: 10,
        width,
        direction,
        isolates,
      }).map((line) => seen(line).trimEnd());
    };
    expect(set('ltr', 400)).toEqual(['12 سگرن, Oslo, Unit 7, )ACR( همشچ']);
    expect(set('rtl', 400)).toEqual([')ACR( همشچ ,Unit 7 ,Oslo ,12 سگرن']);
    expect(set('rtl', 70)).toEqual([',Oslo ,12 سگرن', 'همشچ ,Unit 7', ')ACR(']);
  });
});

describe('fonts', () => {
  it('are chosen by what they cover: a rare Arabic letter and a rare Han character find one', () => {
    const before = typesetter.missing.size;
    const faces = (text: string) => [...new Set(layOut(text, 500).flatMap((line) => line.runs.map((run) => run.face.name)))];
    expect(faces('چشمه')).toEqual(['Vazirmatn-Regular']);
    expect(faces('ݐ')).toEqual(['NotoNaskhArabic-Regular']);
    expect(faces('𠮷')).toHaveLength(1);
    expect(faces('→')).toEqual(['NotoSansMath-Regular']);
    expect(typesetter.missing.size).toBe(before);
  });

  it('of Han characters follow the language', () => {
    const face = (han: 'SC' | 'TC' | 'JP' | 'KR') =>
      layOutParagraph(typesetter, {
        spans: [{ text: '直', setting: { ...LATIN, han }, look: PLAIN }],
        size: 10,
        width: 100,
        direction: 'auto',
      })[0]?.runs[0]?.face.name;
    expect([face('SC'), face('TC'), face('JP'), face('KR')]).toEqual([
      'NotoSansSC-Regular',
      'NotoSansTC-Regular',
      'NotoSansJP-Regular',
      'NotoSansKR-Regular',
    ]);
  });

  it('keep punctuation and digits in the font of their word', () => {
    expect(layOut('چشمه۱۲،', 500, PERSIAN)[0]?.runs.map((run) => run.face.name)).toEqual(expect.arrayContaining(['Vazirmatn-Regular']));
    expect(new Set(layOut('چشمه (۱۲)،', 500, PERSIAN).flatMap((line) => line.runs.map((run) => run.face.name))).size).toBe(1);
  });
});

describe('the mark of a note', () => {
  const MARK = { scale: 0.66, rise: 0.34, segment: 1, attached: true } as const;
  const CHINESE = { style: 'regular', base: homeFamily('Hani', 'SC') ?? SERIF, han: 'SC', language: 'zh-Hans' } as const;
  const marked = (before: string, mark: string, after: string, setting: typeof PERSIAN | typeof CHINESE, width: number) =>
    layOutParagraph(typesetter, {
      spans: [
        { text: before, setting, look: PLAIN },
        { text: mark, setting, look: MARK },
        { text: after, setting, look: PLAIN },
      ],
      size: 10,
      width,
      direction: setting === PERSIAN ? 'rtl' : 'ltr',
    });

  it('never begins a line', () => {
    for (let width = 60; width < 160; width += 5) {
      const lines = marked('我们要求开放档案！', '12', '因为每个人都住在河边。', CHINESE, width);
      expect(lines.map(seen).join('')).toBe('我们要求开放档案！12因为每个人都住在河边。');
      for (const line of lines) expect(line.looks?.[0], String(width)).not.toBe(MARK);
    }
  });

  it('stands behind a number right to left, and is no digit of it', () => {
    const [line] = marked('سال ۱۹۹۸', '۱۲', ' بود', PERSIAN, 400);
    const looks = line?.looks ?? [];
    const at = looks.indexOf(MARK);
    expect(line === undefined ? '' : seen({ ...line, runs: line.runs.slice(at) })).toMatch(/^۱۲۱۹۹۸/);
  });
});
