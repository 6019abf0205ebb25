import { findInvitation, markInvitationMail } from '../../db/queries/invitations.ts';
import { findMailSigning } from '../../db/queries/leaving.ts';
import { isStopped } from '../../db/queries/mail-stops.ts';
import { takesSignatures } from '../letters/status.ts';
import type { MailHooks, MailRow } from '../outbox/hooks.ts';
import { isInList, mayBeConfirmed, mayBeTold } from '../signatures/signing-state.ts';

/** Mails by whose fate is known whether an invitation arrived. */
const isLinkMail = ({ kind }: MailRow) => kind === 'invitation' || kind === 'fresh-link' || kind === 'reminder';

/** The outbox tells an invitation that its mail has left, or that the mail server would not have it; and asks about what waited. */
export const invitationMailHooks: MailHooks = {
  async isWanted({ store: { read } }, { kind, letterId, invitationId, signingId }, letter, now) {
    if (letterId === null) return true;
    if ((kind === 'confirmation' || kind === 'confirmation-reminder') && signingId !== null) {
      return mayBeConfirmed(letter, await findMailSigning(read, letterId, signingId));
    }
    if (kind === 'delivery' && signingId !== null) {
      // Taken back since: its withdrawal is what they hear of then.
      return letter?.status === 'delivered' && isInList(await findMailSigning(read, letterId, signingId));
    }
    if (kind === 'vouched' && signingId !== null) {
      const given = await findMailSigning(read, letterId, signingId);
      return mayBeTold(given) && !(await isStopped(read, letterId, given?.signing.addressIndex ?? null));
    }
    if (kind !== 'reminder' && kind !== 'invitation') return true;
    const invitation = invitationId === null ? null : await findInvitation(read, letterId, invitationId);
    if (!letter || !invitation || letter.status === 'withdrawn' || invitation.status === 'revoked') return false;
    if (kind === 'invitation') return true;
    const inTime = takesSignatures(letter.status) && (letter.deadlineAt === null || letter.deadlineAt > now);
    return inTime && invitation.status !== 'signed' && invitation.status !== 'declined' && invitation.status !== 'bounced';
  },
  async onSent(tx, _instance, mail, now) {
    if (isLinkMail(mail) && mail.invitationId) await markInvitationMail(tx, mail.invitationId, 'sent', now);
  },
  async onRefused(tx, _instance, mail, now) {
    if (isLinkMail(mail) && mail.invitationId) await markInvitationMail(tx, mail.invitationId, 'bounced', now);
  },
};
