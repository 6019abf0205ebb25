import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { LetterDocument } from '../../../lib/document/model.ts';
import type { PdfOptions } from '../../../lib/pdf/render.ts';
import type { Block } from '../../../lib/text/tree.ts';
import { honestNames } from '../../support/honest-names.ts';
import { documentText, entry, letterDocument, paragraph, section, text } from '../../support/letter-documents.ts';
import { namesByScript } from '../../support/names-by-script.ts';
import { readWith, renderToBytes } from '../../support/pdf.ts';
import { checkPdf } from '../../support/pdf-check/check-pdf.ts';
import { CLAUSES } from '../../support/pdf-check/clauses.ts';
import { testPng } from '../../support/pictures.ts';
import { hasTool } from '../../support/tools.ts';

/** With transparent pixels. */
const logo = { mediaType: 'image/png' as const, width: 48, height: 32, base64: testPng({ colourType: 6 }).toString('base64') };
const FINGERPRINT = '0123456789abcdef'.repeat(4);
const link = (url: string, ...words: string[]) => ({ type: 'link' as const, url, children: words.map(text) });
const list = (ordered: boolean, ...items: (readonly Block[])[]): Block => ({ type: 'list', ordered, start: 3, tight: true, items });

const english = documentText({
  fingerprint: FINGERPRINT,
  subtitle: '23^rd^ session',
  addressees: [{ name: 'Maren Oldquist', office: 'Minister of Harbours', lines: ['1 Quay Street', '۱۲ خیابان رود'] }],
  cc: ['Ιωάννα Ακτή', '河川博物館'],
  reference: 'RA/23',
  salutation: 'Dear Minister,',
  body: {
    blocks: [
      paragraph(
        'See ',
        link('https://example.org/', 'the report that says, over more than a line of this paragraph, what the river did'),
        '.',
      ),
      { type: 'heading', level: 3, children: [text('What we propose')] },
      { type: 'heading', level: 5, children: [text('First')] },
      list(true, [paragraph('One')], [paragraph('Two'), list(false, [paragraph('Inner')], [list(true, [paragraph('Innermost')])])]),
      {
        type: 'quote',
        children: [paragraph('A river remembers, 河は覚えている, ผู้คนจำได้.'), { type: 'heading', level: 1, children: [text('Quoted')] }],
      },
      {
        type: 'table',
        alignments: ['start', 'end'],
        header: [[text('Year')], [text('Metres')]],
        rows: Array.from({ length: 50 }, (_, row) => [
          [text(`${1900 + row}`)],
          [text('4.2 '), { type: 'emphasis', children: [text('متر')] }],
        ]),
      },
      paragraph('Two notes', { type: 'footnote-reference', number: 1 }, ' and ', { type: 'footnote-reference', number: 2 }, '.'),
      paragraph('در این نامه '.repeat(30), link('https://example.org/fa', 'بایگانی رودخانه'), ' است.'),
      { type: 'rule' },
    ],
    footnotes: [
      { number: 1, blocks: [paragraph('Page twelve.')] },
      {
        number: 2,
        blocks: [paragraph('Page ', { type: 'strong', children: [text('thirteen')] }, '.'), list(false, [paragraph('or fourteen')])],
      },
    ],
  },
  closing: 'Yours,\nThe undersigned',
  disclaimer: 'Views are their own.',
});

const persian = documentText({
  language: 'fa',
  authentic: false,
  fingerprint: FINGERPRINT,
  headline: 'بایگانی رودخانه را بگشایید',
  salutation: 'Dear Minister,',
  addressees: [{ name: 'Maren Oldquist', office: 'وزیر بندرها', lines: [] }],
  body: {
    blocks: [
      paragraph(
        'بایگانی بسته است',
        { type: 'footnote-reference', number: 1 },
        ' و ما می‌خواهیم آن را ',
        link('https://example.org/', 'ببینیم'),
        '.',
      ),
      paragraph('This paragraph is in another language, and so long that it does not fit on a single line of the page.'),
      { type: 'heading', level: 2, children: [text('خواست‌ها')] },
      list(true, [paragraph('یک')], [paragraph('دو')]),
    ],
    footnotes: [{ number: 1, blocks: [paragraph('صفحهٔ ۱۲')] }],
  },
});

/** One of each. */
const brief = {
  addressees: [],
  cc: [],
  body: {
    blocks: [
      paragraph('See ', link('https://example.org/', 'the report'), { type: 'footnote-reference' as const, number: 1 }),
      { type: 'heading' as const, level: 2 as const, children: [text('Demands')] },
      { type: 'quote' as const, children: [list(true, [paragraph('One')])] },
      { type: 'table' as const, alignments: ['start' as const], header: [[text('Year')]], rows: [[[text('1998')]]] },
    ],
    footnotes: [{ number: 1, blocks: [paragraph('Page twelve.')] }],
  },
};

