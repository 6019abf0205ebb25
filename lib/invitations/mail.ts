import { findCoalition } from '../../db/queries/coalitions.ts';
import { findLetterById, type LetterRow, listLetterTexts } from '../../db/queries/letters.ts';
import { insertInvitationLink } from '../../db/queries/links.ts';
import type { StoredAddressee } from '../../db/schema/tables/letters.ts';
import type { Reader, Tx } from '../../db/store.ts';
import { letterSender, publicNameOf } from '../coalitions/mail-sender.ts';
import { issueToken, type Token, tokenHash } from '../crypto/tokens.ts';
import { composeMail } from '../email/compose.ts';
import type { MailMessage } from '../email/message.ts';
import { chooseLocale } from '../i18n/choose-locale.ts';
import { formatInstant, formatList } from '../i18n/format.ts';
import { LOCALES } from '../i18n/locales.ts';
import { translator } from '../i18n/translator.ts';
import type { Instance } from '../instance.ts';
import { policiesOf } from '../letters/presets.ts';
import { newId } from '../shared/ids.ts';
import type { StoredInvitation } from './schema.ts';

/** What mails to a letter's signatories say of it. */
export interface LetterFacts {
  readonly letter: LetterRow;
  /** The coalition's name as the public knows it. */
  readonly coalition: string;
  /** Whom mails come from. */
  readonly sender: { readonly fromName: string; readonly replyTo?: string };
  /** Null where a mail must not tell: a mail program, a provider, somebody at the same screen reads it too. */
  readonly headline: string | null;
  /** To whom the letter goes, in the letter's own words: who reads the copy that is handed over. */
  readonly reader: string;
}

export async function findLetterFacts(db: Reader, letterId: string): Promise<LetterFacts | null> {
  const letter = await findLetterById(db, letterId);
  const coalition = letter && (await findCoalition(db, letter.coalitionId));
  if (!letter || !coalition) return null;
  const [text] = await listLetterTexts(db, letter);
  const policies = policiesOf(letter.policies);
  return {
    letter,
    coalition: publicNameOf(coalition),
    sender: letterSender(coalition, policies),
    headline: policies.mails === 'neutral' ? null : (text?.headline ?? ''),
    reader: formatList(chooseLocale({ letterLanguage: letter.authenticLanguage }, LOCALES), (text?.addressees ?? []).map(addresseeName)),
  };
}

/** The office stands for whoever holds it where no name is given. */
const addresseeName = ({ name, office }: StoredAddressee): string => name || (office ?? '');

/** The address of a live link: for the mail to its owner alone. */
export const linkOf = (instance: Pick<Instance, 'config'>, token: Token<'invitation'>): string => `${instance.config.origin}/i/${token}`;

/** A new live link of an invitation; its token belongs into the mail that is queued in the same transaction. */
export async function addInvitationLink(
  tx: Tx,
  { keys, random }: Pick<Instance, 'keys' | 'random'>,
  of: { readonly coalitionId: string; readonly invitationId: string },
  now: Date,
): Promise<Token<'invitation'>> {
  const token = issueToken('invitation', random);
  await insertInvitationLink(tx, { id: newId('lnk', random), tokenHash: tokenHash(keys, 'invitation', token), createdAt: now, ...of });
  return token;
}

/** The words of an invitation; also shown to the coordinator before it goes out, with an address in place of the link. */
export function invitationMail({ letter, coalition, headline, sender }: LetterFacts, invited: InvitedParty, url: string): MailMessage {
  const t = translator(invited.language);
  const forWhom = headline !== null && invited.capacity === 'organisation' ? 'organisation' : 'person';
  const hidden = headline === null;
  const values = { coalition, organisation: invited.organisation, headline: headline ?? '' };
  const paragraphs = [
    invited.name === '' || hidden ? t('mail.invitation.hello') : t('mail.invitation.dear', { name: invited.name }),
    hidden ? t('mail.invitation.about-hidden') : t(`mail.invitation.about-${forWhom}`, values),
    // What a coordinator wrote may name the letter, or people.
    ...(invited.message === '' || hidden ? [] : [t('mail.invitation.message', { coalition }), invited.message]),
    ...(letter.deadlineAt ? [t('mail.invitation.deadline', { deadline: formatInstant(t.locale, letter.deadlineAt, letter.zone) })] : []),
    t('mail.invitation.what-next'),
  ];
  return composeMail({
    language: t.locale,
    direction: t.direction,
    ...sender,
    to: invited.email,
    subject: hidden ? t('mail.invitation.subject-hidden') : t('mail.invitation.subject', { coalition }),
    paragraphs,
    action: { label: t('mail.invitation.action'), url },
    footer: [t(`mail.invitation.yours-${forWhom}`, values), t('mail.invitation.unexpected')],
  });
}

export interface InvitedParty extends StoredInvitation {
  readonly capacity: 'organisation' | 'personal';
}
