import { composeMail } from '../email/compose.ts';
import type { MailMessage } from '../email/message.ts';
import { formatInstant } from '../i18n/format.ts';
import type { Locale } from '../i18n/locales.ts';
import { translator } from '../i18n/translator.ts';
import type { LetterFacts } from '../invitations/mail.ts';
import { policiesOf } from '../letters/presets.ts';
import { recordOf } from './capacity.ts';
import { printedEntry } from './mail.ts';
import type { EntryInput } from './schema.ts';

interface Confirmation {
  readonly to: string;
  readonly name: string;
  readonly entries: readonly EntryInput[];
  readonly locale: Locale;
  readonly url: string;
  /** Until when the link works. */
  readonly ends: Date;
}

/** Asks an address whether it was they who signed. Where mails say nothing of a letter, neither headline nor entry stands in it. */
export function confirmationMail(facts: LetterFacts, { to, name, entries, locale, url, ends }: Confirmation): MailMessage {
  const t = translator(locale);
  const { coalition, headline, letter, sender } = facts;
  const policies = policiesOf(letter.policies);
  const until = formatInstant(t.locale, ends, letter.zone);
  const paragraphs =
    headline === null
      ? [t('mail.confirmation.hello'), t('mail.confirmation.about-hidden')]
      : [
          t('mail.confirmation.dear', { name }),
          t('mail.confirmation.about', { headline }),
          ...entries.map((entry) => printedEntry(letter, recordOf(name, entry, policies)).lines.join('\n')),
        ];
  return composeMail({
    language: t.locale,
    direction: t.direction,
    ...sender,
    to,
    subject: headline === null ? t('mail.confirmation.subject-hidden') : t('mail.confirmation.subject', { coalition }),
    paragraphs: [...paragraphs, t('mail.confirmation.press', { until })],
    action: { label: t('mail.confirmation.action'), url },
    footer: [t('mail.confirmation.not-you')],
  });
}
