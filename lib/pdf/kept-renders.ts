import { createHash } from 'node:crypto';
import type { LetterDocument } from '../document/model.ts';
import { BoundedCache } from '../shared/bounded-cache.ts';

export type WriteBytes = (bytes: Uint8Array) => void;

/** Entries set so far, of all. */
export type TellProgress = (done: number, total: number) => void;

export interface KeptRenderRequest {
  /** Whose document it is. */
  readonly key: string;
  /** See `renderVersion`. */
  readonly version: string;
  /** How long the finished bytes are of use, in milliseconds. */
  readonly keepMs: number;
  /** Begins to write; may throw at once. The signal is aborted when nobody reads or waits any longer. */
  readonly start: (signal: AbortSignal) => (write: WriteBytes, progress: TellProgress) => Promise<void>;
}

/** How far a PDF is: `queued` until its turn has come and its first entries are set. */
export type RenderState = 'queued' | { readonly done: number; readonly total: number } | 'finished' | 'failed';

/** Of those who wait without reading, the one who has not looked for the longest gives way beyond so many: each is a line of memory. */
const MOST_PLACES = 1_000;

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
  readonly ended: Promise<void>;
  readonly #pieces: Uint8Array[] = [];
  readonly #waiting = new Set<() => void>();
  readonly #settle: () => void;
  #end: 'open' | 'done' | { readonly error: unknown } = 'open';
  #progress: { readonly done: number; readonly total: number } | null = null;
  #readers = 0;
  size = 0;

  constructor() {
    const { promise, resolve } = Promise.withResolvers<void>();
    this.ended = promise;
    this.#settle = resolve;
  }

  get state(): RenderState {
    if (this.#end === 'open') return this.#progress ?? 'queued';
    return this.#end === 'done' ? 'finished' : 'failed';
  }

  write(bytes: Uint8Array): void {
    this.#pieces.push(bytes);
    this.size += bytes.byteLength;
    this.#tell();
  }

  progress(done: number, total: number): void {
    this.#progress = { done, total };
  }

  end(end: 'done' | { readonly error: unknown }): void {
    this.#end = end;
    this.#tell();
    this.#settle();
  }

  #tell(): void {
    for (const told of this.#waiting) told();
    this.#waiting.clear();
  }

  /** Counts one more who wants it, until they call what they get: the last to go ends it. */
  join(): () => void {
    this.#readers++;
    let left = false;
    return () => {
      if (left) return;
      left = true;
      this.#readers--;
      if (this.#readers === 0 && this.#end === 'open') this.gone.abort();
    };
  }

  read(signal: AbortSignal): ReadableStream<Uint8Array> {
    let at = 0;
    const leave = this.join();
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
        cancel: leave,
      },
      { highWaterMark: 0 },
    );
  }
}

export interface Waiting {
  /** How long a place is held after each look. */
  readonly holdMs: number;
  /** How long a look waits for the end, which may come soon. */
  readonly patienceMs: number;
}

interface Place {
  readonly render: Render;
  readonly leave: () => void;
  readonly lapse: NodeJS.Timeout;
}

/**
 * Finished PDFs, and those under way: who asks for the same one meanwhile reads along, or waits for it in a place of their own. Kept by
 * what they were made from, so that a file is given again only while the database says that nothing has changed.
 */
export class KeptRenders {
  readonly #renders: BoundedCache<Render>;
  /** Whoever looked last stands last. */
  readonly #places = new Map<string, Place>();

  /** @param limit bytes of all finished files together */
  constructor(limit: number) {
    this.#renders = new BoundedCache(limit);
  }

  get size(): number {
    return this.#renders.size;
  }

  /** Whether the file of this very version is there as a whole. */
  has({ key, version }: Pick<KeptRenderRequest, 'key' | 'version'>): boolean {
    return this.#renders.get(key, version)?.state === 'finished';
  }

  /**
   * @param signal of this reader
   * @throws whatever `start` throws
   */
  open(request: KeptRenderRequest, signal: AbortSignal): ReadableStream<Uint8Array> {
    return this.#find(request).read(signal);
  }

  /**
   * Looks how far a PDF is, and begins it where nobody has. The place is held until `leave`, or until nobody has looked for `holdMs`;
   * whoever holds it goes on waiting for what was begun, whatever changes meanwhile. Nothing is held of what is finished.
   * @param place a name nobody else has
   * @throws whatever `start` throws
   */
  async wait(request: KeptRenderRequest, place: string, { holdMs, patienceMs }: Waiting): Promise<RenderState> {
    const held = this.#places.get(place);
    const render = held?.render ?? this.#find(request);
    const leave = held?.leave ?? render.join();
    clearTimeout(held?.lapse);
    this.#places.delete(place);
    this.#places.set(place, { render, leave, lapse: setTimeout(() => this.leave(place), holdMs).unref() });
    const [oldest] = this.#places.keys();
    if (oldest !== undefined && this.#places.size > MOST_PLACES) this.leave(oldest);
    const patience = Promise.withResolvers<void>();
    const timer = setTimeout(patience.resolve, patienceMs);
    await Promise.race([render.ended, patience.promise]);
    clearTimeout(timer);
    if (render.state === 'finished') this.leave(place);
    return render.state;
  }

  /** Gives up a place; the PDF goes on while anybody else reads it or waits. */
  leave(place: string): void {
    const held = this.#places.get(place);
    this.#places.delete(place);
    clearTimeout(held?.lapse);
    held?.leave();
  }

  #find({ key, version, keepMs, start }: KeptRenderRequest): Render {
    const known = this.#renders.get(key, version);
    if (known && !known.gone.signal.aborted) return known;
    const render = new Render();
    const run = start(render.gone.signal);
    this.#renders.set(key, version, render, 0);
    run(
      (bytes) => render.write(bytes),
      (done, total) => render.progress(done, total),
    ).then(
      () => {
        render.end('done');
        this.#renders.resize(key, render, render.size);
        // By a weak hand: what a newer one has replaced must not stay in memory for as long as this one was to be kept.
        const kept = new WeakRef(render);
        setTimeout(() => this.#forget(key, kept), keepMs).unref();
      },
      (error: unknown) => {
        this.#renders.delete(key, render);
        render.end({ error });
      },
    );
    return render;
  }

  #forget(key: string, kept: WeakRef<Render>): void {
    const render = kept.deref();
    if (render !== undefined) this.#renders.delete(key, render);
  }
}
