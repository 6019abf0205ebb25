import { setTimeout as pause } from 'node:timers/promises';
import { describe, expect, it } from 'vitest';
import { isWaitedFor, type LetterPdf, leavePdf, letterPdf, lookAtPdf, placeOf } from '../../../app/_request/letter-pdf.ts';
import { PdfBusy } from '../../../app/_request/pdf-stream.ts';
import type { Entry } from '../../../lib/block/model.ts';
import { documentText, entry, letterDocument, section } from '../../support/letter-documents.ts';

const bytesOf = async (stream: ReadableStream<Uint8Array>) => Buffer.from(await new Response(stream).arrayBuffer());
const stay = new AbortController().signal;

/** A letter whose list comes when the test says so, and counts how often it is read and by how many at once. */
function heldLetter(letterId: string) {
  const gate = Promise.withResolvers<void>();
  const seen = { reads: 0, atOnce: 0, most: 0 };
  async function* batches(): AsyncGenerator<readonly Entry[]> {
    seen.reads++;
    seen.atOnce++;
    seen.most = Math.max(seen.most, seen.atOnce);
    try {
      yield [entry('Ada Vetch')];
      await gate.promise;
      await pause(20);
    } finally {
      seen.atOnce--;
    }
  }
  const pdf = (language: string, parts: Partial<LetterPdf['document']> = {}): LetterPdf => ({
    letterId,
    state: 'state',
    document: letterDocument({ texts: [documentText({ language })], sections: [section([], { count: 1, batches })], ...parts }),
  });
  return { seen, pdf, open: gate.resolve };
}

describe('the PDFs of one letter', { timeout: 60_000 }, () => {
  it('are made one at a time, whatever their language and edition, and each is kept', async () => {
    const { seen, pdf, open } = heldLetter('let_one');
    const all = [pdf('en'), pdf('fa'), pdf('en', { edition: 'addressee' })];
    const reading = all.map((one) => bytesOf(letterPdf(one, stay)));
    // A second reader of the first takes no turn.
    reading.push(bytesOf(letterPdf(pdf('en'), stay)));
    // Another letter does not wait for this one.
    expect((await bytesOf(letterPdf({ letterId: 'let_two', state: '', document: letterDocument() }, stay))).subarray(0, 5).toString()).toBe(
      '%PDF-',
    );
    open();
    const files = await Promise.all(reading);
    expect([seen.reads, seen.most]).toEqual([3, 1]);
    expect(files[3]?.equals(files[0] ?? Buffer.of())).toBe(true);
    const again = await Promise.all(all.map((one) => bytesOf(letterPdf(one, stay))));
    expect(again.map((file, at) => file.equals(files[at] ?? Buffer.of()))).toEqual([true, true, true]);
    expect(seen.reads).toBe(3);
  });

  it('go on to the next when whoever reads, or waits for their turn, goes away', async () => {
    const { seen, pdf, open } = heldLetter('let_three');
    const [reader, waiter] = [new AbortController(), new AbortController()];
    const gone = [letterPdf(pdf('en'), reader.signal), letterPdf(pdf('fa'), waiter.signal)].map(bytesOf);
    const last = bytesOf(letterPdf(pdf('fr'), stay));
    const ended = Promise.allSettled(gone);
    while (seen.reads === 0) await pause(10);
    waiter.abort();
    reader.abort();
    open();
    expect((await last).subarray(0, 5).toString()).toBe('%PDF-');
    expect((await ended).map(({ status }) => status)).toEqual(['rejected', 'rejected']);
    expect([seen.reads, seen.most]).toEqual([2, 1]);
  });

  // Red where the desk stands in the same queue: a list too long to be kept is made as fast as whoever reads it takes it.
  it('do not keep its desk waiting, however slowly one of the public reads', async () => {
    const { pdf, open } = heldLetter('let_desk');
    const reader = new AbortController();
    const slow = Promise.allSettled([bytesOf(letterPdf(pdf('en'), reader.signal))]);
    const short = { letterId: 'let_desk', state: '', document: letterDocument(), desk: true } as const;
    expect((await bytesOf(letterPdf(short, stay))).subarray(0, 5).toString()).toBe('%PDF-');
    reader.abort();
    open();
    await slow;
  });

  it('leave room for other letters: four wait, the sixth is refused', async () => {
    const { pdf, open } = heldLetter('let_four');
    const leaving = new AbortController();
    const reading = ['en', 'fa', 'fr', 'de', 'es'].map((language) => bytesOf(letterPdf(pdf(language), leaving.signal)));
    const ended = Promise.allSettled(reading);
    expect(() => letterPdf(pdf('it'), stay)).toThrow(PdfBusy);
    expect(await lookAtPdf(pdf('it'), placeOf('let_four', 'public', 'mine'))).toBe('busy');
    await bytesOf(letterPdf({ letterId: 'let_five', state: '', document: letterDocument() }, stay));
    leaving.abort();
    open();
    await ended;
  });
});

describe('a PDF that takes its time', { timeout: 60_000 }, () => {
  it('is one of some thousand names, and no longer one when it is there', async () => {
    const letter = (count: number, state = 'state'): LetterPdf => ({
      letterId: 'let_six',
      state,
      document: letterDocument({ sections: [section([], { count })] }),
    });
    expect([4_999, 5_000, 150_000, 150_001].map((count) => isWaitedFor(letter(count)))).toEqual([false, true, true, false]);
    expect(await lookAtPdf(letter(6_000), placeOf('let_six', 'public', 'mine'))).toBe('finished');
    expect([isWaitedFor(letter(6_000)), isWaitedFor(letter(6_000, 'changed'))]).toEqual([false, true]);
    expect((await bytesOf(letterPdf(letter(6_000), stay))).subarray(0, 5).toString()).toBe('%PDF-');
  });

  it('is given up by whoever waits, and still made for another', async () => {
    const { seen, pdf, open } = heldLetter('let_seven');
    const place = (name: string) => placeOf('let_seven', 'public', name);
    const mine = lookAtPdf(pdf('en'), place('mine'));
    const theirs = lookAtPdf(pdf('en'), place('theirs'));
    while (seen.reads === 0) await pause(10);
    // Let in at another letter or edition, one gives up nothing here.
    for (const other of [placeOf('let_six', 'public', 'theirs'), placeOf('let_seven', 'addressee', 'theirs')]) leavePdf(other);
    leavePdf(place('mine'));
    open();
    expect(await theirs).toBe('finished');
    expect(await mine).toBe('finished');
    expect(seen.reads).toBe(1);
  });
});
