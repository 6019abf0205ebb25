import { describe, expect, it } from 'vitest';
import { documentText, entry, letterDocument, paragraph, section, text } from '../../support/letter-documents.ts';
import { namesByScript } from '../../support/names-by-script.ts';
import { readWith, renderToBytes, textOf, wordsOf } from '../../support/pdf.ts';
import { hasTool } from '../../support/tools.ts';

const count = (text: string, part: string): number => text.split(part).length - 1;
const SCRIPTS: Readonly<Record<string, string>> = {
  Latin: 'Ánh Thịnh-Bécourt',
  Greek: 'Ανθή Γαλανοπούλου',
  Cyrillic: 'Мирослава Криничная',
  Persian: 'نرگس چشمه‌سار',
  Arabic: 'سلمى البستاني',
  Hebrew: 'נועם ברקת',
  Devanagari: 'कृष्णा द्विजेन्द्र',
  Bengali: 'কৃষ্ণা চন্দ্রপ্রভা',
  Tamil: 'யாழினி பூங்குன்றன்',
  Thai: 'น้ำทิพย์ ริมน้ำ',
  Armenian: 'Անուշ Գետափնյան',
  Georgian: 'ნინო მდინარაძე',
  Chinese: '河明',
  Japanese: '川辺さくら',
  Korean: '강하늘',
};

