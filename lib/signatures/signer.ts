import { findInvitation } from '../../db/queries/invitations.ts';
import type { SigningRow } from '../../db/queries/signatures.ts';
import type { Reader } from '../../db/store.ts';
import { unseal } from '../crypto/seal.ts';
import { chooseLocale } from '../i18n/choose-locale.ts';
import { type AnyLocale, LOCALES } from '../i18n/locales.ts';
import type { Instance } from '../instance.ts';
import { openInvited } from '../invitations/places.ts';
import { signingPlace } from './places.ts';
import { storedSigner } from './schema.ts';

/** Who acted in a signing. */
export interface SigningPerson {
  /** Empty where none was given. */
  readonly email: string;
  readonly name: string;
  readonly role: string;
  /** In which mails speak to them. */
  readonly language: AnyLocale;
}

/** Null for a batch: nobody of it acted here. */
export async function findSigner({ keys }: Pick<Instance, 'keys'>, db: Reader, signing: SigningRow): Promise<SigningPerson | null> {
  const opened = unseal(keys, signingPlace(signing.letterId, signing.id), signing.sealed);
  if (!opened.ok) throw new Error(`signing ${signing.id} does not open: ${opened.reason}`);
  const parsed = storedSigner.safeParse(opened.value);
  if (!parsed.success) return null;
  const { email, name, role, locale } = parsed.data;
  const invitation = signing.invitationId === null ? null : await findInvitation(db, signing.letterId, signing.invitationId);
  const language = invitation ? openInvited(keys, invitation).language : locale;
  return { email, name, role, language: language ?? chooseLocale({ letterLanguage: signing.language }, LOCALES) };
}
