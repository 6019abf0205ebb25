import type { MailContent } from '../email/compose.ts';
import type { Translator } from '../i18n/translator.ts';
import type { Person } from './person.ts';

/** @param minutes how long the link opens */
export function signInMail(
  t: Translator,
  person: Person,
  { link, minutes }: { readonly link: string; readonly minutes: number },
): MailContent {
  return {
    language: t.locale,
    direction: t.direction,
    fromName: t('app.name'),
    to: person.email,
    subject: t('sign-in.mail.subject'),
    paragraphs: [t('sign-in.mail.text', { name: person.name }), t('sign-in.mail.browser', { minutes })],
    action: { label: t('sign-in.mail.action'), url: link },
    footer: [t('sign-in.mail.footer')],
  };
}