describe.skipIf(!hasTool('pdftotext'))('the text of a PDF, read back', () => {
  it('holds every name once and in order, over several pages and columns', async () => {
    const names = Array.from({ length: 700 }, (_, index) => `Member${String(index).padStart(4, '0')} Aldermoor`);
    const { bytes, pages } = await renderToBytes(
      letterDocument({
        sections: [
          section(
            names.map((name) => entry(name, 'Teacher, Riverton')),
            { columns: 3 },
          ),
        ],
      }),
    );
    const found = textOf(bytes, 'content').match(/Member\d{4} Aldermoor/g);
    expect(found).toEqual(names);
    expect(pages).toBeGreaterThan(4);
  });

  it.each(Object.entries(SCRIPTS))('holds a name in %s', async (_, name) => {
    const { bytes, missing } = await renderToBytes(letterDocument({ sections: [section([entry(name, 'Riverton')])] }));
    expect(missing).toEqual([]);
    expect(textOf(bytes).normalize('NFC')).toContain(name);
  });

  it('holds names in every script that has a font', async () => {
    const names = Object.values(namesByScript);
    const { bytes, missing } = await renderToBytes(letterDocument({ sections: [section(names.map((name) => entry(name, 'Riverton')))] }));
    expect(missing).toEqual([]);
    const words = new Set(textOf(bytes).normalize('NFC').split(/\s+/));
    // The vowels of Thaana are marks, which a reader of words from right to left puts elsewhere.
    const expected = names.filter((name) => name !== namesByScript.Thaa).flatMap((name) => name.normalize('NFC').split(' '));
    expect(expected.filter((word) => !words.has(word))).toEqual([]);
    if (hasTool('qpdf')) expect(readWith('qpdf', bytes, ['--check', 'FILE'])).toContain('No syntax or stream encoding errors');
  });

  it('keeps every word inside the margins of both page sizes and both directions', async () => {
    const entries = Object.values(SCRIPTS).flatMap((name) => [
      entry(`${name} ${'Longaffiliationwithoutanybreak'.repeat(5)}`, `${name}, ${name}`),
      entry(name),
    ]);
    for (const language of ['en', 'fa']) {
      for (const page of ['a4', 'letter'] as const) {
        const document = letterDocument({
          texts: [documentText({ language })],
          sections: [section(entries, { columns: 2, numbered: true })],
        });
        const { bytes } = await renderToBytes(document, { page });
        const width = page === 'a4' ? 595.28 : 612;
        const outside = wordsOf(bytes).filter(({ left, right }) => left < 70 || right > width - 70);
        expect(outside).toEqual([]);
      }
    }
  });

  it('numbers pages from the second on, with the total', async () => {
    const { bytes, pages } = await renderToBytes(
      letterDocument({ sections: [section(Array.from({ length: 300 }, (_, index) => entry(`Person ${index}`)))] }),
    );
    const read = textOf(bytes).split('\f');
    expect(read[0]).not.toContain('Page 1');
    for (let page = 2; page <= pages; page++) expect(read[page - 1]).toContain(`Page ${page} of ${pages}`);
  });

  it('prints the mark of a document that is not final, and the fingerprint, on every page', async () => {
    const fingerprint = '0123456789abcdef'.repeat(4);
    const document = letterDocument({
      texts: [documentText({ fingerprint })],
      mark: { type: 'not-final', asOf: new Date('2026-05-02T10:00:00Z'), zone: 'Europe/Zurich' },
      sections: [section(Array.from({ length: 200 }, (_, index) => entry(`Person ${index}`)))],
    });
    const { bytes, pages } = await renderToBytes(document);
    const read = textOf(bytes);
    expect(count(read, fingerprint)).toBe(pages);
    expect(count(read, 'not final')).toBe(pages);
  });

  it('keeps the marks of a page inside its margins in every language', async () => {
    for (const language of ['de', 'el', 'ru', 'es', 'fa', 'th', 'en']) {
      for (const page of ['a4', 'letter'] as const) {
        const document = letterDocument({
          texts: [documentText({ language })],
          edition: 'addressee',
          mark: { type: 'not-final', asOf: new Date('2026-09-22T10:00:00Z'), zone: 'America/Argentina/Buenos_Aires' },
        });
        const marks = wordsOf((await renderToBytes(document, { page })).bytes).filter(({ top }) => top < 40);
        const width = page === 'a4' ? 595.28 : 612;
        expect(marks.length, language).toBeGreaterThan(2);
        expect(marks.filter(({ left, right, top }) => left < 77.5 || right > width - 77.5 || top < 10)).toEqual([]);
      }
    }
  });

  it('numbers a footnote with the same digits in the body and before the note', async () => {
    const reference = { type: 'footnote-reference' as const, number: 1 };
    const body = { blocks: [paragraph('بایگانی بسته است', reference, '.')], footnotes: [{ number: 1, blocks: [paragraph('یادداشت')] }] };
    const { bytes } = await renderToBytes(letterDocument({ texts: [documentText({ language: 'fa', body })] }));
    expect(count(textOf(bytes), '۱')).toBe(2);
    expect(textOf(bytes)).not.toContain('1');
  });

  it('gives piled up marks room of their own, and moves no neighbour to the side', async () => {
    const set = async (name: string) => {
      const entries = [entry('Mara Upper'), entry(name), entry('Ewa Lower')];
      const words = wordsOf((await renderToBytes(letterDocument({ sections: [section(entries, { columns: 1 })] }))).bytes);
      const at = (wanted: string) => words.find(({ word }) => word === wanted) ?? { left: Number.NaN, top: Number.NaN };
      return { upper: at('Upper'), lower: at('Lower') };
    };
    const plain = await set('Zoe');
    for (const piled of [`Zoe${'\u0301'.repeat(8)}`, `Zoe${'\u0323'.repeat(8)}`, `ن${'\u064e'.repeat(8)}`]) {
      const { upper, lower } = await set(piled);
      expect(upper).toEqual(plain.upper);
      expect(lower.left).toBe(plain.lower.left);
      expect(lower.top - plain.lower.top).toBeGreaterThan(4);
    }
    // What a language writes by custom leaves the lines of a list even.
    expect(await set('Nguye\u0302\u0303n')).toEqual(plain);
  });

  it('prints the code of a character no font has in a box, keeps it in the text, and reports it', async () => {
    const { bytes, missing } = await renderToBytes(letterDocument({ sections: [section([entry('Zoë \u{1F600} Nordahlen')])] }));
    expect(missing).toEqual(['U+1F600']);
    expect(textOf(bytes)).toMatch(/Zoë\s+\u{1F600}\s+Nordahlen/u);
    if (hasTool('qpdf')) expect(readWith('qpdf', bytes, ['--qdf', '--object-streams=disable', 'FILE', '-'])).toMatch(/ re S/);
  });

  it('raises what a headline or subtitle marks so, and gives the title without the marks', async () => {
    const { bytes } = await renderToBytes(
      letterDocument({ texts: [documentText({ headline: 'The 5^th^ bridge', subtitle: 'After the 23^rd^ session' })] }),
    );
    const read = textOf(bytes).replaceAll(/\s+/g, ' ');
    expect(read).toContain('The 5th bridge');
    expect(read).toContain('After the 23rd session');
    expect(readWith('pdfinfo', bytes, ['FILE'])).toMatch(/^Title: +The 5th bridge$/m);
  });

  it('sets a letter in the order of its parts, and its links where their words stand', async () => {
    const document = letterDocument({
      date: '2026-05-02',
      place: 'Riverton',
      texts: [
        documentText({
          addressees: [{ name: 'Mara Lindqvall', office: 'Minister of Waters', lines: ['1 Quay Street'] }],
          cc: ['The Standing Committee'],
          reference: 'File 12',
          salutation: 'Dear Minister,',
          closing: 'Yours sincerely,',
          disclaimer: 'This binds nobody.',
          body: {
            blocks: [
              paragraph(
                'See the ',
                { type: 'link', url: 'https://example.org/a?b=(c)', children: [text('report')] },
                { type: 'footnote-reference', number: 1 },
                '.',
              ),
            ],
            footnotes: [{ number: 1, blocks: [paragraph('Page twelve.')] }],
          },
        }),
      ],
      sections: [
        section([entry('Ewa Dvorska')], { heading: 'Personal capacity:', note: 'For identification only.', countLine: '1 person' }),
      ],
    });
    const { bytes } = await renderToBytes(document);
    const read = textOf(bytes).replace(/\s+/g, ' ');
    const order = [
      'Riverton',
      'Mara Lindqvall, Minister of Waters',
      'The Standing Committee',
      'File 12',
      'Open the river',
      'Dear Minister,',
      'See the report1.',
      'Yours sincerely,',
      'This binds nobody.',
      'Personal capacity:',
      '1 person',
      'For identification only.',
      'Ewa Dvorska',
      'Page twelve.',
    ];
    const places = order.map((part) => read.indexOf(part));
    expect(places.every((place) => place >= 0)).toBe(true);
    expect([...places].sort((one, two) => one - two)).toEqual(places);
    if (hasTool('qpdf'))
      expect(readWith('qpdf', bytes, ['--qdf', '--object-streams=disable', 'FILE', '-'])).toContain('https://example.org/a?b=%28c%29');
  });
});

