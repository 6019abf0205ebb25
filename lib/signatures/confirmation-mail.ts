import type { SignatoryRecord } from '../block/record.ts';
import type { MailContent } from '../email/compose.ts';
import { formatInstant } from '../i18n/format.ts';
import type { AnyLocale } from '../i18n/locales.ts';
import { type Translator, translator } from '../i18n/translator.ts';
import type { LetterFacts } from '../invitations/mail.ts';
import { policiesOf } from '../letters/presets.ts';
import { recordOf } from './capacity.ts';
import { printedEntry } from './mail.ts';
import type { EntryInput } from './schema.ts';

interface Asked {
  readonly to: string;
  readonly name: string;
  readonly locale: AnyLocale;
  readonly url: string;
  /** Until when the link works. */
  readonly ends: Date;
}

/** Asks an address whether it was they who signed. Where mails say nothing of a letter, neither headline nor entry stands in it. */
export function confirmationMail(facts: LetterFacts, asked: Asked & { readonly entries: readonly EntryInput[] }): MailContent {
  const t = translator(asked.locale);
  const policies = policiesOf(facts.letter.policies);
  const records = asked.entries.map((entry) => recordOf(asked.name, entry, policies));
  const subject =
    facts.headline === null ? t('mail.confirmation.subject-hidden') : t('mail.confirmation.subject', { coalition: facts.coalition });
  return wordsOf(t, facts, { ...asked, records, subject, first: [] });
}

/** The same once more, to whoever has not pressed the button. */
export function confirmationReminderMail(
  facts: LetterFacts,
  asked: Asked & { readonly records: readonly SignatoryRecord[]; readonly stopUrl: string },
): MailContent {
  const t = translator(asked.locale);
  const { coalition, headline } = facts;
  const subject =
    headline === null ? t('mail.confirmation-reminder.subject-hidden') : t('mail.confirmation-reminder.subject', { coalition });
  const content = wordsOf(t, facts, { ...asked, subject, first: [t('mail.confirmation-reminder.still')] });
  return { ...content, stop: { label: t('mail.stop'), url: asked.stopUrl } };
}

/** To an address that was given as their own by whoever signed by a link from hand to hand. */
export function proofMail(facts: LetterFacts, asked: Asked & { readonly records: readonly SignatoryRecord[] }): MailContent {
  const t = translator(asked.locale);
  const { coalition, headline } = facts;
  const subject = headline === null ? t('mail.confirmation.subject-hidden') : t('mail.confirmation.subject', { coalition });
  return wordsOf(t, facts, { ...asked, subject, first: [] });
}

interface Words extends Asked {
  readonly records: readonly SignatoryRecord[];
  readonly subject: string;
  readonly first: readonly string[];
}

function wordsOf(
  t: Translator,
  { headline, letter, sender }: LetterFacts,
  { to, name, records, subject, first, url, ends }: Words,
): MailContent {
  const about =
    headline === null
      ? [t('mail.confirmation.hello'), t('mail.confirmation.about-hidden')]
      : [
          t('mail.confirmation.dear', { name }),
          t('mail.confirmation.about', { headline }),
          ...records.map((record) => printedEntry(letter, record).lines.join('\n')),
        ];
  return {
    language: t.locale,
    direction: t.direction,
    ...sender,
    to,
    subject,
    paragraphs: [...about, ...first, t('mail.confirmation.press', { until: formatInstant(t.locale, ends, letter.zone) })],
    action: { label: t('mail.confirmation.action'), url },
    footer: [t('mail.confirmation.not-you')],
  };
}
