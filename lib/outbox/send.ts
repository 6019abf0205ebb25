import { claimMails, findMailLetter, handMailsBack, isClaimed, listDueMails, type MailLetter } from '../../db/queries/leaving.ts';
import { postponeMail } from '../../db/queries/outbox.ts';
import type { MailMessage } from '../email/message.ts';
import type { Instance } from '../instance.ts';
import { type MailEnd, MailEnds } from './ends.ts';
import type { MailHooks } from './hooks.ts';
import { givePaceBack, takePace } from './pace.ts';
import { LAST_PRIORITY, LAST_URGENT } from './priority.ts';
import { messageOf, openMail, type UnreadableMail } from './read.ts';
import { isTooLate, judgeFault, retryAt, type SendingFault } from './retry.ts';
import { LONGEST_SEND_MS, type MailTransport } from './transport.ts';

/** `handed-back`: claimed and not tried; due again at once, unless somebody dropped it. */
export type SendOutcome = 'sent' | 'kept' | 'refused' | 'postponed' | 'failed' | 'handed-back';

export interface Sent {
  /** One for each mail that was claimed. */
  readonly outcomes: readonly SendOutcome[];
  /** Some are due that were not tried now. */
  readonly more: boolean;
}

/**
 * Longer than a batch and the longest attempt at its end: a claim that ends while its mail is still on its way would send it twice. A
 * process that was stopped and goes on looks at the time before each mail.
 */
const CLAIM_MS = 5 * 60_000;
/** Where nothing leaves. */
const MOST_KEPT = 64;
/** To be sent by one lane; more would leave the other lanes without any where a mail takes long. */
const MOST_SENT = 8;
/** So long mails of a batch are begun. The others are handed back, also while one takes long: who sits before their screen goes before them. */
const BATCH_MS = 1000;

/** Asked for by the very person who gets them, or by nobody; an invitation is a person's own act, and an absence notice tells them something. */
const isAutomatic = (kind: string) => !['invitation', 'member-invitation', 'test'].includes(kind);

export interface Sending {
  /** Null where mails are kept for the local mail page. */
  readonly transport: MailTransport | null;
  readonly clock: () => Date;
  readonly hooks?: MailHooks;
  /** False once no further mail is to be tried, also in the middle of a batch. */
  maySend?(): boolean;
}

export interface Share {
  /** Who send beside each other: what is due is divided among them. */
  readonly lanes?: number;
  readonly most?: number;
  /** Called once it is known that more are due than were claimed. */
  onMore?(): void;
}

type Mail = Awaited<ReturnType<typeof claimMails>>[number];

type LetterOf = (id: string) => Promise<MailLetter | null>;

interface Batch {
  readonly mails: readonly Mail[];
  readonly claimedAt: Date;
  readonly until: Date;
  /** More than these are due and may go. */
  readonly more: boolean;
}

/**
 * Sends what is due, a batch at a time, or keeps it for the local mail page where there is no transport. The claim of a batch is committed
 * before the first of its mails leaves, and the end of each before the next one does: a crash sends a second time what was just
 * leaving, and loses none.
 */
export class MailSender {
  readonly #instance: Instance;
  readonly #sending: Sending;
  /** Null where no pace is kept: what is only kept leaves nobody's. */
  readonly #perHour: number | null;
  readonly #ends: MailEnds;

  constructor(instance: Instance, sending: Sending) {
    this.#instance = instance;
    this.#sending = sending;
    this.#perHour = sending.transport === null ? null : instance.config.mailPerHour;
    this.#ends = new MailEnds(instance, sending.hooks ?? {}, sending.clock, this.#perHour);
  }

