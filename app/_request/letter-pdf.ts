import type { Extent } from '../../lib/block/addenda.ts';
import type { Edition, LetterDocument } from '../../lib/document/model.ts';
import type { StoredLetter } from '../../lib/letters/document.ts';
import { type KeptRenderRequest, KeptRenders, type RenderState, renderVersion } from '../../lib/pdf/kept-renders.ts';
import { instance } from './instance.ts';
import { AS_USUAL, enterQueue, PdfBusy, type PdfSetting, pdfStream, renderOnTurn } from './pdf-stream.ts';

/** Bytes of finished files that are kept. */
const KEPT_BYTES = 64 * 1024 * 1024;
/** Entries of a letter whose file is kept: some fifteen megabytes. That of a longer list goes out page by page, each time anew. */
const KEPT_ENTRIES = 150_000;
/** A final file stays right; that of a list which may still grow says of when it is, so nobody gets one much older than that. */
const KEPT_MS = { final: 3_600_000, notFinal: 300_000 };

/** Entries from which on whoever asks in a browser is told how far their PDF is. */
const WAITED_FOR_ENTRIES = 5_000;
/** Whoever has not looked for so long waits no more; a look waits so long for the end, which is mostly near. */
const WAITING = { holdMs: 120_000, patienceMs: 4_000 };

// Route handlers have copies of this module of their own; only globalThis is shared by them.
const memo: { undersignedKeptRenders?: KeptRenders } = globalThis as typeof memo;

/** What an address asks for of a delivered letter's names: `names=delivered` or `names=addenda`; anything else is all of them. */
export function extentOf(search: URLSearchParams): Extent {
  const asked = search.get('names');
  return asked === 'delivered' || asked === 'addenda' ? asked : 'whole';
}

/**
 * What an address asks for: `page=letter`, and of a letter that has signatories `part=signatories`; anything else is as usual. Later
 * names alone, `names=addenda`, are without the letter.
 */
export const pdfSettingOf = (search: URLSearchParams, { sections }: Pick<LetterDocument, 'sections'>): PdfSetting => ({
  page: search.get('page') === 'letter' ? 'letter' : 'a4',
  blockOnly: (search.get('part') === 'signatories' || extentOf(search) === 'addenda') && sections.length > 0,
});

/** One of the PDFs of a letter. */
export interface LetterPdf extends Pick<StoredLetter, 'document' | 'state'> {
  readonly letterId: string;
  /** What tells it apart beside edition, languages and setting: a copy for whoever decides. */
  readonly copy?: 'board';
  /** Of the names; all of them where it is left out. */
  readonly extent?: Extent;
  readonly setting?: PdfSetting;
  /** For those who work on the letter: they wait for nobody who only reads it. */
  readonly desk?: true;
}

/**
 * Of one letter one PDF is made at a time, and one for its desk: what is too long to be kept is made as fast as its reader takes it, and
 * anybody may be that reader.
 */
const queueOf = ({ letterId, desk }: LetterPdf): string => (desk ? `${letterId} desk` : letterId);

/**
 * The PDF of a letter, kept when it is finished and given again while the letter is in the same state. Several who ask for it at
 * once read the same one; see `queueOf`.
 * @throws PdfBusy at once, where too many wait already
 */
export function letterPdf(pdf: LetterPdf, signal: AbortSignal): ReadableStream<Uint8Array> {
  const { document, setting } = pdf;
  if (entriesOf(document) > KEPT_ENTRIES) return pdfStream(document, signal, { setting, letterId: queueOf(pdf) });
  return keptRenders().open(requestOf(pdf), signal);
}

/** Whether a PDF is long in the making: one that is kept and not here yet. */
export function isWaitedFor(pdf: LetterPdf): boolean {
  const entries = entriesOf(pdf.document);
  return entries >= WAITED_FOR_ENTRIES && entries <= KEPT_ENTRIES && !keptRenders().has(requestOf(pdf));
}

/**
 * Looks how far a PDF is that is waited for, and has it made where nobody has asked for it yet. Whoever goes on looking under the same
 * name waits for that one. Another process of the same instance knows nothing of it: it makes one of its own, and where nobody looks
 * again it stops.
 * @param place see `placeOf`
 */
export async function lookAtPdf(pdf: LetterPdf, place: string): Promise<RenderState | 'busy'> {
  try {
    return await keptRenders().wait(requestOf(pdf), place, WAITING);
  } catch (error) {
    if (error instanceof PdfBusy) return 'busy';
    throw error;
  }
}

/** Waits no more; others who wait for the same PDF, or read it, still get it. */
export const leavePdf = (place: string): void => memo.undersignedKeptRenders?.leave(place);

/** Where somebody waits: what they were let in to stands before the name they bring, so that it says nothing at another letter. */
export const placeOf = (letterId: string, edition: Edition, name: string): string => `${letterId} ${edition} ${name}`;

const entriesOf = ({ sections }: Pick<LetterDocument, 'sections'>): number => sections.reduce((sum, { count }) => sum + count, 0);

function keptRenders(): KeptRenders {
  memo.undersignedKeptRenders ??= new KeptRenders(KEPT_BYTES);
  return memo.undersignedKeptRenders;
}

function requestOf(pdf: LetterPdf): KeptRenderRequest {
  const { document, state, letterId, copy, extent = 'whole', setting = AS_USUAL } = pdf;
  const languages = document.texts.map(({ language }) => language);
  return {
    // Each in its place: who downloads one language after the other must not push out what another is reading.
    key: [letterId, copy ?? 'letter', extent, document.edition, setting.page, setting.blockOnly, ...languages].join(' '),
    version: renderVersion(document, state),
    keepMs: document.mark === null ? KEPT_MS.final : KEPT_MS.notFinal,
    start: (gone) => {
      const turn = enterQueue(gone, queueOf(pdf));
      return async (write, progress) => {
        try {
          await renderOnTurn(turn, document, { write, progress, signal: gone, setting });
        } catch (error) {
          if (!gone.aborted) instance().report('pdf', error);
          throw error;
        }
      };
    },
  };
}
