import { insertMail } from '../../db/queries/outbox.ts';
import type { Tx } from '../../db/store.ts';
import { seal } from '../crypto/seal.ts';
import { assertWebLinks, type MailContent } from '../email/compose.ts';
import type { MailKind } from '../email/message.ts';
import type { Instance } from '../instance.ts';
import { newId } from '../shared/ids.ts';
import { wakeRunners } from '../shared/wake.ts';
import { priorityOf } from './priority.ts';

/** What the mail belongs to, for showing its state at the invitation and for deleting it with its letter. */
export interface MailSubject {
  readonly coalitionId?: string;
  readonly letterId?: string;
  /** An invitation to sign; or the link that makes a member. */
  readonly invitationId?: string;
  /** Of somebody who was not invited. */
  readonly signingId?: string;
}

/** The place a mail's content is sealed for. */
export const mailPlace = (id: string) => ({ table: 'outbox', id, scope: 'instance' });

/**
 * Puts a mail in the outbox, in the transaction of the change that causes it: a mail for a change that never happened, or a change
 * whose mail is lost in a crash, can't be. A live token stands in the sealed content until the mail has left.
 * Only its words are kept; its HTML and text are made of them when it leaves. The most of those is the same in every mail, and whoever waits for
 * an answer would wait for it to be composed, sealed and written.
 * @param runAt when it may leave
 * @throws TypeError where it leads anywhere but to web addresses
 */
export async function queueMail(
  tx: Tx,
  { keys, random }: Pick<Instance, 'keys' | 'random'>,
  kind: MailKind,
  content: MailContent,
  about: MailSubject,
  now: Date,
  runAt: Date = now,
): Promise<string> {
  const id = newId('out', random);
  assertWebLinks(content);
  const sealed = seal(keys, mailPlace(id), content);
  await insertMail(tx, { id, kind, priority: priorityOf(kind), state: 'queued', sealed, runAt, createdAt: now, ...about });
  wakeRunners();
  return id;
}
