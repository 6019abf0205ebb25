import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { loadConfig } from '../../lib/config.ts';
import type { LetterDocument } from '../../lib/document/model.ts';
import type { StoredLetter } from '../../lib/letters/document.ts';
import { assetsAt } from '../../lib/pdf/assets.ts';
import { KeptRenders, renderVersion } from '../../lib/pdf/kept-renders.ts';
import type { PageSize } from '../../lib/pdf/layout/geometry.ts';
import { type RenderQueue, renderQueue } from '../../lib/pdf/render-queue.ts';
import { renderPdfInWorker } from '../../lib/pdf/worker-host.ts';
import { instance } from './instance.ts';

/** A thread takes a processor and some hundred megabytes, so the whole process shares these. */
const LIMITS = { running: 2, waiting: 8 };

/** Whoever takes no byte for so long gives the thread to the next. */
const STALLED_MS = 60_000;

/** Bytes of finished files that are kept. */
const KEPT_BYTES = 64 * 1024 * 1024;
/** Entries of a letter whose file is kept: some fifteen megabytes. That of a longer list goes out page by page, each time anew. */
const KEPT_ENTRIES = 150_000;
/** A final file stays right; that of a list which may still grow says of when it is, so nobody gets one much older than that. */
const KEPT_MS = { final: 3_600_000, notFinal: 300_000 };

// Route handlers have copies of this module of their own; only globalThis is shared by them.
const memo: { undersignedRenders?: RenderQueue; undersignedKeptRenders?: KeptRenders } = globalThis as typeof memo;

/** How a letter is set. */
export interface PdfSetting {
  readonly page: PageSize;
  /** The signatories alone, to be put behind a letter that was set elsewhere. */
  readonly blockOnly: boolean;
}

const AS_USUAL: PdfSetting = { page: 'a4', blockOnly: false };

/** What an address asks for: `page=letter`, and of a letter that has signatories `part=signatories`; anything else is as usual. */
export const pdfSettingOf = (search: URLSearchParams, { sections }: Pick<LetterDocument, 'sections'>): PdfSetting => ({
  page: search.get('page') === 'letter' ? 'letter' : 'a4',
  blockOnly: search.get('part') === 'signatories' && sections.length > 0,
});

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
  setting = AS_USUAL,
): ReadableStream<Uint8Array> {
  // Whoever goes away in the middle ends the thread: a PDF of a million names is not written for nobody.
  const gone = new AbortController();
  const ended = AbortSignal.any([signal, gone.signal]);
  const turn = enterQueue(ended);

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

/**
 * The PDF of a letter, kept when it is finished and given again while the letter is in the same state. Several who ask for it at
 * once read the same one.
 * @param whose the letter's id, and what else tells its documents apart
 * @throws PdfBusy at once, where too many wait already
 */
export function letterPdf(
  { document, state }: Pick<StoredLetter, 'document' | 'state'>,
  whose: string,
  signal: AbortSignal,
  setting = AS_USUAL,
): ReadableStream<Uint8Array> {
  if (document.sections.reduce((sum, { count }) => sum + count, 0) > KEPT_ENTRIES) return pdfStream(document, signal, undefined, setting);
  memo.undersignedKeptRenders ??= new KeptRenders(KEPT_BYTES);
  return memo.undersignedKeptRenders.open({
    // Each in its place: who downloads one language after the other must not push out what another is reading.
    key: [whose, document.edition, setting.page, setting.blockOnly, ...document.texts.map(({ language }) => language)].join(' '),
    version: renderVersion(document, state),
    keepMs: document.mark === null ? KEPT_MS.final : KEPT_MS.notFinal,
    signal,
    start: (gone) => {
      const turn = enterQueue(gone);
      return async (write) => {
        try {
          await renderOnTurn(turn, document, { write, signal: gone, setting });
        } catch (error) {
          if (!gone.aborted) instance().report('pdf', error);
          throw error;
        }
      };
    },
  });
}

/** @throws PdfBusy */
function enterQueue(signal: AbortSignal): Promise<() => void> {
  memo.undersignedRenders ??= renderQueue(LIMITS);
  const entered = memo.undersignedRenders.enter(signal);
  if (!entered.ok) throw new PdfBusy();
  return entered.value.turn;
}

interface Output {
  readonly write: (bytes: Uint8Array) => void | Promise<void>;
  readonly signal: AbortSignal;
  readonly setting: PdfSetting;
}

async function renderOnTurn(turn: Promise<() => void>, document: LetterDocument, { write, signal, setting }: Output): Promise<void> {
  const leave = await turn;
  try {
    const options = {
      ...setting,
      tagged: true,
      pdfa: null,
      signal,
      // The bundled module does not lie beside the fonts and the worker.
      assets: assetsAt(pathToFileURL(join(loadConfig().root, '/'))),
    } as const;
    await renderPdfInWorker(document, options, { write });
  } finally {
    leave();
  }
}
