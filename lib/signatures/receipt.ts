import type { InvitationRow } from '../../db/queries/invitations.ts';
import type { Tx } from '../../db/store.ts';
import type { InvitationScope } from '../access/scope.ts';
import type { Instance } from '../instance.ts';
import { addInvitationLink, findLetterFacts, linkOf } from '../invitations/mail.ts';
import { openInvited } from '../invitations/places.ts';
import { queueMail } from '../outbox/queue.ts';
import type { Admission } from './capacity.ts';
import { receiptMail } from './mail.ts';
import type { SignInput } from './schema.ts';

interface Receipt {
  readonly scope: InvitationScope;
  readonly invitation: InvitationRow;
  readonly input: SignInput;
  readonly admission: Admission;
}

/** A receipt with a live link to the own page. None for a letter whose mails say nothing, and none for a sample's invented addresses. */
export async function queueReceipt(tx: Tx, instance: Instance, { scope, invitation, input, admission }: Receipt, now: Date): Promise<void> {
  const { letterId, coalitionId, invitationId } = scope;
  const facts = await findLetterFacts(tx, letterId);
  if (!facts || facts.headline === null || facts.letter.sample) return;
  const invited = openInvited(instance.keys, invitation);
  const token = await addInvitationLink(tx, instance, { coalitionId, invitationId }, now);
  const mail = receiptMail(facts, { invited, input, admission, reader: facts.reader, url: linkOf(instance, token) });
  await queueMail(tx, instance, 'receipt', mail, { coalitionId, letterId, invitationId }, now);
}
