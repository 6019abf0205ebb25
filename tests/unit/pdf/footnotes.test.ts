import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { DocumentText, LetterDocument } from '../../../lib/document/model.ts';
import type { Block, Footnote, Inline } from '../../../lib/text/tree.ts';
import { documentText, entry, letterDocument, paragraph, section, text } from '../../support/letter-documents.ts';
import { type PlacedWord, readWith, renderToBytes, textOf, wordsOf } from '../../support/pdf.ts';
import { runs, runTime } from '../../support/property.ts';
import { hasTool } from '../../support/tools.ts';

const LIMIT = 841.89 - 76;
const MARGIN = { left: 77.5, right: 595.28 - 77.5 };
/** Points: no room for a rule and the lines of a note that are not divided. */
const NO_ROOM = 72;

const numbered = (mark: string, words: number): string => Array.from({ length: words }, (_, index) => `${mark}w${index}`).join(' ');
const reference = (number: number): Inline => ({ type: 'footnote-reference', number });
/** Words that say which note they belong to; those of a reference say where it stands. */
const note = (number: number, words: number): Footnote => ({ number, blocks: [paragraph(numbered(`n${number}`, words))] });
const referring = (number: number): Inline[] => [text(` r${number}x`), reference(number)];

const letter = (blocks: readonly Block[], footnotes: readonly Footnote[], parts: Partial<DocumentText> = {}): LetterDocument =>
  letterDocument({ texts: [documentText({ body: { blocks, footnotes }, ...parts })] });

const noteOf = ({ word }: PlacedWord): number | null => Number(/^n(\d+)w\d+$/.exec(word)?.[1] ?? 0) || null;
/** Neither a note's, with its number, nor furniture of the page. */
const isText = (placed: PlacedWord): boolean =>
  noteOf(placed) === null && !/^\p{Nd}+$/u.test(placed.word) && placed.top > 75 && placed.top < LIMIT + 8;
const pageOf = (words: readonly PlacedWord[], start: string): number => words.find(({ word }) => word.startsWith(start))?.page ?? 0;
const linesOf = (words: readonly PlacedWord[]): number => new Set(words.map(({ top }) => Math.round(top))).size;

/** Throws where notes are not as a reader wants them. */
function expectNotes(words: readonly PlacedWord[], lengths: readonly number[]): void {
  const perPage = Map.groupBy(words, ({ page }) => page);
  const free = new Map<number, number>();
  for (const [page, onPage] of perPage) {
    const notes = onPage.filter((word) => noteOf(word) !== null);
    const lowest = Math.max(76, ...onPage.filter(isText).map(({ bottom }) => bottom));
    const highest = Math.min(LIMIT, ...notes.map(({ top }) => top));
    if (notes.length > 0) expect(highest, `page ${page}`).toBeGreaterThan(lowest);
    free.set(page, highest - lowest);
    for (const { word, left, right, bottom } of [...notes, ...onPage.filter(isText)]) {
      expect(left, word).toBeGreaterThanOrEqual(MARGIN.left);
      expect(right, word).toBeLessThanOrEqual(MARGIN.right);
      expect(bottom, word).toBeLessThanOrEqual(LIMIT + 0.5);
    }
  }
  let before: PlacedWord | undefined;
  for (const [index, length] of lengths.entries()) {
    const number = index + 1;
    const own = words.filter((word) => noteOf(word) === number);
    expect(own.map(({ word }) => word).join(' ')).toBe(numbered(`n${number}`, length));
    const [first] = own;
    if (first === undefined) throw new Error('a note without words');
    // After the one before it.
    if (before !== undefined) expect(first.page * 1000 + first.top, `note ${number}`).toBeGreaterThan(before.page * 1000 + before.top);
    before = own.at(-1);
    const from = pageOf(words, `r${number}x`);
    expect(first.page, `note ${number}`).toBeGreaterThanOrEqual(from);
    for (let page = from; page < first.page; page++) expect(free.get(page), `note ${number}, page ${page}`).toBeLessThan(NO_ROOM);
    if (linesOf(own) > 1) for (const part of Map.groupBy(own, ({ page }) => page).values()) expect(linesOf(part)).toBeGreaterThanOrEqual(2);
  }
}

/** What a body is made of: words, and the lengths of the notes that are referred to among them. */
interface Part {
  readonly kind: 'paragraph' | 'heading' | 'quote' | 'list' | 'table';
  readonly words: number;
  readonly notes: readonly number[];
}