  /**
   * Claims a batch and does it.
   * @throws what went wrong with one of its mails, after the others; that one is tried again when its claim ends
   */
  async sendDue({ lanes = 1, most, onMore }: Share = {}): Promise<Sent> {
    // What is only kept takes no time, and need not be divided.
    const batch = await (this.#sending.transport === null ? this.#claim(1, most ?? MOST_KEPT) : this.#claim(lanes, most ?? MOST_SENT));
    if (batch.more) onMore?.();
    const begunAt = this.#sending.clock();
    const letterOf = this.#letters();
    const outcomes: SendOutcome[] = [];
    const failures: unknown[] = [];
    const untried: string[] = [];
    const ending: Promise<void>[] = [];
    let next = 0;
    let handedFrom = batch.mails.length;
    const slow = setTimeout(() => {
      handedFrom = next;
      const handed = batch.mails.slice(next).map(({ id }) => id);
      ending.push(
        this.#handBack(batch, handed).then(
          () => (handed.length > 0 ? onMore?.() : undefined),
          (error: unknown) => void failures.push(error),
        ),
      );
    }, BATCH_MS).unref();
    for (const [index, mail] of batch.mails.entries()) {
      next = index + 1;
      // Somebody else's from the moment on in which that began, and not once it is written.
      if (index >= handedFrom) {
        outcomes.push('handed-back');
        continue;
      }
      try {
        if (!this.#mayGo(batch, begunAt) || (index > 0 && !(await this.#isStillOurs(mail, batch)))) {
          untried.push(mail.id);
          continue;
        }
        const end = await this.#tryOne(mail, batch.claimedAt, letterOf);
        if (end === 'postponed') {
          outcomes.push(end);
          continue;
        }
        const ended = this.#ends.write(end).then(
          () => void outcomes.push(end.state),
          (error: unknown) => void failures.push(error),
        );
        // Of what is kept nothing is done twice; what has left is written down before the next one leaves.
        if (end.state === 'kept') ending.push(ended);
        else await ended;
      } catch (error) {
        failures.push(error);
      }
    }
    clearTimeout(slow);
    await Promise.all(ending);
    await this.#handBack(batch, untried);
    if (failures.length > 0) throw failures[0];
    return {
      outcomes: [...outcomes, ...untried.map(() => 'handed-back' as const)],
      more: batch.more || outcomes.includes('handed-back') || untried.length > 0,
    };
  }

  async #claim(lanes: number, most: number): Promise<Batch> {
    const claimedAt = this.#sending.clock();
    const until = new Date(claimedAt.getTime() + CLAIM_MS);
    return await this.#instance.store.inTransaction(async (tx) => {
      const room = await takePace(tx, this.#perHour, claimedAt, most);
      const last = room.unhurried > 0 ? LAST_PRIORITY : LAST_URGENT;
      // One more than all lanes could take tells whether there are more.
      const due = room.all > 0 ? await listDueMails(tx, claimedAt, last, lanes * most + 1) : [];
      const ids: string[] = [];
      for (const [index, { id, priority }] of due.entries()) {
        // Dealt out like cards: the most urgent ones leave beside each other, and not one after the other in one lane.
        if (index % lanes === 0 && ids.length < (priority <= LAST_URGENT ? room.all : room.unhurried)) ids.push(id);
      }
      const mails = await claimMails(tx, ids, claimedAt, until);
      await givePaceBack(tx, this.#perHour, claimedAt, most - mails.length);
      return { mails, claimedAt, until, more: mails.length > 0 && due.length > mails.length };
    });
  }

  async #handBack({ claimedAt, until }: Batch, untried: readonly string[]): Promise<void> {
    if (untried.length === 0) return;
    await this.#instance.store.inTransaction(async (tx) => {
      await handMailsBack(tx, untried, until);
      await givePaceBack(tx, this.#perHour, claimedAt, untried.length);
    });
  }

  #mayGo({ until }: Batch, begunAt: Date): boolean {
    const now = this.#sending.clock().getTime();
    return now <= begunAt.getTime() + BATCH_MS && now + LONGEST_SEND_MS < until.getTime() && (this.#sending.maySend?.() ?? true);
  }

  /** A mail that somebody dropped while others left before it does not leave. What is kept is asked as it is written. */
  async #isStillOurs({ id }: Mail, { until }: Batch): Promise<boolean> {
    return this.#sending.transport === null || (await isClaimed(this.#instance.store.read, id, until));
  }

  /** Each letter is read once for a batch. */
  #letters(): LetterOf {
    const read = new Map<string, Promise<MailLetter | null>>();
    return async (id) => {
      const found = read.get(id) ?? findMailLetter(this.#instance.store.read, id);
      read.set(id, found);
      return await found;
    };
  }

  /** @returns what is to be written of it */
  async #tryOne(mail: Mail, claimedAt: Date, letterOf: LetterOf): Promise<MailEnd | 'postponed'> {
    const { transport } = this.#sending;
    const failed = (reason: UnreadableMail | 'sample-letter' | 'too-late' | 'not-wanted') =>
      ({ mail, claimedAt, state: 'failed', reason }) as const;
    const letter = mail.letterId === null ? null : await letterOf(mail.letterId);
    // Commands queue nothing for the sample letter; should one forget, its invented addresses still get no mail.
    if (letter?.sample) return failed('sample-letter');
    if (!((await this.#sending.hooks?.isWanted?.(this.#instance, mail, letter, claimedAt)) ?? true)) return failed('not-wanted');
    const opened = openMail(this.#instance, mail);
    if (!opened.ok) return failed(opened.reason);
    if (transport === null) return { mail, claimedAt, state: 'kept', reason: null };
    if (isTooLate(mail.kind, mail.attempts, claimedAt.getTime() - mail.createdAt.getTime())) return failed('too-late');
    const fault = await this.#leave(transport, mail, messageOf(opened.value));
    if (fault === null) return { mail, claimedAt, state: 'sent', reason: null };
    if (fault.verdict === 'refused') return { mail, claimedAt, state: 'refused', reason: fault.code };
    const now = this.#sending.clock();
    const chance = this.#instance.random(4).readUInt32BE() / 2 ** 32;
    await this.#instance.store.inTransaction(async (tx) => {
      await postponeMail(tx, mail.id, retryAt(mail.attempts, now, chance), fault.code);
      await givePaceBack(tx, this.#perHour, claimedAt);
    });
    return 'postponed';
  }

  async #leave(transport: MailTransport, mail: Mail, message: MailMessage): Promise<SendingFault | null> {
    try {
      await transport.send(message, { id: mail.id, automatic: isAutomatic(mail.kind) });
      return null;
    } catch (error) {
      return judgeFault(error);
    }
  }
}
