import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { Entry } from '../../../lib/block/model.ts';
import { type SignatoryRecord, sourceOf } from '../../../lib/block/record.ts';
import { CSV_COLUMNS, neutralCell, renderCsv } from '../../../lib/plain/csv.ts';
import { entryMarkdown, renderMarkdown } from '../../../lib/plain/markdown.ts';
import { renderText } from '../../../lib/plain/text.ts';
import { parseMarkdown } from '../../../lib/text/markdown.ts';
import { serialise } from '../../../lib/text/serialise.ts';
import { collected } from '../../support/collected.ts';
import { documentOf } from '../../support/documents.ts';
import { awkwardNames, honestNames } from '../../support/names.ts';
import { runs } from '../../support/property.ts';
import { recordLists } from '../../support/records.ts';

const people = (names: readonly string[]): SignatoryRecord[] => names.map((name) => ({ capacity: 'personal', name }));

describe('renderText', () => {
  it('sets the whole letter', async () => {
    const text = await collected(
      renderText(
        await documentOf({
          records: [{ capacity: 'personal', name: 'Ana Marlow', role: 'Teacher' }],
          block: { personal: { form: 'line' } },
        }),
      ),
    );
    expect(text).toContain('To: Maren Oldquist, Minister of Harbours\n    1 Quay Street\n');
    expect(text).toContain('23rd session');
    expect(text).toContain('1. ferries\n2. times <https://harbour.example/?a=1&b=2>');
    expect(text).toContain('stop | hour\nQuay | 9');
    expect(text).toContain('Notes\n\n[1] Of three.');
    expect(text).toContain('Personal capacity:\n\nAna Marlow, Teacher\n');
  });

  it('shows whose detail a line is', async () => {
    const organisation = (name: string, person?: string): SignatoryRecord => ({
      capacity: 'organisation',
      organisation: name,
      ...(person === undefined ? {} : { name: person }),
    });
    const records = [organisation('A Trust'), organisation('B Trust'), organisation('C Trust', 'Ana'), organisation('D Trust')];
    const document = await documentOf({ records, block: { organisations: { order: 'manual' } } });
    expect(await collected(renderText(document, { blockOnly: true }))).toBe('A Trust\nB Trust\n\nC Trust\n  Ana\n\nD Trust\n\n');
  });

  it('puts names that came after the delivery into the addendum of their day', async () => {
    const records: SignatoryRecord[] = [
      { capacity: 'personal', name: 'Zoe Later', addendum: '2027-05-10' },
      { capacity: 'personal', name: 'Ana Marlow' },
      { capacity: 'organisation', organisation: 'Late Union', addendum: '2027-05-03' },
      { capacity: 'personal', name: 'Ben Later', addendum: '2027-05-10' },
    ];
    const document = await documentOf({ records, block: { counts: true, personal: { order: 'given-name' } } });
    expect(await collected(renderText(document, { blockOnly: true }))).toBe(
      'Personal capacity:\n1 person\n\nAna Marlow\n\n' +
        '\nAddendum of 3 May 2027\n\n1 organisation\n\nLate Union\n\n' +
        '\nAddendum of 10 May 2027\n\nPersonal capacity:\n2 people\n\nBen Later\nZoe Later\n\n',
    );
    expect(await collected(renderMarkdown(document, { blockOnly: true }))).toContain(
      '## Addendum of 10 May 2027\n\n### Personal capacity:\n\n2 people\n\n- **Ben Later**\n',
    );
    const csv = await collected(renderCsv({ source: sourceOf(records), edition: 'public' }));
    expect(csv.split('\r\n').map((row) => row.split(',').at(-1))).toEqual(['addendum', '2027-05-10', '', '2027-05-03', '2027-05-10', '']);
  });

  it('begins with the letterhead, or with the name where it is a picture alone', async () => {
    const document = await documentOf();
    const logo = { mediaType: 'image/png', width: 1, height: 1, base64: '' } as const;
    const lines = { ...document, letterhead: { name: 'River House', lines: ['River *House*', '1. Quay'], logo } };
    const picture = { ...document, letterhead: { name: 'River House', lines: [], logo } };
    expect(await collected(renderText(lines))).toMatch(/^River \*House\*\n1\. Quay\n\n/);
    expect(await collected(renderText(picture))).toMatch(/^River House\n\n/);
    expect(await collected(renderMarkdown(lines))).toMatch(/^River \\\*House\\\*\\\n1\\\. Quay\n\n/);
    expect(await collected(renderMarkdown(picture))).toMatch(/^River House\n\n/);
    expect(await collected(renderText(picture, { blockOnly: true }))).not.toContain('River House');
  });

  it('keeps addressees of several lines apart', async () => {
    expect(await collected(renderText(await documentOf()))).toContain('    1 Quay Street\n\n    The Harbour Council');
  });

  it('holds every signatory once and in order', async () => {
    const names = [...honestNames, ...awkwardNames];
    const document = await documentOf({ records: people(names) });
    expect((await collected(renderText(document, { blockOnly: true }))).split('\n').filter((line) => names.includes(line))).toEqual(names);
  });
});