describe.skipIf(!hasTool('pdftotext'))('the parts of a document', () => {
  it('are the block alone where only that is asked for', async () => {
    const { bytes } = await renderToBytes(letterDocument({ sections: [section([entry('Ewa Dvorska')])] }), { blockOnly: true });
    expect(textOf(bytes)).toContain('Ewa Dvorska');
    expect(textOf(bytes)).not.toContain('We ask for one thing.');
  });

  it('are every text of the letter, each with the word on which prevails, and the block in the direction of the authentic one', async () => {
    const document = letterDocument({
      texts: [
        documentText({ fingerprint: 'a'.repeat(64) }),
        documentText({ language: 'fa', authentic: false, headline: 'بایگانی رود را بگشایید', fingerprint: 'b'.repeat(64) }),
      ],
      sections: [section([entry('Ewa Dvorska')])],
    });
    const { bytes, pages } = await renderToBytes(document);
    expect(pages).toBe(3);
    const [english = '', persian = '', block = ''] = textOf(bytes).split('\f');
    expect(english).toContain('Authentic text');
    expect(english).toContain('a'.repeat(64));
    expect(persian).toContain('بایگانی');
    expect(persian).toContain('b'.repeat(64));
    expect(block).toContain('a'.repeat(64));
    expect(wordsOf(bytes).find(({ word }) => word === 'Ewa')?.left).toBeLessThan(90);
  });

  it('keep the labels of a long list clear of its text', async () => {
    const items = Array.from({ length: 12 }, (_, index) => [paragraph(`item${index}`)]);
    const list = { type: 'list' as const, ordered: true, start: 9995, tight: true, items };
    const { bytes } = await renderToBytes(letterDocument({ texts: [documentText({ body: { blocks: [list], footnotes: [] } })] }));
    const words = wordsOf(bytes);
    const labels = words.filter(({ word }) => /^\d+\.$/.test(word));
    const texts = words.filter(({ word }) => word.startsWith('item'));
    expect(labels).toHaveLength(12);
    expect(new Set(texts.map(({ left }) => Math.round(left))).size).toBe(1);
    for (const { right } of labels) expect((texts[0]?.left ?? 0) - right).toBeGreaterThan(4);
  });

  it('keep the day of a date with its month after a Latin place, right to left', async () => {
    const document = letterDocument({ place: 'Riverton', date: '2026-05-02', texts: [documentText({ language: 'ar' })] });
    const firstLine = wordsOf((await renderToBytes(document)).bytes).filter(({ top }) => top < 90);
    const left = (wanted: string) => firstLine.find(({ word }) => word.replace(/[,،]/, '') === wanted)?.left ?? Number.NaN;
    expect(left('2026')).toBeLessThan(left('2'));
    expect(left('2')).toBeLessThan(left('Riverton'));
  });

  it.each(['fa', 'he'])('keep every part of an address and of an entry to itself in a letter in %s', async (language) => {
    const comma = language === 'fa' ? '، ' : ', ';
    const parts = ['Teacher', 'مدرسه', 'Unit 7', 'Oslo', 'Norway'];
    const joined = { lines: [`Dvorska${comma}${parts.join(comma)}`], lead: 7, parts };
    const { bytes } = await renderToBytes(
      letterDocument({
        texts: [documentText({ language, addressees: [{ name: 'Mara', office: 'Minister', lines: ['12 Quay Street'] }] })],
        sections: [section([joined])],
      }),
    );
    const words = wordsOf(bytes).map(({ word, left }) => ({ word: word.replace(/[,،]/g, ''), left }));
    const left = (wanted: string) => words.find(({ word }) => word === wanted)?.left ?? Number.NaN;
    const fromTheRight = (...wanted: string[]) => expect([...wanted].sort((one, two) => left(two) - left(one))).toEqual(wanted);
    fromTheRight('Dvorska', 'Teacher', '7', 'Unit', 'Oslo', 'Norway');
    fromTheRight('Street', 'Quay', '12');
    fromTheRight('Mara', 'Minister');
  });

  it('say whose edition it is', async () => {
    const { bytes } = await renderToBytes(letterDocument({ edition: 'addressee', mark: { type: 'draft' } }));
    expect(textOf(bytes)).toContain('not for publication · Draft');
  });
});