const everyScript = section(
  Object.values(namesByScript).map((name) => entry(name, 'Riverton')),
  { kind: 'organisations', heading: null, columns: 1 },
);
const many = section(
  Array.from({ length: 620 }, (_, index) => entry(index % 3 === 0 ? 'نرگس چشمه‌سار' : index % 3 === 1 ? '王 芳' : 'สมชาย ใจดี', 'Riverton')),
  { numbered: true, note: 'Affiliations are given for identification only.', countLine: '620 people' },
);

const whole: LetterDocument = letterDocument({
  date: '2026-05-02',
  place: 'Port Ellery',
  edition: 'addressee',
  mark: { type: 'not-final', asOf: new Date('2026-05-01T12:00:00Z'), zone: 'Europe/Berlin' },
  verifyOrigin: 'https://letters.example.org',
  letterhead: { name: 'River House', lines: ['River House', 'Quay 1'], logo },
  texts: [english, persian],
  sections: [everyScript, many],
});

async function findings(document: LetterDocument, options: Partial<PdfOptions> = {}): Promise<string[]> {
  return clausesOf((await renderToBytes(document, options)).bytes);
}

const clausesOf = async (bytes: Buffer): Promise<string[]> => (await checkPdf(bytes)).map(({ clause, says }) => `${clause}: ${says}`);

// A file that is not for archives leaves colours to the device: with an intent a reader converts every page.
const INTENT = 'A 6.2.3 output intent: not one output intent';
const BLENDING = 'A 6.2.10 transparency: a soft mask, and no space to blend it in';

describe('a tagged PDF', () => {
  it.each<[string, LetterDocument, Partial<PdfOptions>]>([
    ['with everything a letter can have', whole, {}],
    ['for archives', whole, { pdfa: '1b', page: 'letter' }],
    ['right to left', letterDocument({ ...whole, texts: [{ ...persian, authentic: true }], sections: [everyScript] }), {}],
    ['of the block alone', letterDocument({ ...whole, sections: [everyScript] }), { blockOnly: true }],
  ])('has nothing against it that a machine finds: %s', async (_, document, options) => {
    const only = options.pdfa === '1b' ? [] : options.blockOnly === true ? [INTENT] : [INTENT, BLENDING];
    expect(await findings(document, options)).toEqual(only);
  });
});

describe('names as people write them', () => {
  it.each(['en', 'fa', 'ja'])('leave a letter as sound as others: %s', async (language) => {
    const found = await findings(
      letterDocument({ texts: [documentText({ language })], sections: [section(honestNames.map((name) => entry(name)))] }),
    );
    expect(found).toEqual([INTENT]);
  });
});

