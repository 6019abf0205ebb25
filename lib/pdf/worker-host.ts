import { Worker } from 'node:worker_threads';
import type { Entry } from '../block/model.ts';
import type { LetterDocument } from '../document/model.ts';
import { defaultAssets } from './assets.ts';
import type { PdfOptions, PdfSummary, Sink } from './render.ts';
import type { FromWorker, ToWorker, WorkerInput } from './worker-protocol.ts';

/**
 * `renderPdf` in a thread of its own, so that a server goes on answering. Entries are read here, a batch at a time as the thread asks for
 * them; bytes are written here, one piece at a time. An abort ends the thread at once and rejects with the signal's reason.
 */
export async function renderPdfInWorker(document: LetterDocument, options: PdfOptions, sink: Sink): Promise<PdfSummary> {
  const { onProgress, signal, assets = defaultAssets(), ...rest } = options;
  signal?.throwIfAborted();
  const input: WorkerInput = {
    document: { ...document, sections: document.sections.map(({ batches: _, ...section }) => section) },
    options: rest,
    assets: { fonts: assets.fonts.href, worker: assets.worker.href },
  };
  const worker = new Worker(assets.worker, { workerData: input });
  const iterators = new Map<number, AsyncIterator<readonly Entry[]>>();
  const send = (message: ToWorker) => worker.postMessage(message);

  async function pull(index: number): Promise<void> {
    let iterator = iterators.get(index);
    if (iterator === undefined) {
      iterator = document.sections[index]?.batches()[Symbol.asyncIterator]();
      if (iterator === undefined) throw new Error(`no section ${index}`);
      iterators.set(index, iterator);
    }
    const { done, value } = await iterator.next();
    if (done === true) iterators.delete(index);
    send({ type: 'batch', entries: done === true ? null : value });
  }

  let resolve: (summary: PdfSummary) => void = () => {};
  let reject: (reason: unknown) => void = () => {};
  const promise = new Promise<PdfSummary>((onDone, onFault) => {
    resolve = onDone;
    reject = onFault;
  });
  const abort = () => reject(signal?.reason);
  signal?.addEventListener('abort', abort, { once: true });
  worker.on('error', reject);
  worker.on('exit', (code) => reject(new Error(`the rendering thread ended with code ${code}`)));
  worker.on('message', (message: FromWorker) => {
    switch (message.type) {
      case 'pull':
        pull(message.section).catch(reject);
        break;
      case 'bytes':
        Promise.resolve()
          .then(() => sink.write(message.bytes))
          .then(() => send({ type: 'written' }))
          .catch(reject);
        break;
      case 'progress':
        onProgress?.(message.done, message.total);
        break;
      case 'done':
        resolve(message.summary);
        break;
    }
  });
  try {
    return await promise;
  } finally {
    signal?.removeEventListener('abort', abort);
    await worker.terminate();
    // Sources with something to give back, a database cursor, are told that no more is wanted.
    for (const iterator of iterators.values()) await iterator.return?.();
  }
}