const parts: fc.Arbitrary<Part[]> = fc.array(
  fc.record({
    kind: fc.constantFrom(
      'paragraph' as const,
      'paragraph' as const,
      'heading' as const,
      'quote' as const,
      'list' as const,
      'table' as const,
    ),
    words: fc.integer({ min: 1, max: 90 }),
    notes: fc.array(fc.oneof({ weight: 6, arbitrary: fc.integer({ min: 1, max: 45 }) }, fc.integer({ min: 100, max: 900 })), {
      maxLength: 3,
    }),
  }),
  { minLength: 4, maxLength: 24 },
);

function bodyOf(given: readonly Part[]): { readonly blocks: Block[]; readonly lengths: number[] } {
  const lengths: number[] = [];
  const blocks = given.map(({ kind, words, notes }, index): Block => {
    const all = numbered(`t${index}`, kind === 'heading' ? Math.min(words, 6) : words).split(' ');
    const at = Math.floor(all.length / 2);
    const children: Inline[] = [text(all.slice(0, at).join(' '))];
    for (const length of notes) {
      lengths.push(length);
      children.push(...referring(lengths.length));
    }
    // The first note again: it is set once.
    if (lengths.length > 0) children.push(text(' '), reference(1));
    children.push(text(` ${all.slice(at).join(' ')}`));
    const plain = paragraph(...children);
    if (kind === 'heading') return { type: 'heading', level: 2, children };
    if (kind === 'quote') return { type: 'quote', children: [plain] };
    if (kind === 'list') return { type: 'list', ordered: true, start: 1, tight: true, items: [[plain], [paragraph('item')]] };
    if (kind === 'table')
      return {
        type: 'table',
        alignments: ['start', 'start'],
        header: [[text('Year')], [text('Found')]],
        rows: [[[text('1950')], children]],
      };
    return plain;
  });
  return { blocks, lengths };
}

