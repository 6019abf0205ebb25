import { describe, expect, it } from 'vitest';
import type { LetterDocument } from '../../../lib/document/model.ts';
import type { PdfOptions } from '../../../lib/pdf/render.ts';
import type { Block, HeadingLevel } from '../../../lib/text/tree.ts';
import { documentText, entry, letterDocument, paragraph, section, text } from '../../support/letter-documents.ts';
import { readWith, renderToBytes } from '../../support/pdf.ts';
import { blueJpeg } from '../../support/pictures.ts';
import { hasTool } from '../../support/tools.ts';

const heading = (level: HeadingLevel, words: string): Block => ({ type: 'heading', level, children: [text(words)] });

/** The file's objects and pages as text. */
async function plain(document: LetterDocument, options: Partial<PdfOptions> = {}): Promise<string> {
  const { bytes } = await renderToBytes(document, options);
  return readWith('qpdf', bytes, ['--qdf', '--object-streams=disable', '--no-original-object-ids', 'FILE', '-']);
}

const found = (pdf: string, pattern: RegExp): string[] => [...pdf.matchAll(pattern)].map(([, what = '']) => what);
const headings = (pdf: string): string[] => found(pdf, /\/(H\d)<<\/MCID/g);

describe.skipIf(!hasTool('qpdf'))('the tags of a letter', () => {
  it('leave out no level of heading, whatever was written', async () => {
    const blocks = [heading(3, 'One'), heading(6, 'Two'), heading(5, 'Three'), heading(2, 'Four'), heading(4, 'Five')];
    blocks.splice(2, 0, { type: 'quote', children: [heading(6, 'In a quote')] });
    const letter = letterDocument({ texts: [documentText({ body: { blocks, footnotes: [] } })], sections: [section([entry('Ana')])] });
    expect(headings(await plain(letter))).toEqual(['H1', 'H2', 'H3', 'H3', 'H3', 'H2', 'H3', 'H2']);
    expect(headings(await plain(letter, { blockOnly: true }))).toEqual(['H1']);
  });

  it('have every addendum as a part of its own, its sections within it', async () => {
    const addendum = { day: '2027-05-03', heading: 'Addendum of 3 May 2027' };
    const sections = [
      section([entry('Ana')]),
      section([entry('Ben'), entry('Cleo')], { addendum }),
      section([entry('Dora')], { addendum }),
    ];
    const letter = letterDocument({ sections });
    expect(headings(await plain(letter))).toEqual(['H1', 'H2', 'H2', 'H3', 'H3']);
    const alone = await plain(letterDocument({ sections: sections.slice(1) }), { blockOnly: true });
    expect(headings(alone)).toEqual(['H1', 'H2', 'H2']);
    // The addendum's element, and those of its two sections under it.
    const elements = new Map([...alone.matchAll(/\n(\d+) 0 obj\n(<<[\s\S]*?)endobj/g)].map(([, id, body]) => [id, body ?? '']));
    const parents = [...elements.values()]
      .filter((body) => /\/S \/Sect\b/.test(body))
      .map((body) => elements.get(/\/P (\d+) 0 R/.exec(body)?.[1] ?? ''));
    expect(parents.map((parent) => /\/S \/(\w+)/.exec(parent ?? '')?.[1])).toEqual(['Document', 'Sect', 'Sect']);
    expect(await plain(letter)).toContain('/Title <feff0041006400640065006e00640075006d');
  });

  it('say of a head of a table what it is the head of', async () => {
    const table: Block = { type: 'table', alignments: ['start'], header: [[text('Year')]], rows: [[[text('1998')]]] };
    const pdf = await plain(letterDocument({ texts: [documentText({ body: { blocks: [table], footnotes: [] } })] }));
    expect(pdf).toMatch(/\/O \/Table\s+\/Scope \/Column[^>]*>>[^>]*\/S \/TH\b/);
  });

  it('have the logo as a figure, with the name it stands for and its place', async () => {
    const logo = { mediaType: 'image/jpeg' as const, width: 16, height: 16, base64: blueJpeg().toString('base64') };
    const pdf = await plain(letterDocument({ letterhead: { name: 'River House', lines: [], logo } }));
    expect(pdf).toMatch(/\/Figure<<\/MCID \d+>>BDC\nq 12 0 0 12 78 749\.89 cm \/Logo Do Q\nEMC/);
    expect(pdf).toContain('/Alt <feff0052006900760065007200200048006f007500730065>');
    expect(found(pdf, /\/BBox \[([^\]]*)\][^>]*\/O \/Layout/g).map((box) => box.trim().split(/\s+/))).toEqual([
      ['78', '749.89', '90', '761.89'],
    ]);
  });

  it('say the language of words in another script than the letter', async () => {
    const names = [entry('王芳', 'Riverton'), entry('สมชาย ใจดี'), entry('Олена Гай'), entry('נעמי רז'), entry('ژاله'), entry('حسن')];
    const pdf = await plain(letterDocument({ sections: [section(names)] }));
    expect(found(pdf, /\/Span<<\/Lang\(([^)]*)\)\/MCID/g)).toEqual(['zh-Hans', 'th', 'und-Cyrl']);
    // Of what is read in another order than it stands, its element says it.
    expect(found(pdf, /\/Lang \(([^)]*)\)/g).sort()).toEqual(['ar', 'en', 'en', 'fa', 'he']);

    const persian = documentText({ language: 'fa', headline: 'بایگانی', body: { blocks: [paragraph('Dear Minister,')], footnotes: [] } });
    const mirrored = await plain(letterDocument({ texts: [persian], sections: [section([entry('ژاله'), entry('Ana Lund')])] }));
    expect(found(mirrored, /\/Span<<\/Lang\(([^)]*)\)\/MCID/g)).toEqual(['und-Latn', 'und-Latn', 'und-Latn']);
    expect(found(mirrored, /\/Lang \(([^)]*)\)/g)).toEqual(['fa', 'fa']);

    const japanese = letterDocument({
      texts: [documentText({ language: 'ja', headline: '川の記録' })],
      sections: [section([entry('山田 ハナ')])],
    });
    expect(found(await plain(japanese), /\/Lang\(([^)]*)\)/g)).toEqual(['und-Latn', 'und-Latn']);
  });

  it('tell the head and the foot of a page from its text', async () => {
    const letter = letterDocument({
      texts: [documentText({ fingerprint: 'ab'.repeat(32) })],
      mark: { type: 'draft' },
      sections: [section(Array.from({ length: 200 }, (_, index) => entry(`Ana ${index}`)))],
    });
    const pdf = await plain(letter);
    expect(pdf).toMatch(/\/Artifact<<\/Type\/Pagination\/Subtype\/Header>>BDC\n\/Mark0 Do\n/);
    expect(pdf).toMatch(/\/Artifact<<\/Type\/Pagination\/Subtype\/Footer>>BDC\n\/Foot0 Do\n/);
    expect(pdf).not.toContain('/Artifact BMC');
    expect(await plain(letter, { tagged: false })).not.toMatch(/BDC|BMC/);
  });
});
