import type { MailContent, Written } from '../email/compose.ts';
import { formatDay } from '../i18n/format.ts';
import type { AnyLocale } from '../i18n/locales.ts';
import { type Translator, translator } from '../i18n/translator.ts';
import type { LetterFacts } from '../invitations/mail.ts';
import { dayIn } from '../letters/deadline.ts';

/** Somebody who signed, and their ways in and out. */
export interface Told {
  readonly to: string;
  readonly name: string;
  readonly locale: AnyLocale;
  /** Their own page. */
  readonly url: string;
  readonly stopUrl: string;
}

/** The letter was handed over: where the final document is. */
export function deliveryMail(facts: LetterFacts, told: Told): MailContent {
  const { letter, headline, coalition } = facts;
  const t = translator(told.locale);
  const day = letter.deliveredAt ? formatDay(t.locale, dayIn(letter.deliveredAt, letter.zone)) : '';
  const hidden = headline === null;
  return news(t, facts, told, {
    subject: hidden ? t('mail.delivery.subject-hidden') : t('mail.delivery.subject', { coalition }),
    paragraphs: hidden ? [t('mail.delivery.about-hidden')] : [t('mail.delivery.about', { headline, day }), t('mail.delivery.document')],
    action: t('mail.delivery.action'),
  });
}

/** The letter was taken back, and why. */
export function letterWithdrawnMail(facts: LetterFacts, told: Told): MailContent {
  const { letter, headline, coalition } = facts;
  const t = translator(told.locale);
  const reason = letter.withdrawnReason ?? '';
  const hidden = headline === null;
  return news(t, facts, told, {
    subject: hidden ? t('mail.delivery.subject-hidden') : t('mail.letter-withdrawn.subject', { coalition }),
    paragraphs: hidden
      ? [t('mail.letter-withdrawn.about-hidden')]
      : [
          t('mail.letter-withdrawn.about', { headline, coalition }),
          ...(reason === '' ? [] : [t('mail.letter-withdrawn.reason', { coalition }), { written: reason }]),
        ],
    action: t('mail.letter-withdrawn.action'),
  });
}

function news(
  t: Translator,
  { sender, headline, coalition }: LetterFacts,
  { to, name, url, stopUrl }: Told,
  words: { readonly subject: string; readonly paragraphs: readonly (string | Written)[]; readonly action: string },
): MailContent {
  return {
    language: t.locale,
    direction: t.direction,
    ...sender,
    to,
    subject: words.subject,
    paragraphs: [headline === null || name === '' ? t('mail.invitation.hello') : t('mail.receipt.dear', { name }), ...words.paragraphs],
    action: { label: words.action, url },
    footer: [headline === null ? t('mail.delivery.why-hidden') : t('mail.delivery.why', { coalition })],
    stop: { label: t('mail.stop'), url: stopUrl },
  };
}
