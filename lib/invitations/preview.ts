import type { LetterScope } from '../access/scope.ts';
import type { For } from '../coalitions/access.ts';
import { composeMail } from '../email/compose.ts';
import type { MailMessage } from '../email/message.ts';
import type { Locale } from '../i18n/locales.ts';
import { translator } from '../i18n/translator.ts';
import type { Instance } from '../instance.ts';
import { findLetterFacts, type InvitedParty, invitationMail } from './mail.ts';

/** The invitation to an organisation with the letter's own words, as they were saved last. */
export async function previewWording(
  instance: Pick<Instance, 'store' | 'config'>,
  scope: For<LetterScope, 'read'> | For<LetterScope, 'run'>,
  language: Locale,
): Promise<MailMessage | null> {
  const t = translator(language);
  return await previewInvitation(instance, scope, {
    capacity: 'organisation',
    organisation: t('invitations.preview.organisation'),
    acronym: '',
    name: t('invitations.preview.person'),
    message: '',
    language,
  });
}

/**
 * The mail as it will go out, without anybody's link: no coordinator ever sees one. Null where the letter is gone.
 */
export async function previewInvitation(
  { store, config }: Pick<Instance, 'store' | 'config'>,
  scope: For<LetterScope, 'read'> | For<LetterScope, 'run'>,
  party: Omit<InvitedParty, 'email'>,
): Promise<MailMessage | null> {
  const facts = await findLetterFacts(store.read, scope.letterId);
  const links = { url: `${config.origin}/i/…`, stopUrl: `${config.origin}/stop/…` };
  return facts && composeMail(invitationMail(facts, { ...party, email: '' }, links));
}
