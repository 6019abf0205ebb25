import type { PublicationChoice } from '../../db/schema/values.ts';
import { entryOf } from '../block/entries.ts';
import type { Entry } from '../block/model.ts';
import { type GivenBlockSettings, type SignatoryRecord, withDefaults } from '../block/record.ts';
import { blockWording } from '../block/wording.ts';
import type { MailContent } from '../email/compose.ts';
import type { AnyLocale } from '../i18n/locales.ts';
import type { MessageKey } from '../i18n/messages.ts';
import { type Translator, translator } from '../i18n/translator.ts';
import type { LetterFacts } from '../invitations/mail.ts';
import { displayFingerprint } from '../text/fingerprint.ts';
import { PUBLICATION_WORDING, publicationWordings } from './consent-wording.ts';

/** An entry as it will stand in the signatory block of this letter. */
export function printedEntry(letter: { readonly block: unknown; readonly authenticLanguage: string }, record: SignatoryRecord): Entry {
  const settings = withDefaults(letter.block as GivenBlockSettings);
  const { form } = record.capacity === 'organisation' ? settings.organisations : settings.personal;
  const language = letter.authenticLanguage;
  return entryOf(record, { form, country: settings.country, language, wording: blockWording(language) });
}

/** An answer and what became of it, as far as its owner is told. */
export interface AnswerStanding {
  readonly status: string;
  readonly flags: readonly string[];
  readonly publication: PublicationChoice;
  /** All names of the letter are hidden at present. */
  readonly namesHidden: boolean;
  /** The addressee, by name. */
  readonly reader: string;
}

/** What has become of an answer, as page and receipt say it. */
export const statusWords = (t: Translator, answer: AnswerStanding): string => t(statusKey(answer), { reader: answer.reader });

function statusKey({ status, flags, publication, namesHidden }: AnswerStanding): MessageKey {
  // Who is only counted is named nowhere, whether names show or not.
  const shown = namesHidden && publication !== 'counted' ? 'hidden' : publication;
  if (status === 'listed') return `signing.status.listed-${shown}`;
  if (status === 'withdrawn') return 'signing.status.withdrawn';
  if (status === 'rejected' && flags.includes('signed-before')) return 'signing.status.signed-before';
  if (status === 'pending') return 'signing.status.unproved';
  if (status !== 'held') return 'signing.status.ended';
  if (flags.includes('duplicate-organisation')) return 'signing.status.held-duplicate';
  return flags.includes('other-organisation') ? 'signing.status.held-other' : 'signing.status.held';
}

/** Who sees the name at present, and who will once nothing is in the way. */
export function seenByWords(t: Translator, { status, publication, namesHidden, reader }: AnswerStanding): string {
  const choice = publicationWords(t, publication, reader);
  if (publication === 'counted') return choice;
  if (status !== 'listed') return t('signing.sees.held', { choice });
  return namesHidden ? t('signing.sees.hidden', { choice }) : choice;
}

/** Who sees the name. `reader` names the addressee, since the choice of the addressee's copy must say into whose hands it goes. */
export const publicationWords = (t: Translator, choice: PublicationChoice, reader: string): string =>
  t(publicationWordings[PUBLICATION_WORDING][choice], { reader });

interface Receipt {
  readonly to: string;
  readonly language: AnyLocale;
  readonly name: string;
  readonly entries: readonly { readonly record: SignatoryRecord; readonly status: string; readonly flags: readonly string[] }[];
  readonly publication: PublicationChoice;
  /** Of the text that was agreed to. */
  readonly fingerprint: string;
  /** Back to what was signed. */
  readonly url: string;
}

/** What was recorded, word for word, and the way back to it. */
export function receiptMail(facts: LetterFacts, { to, language, name, entries, publication, fingerprint, url }: Receipt): MailContent {
  const t = translator(language);
  const reader = facts.reader || t('signing.the-addressee');
  const standingOf = ({ status, flags }: Receipt['entries'][number]) => ({
    status,
    flags,
    publication,
    namesHidden: facts.letter.namesHidden,
    reader,
  });
  const recorded = entries.flatMap((entry) => [
    t(`mail.receipt.recorded-${entry.record.capacity}`, { headline: facts.headline ?? '' }),
    printedEntry(facts.letter, entry.record).lines.join('\n'),
    statusWords(t, standingOf(entry)),
  ]);
  const first = entries.find(({ status }) => status !== 'rejected');
  const paragraphs = [
    t('mail.receipt.dear', { name }),
    ...recorded,
    ...(first ? [seenByWords(t, standingOf(first))] : []),
    t('mail.receipt.fingerprint', { fingerprint: displayFingerprint(fingerprint) }),
    t('mail.receipt.later'),
  ];
  return {
    ...frame(facts, { email: to }, t),
    subject: t('mail.receipt.subject', { coalition: facts.coalition }),
    paragraphs,
    action: { label: t('mail.receipt.action'), url },
    footer: [t('mail.receipt.not-you', { coalition: facts.coalition })],
  };
}

/** Tells the address that an entry was taken back: its owner must hear of it if somebody else did. */
export function withdrawalMail(facts: LetterFacts, to: Addressed): MailContent {
  const t = translator(to.language);
  const { coalition, headline } = facts;
  return {
    ...frame(facts, to, t),
    subject: t('mail.withdrawal.subject', { coalition }),
    paragraphs: [t('mail.invitation.hello'), t('mail.withdrawal.recorded', { headline: headline ?? '' })],
    footer: [t('mail.withdrawal.not-you', { coalition })],
  };
}

/** Whom a mail goes to, in their language. */
export interface Addressed {
  readonly email: string;
  readonly language: AnyLocale;
}

/** To a dead link's address on file, or whoever asked for it: says neither of what letter nor what was signed. */
export function ownLinkMail(facts: LetterFacts, to: Addressed, url: string): MailContent {
  const t = translator(to.language);
  return {
    ...frame(facts, to, t),
    subject: t('mail.own-link.subject'),
    paragraphs: [t('mail.invitation.hello'), t('mail.own-link.about')],
    action: { label: t('mail.own-link.action'), url },
    footer: [t('mail.own-link.not-you')],
  };
}

const frame = ({ sender }: LetterFacts, to: Pick<Addressed, 'email'>, t: Translator) => ({
  language: t.locale,
  direction: t.direction,
  ...sender,
  to: to.email,
});
