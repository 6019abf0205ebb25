import type { LetterScope } from '../access/scope.ts';
import type { For } from '../coalitions/access.ts';
import type { MailMessage } from '../email/message.ts';
import type { Instance } from '../instance.ts';
import { findLetterFacts, type InvitedParty, invitationMail } from './mail.ts';

/**
 * The mail as it will go out, without anybody's link: no coordinator ever sees one. Null where the letter is gone.
 */
export async function previewInvitation(
  { store, config }: Pick<Instance, 'store' | 'config'>,
  scope: For<LetterScope, 'read'>,
  party: Omit<InvitedParty, 'email'>,
): Promise<MailMessage | null> {
  const facts = await findLetterFacts(store.read, scope.letterId);
  return facts && invitationMail(facts, { ...party, email: '' }, { url: `${config.origin}/i/…`, stopUrl: `${config.origin}/stop/…` });
}
