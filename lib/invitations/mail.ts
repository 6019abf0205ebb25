import { findLetterFactsRow, holdLetterFactsRow, type LetterFactsRow } from '../../db/queries/letter-facts.ts';
import type { LetterRow } from '../../db/queries/letters.ts';
import { insertInvitationLink } from '../../db/queries/links.ts';
import type { StoredAddressee } from '../../db/schema/tables/letters.ts';
import type { Reader, Tx } from '../../db/store.ts';
import { letterSender, publicNameOf } from '../coalitions/mail-sender.ts';
import { issueToken, type Token, tokenHash } from '../crypto/tokens.ts';
import type { MailContent, Written } from '../email/compose.ts';
import { chooseLocale } from '../i18n/choose-locale.ts';
import { formatDay, formatInstant, formatList } from '../i18n/format.ts';
import { LOCALES } from '../i18n/locales.ts';
import { type Translator, translator } from '../i18n/translator.ts';
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
  const row = await findLetterFactsRow(db, letterId);
  return row && factsOf(row);
}

/** The same, and locks the letter's row until the transaction ends. */
export async function holdLetterFacts(tx: Tx, letterId: string): Promise<LetterFacts | null> {
  const row = await holdLetterFactsRow(tx, letterId);
  return row && factsOf(row);
}

function factsOf({ letter, coalition, text }: LetterFactsRow): LetterFacts {
  const policies = policiesOf(letter.policies);
  return {
    letter,
    coalition: publicNameOf(coalition),
    sender: letterSender(coalition, policies, letter.mails),
    headline: policies.mails === 'neutral' ? null : (text?.headline ?? ''),
    reader: readerOf(letter, text),
  };
}

const readerOf = ({ authenticLanguage }: LetterRow, text: LetterFactsRow['text']): string =>
  formatList(chooseLocale({ letterLanguage: authenticLanguage }, LOCALES), (text?.addressees ?? []).map(addresseeName));

/** What `LetterFacts` calls who reads the addressee's copy. */
export async function findReader(db: Reader, letterId: string): Promise<string> {
  return (await findLetterFacts(db, letterId))?.reader ?? '';
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
  await insertInvitationLink(tx, {
    id: newId('lnk', random),
    kind: 'invitation',
    tokenHash: tokenHash(keys, 'invitation', token),
    createdAt: now,
    ...of,
  });
  return token;
}

/** Where a mail leads: an answer, and no more mails. */
export interface MailLinks {
  readonly url: string;
  readonly stopUrl: string;
}

/** The words of an invitation; also shown to the coordinator before it goes out, with an address in place of the links. */
export function invitationMail(
  facts: LetterFacts,
  invited: InvitedParty,
  links: MailLinks,
  { test = false }: { readonly test?: boolean } = {},
): MailContent {
  const { letter, coalition, headline } = facts;
  const t = translator(invited.language);
  const hidden = headline === null;
  const forWhom = whomFor(facts, invited);
  const own = hidden ? undefined : letter.mails?.wording?.[t.locale];
  const values = { coalition, organisation: invited.organisation, headline: headline ?? '' };
  const subject = hidden ? t('mail.invitation.subject-hidden') : own?.subject || t('mail.invitation.subject', { coalition });
  return withLinks(t, facts, invited, links, {
    subject: test ? t('mail.test.subject', { subject }) : subject,
    paragraphs: [
      ...(test ? [t('mail.test.first')] : []),
      greeting(t, facts, invited),
      hidden ? t('mail.invitation.about-hidden') : t(`mail.invitation.about-${forWhom}`, values),
      // What a coordinator wrote may name the letter, or people.
      ...(hidden ? [] : ownWords(t, coalition, [own?.message ?? '', invited.message])),
      ...untilWhen(t, letter),
      t('mail.invitation.what-next'),
    ],
  });
}

/** What a reminder goes out for: nobody has answered, or the day they named is over. */
export type ReminderOf = { readonly kind: 'unanswered' } | { readonly kind: 'day-over'; readonly day: string };

export function reminderMail(facts: LetterFacts, invited: InvitedParty, links: MailLinks, of: ReminderOf): MailContent {
  const { letter, coalition, headline } = facts;
  const t = translator(invited.language);
  const hidden = headline === null;
  const values = { coalition, organisation: invited.organisation, headline: headline ?? '' };
  const forWhom = whomFor(facts, invited);
  const since = of.kind === 'day-over' ? t('mail.reminder.day-over', { day: formatDay(t.locale, of.day) }) : t('mail.reminder.unanswered');
  return withLinks(t, facts, invited, links, {
    subject: hidden ? t('mail.reminder.subject-hidden') : t('mail.reminder.subject', { coalition }),
    paragraphs: [
      greeting(t, facts, invited),
      hidden ? t('mail.invitation.about-hidden') : t(`mail.invitation.about-${forWhom}`, values),
      since,
      ...untilWhen(t, letter),
      t('mail.invitation.what-next'),
    ],
  });
}

/** What a coordinator may write beside a link they hand over: the words of the mail that is not sent, and the link alone on its line. */
export function handedWords(facts: LetterFacts, invited: InvitedParty, url: string): string {
  const t = translator(invited.language);
  const { coalition, headline, letter } = facts;
  const values = { coalition, organisation: invited.organisation, headline: headline ?? '' };
  const about = headline === null ? t('mail.invitation.about-hidden') : t(`mail.invitation.about-${whomFor(facts, invited)}`, values);
  return [greeting(t, facts, invited), about, ...untilWhen(t, letter), t('mail.invitation.what-next'), url].join('\n\n');
}

const whomFor = ({ headline }: LetterFacts, { capacity }: InvitedParty) =>
  headline !== null && capacity === 'organisation' ? 'organisation' : 'person';

const greeting = (t: Translator, { headline }: LetterFacts, { name }: InvitedParty): string =>
  name === '' || headline === null ? t('mail.invitation.hello') : t('mail.invitation.dear', { name });

function ownWords(t: Translator, coalition: string, messages: readonly string[]): readonly (string | Written)[] {
  const written = messages.filter((message) => message !== '');
  return written.length === 0 ? [] : [t('mail.invitation.message', { coalition }), ...written.map((words) => ({ written: words }))];
}

const untilWhen = (t: Translator, { deadlineAt, zone }: LetterFacts['letter']): readonly string[] =>
  deadlineAt ? [t('mail.invitation.deadline', { deadline: formatInstant(t.locale, deadlineAt, zone) })] : [];

function withLinks(
  t: Translator,
  facts: LetterFacts,
  invited: InvitedParty,
  { url, stopUrl }: MailLinks,
  words: { readonly subject: string; readonly paragraphs: readonly (string | Written)[] },
): MailContent {
  const forWhom = whomFor(facts, invited);
  return {
    language: t.locale,
    direction: t.direction,
    ...facts.sender,
    to: invited.email,
    ...words,
    action: { label: t('mail.invitation.action'), url },
    footer: [t(`mail.invitation.yours-${forWhom}`, { organisation: invited.organisation }), t('mail.invitation.unexpected')],
    stop: { label: t('mail.stop'), url: stopUrl },
  };
}

export interface InvitedParty extends StoredInvitation {
  readonly capacity: 'organisation' | 'personal';
}
