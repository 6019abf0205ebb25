import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { loadConfig } from '../../lib/config.ts';
import type { LetterDocument } from '../../lib/document/model.ts';
import { assetsAt } from '../../lib/pdf/assets.ts';
import { renderPdfInWorker } from '../../lib/pdf/worker-host.ts';

/** A letter as PDF, written in a thread of its own and sent page by page. */
export function pdfStream(document: LetterDocument, signal: AbortSignal): ReadableStream<Uint8Array> {
  const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
  const writer = writable.getWriter();
  // Whoever goes away in the middle ends the thread: a PDF of a million names is not written for nobody.
  const gone = new AbortController();
  writer.closed.catch(() => gone.abort());
  const options = {
    page: 'a4',
    tagged: true,
    pdfa: null,
    blockOnly: false,
    signal: AbortSignal.any([signal, gone.signal]),
    // The bundled module does not lie beside the fonts and the worker.
    assets: assetsAt(pathToFileURL(join(loadConfig().root, '/'))),
  } as const;
  renderPdfInWorker(document, options, { write: (bytes) => writer.write(bytes) })
    .then(() => writer.close())
    .catch((error: unknown) => writer.abort(error))
    .catch(() => undefined);
  return readable;
}
