import { markInvitationMail } from '../../db/queries/invitations.ts';
import type { MailHooks } from '../outbox/send.ts';

/** The outbox tells an invitation that its mail has left, or that the mail server would not have it. */
export const invitationMailHooks: MailHooks = {
  async onSent(tx, _instance, mail, now) {
    if (mail.kind === 'invitation' && mail.invitationId) await markInvitationMail(tx, mail.invitationId, 'sent', now);
  },
  async onRefused(tx, _instance, mail, now) {
    if (mail.kind === 'invitation' && mail.invitationId) await markInvitationMail(tx, mail.invitationId, 'bounced', now);
  },
};
