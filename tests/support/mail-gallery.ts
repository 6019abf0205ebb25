import type { SignatoryRecord } from '../../lib/block/record.ts';
import { composeMail, type MailContent } from '../../lib/email/compose.ts';
import type { MailMessage } from '../../lib/email/message.ts';
import type { Locale } from '../../lib/i18n/locales.ts';
import { invitationMail, type LetterFacts, reminderMail } from '../../lib/invitations/mail.ts';
import type { StoredInvitation } from '../../lib/invitations/schema.ts';
import { presetSettings } from '../../lib/letters/presets.ts';
import { deliveryMail, letterWithdrawnMail } from '../../lib/mailings/mail.ts';
import { confirmationMail, confirmationReminderMail } from '../../lib/signatures/confirmation-mail.ts';
import { ownLinkMail, receiptMail, withdrawalMail } from '../../lib/signatures/mail.ts';
import type { EntryInput } from '../../lib/signatures/schema.ts';
import { vouchedMail } from '../../lib/signatures/vouched-mail.ts';

/** What no neutral mail may tell: names, headline, reason, what was written by hand. */
export const TELLTALE = ['Open wells', 'Ilse Okoye', 'Harbour Forum', 'figures', 'written by hand'] as const;

const ORIGIN = 'https://letters.example.org';
const URL = `${ORIGIN}/i/iv_${'A'.repeat(43)}`;
const STOP = `${ORIGIN}/stop/ms_${'B'.repeat(43)}`;

/** A letter as mails know it; only what they read. */
function factsOf(mails: 'named' | 'neutral'): LetterFacts {
  const preset = mails === 'named' ? 'coalition-letter' : 'people-at-risk';
  const letter = {
    id: 'let_1',
    authenticLanguage: 'en',
    zone: 'Europe/Lisbon',
    deadlineAt: new Date('2026-03-31T22:59:00Z'),
    deliveredAt: new Date('2026-04-07T10:00:00Z'),
    withdrawnReason: 'Its figures were wrong.',
    namesHidden: false,
    block: presetSettings[preset].block,
    policies: presetSettings[preset].policies,
    mails: null,
  };
  return {
    letter: letter as unknown as LetterFacts['letter'],
    coalition: 'Reed Alliance',
    sender: { fromName: 'Reed Alliance', replyTo: 'desk@reed.example' },
    headline: mails === 'named' ? 'Open wells for every village of the delta' : null,
    reader: 'the Minister of Waters',
  };
}

const record: SignatoryRecord = {
  capacity: 'organisation',
  organisation: 'Harbour Forum',
  acronym: 'HF',
  name: 'Ilse Okoye',
  role: 'Director',
};

/** Every mail that goes to somebody who is no member, as it is composed. */
export function mailGallery(mails: 'named' | 'neutral', language: Locale): Readonly<Record<string, MailMessage>> {
  const facts = factsOf(mails);
  const to = 'ilse@forum.example';
  const stored: StoredInvitation = {
    email: to,
    name: 'Ilse Okoye',
    organisation: 'Harbour Forum',
    acronym: 'HF',
    message: 'A word written by hand.',
    language,
  };
  const party = { ...stored, capacity: 'organisation' as const };
  const links = { url: URL, stopUrl: STOP };
  const ends = new Date('2026-04-03T22:59:00Z');
  const asked = { to, name: 'Ilse Okoye', locale: language, url: URL, ends };
  const told = { to, name: 'Ilse Okoye', locale: language, url: URL, stopUrl: STOP };
  const entry = { signer: 'organisation', organisation: 'Harbour Forum', acronym: 'HF', role: 'Director', city: '', country: '' };
  const contents: Readonly<Record<string, MailContent>> = {
    invitation: invitationMail(facts, party, links),
    'invitation-person': invitationMail(facts, { ...party, organisation: '', acronym: '', capacity: 'personal' }, links),
    reminder: reminderMail(facts, party, links, { kind: 'unanswered' }),
    'reminder-day-over': reminderMail(facts, party, links, { kind: 'day-over', day: '2026-03-12' }),
    confirmation: confirmationMail(facts, { ...asked, entries: [entry as unknown as EntryInput] }),
    'confirmation-reminder': confirmationReminderMail(facts, { ...asked, records: [record], stopUrl: STOP }),
    delivery: deliveryMail(facts, told),
    'letter-withdrawn': letterWithdrawnMail(facts, told),
    'own-link': ownLinkMail(facts, { email: to, language }, URL),
    // These are not made at all for a letter whose mails say nothing.
    ...(mails === 'neutral'
      ? {}
      : {
          receipt: receiptMail(facts, {
            to,
            language,
            name: 'Ilse Okoye',
            entries: [{ record, status: 'listed', flags: [] }],
            publication: 'public',
            fingerprint: 'ab'.repeat(32),
            url: URL,
          }),
          vouched: vouchedMail(facts, {
            to,
            name: 'Ilse Okoye',
            language,
            record,
            publication: 'public',
            means: 'on the telephone',
            url: URL,
            stopUrl: STOP,
          }),
          withdrawal: withdrawalMail(facts, { email: to, language }),
        }),
  };
  return Object.fromEntries(Object.entries(contents).map(([name, content]) => [name, composeMail(content)]));
}
