import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import type { LetterDocument } from '../../../lib/document/model.ts';
import { documentText, entry, letterDocument, paragraph, section, text } from '../../support/letter-documents.ts';
import { namesByScript } from '../../support/names-by-script.ts';
import { readWith, renderToBytes } from '../../support/pdf.ts';
import { testPng } from '../../support/pictures.ts';
import { hasTool, requireTool } from '../../support/tools.ts';

function everything(names: readonly string[] = [], people = 1200): LetterDocument {
  return letterDocument({
    mark: { type: 'draft' },
    // With transparent pixels, which PDF/A-1 does not have.
    letterhead: {
      name: 'River House',
      lines: ['Quay 1'],
      logo: { mediaType: 'image/png', width: 48, height: 32, base64: testPng({ colourType: 6 }).toString('base64') },
    },
    texts: [
      documentText({
        salutation: 'Dear Minister,',
        body: {
          blocks: [
            paragraph('See ', { type: 'link', url: 'https://example.org/', children: [text('the report')] }, '.', {
              type: 'footnote-reference',
              number: 2,
            }),
            { type: 'heading', level: 2, children: [text('What we propose')] },
            { type: 'list', ordered: true, start: 1, tight: true, items: [[paragraph('One')], [paragraph('Two')]] },
            { type: 'quote', children: [paragraph('A river remembers.')] },
            {
              type: 'table',
              alignments: ['start', 'end'],
              header: [[text('Year')], [text('Metres')]],
              rows: [[[text('1998')], [text('4.2')]]],
            },
            { type: 'rule' },
          ],
          footnotes: [
            { number: 1, blocks: [paragraph('Page twelve.')] },
            { number: 2, blocks: [paragraph('Page thirteen.')] },
          ],
        },
      }),
      documentText({
        language: 'fa',
        authentic: false,
        headline: 'بایگانی رودخانه را بگشایید',
        body: { blocks: [paragraph('بایگانی بسته است.')], footnotes: [] },
      }),
    ],
    sections: [
      section([entry('River Watch 😀')], { kind: 'organisations', heading: null, columns: 1 }),
      section(
        Array.from({ length: people }, (_, index) => entry(index % 2 === 0 ? 'نرگس چشمه‌سار' : '王芳', 'Riverton')),
        { numbered: true },
      ),
      ...(names.length === 0 ? [] : [section(names.map((name) => entry(name)))]),
    ],
  });
}

describe.skipIf(!hasTool('qpdf'))('the structure of the file', () => {
  it.each([
    { tagged: true, pdfa: null },
    { tagged: false, pdfa: null },
    { tagged: true, pdfa: '1b' as const },
    { tagged: false, pdfa: '1b' as const },
  ])('is sound: %o', async (options) => {
    const { bytes } = await renderToBytes(everything(), options);
    expect(readWith('qpdf', bytes, ['--check', 'FILE'])).toContain('No syntax or stream encoding errors');
    expect(bytes.subarray(0, 8).toString()).toBe(options.pdfa === null ? '%PDF-1.7' : '%PDF-1.4');
  });

  it('keeps the arrays of the structure tree and of the page tree short', async () => {
    const { bytes } = await renderToBytes(everything());
    const objects = readWith('qpdf', bytes, ['--json=1', '--json-key=objects', 'FILE']);
    const longest = Math.max(...[...objects.matchAll(/"\/K(?:ids)?": \[([^\]]*)\]/g)].map(([, kids = '']) => kids.split(',').length));
    expect(longest).toBeGreaterThan(100);
    expect(longest).toBeLessThanOrEqual(510);
  });
});

describe.skipIf(!hasTool('pdfinfo'))('the structure tree', () => {
  it('says what each part is', async () => {
    const { bytes } = await renderToBytes(everything([], 20));
    const tree = readWith('pdfinfo', bytes, ['-struct-text', 'FILE']);
    const outline = tree.split('\n').map((row) => row.trim().replace(/[ :].*| \(.*/, ''));
    for (const type of [
      'Document',
      'Sect',
      'H1',
      'H2',
      'P',
      'Link',
      'L',
      'LI',
      'Lbl',
      'LBody',
      'BlockQuote',
      'Table',
      'TR',
      'TH',
      'TD',
      'Note',
      'Reference',
    ])
      expect(outline).toContain(type);
    expect(tree).toContain('"Open the river archive to everyone who lives along the river"');
    expect(tree).toContain('"Dear Minister,"');
    expect(tree).not.toContain('Draft');
    expect(tree).not.toMatch(/Page \d/);
  });
});

describe.skipIf(!hasTool('java') || !hasTool('pdfbox2.jar') || !hasTool('jaxb-api.jar'))('a PDF for archives', () => {
  it.each([true, false])('is valid PDF/A-1b, tagged: %s', { timeout: 60_000 }, async (tagged) => {
    const { bytes } = await renderToBytes(everything(tagged ? Object.values(namesByScript) : []), { pdfa: '1b', tagged });
    const folder = mkdtempSync(join(tmpdir(), 'pdfa-'));
    try {
      const file = join(folder, 'file.pdf');
      writeFileSync(file, bytes);
      const answer = execFileSync(requireTool('java'), ['-cp', '/usr/share/java/*', 'org.apache.pdfbox.preflight.Validator_A1b', file], {
        encoding: 'utf8',
        stdio: ['ignore', 'pipe', 'ignore'],
      });
      expect(answer).toContain('is a valid PDF/A-1b file');
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });
});
