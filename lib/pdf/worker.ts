import { parentPort, workerData } from 'node:worker_threads';
import type { Entry } from '../block/model.ts';
import type { LetterDocument } from '../document/model.ts';
import { renderPdf } from './render.ts';
import type { FromWorker, ToWorker, WorkerInput } from './worker-protocol.ts';

/** The rendering thread: entries come in and bytes go out one message at a time, so that neither side runs ahead of the other. */
if (parentPort === null) throw new Error('this file runs as a worker thread');
const port = parentPort;
const { document, options, assets }: WorkerInput = workerData;
const send = (message: FromWorker, transfer: ArrayBuffer[] = []) => port.postMessage(message, transfer);

const waitingForBatch: ((entries: readonly Entry[] | null) => void)[] = [];
const waitingForSink: (() => void)[] = [];
port.on('message', (message: ToWorker) => {
  if (message.type === 'batch') waitingForBatch.shift()?.(message.entries);
  else waitingForSink.shift()?.();
});

async function* batches(section: number): AsyncGenerator<readonly Entry[]> {
  const pull = () =>
    new Promise<readonly Entry[] | null>((resolve) => {
      waitingForBatch.push(resolve);
      send({ type: 'pull', section });
    });
  // One batch ahead: it is read while the one before it is set.
  let next = pull();
  for (;;) {
    const entries = await next;
    if (entries === null) return;
    next = pull();
    yield entries;
  }
}

const whole: LetterDocument = {
  ...document,
  sections: document.sections.map((section, index) => ({ ...section, batches: () => batches(index) })),
};
const summary = await renderPdf(
  whole,
  {
    ...options,
    assets: { fonts: new URL(assets.fonts), worker: new URL(assets.worker) },
    onProgress: (done, total) => send({ type: 'progress', done, total }),
  },
  {
    write: (bytes) =>
      new Promise((resolve) => {
        waitingForSink.push(resolve);
        // Not slice: a Buffer's shares the pool it lies in, which cannot be handed over.
        const copy = new Uint8Array(bytes);
        send({ type: 'bytes', bytes: copy }, [copy.buffer]);
      }),
  },
);
send({ type: 'done', summary });
port.close();