describe.skipIf(!hasTool('pdftotext'))('notes', () => {
  it('stand whole and in order at the feet of the pages that refer to them, wherever', { timeout: runTime(120_000) }, async () => {
    await fc.assert(
      fc.asyncProperty(parts, fc.constantFrom('en', 'fa'), fc.integer({ min: 0, max: 40 }), async (given, language, people) => {
        const { blocks, lengths } = bodyOf(given);
        const entries = Array.from({ length: people }, (_, index) => entry(`e${index}lead`, 'detail'));
        const document = letter(
          blocks,
          lengths.map((length, index) => note(index + 1, length)),
          { language, closing: 'Farewell' },
        );
        const { bytes } = await renderToBytes({ ...document, sections: people === 0 ? [] : [section(entries)] });
        const words = wordsOf(bytes);
        expectNotes(words, lengths);
        for (const [index, { kind, words: count }] of given.entries()) {
          const length = kind === 'heading' ? Math.min(count, 6) : count;
          const own = words.filter(({ word }) => word.startsWith(`t${index}w`));
          expect(own.map(({ word }) => word).toSorted(), `part ${index}`).toEqual(numbered(`t${index}`, length).split(' ').toSorted());
          // No line alone, no heading at the end of a page.
          if (kind !== 'table' && linesOf(own) > 1)
            for (const end of [own[0], own.at(-1)])
              expect(linesOf(own.filter(({ page }) => page === end?.page)), `part ${index}`).toBeGreaterThanOrEqual(2);
          const next = pageOf(words, `t${index + 1}w`);
          if (kind === 'heading' && next > 0) expect(next, `part ${index}`).toBe(own.at(-1)?.page);
        }
        expect(words.filter(({ word }) => /^e\d+lead$/.test(word)).length).toBe(people);
      }),
      { numRuns: runs(8), endOnFailure: true },
    );
  });

  it('of the first page stand on the first page of many, and not between the letter and its names', async () => {
    const blocks = [
      paragraph(numbered('t0', 40), ...referring(1)),
      ...Array.from({ length: 60 }, (_, index) => paragraph(numbered(`t${index + 1}`, 70))),
      paragraph('t99w0', ...referring(2)),
    ];
    const document = letter(blocks, [note(1, 30), note(2, 4)], { closing: 'Farewell', disclaimer: 'Disclaimer' });
    const { bytes, pages } = await renderToBytes({ ...document, sections: [section([entry('e0lead'), entry('e1lead')])] });
    const words = wordsOf(bytes);
    expect(pages).toBeGreaterThan(6);
    expect(pageOf(words, 'n1w0')).toBe(1);
    expect(pageOf(words, 'n2w0')).toBe(pages);
    expectNotes(words, [30, 4]);
    const topOf = (start: string) => words.find(({ word }) => word.startsWith(start))?.top ?? 0;
    expect(['Farewell', 'Disclaimer', 'e0lead', 'n2w0'].map(topOf)).toEqual(
      ['Farewell', 'Disclaimer', 'e0lead', 'n2w0'].map(topOf).toSorted((one, two) => one - two),
    );
  });

  it('of three pages leave room for the letter above them', async () => {
    const blocks = [
      paragraph('t0w0', ...referring(1)),
      ...Array.from({ length: 30 }, (_, index) => paragraph(numbered(`t${index + 1}`, 60))),
    ];
    const { bytes } = await renderToBytes(letter(blocks, [note(1, 2400)]));
    const words = wordsOf(bytes);
    expectNotes(words, [2400]);
    const pages = new Set(words.filter((word) => noteOf(word) === 1).map(({ page }) => page));
    expect(pages.size).toBeGreaterThanOrEqual(4);
    for (const page of pages)
      expect(linesOf(words.filter((word) => word.page === page && isText(word))), String(page)).toBeGreaterThanOrEqual(page === 1 ? 1 : 6);
  });

  it('wait with the line that refers to them where an earlier one goes on', async () => {
    const blocks = Array.from({ length: 30 }, (_, index) =>
      paragraph(numbered(`t${index}`, 40), ...(index === 0 ? referring(1) : index === 4 ? referring(2) : [])),
    );
    const { bytes } = await renderToBytes(letter(blocks, [note(1, 2400), note(2, 3)]));
    const words = wordsOf(bytes);
    expectNotes(words, [2400, 3]);
    expect(pageOf(words, 'r2x')).toBe(pageOf(words, 'n2w0'));
    expect(pageOf(words, 'r2x')).toBe(pageOf(words, 'n1w2399'));
  });

  it('that begin with a short paragraph have more than that on their first page', { timeout: 60_000 }, async () => {
    let divided = 0;
    for (let before = 18; before < 30; before++) {
      const footnote: Footnote = { number: 1, blocks: [paragraph('n1w0'), paragraph(numbered('n1', 120).slice(5))] };
      const blocks = [...Array.from({ length: before }, (_, index) => paragraph(`t${index}w0`)), paragraph('t90w0', ...referring(1))];
      const { bytes } = await renderToBytes(letter(blocks, [footnote]));
      const words = wordsOf(bytes);
      expectNotes(words, [120]);
      if (pageOf(words, 'n1w0') !== pageOf(words, 'n1w119')) divided++;
    }
    expect(divided).toBeGreaterThan(0);
  });

  it('of three pages at the end of a letter come before its names', async () => {
    const document = letter([paragraph('t0w0', ...referring(1))], [note(1, 2400)]);
    const { bytes } = await renderToBytes({ ...document, sections: [section([entry('e0lead'), entry('e1lead'), entry('e2lead')])] });
    const words = wordsOf(bytes);
    expectNotes(words, [2400]);
    expect(pageOf(words, 'e0lead')).toBe(pageOf(words, 'n1w2399'));
  });

  it('of headings alone, each of which stays with the next, are divided all the same', async () => {
    const words = numbered('n1', 280).split(' ');
    const blocks = Array.from({ length: 70 }, (_, index): Block => {
      const children = [text(words.slice(index * 4, index * 4 + 4).join(' '))];
      return { type: 'heading', level: 2, children };
    });
    const { bytes } = await renderToBytes(letter([paragraph(...referring(1))], [{ number: 1, blocks }]));
    expectNotes(wordsOf(bytes), [280]);
  });

  it('have marks that are not read as more digits of what stands before them', async () => {
    const raised: Inline = { type: 'superscript', children: [text('2')] };
    const footnotes = Array.from({ length: 12 }, (_, index) => note(index + 1, 2));
    const blocks = [paragraph('Both', reference(1), reference(2), ' and 10', raised, reference(3), ' and so on', reference(4), '.')];
    const latin = textOf((await renderToBytes(letter(blocks, footnotes))).bytes);
    expect(latin.replaceAll('\u00a0', ' ')).toContain('Both1,2 and 102 3 and so on4.');
    const persian = await renderToBytes(letter([paragraph('هر دو', reference(1), reference(2))], footnotes, { language: 'fa' }));
    const marks = ['۱', '۲'].map((mark) => wordsOf(persian.bytes).find(({ word, top }) => word.includes(mark) && top < 300));
    expect(marks[0]?.left, 'the first is further right').toBeGreaterThan(marks[1]?.right ?? 1000);
  });

  it('have headings no larger than the letter, and none that is looked for among its own', async () => {
    const blocks: Block[] = [{ type: 'heading', level: 4, children: [text('n1w0 n1w1')] }, paragraph('n1w2')];
    const { bytes } = await renderToBytes(letter([paragraph(...referring(1))], [{ number: 1, blocks }]));
    expectNotes(wordsOf(bytes), [3]);
    const [heading, below] = ['n1w0', 'n1w2'].map((mark) => wordsOf(bytes).find(({ word }) => word === mark));
    expect((heading?.bottom ?? 0) - (heading?.top ?? 0)).toBeCloseTo((below?.bottom ?? 0) - (below?.top ?? 0), 0);
    if (hasTool('pdfinfo')) expect(readWith('pdfinfo', bytes, ['-struct', 'FILE'])).not.toMatch(/^\s*H[2-6]/m);
  });

  it('are thirty on one page', async () => {
    const lengths = Array.from({ length: 30 }, (_, index) => 3 + (index % 5));
    const blocks = [paragraph('t0w0', ...lengths.flatMap((_, index) => referring(index + 1))), paragraph(numbered('t1', 60))];
    const { bytes } = await renderToBytes(
      letter(
        blocks,
        lengths.map((length, index) => note(index + 1, length)),
      ),
    );
    const words = wordsOf(bytes);
    expectNotes(words, lengths);
    expect(new Set(words.filter((word) => noteOf(word) !== null).map(({ page }) => page))).toEqual(new Set([1]));
  });

  it('take the line along that refers to them where they have no room below it', { timeout: 60_000 }, async () => {
    const pages = new Set<number>();
    for (let before = 20; before < 30; before++) {
      const blocks = [
        ...Array.from({ length: before }, (_, index) => paragraph(`t${index}w0`)),
        paragraph('t90w0', ...referring(1)),
        paragraph('t91w0'),
      ];
      const { bytes } = await renderToBytes(letter(blocks, [note(1, 30)]));
      const words = wordsOf(bytes);
      expectNotes(words, [30]);
      const page = pageOf(words, 'r1x');
      expect(pageOf(words, 'n1w0'), String(before)).toBe(page);
      expect(pageOf(words, 'n1w29'), String(before)).toBe(page);
      pages.add(page);
    }
    expect(pages).toEqual(new Set([1, 2]));
  });

  it('stay at the foot of a page on which the names begin, whatever their height', { timeout: 60_000 }, async () => {
    const begun = new Set<number>();
    for (const columns of [1, 2] as const) {
      for (let before = 8; before < 20; before += 2) {
        const blocks = [...Array.from({ length: before }, (_, index) => paragraph(`t${index}w0`)), paragraph('t90w0', ...referring(1))];
        const details = (count: number) => Array.from({ length: count }, () => 'detail');
        const entries = [...[1, 1, 40, 2, 30].map(details), ...Array.from({ length: 20 }, () => details(2))].map((lines, index) =>
          entry(`e${index}lead`, ...lines),
        );
        const { bytes } = await renderToBytes({ ...letter(blocks, [note(1, 60)]), sections: [section(entries, { columns })] });
        const words = wordsOf(bytes);
        expectNotes(words, [60]);
        const top = Math.min(...words.filter((word) => noteOf(word) === 1).map((word) => word.top));
        for (const { word, page, bottom } of words) if (word === 'detail') expect(bottom).toBeLessThan(page === 1 ? top : LIMIT + 0.5);
        begun.add(pageOf(words, 'e0lead'));
      }
    }
    expect(begun.has(1)).toBe(true);
  });

  it('of several languages stand on the pages of their text', async () => {
    const translation = documentText({
      language: 'fa',
      authentic: false,
      body: { blocks: [paragraph('t1w0', ...referring(2))], footnotes: [{ number: 2, blocks: [paragraph('n2w0')] }] },
    });
    const document = letter([paragraph('t0w0', ...referring(1))], [note(1, 5)]);
    const { bytes } = await renderToBytes({ ...document, texts: [...document.texts, translation] });
    const words = wordsOf(bytes);
    expect(pageOf(words, 'n1w0')).toBe(1);
    expect(pageOf(words, 'n2w0')).toBe(2);
    expect(words.filter(({ word }) => word === '۲').length).toBeGreaterThanOrEqual(1);
  });

  it('that the head of a table refers to are set once, though the head is repeated', async () => {
    const row = (index: number): Inline[][] => [[text(`t${index}w0`)], [text(numbered(`t${index + 200}`, 12))]];
    const rows = Array.from({ length: 60 }, (_, index) => row(index + 1));
    const table: Block = { type: 'table', alignments: [], header: [[text('Year'), ...referring(1)], [text('Found')]], rows };
    const { bytes, pages } = await renderToBytes(letter([table], [note(1, 4)]));
    const words = wordsOf(bytes);
    expect(pages).toBeGreaterThan(1);
    expect(words.filter(({ word }) => word === 'Found').length).toBe(pages);
    expectNotes(words, [4]);
  });

  it('that nothing refers to follow the letter', async () => {
    const { bytes } = await renderToBytes(letter([paragraph('t0w0')], [note(1, 4)], { closing: 'Farewell' }));
    expect(textOf(bytes).replaceAll(/\s+/g, ' ')).toContain('Farewell 1 n1w0 n1w1 n1w2 n1w3');
  });

  it('that a note refers to follow it', async () => {
    const first: Footnote = { number: 1, blocks: [paragraph('n1w0', ...referring(2))] };
    const { bytes } = await renderToBytes(letter([paragraph('t0w0', ...referring(1))], [first, note(2, 3)]));
    const words = wordsOf(bytes).filter((word) => noteOf(word) !== null);
    expect(words.map(({ word }) => word)).toEqual(['n1w0', 'n2w0', 'n2w1', 'n2w2']);
  });
});