describe('renderMarkdown', () => {
  it('is Markdown that reads back with every name in it', async () => {
    const names = [...honestNames, ...awkwardNames];
    const document = await documentOf({ records: people(names) });
    const markdown = await collected(renderMarkdown(document, { blockOnly: true }));
    const parsed = parseMarkdown(markdown);
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.reason));
    const list = parsed.value.blocks.find((block) => block.type === 'list');
    const read = list?.type === 'list' ? list.items.map((item) => JSON.stringify(item)) : [];
    expect(read).toEqual(
      names.map((value) => JSON.stringify([{ type: 'paragraph', children: [{ type: 'strong', children: [{ type: 'text', value }] }] }])),
    );
  });

  it('writes an entry the short way as the long way would', () => {
    const word = fc.constantFrom(...honestNames.slice(0, 60), 'A (B)', '(A)', '12', 'x-', ' ', 'a  b', '*', '1.', '#', 'Ltd.');
    const entries = fc
      .tuple(word, word, fc.array(word, { maxLength: 2 }))
      .map(([lead, rest, others]): Entry => ({ lines: [lead + rest, ...others], lead: lead.length }))
      // An entry has a name in it; one of spaces alone would be an item without content, which nothing reads back.
      .filter(({ lines }) => lines.some((line) => line.trim() !== ''));
    fc.assert(
      fc.property(entries, (entry) => {
        const parsed = parseMarkdown(entryMarkdown(entry, '- '));
        expect(parsed.ok && `${serialise(parsed.value)}`).toBe(entryMarkdown(entry, '- '));
      }),
      { numRuns: runs(2000) },
    );
  });

  it('keeps the body and its footnotes', async () => {
    const markdown = await collected(renderMarkdown(await documentOf()));
    expect(markdown).toContain('# Keep the night ferry\n\n*23^rd^ session*');
    expect(markdown).toContain('## Demands');
    expect(markdown).toContain('[^1]: Of *three*.');
    expect(markdown).toContain('Yours,\\\nThe undersigned');
  });

  it('gives every note of every text a number of its own', async () => {
    const noted = (language: string, note: string) => ({
      language,
      headline: 'x',
      body: `a[^1] *b[^2]*\n\n- c[^1]\n\n[^1]: ${note}\n[^2]: z`,
    });
    const texts = [noted('en', 'first'), noted('fr', 'second')];
    const markdown = await collected(renderMarkdown(await documentOf({ letter: { authenticLanguage: 'en', texts } })));
    expect(markdown).toContain('a[^3] *b[^4]*\n\n- c[^3]');
    expect(markdown).toContain('[^1]: first');
    expect(markdown).toContain('[^3]: second');
    const parsed = parseMarkdown(markdown);
    expect(parsed.ok && parsed.value.footnotes).toHaveLength(4);
  });
});

describe('renderCsv', () => {
  /** RFC 4180, read by hand: every row ends in CR LF. */
  const parse = (csv: string): string[][] => {
    const rows: string[][] = [];
    let row: string[] = [];
    for (const match of csv.matchAll(/(?:"((?:[^"]|"")*)"|([^",\r\n]*))(,|\r\n)/g)) {
      row.push(match[1]?.replaceAll('""', '"') ?? match[2] ?? '');
      if (match[3] !== '\r\n') continue;
      rows.push(row);
      row = [];
    }
    return rows;
  };

  it('reads back cell by cell, with the byte order mark and the header first', async () => {
    await fc.assert(
      fc.asyncProperty(recordLists, async (list) => {
        const csv = await collected(renderCsv({ source: sourceOf(list), edition: 'addressee' }));
        expect(csv.startsWith('\uFEFFsection,capacity,organisation')).toBe(true);
        const rows = parse(csv.slice(1));
        const shown = list.filter(({ publication }) => publication !== 'counted');
        expect(rows).toHaveLength(shown.length + 1);
        const name = CSV_COLUMNS.indexOf('name');
        expect(rows.slice(1).map((row) => row[name])).toEqual(shown.map((record) => neutralCell(record.name ?? '')));
      }),
      { numRuns: runs(100) },
    );
  });

  it('disarms whatever a spreadsheet could run', async () => {
    for (const lead of ['=', '+', '-', '@', '\t', '\r', '\0', '＝', '＋', '－', '＠', ' =', '\u00A0@', '\n=']) {
      expect(neutralCell(`${lead}1`)).toBe(`'${lead}1`);
    }
    expect(neutralCell('Ana-María = x')).toBe('Ana-María = x');
    const csv = await collected(renderCsv({ source: sourceOf(people(['=1+1', '+49 Club'])), edition: 'public' }));
    expect(csv).toContain(",'=1+1,");
    expect(csv).toContain(",'+49 Club,");
  });
});
