import { existsSync } from 'node:fs';
import { Blob, Face, Font, Buffer as ShapingBuffer, shape } from 'harfbuzzjs';
import { describe, expect, it } from 'vitest';
import { defaultAssets } from '../../../../lib/pdf/assets.ts';
import { lineRoom } from '../../../../lib/pdf/layout/line-room.ts';
import { voiceOf } from '../../../../lib/pdf/layout/voice.ts';
import { homeFamily } from '../../../../lib/pdf/text/families.ts';
import { readForShaping } from '../../../../lib/pdf/text/font-file.ts';
import { PLAIN } from '../../../../lib/pdf/text/line.ts';
import { layOutParagraph } from '../../../../lib/pdf/text/paragraph.ts';
import { hasRightToLeft, leadingScript, type Script } from '../../../../lib/pdf/text/scripts.ts';
import { Typesetter } from '../../../../lib/pdf/text/typesetter.ts';
import { namesByScript } from '../../../support/names-by-script.ts';
import { placedGlyphs } from '../../../support/placed-glyphs.ts';

const { fonts } = defaultAssets();
const samples = Object.entries(namesByScript) as readonly (readonly [Exclude<Script, 'Zyyy'>, string])[];
const isThere = (base: string, weight: string): boolean => existsSync(new URL(`${base}-${weight}.ttf`, fonts));

describe('the fonts of a script', () => {
  it.each(samples)('have every letter of a name in it, in both weights they have: %s', (script, name) => {
    const family = homeFamily(script, 'SC');
    if (family === null) throw new Error('no family');
    expect(leadingScript(name)).toBe(script);
    expect([isThere(family.base, 'Regular'), isThere(family.base, 'Bold')]).toEqual([true, family.weights !== 'regular']);
    const typesetter = new Typesetter(fonts);
    const settings = voiceOf('en').settingsFor(name);
    for (const style of ['regular', 'bold'] as const) {
      const runs = name.split(' ').flatMap((word) => typesetter.word(settings[style], word, hasRightToLeft(word)).runs);
      expect(new Set(runs.map(({ face }) => face.name))).toEqual(
        new Set([`${family.base}-${style === 'bold' && family.weights !== 'regular' ? 'Bold' : 'Regular'}`]),
      );
      expect(runs.some(({ embolden }) => embolden)).toBe(style === 'bold' && family.weights === 'regular');
    }
    expect([...typesetter.missing]).toEqual([]);
  });

  it('are opened for that script only, and for what no font has not one after the other', () => {
    const typesetter = new Typesetter(fonts);
    const { regular } = voiceOf('en').settingsFor('Zoë');
    const set = (word: string) => void typesetter.word(regular, word, false);
    set('Zoë');
    expect(typesetter.faces.map(({ name }) => name)).toEqual(['NotoSerif-Regular']);
    set('ស្រី');
    expect(typesetter.faces.map(({ name }) => name)).toEqual(['NotoSerif-Regular', 'NotoSerifKhmer-Regular']);
    set('\u{1F600}');
    expect([...typesetter.missing]).toEqual(['U+1F600']);
    expect(typesetter.faces.length).toBeLessThan(20);
  });

  // Composed of several glyphs: a letter and its dots, a letter that a mark stands on.
  const marked = [
    ['Hebr', 'צִפּוֹרָה יְרוּשָׁלַיִם שֶׁמֶשׁ אֱלִישֶׁבַע'],
    ['Arab', 'ٱلْحَسَنُ بْنُ زَيْدٍ ٱلطَّيِّب مُحَمَّد سَلْمَى ٺ ڳ'],
    ['Syrc', 'ܡܰܪܝܰܡ ܫܡܘܥܹܝܠ'],
  ] as const;
  it.each([...samples, ...marked])('are shaped as HarfBuzz does by itself, mark by mark: %s %s', (script, name) => {
    const typesetter = new Typesetter(fonts);
    const setting = voiceOf('en').settingsFor(name).regular;
    for (const text of name.split(' ')) {
      const { runs, advance } = typesetter.word(setting, text, hasRightToLeft(text));
      const [run] = runs;
      if (run === undefined || runs.length > 1) throw new Error('not in one run');
      const face = new Face(new Blob(readForShaping(run.face.url)));
      const buffer = new ShapingBuffer();
      buffer.addText(text);
      buffer.guessSegmentProperties();
      buffer.setLanguage('en');
      shape(new Font(face), buffer);
      const expected: (readonly number[])[] = [];
      let x = 0;
      const positions = buffer.getGlyphPositions();
      for (const [index, { codepoint }] of buffer.getGlyphInfos().entries()) {
        const { xAdvance = 0, xOffset = 0, yOffset = 0 } = positions[index] ?? {};
        expected.push([codepoint, x + (xOffset * 1000) / face.upem, (yOffset * 1000) / face.upem]);
        x += (xAdvance * 1000) / face.upem;
      }
      const shown = placedGlyphs(run);
      expect(shown.map(({ glyph }) => glyph)).toEqual(expected.map(([glyph]) => glyph));
      for (const [index, glyph] of shown.entries()) {
        // Shifts are rounded to a thousandth each.
        expect(Math.abs(glyph.x - (expected[index]?.[1] ?? 0)), script).toBeLessThan(text.length);
        expect(glyph.y).toBeCloseTo(expected[index]?.[2] ?? 0, 3);
      }
      expect(advance).toBeCloseTo(x, 3);
    }
  });

  it('make lines as high as their letters reach', () => {
    const typesetter = new Typesetter(fonts);
    for (const [script, name] of samples) {
      const { regular, bold } = voiceOf('en').settingsFor(name);
      for (const setting of [regular, bold]) {
        const [line] = layOutParagraph(typesetter, {
          spans: [{ text: name, setting, look: PLAIN }],
          size: 10,
          width: 1000,
          direction: 'auto',
        });
        if (line === undefined) throw new Error('no line');
        const { baseline, height } = lineRoom(line, 13.3);
        for (const run of line.runs) {
          if (run.reach === null) continue;
          for (const { glyph, y } of placedGlyphs(run)) {
            const ink = run.face.font.glyphExtents(glyph);
            const top = (y + (ink?.yBearing ?? 0) * run.face.scale) / 100;
            expect(top, `${script} above`).toBeLessThanOrEqual(baseline + 0.01);
            const foot = (y + ((ink?.yBearing ?? 0) + (ink?.height ?? 0)) * run.face.scale) / 100;
            expect(-foot, `${script} below`).toBeLessThanOrEqual(height - baseline + 0.01);
          }
        }
        if (script === 'Latn') expect(height).toBe(13.3);
        if (['Tibt', 'Khmr', 'Mymr', 'Java', 'Bali'].includes(script)) expect(height).toBeGreaterThan(14);
      }
    }
  });
});
