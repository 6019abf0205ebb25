import type { SignatoryRecord } from '../block/record.ts';
import type { MailContent } from '../email/compose.ts';
import { translator } from '../i18n/translator.ts';
import type { LetterFacts } from '../invitations/mail.ts';
import { printedEntry } from './mail.ts';
import type { OwnAddress } from './own-address.ts';

export interface CorrectionMail {
  /** A coordinator corrected it; or said yes, or no, to what its signatory asked for. */
  readonly what: 'corrected' | 'approved' | 'refused';
  readonly before: SignatoryRecord;
  readonly after: SignatoryRecord;
  readonly reason: string;
}

/** Tells whoever signed what became of their entry by somebody else's hand. */
export function correctionMail(
  facts: LetterFacts,
  to: Omit<OwnAddress, 'about'>,
  { what, before, after, reason }: CorrectionMail,
): MailContent {
  const t = translator(to.language);
  const { coalition, headline, letter, sender } = facts;
  const printed = (record: SignatoryRecord) => printedEntry(letter, record).lines.join('\n');
  return {
    language: t.locale,
    direction: t.direction,
    ...sender,
    to: to.email,
    subject: t('mail.correction.subject', { coalition }),
    paragraphs: [
      t('mail.receipt.dear', { name: to.name }),
      t(`mail.correction.${what}`, { coalition, headline: headline ?? '' }),
      ...(what === 'refused' ? [] : [t('mail.correction.before'), printed(before)]),
      t(what === 'refused' ? 'mail.correction.stays' : 'mail.correction.after'),
      printed(after),
      ...(reason === '' ? [] : [t('mail.correction.reason'), reason]),
    ],
    footer: [t('mail.correction.not-right', { coalition })],
  };
}
