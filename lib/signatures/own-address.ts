import { findInvitation } from '../../db/queries/invitations.ts';
import type { SigningRow } from '../../db/queries/signatures.ts';
import type { Reader } from '../../db/store.ts';
import type { SigningProof } from '../access/scope.ts';
import { chooseLocale } from '../i18n/choose-locale.ts';
import { type AnyLocale, LOCALES } from '../i18n/locales.ts';
import type { Instance } from '../instance.ts';
import { openInvited } from '../invitations/places.ts';
import type { MailSubject } from '../outbox/queue.ts';
import { openSigner } from './places.ts';

/** Where mails about a signing go, in which language, and what they belong to. */
export interface OwnAddress {
  readonly email: string;
  readonly name: string;
  readonly language: AnyLocale;
  readonly about: MailSubject;
}

/** The address on file of whoever signed: an invitation's, or the one that was confirmed. */
export async function findOwnAddress(
  db: Reader,
  { keys }: Pick<Instance, 'keys'>,
  { letterId, coalitionId, signingId }: SigningProof,
  signing: SigningRow,
): Promise<OwnAddress> {
  const { email, name, locale } = openSigner(keys, signing);
  const invitation = signing.invitationId === null ? null : await findInvitation(db, letterId, signing.invitationId);
  const invited = invitation && openInvited(keys, invitation);
  return {
    email,
    name,
    language: locale ?? invited?.language ?? chooseLocale({ letterLanguage: signing.language }, LOCALES),
    about: { coalitionId, letterId, signingId, ...(invitation ? { invitationId: invitation.id } : {}) },
  };
}
