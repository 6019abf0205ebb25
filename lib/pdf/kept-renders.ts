import { createHash } from 'node:crypto';
import type { LetterDocument } from '../document/model.ts';
import { BoundedCache } from '../shared/bounded-cache.ts';

export type WriteBytes = (bytes: Uint8Array) => void;

export interface KeptRenderRequest {
  /** Whose document it is. */
  readonly key: string;
  /** See `renderVersion`. */
  readonly version: string;
  /** How long the finished bytes are of use, in milliseconds. */
  readonly keepMs: number;
  /** Of this reader. */
  readonly signal: AbortSignal;
  /** Begins to write; may throw at once. The signal is aborted when nobody reads any longer. */
  readonly start: (signal: AbortSignal) => (write: WriteBytes) => Promise<void>;
}

/**
 * Names what the bytes of a PDF depend on: the state of letter and list, and all that stands in the document. Only the moment of a list
 * that is not final is left out: while nothing has changed it is true of the moment before as well.
 */
export function renderVersion(document: LetterDocument, state: string): string {
  const mark = document.mark?.type === 'not-final' ? { ...document.mark, asOf: null } : document.mark;
  return createHash('sha256')
    .update(JSON.stringify([state, { ...document, mark }]))
    .digest('base64url');
}

/** Bytes that are being written or have been, for as many readers as come. */
class Render {
  readonly gone = new AbortController();
  readonly #pieces: Uint8Array[] = [];
  readonly #waiting = new Set<() => void>();
  #end: 'open' | 'done' | { readonly error: unknown } = 'open';
  #readers = 0;
  size = 0;

  write(bytes: Uint8Array): void {
    this.#pieces.push(bytes);
    this.size += bytes.byteLength;
    this.#tell();
  }

  end(end: 'done' | { readonly error: unknown }): void {
    this.#end = end;
    this.#tell();
  }

  #tell(): void {
    for (const told of this.#waiting) told();
    this.#waiting.clear();
  }

  read(signal: AbortSignal): ReadableStream<Uint8Array> {
    this.#readers++;
    let at = 0;
    const leave = () => {
      signal.removeEventListener('abort', leave);
      this.#readers--;
      if (this.#readers === 0 && this.#end === 'open') this.gone.abort();
    };
    signal.addEventListener('abort', leave, { once: true });
    return new ReadableStream(
      {
        pull: async (controller) => {
          while (at === this.#pieces.length && this.#end === 'open') await new Promise<void>((told) => this.#waiting.add(told));
          const piece = this.#pieces[at++];
          // A copy: whoever reads may take the bytes away.
          if (piece) controller.enqueue(piece.slice());
          else if (this.#end === 'done') controller.close();
          else if (this.#end !== 'open') controller.error(this.#end.error);
          if (!piece) signal.removeEventListener('abort', leave);
        },
        cancel: () => {
          if (!signal.aborted) leave();
        },
      },
      { highWaterMark: 0 },
    );
  }
}

/**
 * Finished PDFs, and those under way: who asks for the same one meanwhile reads along. Kept by what they were made from, so that a file
 * is given again only while the database says that nothing has changed.
 */
export class KeptRenders {
  readonly #renders: BoundedCache<Render>;

  /** @param limit bytes of all finished files together */
  constructor(limit: number) {
    this.#renders = new BoundedCache(limit);
  }

  get size(): number {
    return this.#renders.size;
  }

  /** @throws whatever `start` throws */
  open({ key, version, keepMs, signal, start }: KeptRenderRequest): ReadableStream<Uint8Array> {
    const known = this.#renders.get(key, version);
    if (known && !known.gone.signal.aborted) return known.read(signal);
    const render = new Render();
    const run = start(render.gone.signal);
    this.#renders.set(key, version, render, 0);
    run((bytes) => render.write(bytes)).then(
      () => {
        render.end('done');
        this.#renders.resize(key, render, render.size);
        setTimeout(() => this.#renders.delete(key, render), keepMs).unref();
      },
      (error: unknown) => {
        this.#renders.delete(key, render);
        render.end({ error });
      },
    );
    return render.read(signal);
  }
}
