import type { PublicationChoice } from '../../db/schema/values.ts';
import type { SignatoryRecord } from '../block/record.ts';
import type { MailContent } from '../email/compose.ts';
import type { AnyLocale } from '../i18n/locales.ts';
import { translator } from '../i18n/translator.ts';
import type { LetterFacts } from '../invitations/mail.ts';
import { printedEntry, publicationWords } from './mail.ts';

export interface VouchedFor {
  readonly to: string;
  /** Empty where the member named nobody. */
  readonly name: string;
  readonly language: AnyLocale;
  readonly record: SignatoryRecord;
  readonly publication: PublicationChoice;
  /** By what means their yes came, in the words of who vouches. */
  readonly means: string;
  /** Of their own page. */
  readonly url: string;
  readonly stopUrl: string;
}

/** Tells somebody that a member recorded their yes. It is told only for a letter whose mails may say so. */
export function vouchedMail(
  { letter, coalition, sender, reader, headline }: LetterFacts,
  { to, name, language, record, publication, means, url, stopUrl }: VouchedFor,
): MailContent {
  const t = translator(language);
  return {
    language: t.locale,
    direction: t.direction,
    ...sender,
    to,
    subject: t('mail.vouched.subject', { coalition }),
    paragraphs: [
      name === '' ? t('mail.invitation.hello') : t('mail.receipt.dear', { name }),
      t('mail.vouched.recorded', { coalition, headline: headline ?? '', means }),
      printedEntry(letter, record).lines.join('\n'),
      publicationWords(t, publication, reader || t('signing.the-addressee')),
      t('mail.vouched.later'),
    ],
    action: { label: t('mail.receipt.action'), url },
    footer: [t('mail.vouched.wrong', { coalition })],
    stop: { label: t('mail.stop'), url: stopUrl },
  };
}
