import type { LetterStatus, PublicationChoice } from '../../db/schema/values.ts';
import { letterDocument } from '../../lib/letters/document.ts';
import { viewPublicPage } from '../../lib/letters/public-page.ts';
import { viewPublicPicture } from '../../lib/letters/public-picture.ts';
import { renderText } from '../../lib/plain/text.ts';
import { listFile } from '../../lib/signatures/list-file.ts';
import { type Invited, letterRow, type OpenLetter, signatureRows } from './invited.ts';

/**
 * Whose name may be seen where, in words of its own: what random sequences of answers are held against. Every name that is given holds a
 * token of its own, so that it is found in whatever is shown: a page, a document, a table.
 */

export const organisationToken = (number: number): string => `Org-${number}`;
export const personToken = (number: number): string => `Per-${number}`;
export const tokensIn = (shown: unknown): readonly string[] =>
  (typeof shown === 'string' ? shown : (JSON.stringify(shown) ?? '')).match(/\b(?:Org|Per)-\d+/g) ?? [];

/** One entry, with the gates that it has passed. Whatever is refused changes nothing here. */
export interface Claim {
  readonly id: string;
  readonly signingId: string;
  /** By whom it came: the organisation an invitation was for; `open` by an open link, `vouched` by a member, `claimed` by a stranger. */
  readonly door: string;
  capacity: 'organisation' | 'personal';
  lead: string;
  /** Of the person who prints beside an organisation. */
  beside: string | null;
  choice: PublicationChoice;
  /** The address is proved, or a member vouches. */
  proved: boolean;
  /** Somebody of the coalition has to look at it, and has. */
  toLookAt: boolean;
  looked: boolean;
  /** Withdrawn, rejected, or handed over. */
  ended: boolean;
  wish: Pick<Claim, 'capacity' | 'lead' | 'beside'> | null;
}

/** Who gave an act, and how they come back to it. */
export interface Act {
  readonly signingId: string;
  /** The token of the person. */
  readonly person: string;
  readonly invited: Invited | null;
  readonly confirmation: string | null;
  readonly link: number | null;
  readonly at: Date;
}

export interface SigningModel {
  readonly claims: Map<string, Claim>;
  readonly acts: Act[];
  readonly links: { readonly id: string; readonly slug: string; readonly cap: number | null; closed: boolean; confirmed: number }[];
  readonly invited: { readonly holder: Invited; readonly party: string | null; readonly claimed: boolean; revoked: boolean }[];
  readonly onApproval: boolean;
  status: LetterStatus;
  hidden: boolean;
  isPublic: boolean;
  deadline: Date;
  now: Date;
}

const passed = ({ proved, toLookAt, looked, ended }: Claim): boolean => proved && !ended && (!toLookAt || looked);

const tokensOf = (claim: Claim): readonly string[] => [claim.lead, ...(claim.beside === null ? [] : [claim.beside])];

/** The tokens that may be read by who reads that edition, or by members (`listed`). */
export function allowed(model: SigningModel, where: 'public' | 'addressee' | 'listed'): ReadonlySet<string> {
  if (model.hidden || model.status === 'withdrawn') return new Set();
  const may = [...model.claims.values()].filter(
    (claim) =>
      passed(claim) && (where === 'listed' || claim.choice === 'public' || (where === 'addressee' && claim.choice === 'addressee')),
  );
  return new Set(may.flatMap(tokensOf));
}

/** What breaks the law in what is shown at this moment; nothing where all is well. */
export async function breaches(open: OpenLetter, model: SigningModel): Promise<readonly string[]> {
  const { instance, letter, letterId } = open;
  const { now } = model;
  const found: string[] = [];
  const among = (where: string, shown: unknown, may: ReadonlySet<string>) => {
    for (const token of new Set(tokensIn(shown))) if (!may.has(token)) found.push(`${token} is in ${where}`);
  };
  const row = await letterRow(open);
  for (const edition of ['public', 'addressee'] as const) {
    const document = await letterDocument(instance, letterId, { edition, now });
    let text = '';
    if (document) for await (const piece of renderText(document)) text += piece;
    among(`the ${edition} edition`, text, allowed(model, edition));
    const leads = text.match(/^Org-\d+(?= Forum)/gm) ?? [];
    if (new Set(leads).size < leads.length) found.push(`an organisation stands twice in the ${edition} edition`);
  }
  const page = await viewPublicPage(instance, row.slug, { language: null, after: null, words: '' }, now);
  among('the public page', page, model.isPublic ? allowed(model, 'public') : new Set());
  if (page !== null && !model.isPublic) found.push('the public page is there');
  const searched = await viewPublicPage(instance, row.slug, { language: null, after: null, words: 'forum' }, now);
  among('the search', searched, model.isPublic ? allowed(model, 'public') : new Set());
  among('the social picture', await viewPublicPicture(instance, row.slug, null, now), new Set());
  const table = await listFile(instance, letter, 'listed');
  if (table !== null && (model.hidden || model.status === 'withdrawn')) found.push('the table is there');
  let rows = '';
  if (table) for await (const piece of table) rows += piece;
  among('the table', rows, allowed(model, 'listed'));

  const entries = await signatureRows(open);
  const listed = entries.filter(({ status }) => status === 'listed');
  const count = (capacity: string) => listed.filter((entry) => entry.capacity === capacity).length;
  const late = (capacity: string) => listed.filter((entry) => entry.capacity === capacity && entry.addendum !== null).length;
  const { organisationCount, personCount, addendumOrganisationCount, addendumPersonCount } = row;
  const counts = { all: [organisationCount, personCount], late: [addendumOrganisationCount, addendumPersonCount] };
  const rowsSay = { all: [count('organisation'), count('personal')], late: [late('organisation'), late('personal')] };
  if (JSON.stringify(counts) !== JSON.stringify(rowsSay)) found.push(`counted ${JSON.stringify(counts)} of ${JSON.stringify(rowsSay)}`);
  for (const { id, status, publication, printedName, searchText, rank } of entries) {
    const stored = printedName !== null || searchText !== null || rank !== null;
    if (stored && (status !== 'listed' || publication !== 'public')) found.push(`${id} is ${status} and stored to be shown`);
    if (status === 'listed' && !passed(model.claims.get(id) ?? claim('nobody', { proved: false })))
      found.push(`${id} is listed without its gates`);
  }
  return found;
}

/** One run of commands on one letter. */
export interface Run {
  readonly open: OpenLetter;
  readonly model: SigningModel;
  /** Names that nobody else has. */
  readonly fresh: () => number;
  /** Tells the addresses of one run from those of another. */
  readonly word: string;
}

export const forum = (token: string): string => `${token} Forum`;
export const quist = (token: string): string => `${token} Quist`;
export const nth = <Item>(items: readonly Item[], index: number): Item | undefined => items[items.length === 0 ? 0 : index % items.length];

export const claim = (door: string, fields: Partial<Claim>): Claim => ({
  id: '',
  signingId: '',
  door,
  capacity: 'personal',
  lead: '',
  beside: null,
  choice: 'public',
  proved: true,
  toLookAt: false,
  looked: false,
  ended: false,
  wish: null,
  ...fields,
});

export const takesSignatures = ({ status, deadline, now }: SigningModel): boolean => status === 'open' && now < deadline;

/** What the product has ended of its own accord is ended for the law as well: that can only take names away. */
export async function tighten({ open, model }: Run): Promise<void> {
  for (const { id, status } of await signatureRows(open)) {
    const one = model.claims.get(id);
    if (one && (status === 'withdrawn' || status === 'rejected')) one.ended = true;
  }
}
