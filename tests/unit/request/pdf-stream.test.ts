import { setTimeout as pause } from 'node:timers/promises';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { answerRefused } from '../../../app/_request/answer.ts';
import { PdfBusy, pdfStream } from '../../../app/_request/pdf-stream.ts';
import { visitorOf } from '../../../app/_request/visitor.ts';
import { letterDocument, section } from '../../support/letter-documents.ts';
import { post, testInstance } from './instance.ts';

afterEach(() => {
  vi.useRealTimers();
});

describe('PDFs for many at once', () => {
  it('refuses the eleventh, and takes it once others have gone', { timeout: 60_000 }, async () => {
    const faults: unknown[] = [];
    const leaving = new AbortController();
    const ask = (signal = leaving.signal) => pdfStream(letterDocument(), signal, { report: (error) => faults.push(error) });
    const streams = Array.from({ length: 10 }, () => ask());
    expect(() => ask()).toThrow(PdfBusy);
    // One that waits goes away.
    await streams[9]?.cancel();
    await pause(50);
    const eleventh = ask(new AbortController().signal);
    expect(() => ask()).toThrow(PdfBusy);
    leaving.abort();
    const bytes = Buffer.from(await new Response(eleventh).arrayBuffer());
    expect(bytes.subarray(0, 5).toString()).toBe('%PDF-');
    expect(faults).toEqual([]);
  });

  it('takes the place from who reads nothing for a minute', { timeout: 60_000 }, async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const faults: unknown[] = [];
    const ask = () => pdfStream(letterDocument(), new AbortController().signal, { report: (error) => faults.push(error) });
    const [idle, other, patient] = [ask(), ask(), ask()];
    while (vi.getTimerCount() < 2) await pause(10);
    vi.advanceTimersByTime(60_000);
    expect((await new Response(patient).arrayBuffer()).byteLength).toBeGreaterThan(1_000);
    for (const stream of [idle, other]) await expect(new Response(stream).arrayBuffer()).rejects.toThrow();
    expect(faults).toEqual([]);
  });

  it('reports a fault, and gives the place back', { timeout: 60_000 }, async () => {
    const faults: unknown[] = [];
    const faulty = section([], {
      count: 1,
      // biome-ignore lint/correctness/useYield: the source fails before its first batch
      async *batches() {
        throw new Error('the database is gone');
      },
    });
    for (let round = 0; round < 3; round++) {
      const stream = pdfStream(letterDocument({ sections: [faulty] }), new AbortController().signal, {
        report: (error) => faults.push(error),
      });
      await expect(new Response(stream).arrayBuffer()).rejects.toThrow('the database is gone');
    }
    expect(faults).toHaveLength(3);
  });

  it('says in words when to come again', async () => {
    const host = testInstance();
    const form = { form: 'file', path: '/desk' };
    const refused = answerRefused({ host, visitor: visitorOf(post(''), {}, host), json: false, form }, 'busy');
    expect([refused.status, refused.headers.get('retry-after')]).toEqual([503, '15']);
    expect(await refused.text()).toContain('Please try again in a few seconds.');
  });
});