describe('the checker', () => {
  // Plain objects can be broken in place, by as many bytes as were there.
  const short = letterDocument({
    ...whole,
    texts: [
      { ...english, ...brief },
      { ...persian, ...brief },
    ],
    sections: [section([entry('Ana Lund')])],
  });
  const sound = renderToBytes(short, { pdfa: '1b' });

  it.each([
    ['/Marked true', '/Maxked true', 'UA 7.1 catalogue: not marked'],
    ['/DisplayDocTitle true', '/DisplayDocTixle true', 'UA 7.1 catalogue: no DisplayDocTitle'],
    ['/S/BlockQuote', '/S/Blockquote', 'UA 7.1 types: the type Blockquote'],
    ['/S/Table', '/S/P    ', 'UA 7.2 nesting: TR in P'],
    ['/S/LBody', '/S/Sect ', 'UA 7.2 nesting: LI without one LBody'],
    ['/Lang(en)', '/Lang(th)', /^UA 7\.2 language: U\+\w+ in th$/],
    ['/Lang(fa)', '/Lang(he)', 'UA 7.2 language: a replacement text that is not in he'],
    ['/Alt<', '/Axt<', 'UA 7.3 figures: Figure without Alt'],
    ['/BBox[78', '/BBox[71', /^UA 7\.3 figures: no picture where Figure says it is/],
    ['/S/H2', '/S/H3', 'UA 7.4.2 headings: H3 below H1'],
    ['/Scope/Column', '/Scope/Colunm', 'UA 7.5 tables: TH without Scope'],
    ['/ListNumbering/Decimal', '/ListNumbexing/Decimal', 'UA 7.6 lists: a list with labels and no ListNumbering'],
    ['/ID(note', '/IX(note', 'UA 7.9 notes: Note without ID'],
    ['/Contents <FEFF', '/Contxnts <FEFF', 'UA 7.18.1 annotations: an annotation without Contents'],
    ['/StructParent ', '/StructPxrent ', 'UA 7.18.1 annotations: an annotation that the tree and its parent tree do not both have'],
    ['/Tabs/S', '/Tabs/R', /^UA 7\.18\.3 tab order/],
    ['/S/Link', '/S/Span', 'UA 7.18.5 links: a link outside a Link'],
    ['/StructParents', '/StructPaxents', 'UA 7.1 content: content that the parent tree does not have'],
    ['/FontFile2', '/FontFile9', /^UA 7\.21\.4 embedding: [A-Z]{6}\+NotoSerif-Bold is not embedded$/],
    ['/CIDToGIDMap', '/CIDToGIDXap', /^UA 7\.21\.8 no \.notdef/],
    ['/ToUnicode', '/ToUnixode', /^UA 7\.21\.7 characters: .* has no text$/],
    ['/DW 0', '/DW 9', null],
    ['/W [ 0 [ 600', '/W [ 1 [ 600', /^UA 7\.21\.5 widths/],
    ['/Identity-H', '/Identity-V', /another CMap/],
    ['/OutputIntents', '/OutputIntexts', 'A 6.2.3 output intent: not one output intent'],
    ['/GTS_PDFA1', '/GTS_PDFX ', 'A 6.2.3 output intent: the output intent is of another kind'],
    ['/Metadata ', '/Metadaxa ', 'A 6.6.2 metadata: no metadata'],
    ['<dc:title>', '<dc:tixle>', 'A 6.6.2 metadata: two titles'],
    ['/F 4', '/F 2', 'A 6.3 annotations: the flags of an annotation'],
    ['/S /URI', '/S /JSX', 'A 6.5 actions: the action JSX'],
    ['/ID[<', '/IX[<', 'A 6.1.3 trailer: no ID'],
    ['/FlateDecode/Length 1', '/FlateDecode/Length 2', /^A 6\.1\.7 streams: the stream \d+ is not/],
  ])('finds %s made %s', async (from, to, expected) => {
    const broken = (await sound).bytes.toString('latin1');
    expect(broken).toContain(from);
    const found = await clausesOf(Buffer.from(broken.replaceAll(from, to.padEnd(from.length)), 'latin1'));
    if (expected === null) expect(found).toEqual([]);
    else if (typeof expected === 'string') expect(found).toContain(expected);
    else expect(found.join('\n')).toMatch(new RegExp(expected.source, 'm'));
  });

  it.skipIf(!hasTool('qpdf'))('finds a single glyph without a text, of a mark too', async () => {
    const { bytes } = await renderToBytes(letterDocument({ sections: [section([entry('צִפּוֹרָה גַּל')])] }));
    const plain = readWith('qpdf', bytes, ['--qdf', '--object-streams=disable', 'FILE', '-'], 'latin1');
    const row = /^<([0-9a-f]{4})><05b8>$/m.exec(plain)?.[0] ?? '';
    const [, code = ''] = /^<([0-9a-f]{4})>/.exec(row) ?? [];
    const found = await clausesOf(Buffer.from(plain.replace(row, ' '.repeat(row.length)), 'latin1'));
    expect(found.filter((one) => one.startsWith('UA 7.21.7'))).toEqual([
      expect.stringContaining(`NotoSerifHebrew-Bold: the code ${Number.parseInt(code, 16)} has no text`),
    ]);
  });

  it('is told of in docs, clause by clause', () => {
    const page = readFileSync(new URL('../../../docs/pdf-conformance.md', import.meta.url), 'utf8');
    expect([...page.matchAll(/^\| ((?:UA|A) [^|]+?) \|/gm)].map(([, clause]) => clause)).toEqual([...CLAUSES]);
  });

  it('finds what has no tags', async () => {
    const found = await findings(short, { tagged: false });
    expect(found).toContain('UA 7.1 content: text that is neither tagged nor an artifact');
    expect(found).toContain('UA 7.1 catalogue: not marked');
  });
});

// Hands past the border, which refuses most of them: what is written must be text, whatever it is.
const HOSTILE = [
  ') Tj ET /AA << /S /JavaScript /JS (app.alert(1)) >> BT (',
  '>> endobj 1 0 obj << /Type /Action /S /Launch /F (cmd.exe) >> endobj',
  'endstream endobj trailer << /Root 1 0 R >> startxref 0 %%EOF',
  '<script>alert(1)</script> ]]> <?xpacket end="w"?> &amp; "quoted"',
  '\\) \\( \\\\ \\101 <</EmbeddedFiles 1 0 R>> %',
  '😀 👩‍👩‍👧 \u0301\u0301\u0301\u0301 \u{10ffff} e\u0301',
  'x'.repeat(300),
];

describe('hostile words', () => {
  it('bring no script, no launch, no file, and leave the file as sound as others', async () => {
    const [first = ''] = HOSTILE;
    const hostile = letterDocument({
      place: first,
      mark: { type: 'draft' },
      letterhead: { name: first, lines: HOSTILE, logo },
      texts: [
        documentText({
          fingerprint: FINGERPRINT,
          headline: HOSTILE.slice(0, 4).join(' '),
          addressees: [{ name: first, office: HOSTILE[1] ?? null, lines: HOSTILE }],
          cc: HOSTILE,
          reference: first,
          body: {
            blocks: HOSTILE.flatMap((words): Block[] => [
              { type: 'heading', level: 2, children: [text(words)] },
              paragraph(link(`https://example.org/?q=${words})/S/JavaScript/JS(app.alert(1)`, words)),
            ]),
            footnotes: [],
          },
          closing: first,
        }),
      ],
      sections: [
        section(
          HOSTILE.map((words) => entry(words, words)),
          { heading: first, note: first },
        ),
      ],
    });
    const { bytes } = await renderToBytes(hostile, { pdfa: '1b' });
    expect(await clausesOf(bytes)).toEqual([]);
  });
});
