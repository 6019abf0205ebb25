import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { loadConfig } from '../../lib/config.ts';
import type { LetterDocument } from '../../lib/document/model.ts';
import { assetsAt } from '../../lib/pdf/assets.ts';
import { type RenderQueue, renderQueue } from '../../lib/pdf/render-queue.ts';
import { renderPdfInWorker } from '../../lib/pdf/worker-host.ts';
import { instance } from './instance.ts';

/** A thread takes a processor and some hundred megabytes, so the whole process shares these. */
const LIMITS = { running: 2, waiting: 8 };

/** Whoever takes no byte for so long gives the thread to the next. */
const STALLED_MS = 60_000;

// Route handlers have copies of this module of their own; only globalThis is shared by them.
const memo: { undersignedRenders?: RenderQueue } = globalThis as { undersignedRenders?: RenderQueue };

/** As many PDFs are being written, or wait for it, as may be. */
export class PdfBusy extends Error {
  override readonly name = 'PdfBusy';
}

/**
 * A letter as PDF, written in a thread of its own and sent page by page.
 * @throws PdfBusy at once, where too many wait already
 */
export function pdfStream(
  document: LetterDocument,
  signal: AbortSignal,
  report = (error: unknown) => instance().report('pdf', error),
): ReadableStream<Uint8Array> {
  memo.undersignedRenders ??= renderQueue(LIMITS);
  // Whoever goes away in the middle ends the thread: a PDF of a million names is not written for nobody.
  const gone = new AbortController();
  const ended = AbortSignal.any([signal, gone.signal]);
  const entered = memo.undersignedRenders.enter(ended);
  if (!entered.ok) throw new PdfBusy();

  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  const writer = writable.getWriter();
  writer.closed.catch(() => gone.abort());
  const options = {
    page: 'a4',
    tagged: true,
    pdfa: null,
    blockOnly: false,
    signal: ended,
    // The bundled module does not lie beside the fonts and the worker.
    assets: assetsAt(pathToFileURL(join(loadConfig().root, '/'))),
  } as const;

  async function write(bytes: Uint8Array): Promise<void> {
    const stalled = setTimeout(() => gone.abort(), STALLED_MS);
    await writer.write(bytes).finally(() => clearTimeout(stalled));
  }

  async function render(turn: Promise<() => void>): Promise<void> {
    const leave = await turn;
    try {
      await renderPdfInWorker(document, options, { write });
    } finally {
      leave();
    }
    await writer.close();
  }

  render(entered.value.turn)
    .catch((error: unknown) => {
      if (!ended.aborted) report(error);
      return writer.abort(error);
    })
    .catch(() => undefined);
  return readable;
}
