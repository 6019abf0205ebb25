import type { Capacity, PublicationChoice } from '../../db/schema/values.ts';
import { entryOf } from '../block/entries.ts';
import type { Entry } from '../block/model.ts';
import { type GivenBlockSettings, type SignatoryRecord, withDefaults } from '../block/record.ts';
import { blockWording } from '../block/wording.ts';
import { composeMail } from '../email/compose.ts';
import type { MailMessage } from '../email/message.ts';
import type { MessageKey } from '../i18n/messages.ts';
import { type Translator, translator } from '../i18n/translator.ts';
import type { LetterFacts } from '../invitations/mail.ts';
import type { StoredInvitation } from '../invitations/schema.ts';
import { policiesOf } from '../letters/presets.ts';
import { displayFingerprint } from '../text/fingerprint.ts';
import { type Admission, capacityOf, recordOf } from './capacity.ts';
import type { SignInput } from './schema.ts';

/** An entry as it will stand in the signatory block of this letter. */
export function printedEntry(letter: { readonly block: unknown; readonly authenticLanguage: string }, record: SignatoryRecord): Entry {
  const settings = withDefaults(letter.block as GivenBlockSettings);
  const { form } = record.capacity === 'organisation' ? settings.organisations : settings.personal;
  const language = letter.authenticLanguage;
  return entryOf(record, { form, country: settings.country, language, wording: blockWording(language) });
}

/** What has become of an answer, as page and receipt say it. */
export function statusKey({ status, flags }: { readonly status: string; readonly flags: readonly string[] }): MessageKey {
  if (status === 'listed') return 'signing.status.listed';
  if (status === 'withdrawn') return 'signing.status.withdrawn';
  if (status !== 'held') return 'signing.status.ended';
  if (flags.includes('duplicate-organisation')) return 'signing.status.held-duplicate';
  return flags.includes('other-organisation') ? 'signing.status.held-other' : 'signing.status.held';
}

/** Who sees the name. `reader` names the addressee, since the choice of the addressee's copy must say into whose hands it goes. */
export const publicationWords = (t: Translator, choice: PublicationChoice, reader: string): string =>
  t(`signing.publication.${choice}`, { reader });

interface Receipt {
  readonly invited: StoredInvitation;
  readonly input: SignInput;
  readonly admission: Admission;
  readonly reader: string;
  readonly url: string;
}

/** What was recorded, word for word, and the way back to it. */
export function receiptMail(facts: LetterFacts, { invited, input, admission, reader, url }: Receipt): MailMessage {
  const t = translator(invited.language);
  const capacity: Capacity = capacityOf(input.signer);
  const entry = printedEntry(facts.letter, recordOf(input, policiesOf(facts.letter.policies)));
  const paragraphs = [
    t('mail.receipt.dear', { name: input.name }),
    t(`mail.receipt.recorded-${capacity}`, { headline: facts.headline ?? '' }),
    entry.lines.join('\n'),
    t(statusKey(admission)),
    publicationWords(t, input.publication, reader),
    t('mail.receipt.fingerprint', { fingerprint: displayFingerprint(input.fingerprint) }),
    t('mail.receipt.later'),
  ];
  return composeMail({
    ...frame(facts, invited, t),
    subject: t('mail.receipt.subject', { coalition: facts.coalition }),
    paragraphs,
    action: { label: t('mail.receipt.action'), url },
    footer: [t('mail.receipt.not-you', { coalition: facts.coalition })],
  });
}

/** Tells the address that an entry was taken back: its owner must hear of it if somebody else did. */
export function withdrawalMail(facts: LetterFacts, invited: StoredInvitation): MailMessage {
  const t = translator(invited.language);
  const { coalition, headline } = facts;
  return composeMail({
    ...frame(facts, invited, t),
    subject: t('mail.withdrawal.subject', { coalition }),
    paragraphs: [t('mail.invitation.hello'), t('mail.withdrawal.recorded', { headline: headline ?? '' })],
    footer: [t('mail.withdrawal.not-you', { coalition })],
  });
}

const frame = ({ sender }: LetterFacts, invited: StoredInvitation, t: Translator) => ({
  language: t.locale,
  direction: t.direction,
  ...sender,
  to: invited.email,
});
