import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { isWaitedFor, type LetterPdf, lookAtPdf, placeOf } from './letter-pdf.ts';

/** What names a PDF in the address of its file, and goes on with whoever waits for it. */
const NAMING = ['language', 'page', 'part', 'names', 'edition', 'show'] as const;

/** What is asked of a page on which somebody waits for a PDF. */
export interface PdfAsked {
  /** Of the file: see `NAMING`. */
  readonly naming: Readonly<Record<string, string>>;
  /** The name under which they wait: it opens nothing, and at another letter or edition it means nothing. */
  readonly place: string;
  /** They came by the link to the file, and have not seen the page yet. */
  readonly fresh: boolean;
  /** They have seen it: the page says it anew, once or again and again. */
  readonly look: 'once' | 'by-itself' | null;
  readonly cancelled: boolean;
}

/** A name of a place, as this process or another made it. */
const PLACE = /^[0-9a-f-]{36}$/;

/** The button that gives up a place. */
export const pdfPlaceForm = z.object({ place: z.string().max(36).default('') });

export function readPdfAsked(given: Readonly<Record<string, string | readonly string[] | undefined>>): PdfAsked {
  const one = (name: string): string | null => (typeof given[name] === 'string' && given[name] !== '' ? given[name] : null);
  const place = one('place');
  const known = place !== null && PLACE.test(place);
  const look = one('look');
  return {
    naming: Object.fromEntries(NAMING.flatMap((name) => (one(name) === null ? [] : [[name, one(name) ?? '']]))),
    place: known ? place : randomUUID(),
    fresh: known && look === null,
    look: look === 'once' || look === 'by-itself' ? look : null,
    cancelled: one('cancelled') !== null,
  };
}

/** A path with what names the PDF, and something else. */
export function askedPath(path: string, { naming }: Pick<PdfAsked, 'naming'>, more: Readonly<Record<string, string>> = {}): string {
  const query = new URLSearchParams({ ...naming, ...more });
  return query.size === 0 ? path : `${path}?${query}`;
}

/**
 * Where somebody is led who asks in a browser for a PDF that takes its time: a page that says how far it is. Null for every other
 * program, which gets the file as it is made, and for whoever wants just that (`straight`).
 * @param page the path of that page
 */
export function waitingAddress(request: Request, pdf: LetterPdf, page: string): string | null {
  const { searchParams } = new URL(request.url, 'http://localhost');
  if (request.method !== 'GET' || searchParams.has('straight') || !opensPages(request.headers) || !isWaitedFor(pdf)) return null;
  const { edition } = pdf.document;
  const { naming, place } = readPdfAsked({ ...Object.fromEntries(searchParams), edition: edition === 'public' ? '' : edition, place: '' });
  return askedPath(page, { naming }, { place });
}

/** A browser that goes to an address, and shows what it finds there. */
function opensPages(headers: Headers): boolean {
  const fetched = headers.get('sec-fetch-dest');
  return fetched === null ? (headers.get('accept') ?? '').includes('text/html') : fetched === 'document';
}

export type PdfWait = Awaited<ReturnType<typeof lookAtPdf>> | 'cancelled';

/** How far the PDF is. Nothing is begun for whoever gave up, nor where the file is had at once. */
export async function lookAt(pdf: LetterPdf, { place, cancelled }: PdfAsked): Promise<PdfWait> {
  if (cancelled) return 'cancelled';
  return isWaitedFor(pdf) ? await lookAtPdf(pdf, placeOf(pdf.letterId, pdf.document.edition, place)) : 'finished';
}
