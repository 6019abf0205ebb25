import type { CoalitionRow } from '../../db/queries/coalitions.ts';
import type { MailContent } from '../email/compose.ts';
import { translator } from '../i18n/translator.ts';
import { MEMBER_INVITATION_HOURS, type MemberInvitation } from './invitation-link.ts';
import { mailSender } from './mail-sender.ts';

/** An invitation to become a member. Its subject tells nobody who looks over a shoulder what it is about. */
export function memberInvitationMail(coalition: CoalitionRow, { email, role, language }: MemberInvitation, url: string): MailContent {
  const t = translator(language);
  return {
    language: t.locale,
    direction: t.direction,
    ...mailSender(coalition),
    to: email,
    subject: t('mail.member-invitation.subject'),
    paragraphs: [
      t('mail.invitation.hello'),
      t('mail.member-invitation.about', { coalition: coalition.name }),
      t(`mail.member-invitation.role-${role}`),
      t('mail.member-invitation.what-next', { days: MEMBER_INVITATION_HOURS / 24 }),
    ],
    action: { label: t('mail.member-invitation.action'), url },
    footer: [t('mail.member-invitation.yours'), t('mail.invitation.unexpected')],
  };
}
