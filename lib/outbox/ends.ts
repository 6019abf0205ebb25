import { type EndState, endMails, unlocked } from '../../db/queries/leaving.ts';
import type { Tx } from '../../db/store.ts';
import type { Instance } from '../instance.ts';
import type { MailHooks, MailRow } from './hooks.ts';
import { givePaceBack } from './pace.ts';

/** What became of a mail. */
export interface MailEnd {
  readonly mail: MailRow;
  readonly state: EndState;
  /** Codes only. */
  readonly reason: string | null;
  /** When its place in the pace was taken. */
  readonly claimedAt: Date;
}

interface Waiting {
  readonly end: MailEnd;
  done(): void;
  failed(reason: unknown): void;
}

/** Ends that share one transaction at most. */
const LONGEST_GROUP = 64;

/**
 * Writes down what became of mails. Those that end while others are being written share the next transaction; whoever waits for one is
 * answered once it is on disk. Where one of them cannot be written each gets a transaction of its own.
 */
export class MailEnds {
  readonly #instance: Instance;
  readonly #hooks: MailHooks;
  readonly #clock: () => Date;
  readonly #perHour: number | null;
  readonly #waiting: Waiting[] = [];
  #writing = false;

  /** @param perHour null where no pace is kept */
  constructor(instance: Instance, hooks: MailHooks, clock: () => Date, perHour: number | null) {
    this.#instance = instance;
    this.#hooks = hooks;
    this.#clock = clock;
    this.#perHour = perHour;
  }

  /** @throws what its hook throws; then neither is written */
  async write(end: MailEnd): Promise<void> {
    await new Promise<void>((done, failed) => {
      this.#waiting.push({ end, done, failed });
      if (!this.#writing) void this.#writeAll();
    });
  }

  async #writeAll(): Promise<void> {
    this.#writing = true;
    while (this.#waiting.length > 0) {
      // Let those that end in this turn of the loop join.
      await new Promise(setImmediate);
      const group = this.#waiting.splice(0, LONGEST_GROUP);
      // Its hook takes the invitation as well: with two of them at once a transaction could wait for somebody who waits for it.
      const alone = group.filter(({ end }) => end.mail.invitationId !== null);
      const left = await this.#writeTogether(group.filter(({ end }) => end.mail.invitationId === null));
      await Promise.all([...alone, ...left].map((each) => this.#writeAlone(each)));
    }
    this.#writing = false;
  }

  /** @returns those that are still to be written */
  async #writeTogether(group: readonly Waiting[]): Promise<readonly Waiting[]> {
    if (group.length < 2) return group;
    try {
      const written = await this.#instance.store.inTransaction((tx) =>
        this.#writeIn(
          tx,
          group.map(({ end }) => end),
        ),
      );
      for (const { end, done } of group) if (written.has(end.mail.id)) done();
      return group.filter(({ end }) => !written.has(end.mail.id));
    } catch {
      return group;
    }
  }

  async #writeAlone({ end, done, failed }: Waiting): Promise<void> {
    try {
      await this.#instance.store.inTransaction((tx) => this.#writeIn(tx, [end]));
      done();
    } catch (error) {
      failed(error);
    }
  }

  async #writeIn(tx: Tx, ends: readonly MailEnd[]): Promise<ReadonlySet<string>> {
    const now = this.#clock();
    const written = new Set<string>();
    // Asked of all of them at once: to wait for the last one while the first is held is how two of us wait for each other.
    const free = new Set(
      await unlocked(
        tx,
        ends.map(({ mail }) => mail.id),
      ),
    );
    for (const alike of Map.groupBy(ends, ({ state, reason }) => `${state} ${reason}`).values()) {
      const [{ state, reason } = { state: 'failed', reason: null } as const] = alike;
      const ids = alike.flatMap(({ mail }) => (free.has(mail.id) ? [mail.id] : []));
      for (const id of await endMails(tx, ids, { state, endedAt: now, lastError: reason })) written.add(id);
    }
    for (const { mail, state, claimedAt } of ends) {
      if (!written.has(mail.id)) continue;
      if (state === 'sent' || state === 'kept') await this.#hooks.onSent?.(tx, this.#instance, mail, now);
      else if (state === 'refused') await this.#hooks.onRefused?.(tx, this.#instance, mail, now);
      // It left for nowhere.
      else await givePaceBack(tx, this.#perHour, claimedAt);
    }
    return written;
  }
}
