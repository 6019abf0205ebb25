import { findLetterById, findLetterBySlug, type LetterRow, listLettersOfFingerprint, listVersionTexts } from '../../db/queries/letters.ts';
import { listOpenLinks } from '../../db/queries/open-links.ts';
import type { LetterStatus } from '../../db/schema/values.ts';
import type { Letterhead } from '../document/model.ts';
import type { Instance } from '../instance.ts';
import { findLetterFacts } from '../invitations/mail.ts';
import { openLinkState } from '../signatures/open-links.ts';
import { type WithdrawnLetter, withdrawnLetter } from '../signatures/shown-letter.ts';
import { type FrozenDocumentText, frozenDocumentText, namesMayShow } from './document.ts';
import { letterheadInWords } from './letterhead.ts';
import { type PublicList, viewPublicList } from './public-list.ts';
import { isPublic, wasPublic } from './release.ts';
import { takesSignatures } from './status.ts';

/** Listed entries, and how many of them came after the delivery. */
export interface SignatoryCounts {
  readonly organisations: number;
  readonly people: number;
  readonly later: { readonly organisations: number; readonly people: number };
}

export const countsOf = (
  letter: Pick<LetterRow, 'organisationCount' | 'personCount' | 'addendumOrganisationCount' | 'addendumPersonCount'>,
): SignatoryCounts => ({
  organisations: letter.organisationCount,
  people: letter.personCount,
  later: { organisations: letter.addendumOrganisationCount, people: letter.addendumPersonCount },
});

/** What everybody may read of a letter. */
export interface PublicLetter {
  readonly kind: 'letter';
  readonly slug: string;
  readonly coalition: string;
  readonly status: LetterStatus;
  readonly sample: boolean;
  readonly zone: string;
  readonly deadlineAt: Date | null;
  readonly date: string | null;
  readonly place: string | null;
  readonly letterhead: Letterhead | undefined;
  /** In the language asked for, or the authentic one. */
  readonly text: FrozenDocumentText;
  /** The authentic one first. */
  readonly texts: readonly FrozenDocumentText[];
  /** Listed entries, whoever may see their names; null while names are hidden. */
  readonly counts: SignatoryCounts | null;
  readonly list: PublicList | 'being-ordered' | null;
  /** The address of an open link that takes signatures; null where signing is by invitation; undefined where it is over. */
  readonly signing: { readonly openLink: string | null } | undefined;
  /** The withdrawn letter in whose place this one stands, where everybody may know of it. */
  readonly replaces: { readonly slug: string; readonly headline: string } | null;
}

/** What everybody may know of a letter that was withdrawn after everybody could read it: no text, and no name. */
export interface Tombstone {
  readonly kind: 'withdrawn';
  readonly slug: string;
  readonly text: Pick<FrozenDocumentText, 'language' | 'headline'>;
  readonly withdrawn: WithdrawnLetter;
}

export interface PublicPageAsked {
  /** Of the text: BCP 47. */
  readonly language: string | null;
  /** Of the list: out of the address. */
  readonly after: string | null;
  readonly words: string;
}

/** As `slugWithEnding` makes them. */
const SLUG = /^[a-z0-9-]{1,120}$/;

/** The letter at a public address as far as everybody may see it; null for every other address, whatever the reason. */
export async function findPublicLetter({ store }: Pick<Instance, 'store'>, slug: string, now: Date): Promise<LetterRow | null> {
  const letter = SLUG.test(slug) ? await findLetterBySlug(store.read, slug) : null;
  return letter && letter.liveVersionId !== null && (isPublic(letter, now) || wasPublic(letter)) ? letter : null;
}

export async function viewPublicPage(
  instance: Instance,
  slug: string,
  { language, after, words }: PublicPageAsked,
  now: Date,
): Promise<PublicLetter | Tombstone | null> {
  const { read } = instance.store;
  const letter = await findPublicLetter(instance, slug, now);
  if (!letter) return null;
  const texts = await textsOf(instance, letter);
  const [authentic] = texts;
  const text = texts.find((one) => one.language === language) ?? authentic;
  if (!text) throw new Error(`letter ${letter.id} has no text`);
  const withdrawn = await withdrawnLetter(read, letter, now);
  if (withdrawn) return { kind: 'withdrawn', slug, text, withdrawn };
  const facts = await findLetterFacts(read, letter.id);
  if (!facts) return null;
  const { status, sample, zone, deadlineAt, date, place } = letter;
  return {
    kind: 'letter',
    slug,
    coalition: facts.coalition,
    ...{ status, sample, zone, deadlineAt, date, place },
    letterhead: await letterheadInWords(read, letter),
    text,
    texts,
    counts: namesMayShow(letter) ? countsOf(letter) : null,
    list: await viewPublicList(instance, letter, { language: text.language, after, words }, now),
    signing: await signingOf(instance, letter, now),
    replaces: await replacedBy(instance, letter),
  };
}

/** Where a fingerprint leads: to a letter that everybody may see, in the language of that text. */
export async function findByFingerprint(
  { store }: Pick<Instance, 'store'>,
  fingerprint: string,
  now: Date,
): Promise<{ readonly slug: string; readonly language: string } | null> {
  const rows = await listLettersOfFingerprint(store.read, fingerprint, 50);
  const found = rows.find(({ letter }) => isPublic(letter, now)) ?? rows.find(({ letter }) => wasPublic(letter));
  return found ? { slug: found.letter.slug, language: found.language } : null;
}

async function textsOf({ store }: Pick<Instance, 'store'>, letter: LetterRow): Promise<readonly FrozenDocumentText[]> {
  return letter.liveVersionId === null ? [] : (await listVersionTexts(store.read, letter.liveVersionId)).map(frozenDocumentText);
}

async function signingOf({ store }: Pick<Instance, 'store'>, letter: LetterRow, now: Date): Promise<PublicLetter['signing']> {
  if (!takesSignatures(letter.status) || (letter.deadlineAt !== null && letter.deadlineAt <= now)) return undefined;
  const open = (await listOpenLinks(store.read, letter.id)).find((link) => openLinkState(link, now) === 'open');
  return { openLink: open?.slug ?? null };
}

async function replacedBy(instance: Instance, { replaces }: LetterRow): Promise<PublicLetter['replaces']> {
  const earlier = replaces === null ? null : await findLetterById(instance.store.read, replaces);
  if (!earlier || !wasPublic(earlier)) return null;
  const [text] = await textsOf(instance, earlier);
  return { slug: earlier.slug, headline: text?.headline ?? '' };
}
