import { findSigning, type SignatureRow } from '../../db/queries/signatures.ts';
import type { Tx } from '../../db/store.ts';
import type { LetterScope } from '../access/scope.ts';
import type { MailContent } from '../email/compose.ts';
import { translator } from '../i18n/translator.ts';
import type { Instance } from '../instance.ts';
import { findLetterFacts } from '../invitations/mail.ts';
import { policiesOf } from '../letters/presets.ts';
import { queueMail } from '../outbox/queue.ts';
import { printedEntry } from './mail.ts';
import { openPrintable } from './printable-record.ts';
import { findSigner } from './signer.ts';

/** Tells whoever signed that their entry does not stand, and why. Nothing for a letter whose mails say nothing, and for a sample. */
export async function queueRejection(
  tx: Tx,
  instance: Instance,
  { coalitionId, letterId }: Pick<LetterScope, 'coalitionId' | 'letterId'>,
  { row, reason }: { readonly row: SignatureRow; readonly reason: string },
  now: Date,
): Promise<void> {
  const facts = await findLetterFacts(tx, letterId);
  const given = await findSigning(tx, letterId, row.signingId);
  const signer = given && (await findSigner(instance, tx, given.signing));
  if (!facts || facts.headline === null || facts.letter.sample || !given || !signer || signer.email === '') return;
  const { coalition, headline, sender, letter } = facts;
  const t = translator(signer.language);
  const mail: MailContent = {
    language: t.locale,
    direction: t.direction,
    ...sender,
    to: signer.email,
    subject: t('mail.rejection.subject', { coalition }),
    paragraphs: [
      t('mail.receipt.dear', { name: signer.name }),
      t('mail.rejection.recorded', { headline }),
      printedEntry(letter, openPrintable(instance.keys, row, policiesOf(letter.policies))).lines.join('\n'),
      t('mail.rejection.reason', { coalition }),
      { written: reason },
    ],
    footer: [t('mail.rejection.wrong', { coalition })],
  };
  const { invitationId } = given.signing;
  await queueMail(tx, instance, 'receipt', mail, { coalitionId, letterId, ...(invitationId === null ? {} : { invitationId }) }, now);
}
