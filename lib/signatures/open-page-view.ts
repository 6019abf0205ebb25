import { listVersionTexts } from '../../db/queries/letters.ts';
import type { Instance } from '../instance.ts';
import { findLetterFacts } from '../invitations/mail.ts';
import { openLinkState, readOpenLink } from './open-links.ts';
import { type ShownLetter, showLetter } from './shown-letter.ts';

/** Whether one can sign by an open link, and what stands in the way: of the letter first, then of the link. */
export type OpenPageState = 'open' | 'letter-withdrawn' | 'letter-closed' | 'deadline-passed' | 'link-ended' | 'link-full';

export interface OpenLinkPage {
  readonly slug: string;
  readonly state: OpenPageState;
  readonly letter: ShownLetter;
  /** Languages the letter can be read in, BCP 47, the authentic one first. */
  readonly languages: readonly string[];
}

/**
 * The page behind an address that is handed around; null where there is none. Reads only.
 * @param wishes languages to read the letter in, the dearest first; the authentic text where it has none of them
 */
export async function viewOpenLink(instance: Instance, slug: string, wishes: readonly string[], now: Date): Promise<OpenLinkPage | null> {
  const found = await readOpenLink(instance, slug);
  const facts = found && (await findLetterFacts(instance.store.read, found.letter.id));
  if (!facts || facts.letter.liveVersionId === null) return null;
  const texts = await listVersionTexts(instance.store.read, facts.letter.liveVersionId);
  const languages = texts.toSorted((a, b) => Number(b.authentic) - Number(a.authentic)).map(({ language }) => language);
  const wished = wishes.find((wish) => languages.includes(wish)) ?? facts.letter.authenticLanguage;
  const letter = await showLetter(instance, facts, wished, now);
  return letter && { slug, state: stateOf(letter, openLinkState(found.link, now), now), letter, languages };
}

function stateOf({ status, deadlineAt }: ShownLetter, link: ReturnType<typeof openLinkState>, now: Date): OpenPageState {
  if (status === 'withdrawn') return 'letter-withdrawn';
  if (status !== 'open') return 'letter-closed';
  if (deadlineAt !== null && deadlineAt <= now) return 'deadline-passed';
  if (link === 'open') return 'open';
  return link === 'full' ? 'link-full' : 'link-ended';
}
