import { listVersionTexts } from '../../db/queries/letters.ts';
import { chooseLocale } from '../i18n/choose-locale.ts';
import { LOCALES } from '../i18n/locales.ts';
import { translator } from '../i18n/translator.ts';
import type { Instance } from '../instance.ts';
import { findLetterFacts } from '../invitations/mail.ts';
import type { SocialPictureInput } from '../social-picture/picture.ts';
import { withoutSuperscript } from '../text/superscript-runs.ts';
import { frozenDocumentText, namesMayShow } from './document.ts';
import { findPublicLetter } from './public-page.ts';
import { signedInWords } from './signed-in-words.ts';

/** What the picture of a public letter shows, in one of its languages; null for a letter that has none, whatever the reason. */
export async function viewPublicPicture(
  instance: Instance,
  slug: string,
  language: string | null,
  now: Date,
): Promise<SocialPictureInput | null> {
  const { read } = instance.store;
  const letter = await findPublicLetter(instance, slug, now);
  if (!letter || letter.status === 'withdrawn' || letter.liveVersionId === null) return null;
  const texts = await listVersionTexts(read, letter.liveVersionId);
  const row = texts.find((text) => text.language === language) ?? texts[0];
  const facts = await findLetterFacts(read, letter.id);
  if (!row || !facts) return null;
  const { headline } = frozenDocumentText(row);
  const t = translator(chooseLocale({ letterLanguage: row.language }, LOCALES));
  const counts = namesMayShow(letter) ? { organisations: letter.organisationCount, people: letter.personCount } : null;
  return { language: row.language, coalition: facts.coalition, headline: withoutSuperscript(headline), counts: signedInWords(t, counts) };
}
