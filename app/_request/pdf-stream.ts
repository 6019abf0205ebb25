import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { loadConfig } from '../../lib/config.ts';
import type { LetterDocument } from '../../lib/document/model.ts';
import { assetsAt } from '../../lib/pdf/assets.ts';
import type { TellProgress } from '../../lib/pdf/kept-renders.ts';
import type { PageSize } from '../../lib/pdf/layout/geometry.ts';
import { type RenderQueue, renderQueue } from '../../lib/pdf/render-queue.ts';
import { renderPdfInWorker } from '../../lib/pdf/worker-host.ts';
import { instance } from './instance.ts';

/**
 * A thread takes a processor and some hundred megabytes, so the whole process shares these: and one letter, in however many languages and
 * editions it is asked for, has one thread at a time and half of those who wait.
 */
const LIMITS = { running: 2, waiting: 8, waitingEach: 4 };

/** Whoever takes no byte for so long gives the thread to the next. */
const STALLED_MS = 60_000;

// Route handlers have copies of this module of their own; only globalThis is shared by them.
const memo: { undersignedRenders?: RenderQueue } = globalThis as typeof memo;

/** How a letter is set. */
export interface PdfSetting {
  readonly page: PageSize;
  /** The signatories alone, to be put behind a letter that was set elsewhere. */
  readonly blockOnly: boolean;
}

export const AS_USUAL: PdfSetting = { page: 'a4', blockOnly: false };

/** As many PDFs are being written, or wait for it, as may be. */
export class PdfBusy extends Error {
  override readonly name = 'PdfBusy';
}

export interface PdfStreamOptions {
  readonly report?: (error: unknown) => void;
  readonly setting?: PdfSetting | undefined;
  /** Of which no other is made meanwhile; null for what somebody is typing, which waits for none of them. */
  readonly letterId?: string | null;
}

/**
 * A letter as PDF, written in a thread of its own and sent page by page.
 * @throws PdfBusy at once, where too many wait already
 */
export function pdfStream(document: LetterDocument, signal: AbortSignal, options: PdfStreamOptions = {}): ReadableStream<Uint8Array> {
  const { report = (error: unknown) => instance().report('pdf', error), setting = AS_USUAL, letterId = null } = options;
  // Whoever goes away in the middle ends the thread: a PDF of a million names is not written for nobody.
  const gone = new AbortController();
  const ended = AbortSignal.any([signal, gone.signal]);
  const turn = enterQueue(ended, letterId);

  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  const writer = writable.getWriter();
  writer.closed.catch(() => gone.abort());
  async function write(bytes: Uint8Array): Promise<void> {
    const stalled = setTimeout(() => gone.abort(), STALLED_MS);
    await writer.write(bytes).finally(() => clearTimeout(stalled));
  }

  async function render(): Promise<void> {
    await renderOnTurn(turn, document, { write, signal: ended, setting });
    await writer.close();
  }

  render()
    .catch((error: unknown) => {
      if (!ended.aborted) report(error);
      return writer.abort(error);
    })
    .catch(() => undefined);
  return readable;
}

/** @throws PdfBusy */
export function enterQueue(signal: AbortSignal, letterId: string | null): Promise<() => void> {
  memo.undersignedRenders ??= renderQueue(LIMITS);
  const entered = memo.undersignedRenders.enter(signal, letterId);
  if (!entered.ok) throw new PdfBusy();
  return entered.value.turn;
}

interface Output {
  readonly write: (bytes: Uint8Array) => void | Promise<void>;
  readonly progress?: TellProgress;
  readonly signal: AbortSignal;
  readonly setting: PdfSetting;
}

export async function renderOnTurn(
  turn: Promise<() => void>,
  document: LetterDocument,
  { write, progress, signal, setting }: Output,
): Promise<void> {
  const leave = await turn;
  try {
    const options = {
      ...setting,
      tagged: true,
      pdfa: null,
      signal,
      ...(progress ? { onProgress: progress } : {}),
      // The bundled module does not lie beside the fonts and the worker.
      assets: assetsAt(pathToFileURL(join(loadConfig().root, '/'))),
    } as const;
    await renderPdfInWorker(document, options, { write });
  } finally {
    leave();
  }
}
