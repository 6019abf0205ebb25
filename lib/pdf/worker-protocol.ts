import type { Entry } from '../block/model.ts';
import type { LetterDocument } from '../document/model.ts';
import type { PdfOptions, PdfSummary } from './render.ts';

/** What a rendering thread and the thread that asked for it say to each other. */
export type WorkerDocument = Omit<LetterDocument, 'sections'> & {
  readonly sections: readonly Omit<LetterDocument['sections'][number], 'batches'>[];
};

export interface WorkerInput {
  readonly document: WorkerDocument;
  readonly options: Omit<PdfOptions, 'onProgress' | 'signal' | 'assets'>;
  /** `PdfAssets` as strings: a URL does not cross threads. */
  readonly assets: { readonly fonts: string; readonly worker: string };
}

export type ToWorker =
  | { readonly type: 'batch'; readonly entries: readonly Entry[] | null }
  /** The sink has taken the bytes. */
  | { readonly type: 'written' };

export type FromWorker =
  /** From the section of this index; the first time from its beginning. */
  | { readonly type: 'pull'; readonly section: number }
  | { readonly type: 'bytes'; readonly bytes: Uint8Array }
  | { readonly type: 'progress'; readonly done: number; readonly total: number }
  | { readonly type: 'done'; readonly summary: PdfSummary };
