import { describe, expect, it } from 'vitest';
import { renderPdfInWorker } from '../../../lib/pdf/worker-host.ts';
import { entry, letterDocument, section } from '../../support/letter-documents.ts';
import { PDF_OPTIONS, renderToBytes } from '../../support/pdf.ts';

const people = (count: number) => section(Array.from({ length: count }, (_, index) => entry(`Person ${index} نرگس`, 'Riverton')));

describe('rendering in a thread of its own', () => {
  it('gives the bytes of rendering here, and writes them one piece at a time', { timeout: 60_000 }, async () => {
    const document = letterDocument({
      mark: { type: 'not-final', asOf: new Date('2026-05-02T10:00:00Z'), zone: 'UTC' },
      sections: [people(1500), people(700), { ...people(300), addendum: { day: '2026-06-01', heading: 'Addendum of 1 June 2026' } }],
    });
    const parts: Buffer[] = [];
    let writing = 0;
    const progress: number[] = [];
    const summary = await renderPdfInWorker(
      document,
      { ...PDF_OPTIONS, onProgress: (done) => progress.push(done) },
      {
        write: async (bytes) => {
          writing++;
          expect(writing).toBe(1);
          await new Promise((resolve) => setTimeout(resolve, 2));
          parts.push(Buffer.from(bytes));
          writing--;
        },
      },
    );
    const here = await renderToBytes(document);
    expect(Buffer.concat(parts).equals(here.bytes)).toBe(true);
    expect(summary).toEqual({ pages: here.pages, missing: here.missing, sha256: here.sha256 });
    expect(progress.at(-1)).toBe(2500);
  });

  it('ends when it is no longer wanted, and tells the source of the entries', { timeout: 60_000 }, async () => {
    const controller = new AbortController();
    let closed = false;
    const endless = section([], {
      count: 1_000_000,
      async *batches() {
        try {
          for (let index = 0; ; index++) {
            if (index === 20) controller.abort(new Error('enough'));
            yield [entry(`Person ${index}`)];
          }
        } finally {
          closed = true;
        }
      },
    });
    const rendering = renderPdfInWorker(
      letterDocument({ sections: [endless] }),
      { ...PDF_OPTIONS, signal: controller.signal },
      { write: () => {} },
    );
    await expect(rendering).rejects.toThrow('enough');
    expect(closed).toBe(true);
  });

  it('hands on a fault of the source', { timeout: 60_000 }, async () => {
    const faulty = section([], {
      count: 5,
      async *batches() {
        yield [entry('Ewa Dvorska')];
        throw new Error('the database is gone');
      },
    });
    await expect(renderPdfInWorker(letterDocument({ sections: [faulty] }), PDF_OPTIONS, { write: () => {} })).rejects.toThrow(
      'the database is gone',
    );
  });
});
