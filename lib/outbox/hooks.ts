import type { MailLetter } from '../../db/queries/leaving.ts';
import type { Tx } from '../../db/store.ts';
import type { Instance } from '../instance.ts';

/** A mail as others may know it: what it belongs to, without its content. */
export interface MailRow {
  readonly id: string;
  readonly kind: string;
  readonly coalitionId: string | null;
  readonly letterId: string | null;
  readonly invitationId: string | null;
  readonly signingId: string | null;
}

/** What else changes with a mail's end; runs inside the transaction that marks it, so that neither can be without the other. */
export interface MailHooks {
  /**
   * False for a mail that waited so long that it says what is no longer so; asked before it leaves, outside any transaction.
   * @param letter the one it belongs to; null where there is none, or none any more
   */
  isWanted?(instance: Instance, mail: MailRow, letter: MailLetter | null, now: Date): Promise<boolean>;
  onSent?(tx: Tx, instance: Instance, mail: MailRow, now: Date): Promise<void>;
  /** The receiving side will not have it: the address is wrong, or the mailbox closed. */
  onRefused?(tx: Tx, instance: Instance, mail: MailRow, now: Date): Promise<void>;
}
