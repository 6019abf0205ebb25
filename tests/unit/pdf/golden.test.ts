import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { LetterDocument } from '../../../lib/document/model.ts';
import { entry, letterDocument, section } from '../../support/letter-documents.ts';
import { hostileNames } from '../../support/names.ts';
import { renderToBytes } from '../../support/pdf.ts';
import { runs, seedProperties } from '../../support/property.ts';
import { type SetLine, setLines, writtenLine } from '../../support/set-lines.ts';
import { twoLanguageLetter, twoLanguageSignatories } from '../../support/two-language-letter.ts';

const read = async (document: LetterDocument): Promise<SetLine[]> => await setLines((await renderToBytes(document)).bytes);
const squeezed = (text: string): string => text.normalize('NFC').replaceAll(/[\s\u200b-\u200f\u2060-\u2069]/g, '');

/** Its letters and digits without an order, since glyphs from right to left stand in that of the eye. */
const lettersOf = (text: string): string =>
  [...text.normalize('NFKD')]
    .filter((letter) => /[\p{L}\p{N}]/u.test(letter))
    .toSorted()
    .join('');

/** Whether the first of these lines, or the first few, are exactly this. */
const begins = (letters: string, lines: readonly SetLine[]): boolean =>
  lines.some(
    (_, last) =>
      letters ===
      lettersOf(
        lines
          .slice(0, last + 1)
          .map(({ text }) => text)
          .join(''),
      ),
  );

/** Lines that stand on one another: side by side they keep apart, and one below the other by most of their size. */
function overlapping(lines: readonly SetLine[]): string[] {
  const faults: string[] = [];
  for (const [index, line] of lines.entries())
    for (const other of lines.slice(index + 1)) {
      if (other.page !== line.page) break;
      const beside = Math.min(line.right, other.right) - Math.max(line.left, other.left);
      const apart = Math.abs(line.baseline - other.baseline);
      // Raised marks and the marks of lists share a baseline with what they belong to, beside it.
      if (beside > 0.5 && apart < 0.75 * Math.min(line.size, other.size)) faults.push(`${writtenLine(line)} on ${writtenLine(other)}`);
    }
  return faults;
}

describe('a letter in two languages with 300 signatories in every script', () => {
  let lines: SetLine[];
  beforeAll(async () => {
    lines = await read(twoLanguageLetter);
  });

  // After a change that is meant to move something: delete the file, run the test, look at the pages and at what the file says now.
  it('is set as it was looked at, each glyph at its place', () => {
    const file = new URL('two-language-letter.golden.txt', import.meta.url);
    const written = `${lines.map(writtenLine).join('\n')}\n`;
    if (!existsSync(file) && process.env['CI'] !== 'true') writeFileSync(file, written);
    expect(written.split('\n')).toEqual(readFileSync(file, 'utf8').split('\n'));
  });

  it('holds every name, in order', () => {
    let from = 0;
    for (const [index, name] of twoLanguageSignatories.entries()) {
      const printed = [name, `${name} ${index + 1}`].map(lettersOf);
      const at = lines.findIndex((_, line) => line >= from && printed.some((letters) => begins(letters, lines.slice(line, line + 4))));
      expect(at, name).toBeGreaterThanOrEqual(from);
      from = at + 1;
    }
  });

  it('has no line on another, and none beyond the margins', () => {
    expect(overlapping(lines)).toEqual([]);
    expect(lines.filter(({ left, right }) => left < 77 || right > 595.28 - 77).map(writtenLine)).toEqual([]);
  });
});

describe('entries on a page', () => {
  seedProperties();

  it('keep their places beside one that is longer, odd or hostile', async () => {
    const plain = ['Mirela Quist', 'Tomas Ardelean', 'آرزو بهرامی', '河明'];
    const around = (odd: string) =>
      letterDocument({
        sections: [
          section(
            [...plain.slice(0, 2), odd, ...plain.slice(2)].map((name) => entry(name)),
            { columns: 1 },
          ),
        ],
      });
    const placesOf = async (odd: string) =>
      (await read(around(odd)))
        .filter(({ text }) => plain.some((name) => lettersOf(text) === lettersOf(name)))
        .map(({ left, baseline, text, glyphs }) => ({ left, baseline, text, glyphs: glyphs.map(({ x }) => x) }));
    const expected = await placesOf('Juno Halvorsen');
    expect(expected).toHaveLength(plain.length);
    for (const odd of ['x', 'é́́́́', '👩‍👩‍👧‍👦', 'ﷺ', ...hostileNames.map(([, name]) => name.replaceAll(/\p{C}/gu, ''))].filter(
      (name) => name.trim() !== '',
    )) {
      const found = await placesOf(odd.slice(0, 40));
      expect(found.slice(0, 2), odd).toEqual(expected.slice(0, 2));
      expect(
        found.map(({ left, glyphs }) => [left, glyphs]),
        odd,
      ).toEqual(expected.map(({ left, glyphs }) => [left, glyphs]));
    }
  });

  it('stand once, in order and none on another, in every number of columns', async () => {
    const name = fc.constantFrom(...twoLanguageSignatories);
    const names = fc.array(name, { minLength: 1, maxLength: 120 });
    await fc.assert(
      fc.asyncProperty(names, fc.constantFrom(1, 2, 3), fc.boolean(), async (chosen, columns, numbered) => {
        const entries = chosen.map((each, index) => entry(`Entry${index}ends ${each}`, 'Lower Quay'));
        const lines = await read(letterDocument({ sections: [section(entries, { columns: columns as 1 | 2 | 3, numbered })] }));
        const found = [...squeezed(lines.map(({ text }) => text).join(' ')).matchAll(/Entry(\d+)ends/g)].map(([, number]) =>
          Number(number),
        );
        expect(found).toEqual(chosen.map((_, index) => index));
        expect(overlapping(lines)).toEqual([]);
      }),
      { numRuns: runs(12) },
    );
  });
});
