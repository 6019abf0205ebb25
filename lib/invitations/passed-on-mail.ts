import type { MailContent } from '../email/compose.ts';
import { formatInstant } from '../i18n/format.ts';
import { translator } from '../i18n/translator.ts';
import type { LetterFacts } from './mail.ts';
import type { StoredInvitation } from './schema.ts';

interface PassedOn {
  readonly whom: 'colleague' | 'self';
  /** Whose invitation it was, where their name is known. */
  readonly from: string;
  readonly url: string;
  /** Where they ask for no more mails of the letter. */
  readonly stopUrl: string;
}

/** To a colleague of whoever was invited, or to the address that the holder of a link gave as their own. */
export function passedOnMail(
  { letter, coalition, headline, sender }: LetterFacts,
  to: StoredInvitation,
  { whom, from, url, stopUrl }: PassedOn,
): MailContent {
  const t = translator(to.language);
  const hidden = headline === null;
  const { deadlineAt, zone } = letter;
  const about = hidden
    ? [t('mail.invitation.hello'), t('mail.invitation.about-hidden')]
    : [
        t('mail.invitation.dear', { name: to.name }),
        t(whom === 'self' ? 'mail.passed-on.self' : 'mail.passed-on.colleague', {
          from: from || to.organisation || coalition,
          coalition,
          headline,
        }),
      ];
  return {
    language: t.locale,
    direction: t.direction,
    ...sender,
    to: to.email,
    subject: hidden ? t('mail.invitation.subject-hidden') : t('mail.invitation.subject', { coalition }),
    paragraphs: [
      ...about,
      ...(deadlineAt ? [t('mail.invitation.deadline', { deadline: formatInstant(t.locale, deadlineAt, zone) })] : []),
      t('mail.invitation.what-next'),
    ],
    action: { label: t('mail.invitation.action'), url },
    footer: [t('mail.invitation.unexpected')],
    stop: { label: t('mail.stop'), url: stopUrl },
  };
}