describe.skipIf(!hasTool('qpdf') || !hasTool('pdfinfo'))('the marks of notes', () => {
  const linked = (language: string) => {
    const says = language === 'fa' ? 'بایگانی بسته است' : 'The archive is closed';
    const quote: Block = { type: 'quote', children: [paragraph(says, ...referring(1), text('.'), reference(1))] };
    return letter([quote, paragraph('t1w0')], [note(1, 4)], { language });
  };

  it.each(['en', 'fa'])('lead to the note and back: %s', async (language) => {
    const { bytes } = await renderToBytes(linked(language));
    const file = readWith('qpdf', bytes, ['--qdf', '--object-streams=disable', 'FILE', '-']);
    // Two marks and the note's own.
    const targets = [...file.matchAll(/\/Dest (\d+) 0 R/g)].map(([, number]) => number);
    expect(targets.length).toBe(3);
    expect(new Set(targets).size).toBe(2);
    const heights = new Map(
      [...file.matchAll(/^(\d+) 0 obj\n\[\s+\d+ 0 R\s+\/XYZ\s+null\s+(\d+)\s+null\s+\]/gm)].map(([, number, top]) => [number, Number(top)]),
    );
    expect([...heights.keys()].toSorted()).toEqual([...new Set(targets)].toSorted());
    const [low = 0, high = 0] = [...heights.values()].toSorted((one, two) => one - two);
    expect(low).toBeLessThan(110);
    expect(high).toBeGreaterThan(500);
  });

  it.each(['en', 'fa'])('are references, and the note comes after their paragraph: %s', async (language) => {
    const { bytes } = await renderToBytes(linked(language));
    const tree = readWith('pdfinfo', bytes, ['-struct', 'FILE']);
    const outline = tree.split('\n').map((row) => row.replace(/ \(.*| <.*/, ''));
    const at = outline.lastIndexOf('      Reference');
    expect(at).toBeGreaterThan(0);
    expect(outline[at + 1]).toBe('        Link');
    const after = outline.slice(at + 1).findIndex((row) => /^ {2,4}\S/.test(row)) + at + 1;
    expect(outline.slice(after, after + 3)).toEqual(['    Note', '      Lbl', '        Link']);
  });

  it.each(['en', 'fa'])('have a short rule above the notes, where lines begin: %s', async (language) => {
    const { bytes } = await renderToBytes(linked(language));
    const file = readWith('qpdf', bytes, ['--qdf', '--object-streams=disable', 'FILE', '-']);
    const [, from, to] = /0\.5 w ([\d.]+) [\d.]+ m ([\d.]+) [\d.]+ l S/.exec(file) ?? [];
    const width = (595.28 - 2 * 78) / 4;
    expect(Number(to) - Number(from)).toBeCloseTo(width, 1);
    expect(Number(from)).toBeCloseTo(language === 'fa' ? 595.28 - 78 - width : 78, 1);
  });

  it('add nothing to a letter that has none, and make the same bytes twice', async () => {
    const plain = await renderToBytes(letter([paragraph('The archive is closed.')], []));
    expect(plain.bytes.toString('latin1')).not.toContain('/XYZ');
    expect((await renderToBytes(linked('en'))).sha256).toBe((await renderToBytes(linked('en'))).sha256);
  });
});