describe('the bytes of a PDF', () => {
  it('are the same for the same document, and end in an identifier of their content', async () => {
    const document = letterDocument({ sections: [section([entry('Ewa Dvorska', 'Riverton')])] });
    const [one, two] = await Promise.all([renderToBytes(document), renderToBytes(document)]);
    expect(one.bytes.equals(two.bytes)).toBe(true);
    expect(one.sha256).toBe(two.sha256);
    const other = await renderToBytes(letterDocument({ sections: [section([entry('Ewa Dvorski', 'Riverton')])] }));
    expect(other.sha256).not.toBe(one.sha256);
  });

  it('name nobody outside the pages', async () => {
    const { bytes } = await renderToBytes(letterDocument({ sections: [section([entry('Qwertz Nobodyson', 'Riverton')])] }), { pdfa: '1b' });
    const readable = bytes.toString('latin1');
    expect(readable).toContain('<dc:title>');
    expect(readable).not.toContain('Nobodyson');
    expect(readable).not.toMatch(/CreationDate|ModDate|\/Author/);
  });

  it('stop when they are no longer wanted', async () => {
    const controller = new AbortController();
    const reason = new Error('the reader has left');
    const entries = Array.from({ length: 5000 }, (_, index) => entry(`Person ${index}`));
    const progress: number[] = [];
    const rendering = renderToBytes(letterDocument({ sections: [section(entries)] }), {
      signal: controller.signal,
      onProgress: (done, total) => {
        expect(total).toBe(5000);
        progress.push(done);
        if (done >= 1000) controller.abort(reason);
      },
    });
    await expect(rendering).rejects.toBe(reason);
    expect(progress.at(-1)).toBe(1000);
  });
});
