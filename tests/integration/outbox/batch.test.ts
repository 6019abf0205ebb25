import { eq } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { dropWaitingMails } from '../../../db/queries/outbox.ts';
import type { MailKind } from '../../../lib/email/message.ts';
import type { Instance } from '../../../lib/instance.ts';
import type { MailHooks } from '../../../lib/outbox/hooks.ts';
import { queueMail } from '../../../lib/outbox/queue.ts';
import { MailSender } from '../../../lib/outbox/send.ts';
import type { MailTransport } from '../../../lib/outbox/transport.ts';
import { describeEachStore, testInstance } from '../../support/stores.ts';

const NOW = new Date('2026-03-02T10:00:00Z');
const later = (ms: number) => new Date(NOW.getTime() + ms);
const MINUTE = 60_000;

/** Their subjects are numbered from 0 in the order they are due. */
async function queue({ store, ...rest }: Instance, count: number, kind: MailKind = 'delivery'): Promise<readonly string[]> {
  const words = { language: 'en', direction: 'ltr', fromName: 'Reed Coalition', paragraphs: ['Hello.'] } as const;
  return await store.inTransaction(async (tx) => {
    const ids: string[] = [];
    for (let number = 0; number < count; number++) {
      const message = { ...words, to: 'ada@partner.example', subject: `${kind} ${number}` };
      const about = { signingId: `sgn_${number}` };
      ids.push(await queueMail(tx, rest, kind, message, about, later(number - 1000)));
    }
    return ids;
  });
}

/** Takes every mail at once; `each` is told its subject first. */
function taking(each: (subject: string) => unknown = () => undefined) {
  const taken: string[] = [];
  const transport: MailTransport = {
    async send({ subject }) {
      taken.push(subject);
      await each(subject);
    },
  };
  return { transport, taken };
}

async function rowsOf({ store: { read } }: Instance) {
  const { outbox } = read.tables;
  return await read.select().from(outbox).orderBy(outbox.runAt);
}

const sender = (
  instance: Instance,
  transport: MailTransport | null,
  rest: { clock?: () => Date; hooks?: MailHooks; maySend?: () => boolean } = {},
) => new MailSender(instance, { transport, clock: () => NOW, ...rest });

const many = <Value>(value: Value, count: number): readonly Value[] => Array.from({ length: count }, () => value);

describeEachStore('a batch of mails', (open, engine) => {
  const start = async (environment: Readonly<Record<string, string>> = {}) =>
    testInstance((await open()).store, { MAIL_FROM: 'letters@mail.example.org', ...environment });

  it('leaves to a crash one mail that is sent twice, and the others to whoever comes once their claim has ended', async () => {
    const instance = await start();
    await queue(instance, 6);
    const states = async () => (await rowsOf(instance)).map(({ state }) => state);
    const before: string[][] = [];
    let crashed = false;
    const never = () => new Promise<never>(() => undefined);
    const crashing = taking(async (subject) => {
      before.push(await states());
      if (subject !== 'delivery 2') return;
      crashed = true;
      await never();
    });
    // Whoever is gone hands nothing back after a second.
    const { store } = instance;
    const ending: Instance = { ...instance, store: { ...store, inTransaction: (work) => (crashed ? never() : store.inTransaction(work)) } };
    void sender(ending, crashing.transport).sendDue();
    await expect.poll(() => crashing.taken.length).toBe(3);
    // What has left is written down before the next one leaves.
    await expect.poll(() => before).toEqual([0, 1, 2].map((sent) => [...many('sent', sent), ...many('queued', 6 - sent)]));
    const after = taking();
    expect((await sender(instance, after.transport, { clock: () => later(MINUTE) }).sendDue()).outcomes).toEqual([]);
    expect((await sender(instance, after.transport, { clock: () => later(6 * MINUTE) }).sendDue()).outcomes).toEqual(many('sent', 4));
    expect(after.taken).toEqual(['delivery 2', 'delivery 3', 'delivery 4', 'delivery 5']);
  });

  it('goes on past a mail that cannot be opened, one whose question fails and one whose end fails', async () => {
    for (const kept of [false, true]) {
      const instance = await start();
      const ids = await queue(instance, 7);
      const { outbox } = instance.store.read.tables;
      await instance.store.inTransaction(async (tx) => {
        await tx
          .update(outbox)
          .set({ sealed: Buffer.from('spoilt') })
          .where(eq(outbox.id, ids[1] ?? ''));
      });
      const hooks: MailHooks = {
        isWanted: async (_instance, { signingId }) =>
          signingId === 'sgn_3' ? Promise.reject(new Error('no answer')) : signingId !== 'sgn_4',
        onSent: async (_tx, _instance, { signingId }) => {
          if (signingId === 'sgn_5') throw new Error('not told');
        },
      };
      const { transport, taken } = taking();
      await expect(sender(instance, kept ? null : transport, { hooks }).sendDue()).rejects.toThrow('no answer');
      const done = kept ? 'kept' : 'sent';
      expect((await rowsOf(instance)).map(({ state }) => state)).toEqual([done, 'failed', done, 'queued', 'failed', 'queued', done]);
      expect(taken).toEqual(kept ? [] : ['delivery 0', 'delivery 2', 'delivery 5', 'delivery 6']);
    }
  });

  // Red without the timer: they wait for the slow one, although another lane is free.
  it('is handed back while one of its mails takes long', async () => {
    const instance = await start();
    await queue(instance, 3);
    let release: () => void = () => undefined;
    const slow = taking((subject) => (subject === 'delivery 0' ? new Promise<void>((done) => (release = done)) : undefined));
    const first = sender(instance, slow.transport).sendDue();
    // Otherwise the other one may be first to claim them.
    await expect.poll(() => slow.taken).toEqual(['delivery 0']);
    const quick = taking();
    const another = sender(instance, quick.transport);
    await expect.poll(async () => (await another.sendDue()).outcomes, { timeout: 5000 }).toEqual(many('sent', 2));
    release();
    expect((await first).outcomes).toEqual(['sent', 'handed-back', 'handed-back']);
    expect([slow.taken, quick.taken]).toEqual([['delivery 0'], ['delivery 1', 'delivery 2']]);
  });

  it('ends where the hour’s pace does, and counts nothing that did not leave', async () => {
    const instance = await start({ MAIL_PER_HOUR: '10' });
    await queue(instance, 12);
    const { transport, taken } = taking();
    const both = await Promise.all([sender(instance, transport).sendDue(), sender(instance, transport).sendDue()]);
    // Of nine, since a tenth is left to whom somebody waits for; who comes first may be looking while the other has the rest.
    while ((await sender(instance, transport).sendDue()).outcomes.length > 0);
    expect(both.flatMap(({ outcomes }) => outcomes).length).toBeLessThanOrEqual(9);
    expect(taken).toHaveLength(9);
    expect(new Set(taken).size).toBe(9);
    await queue(instance, 3, 'sign-in');
    expect((await sender(instance, transport).sendDue()).outcomes).toEqual(['sent']);
    expect((await sender(instance, transport).sendDue()).outcomes).toEqual([]);
    expect((await sender(instance, transport, { clock: () => later(61 * MINUTE) }).sendDue()).outcomes).toHaveLength(5);
  });

  it('tries no mail whose claim may end before it has left, and takes nobody else’s claim away', async () => {
    const instance = await start();
    const ids = await queue(instance, 4);
    let now = NOW;
    const others = later(20 * MINUTE);
    const { outbox } = instance.store.read.tables;
    const { transport, taken } = taking(async () => {
      // The machine slept; another process has one of them by now.
      now = later(4 * MINUTE);
      await instance.store.inTransaction(async (tx) => {
        await tx
          .update(outbox)
          .set({ claimedUntil: others })
          .where(eq(outbox.id, ids[2] ?? ''));
      });
    });
    // So slow is no batch that goes by the second.
    expect(await sender(instance, transport, { clock: () => now }).sendDue()).toEqual({
      outcomes: ['sent', ...many('handed-back', 3)],
      more: true,
    });
    expect(taken).toEqual(['delivery 0']);
    const waiting = (await rowsOf(instance)).slice(1);
    expect(waiting.map(({ claimedUntil, attempts }) => [claimedUntil, attempts])).toEqual([
      [null, 0],
      [others, 1],
      [null, 0],
    ]);
    // Claimed so long ago that it would end on the way.
    let claimed = false;
    const clock = () => (claimed ? later(30 * MINUTE + 4 * MINUTE) : later(30 * MINUTE));
    const slow: Instance = {
      ...instance,
      store: {
        ...instance.store,
        async inTransaction(work) {
          const done = await instance.store.inTransaction(work);
          claimed = true;
          return done;
        },
      },
    };
    expect((await sender(slow, transport, { clock }).sendDue()).outcomes).toEqual(many('handed-back', 3));
    expect(taken).toEqual(['delivery 0']);
  });

  it('sends nothing that was dropped while others left before it', async () => {
    const instance = await start({ MAIL_PER_HOUR: '10' });
    await queue(instance, 4);
    const { transport, taken } = taking(async (subject) => {
      if (subject !== 'delivery 0') return;
      const owner = { signingId: 'sgn_2' };
      await instance.store.inTransaction((tx) => dropWaitingMails(tx, owner, ['delivery'], NOW, 'withdrawn'));
    });
    await sender(instance, transport).sendDue();
    expect(taken).toEqual(['delivery 0', 'delivery 1', 'delivery 3']);
    expect((await rowsOf(instance))[2]).toMatchObject({ state: 'failed', lastError: 'withdrawn', sealed: null });
    // Nor has it used a place in the pace.
    await queue(instance, 7);
    expect((await sender(instance, transport).sendDue()).outcomes).toHaveLength(6);
  });

  it('lets a mail that somebody waits for overtake it within a second', async () => {
    const instance = await start();
    await queue(instance, 8);
    let now = NOW;
    const { transport, taken } = taking(async (subject) => {
      now = new Date(now.getTime() + 600);
      if (subject === 'delivery 0') await queue(instance, 1, 'sign-in');
    });
    const sending = sender(instance, transport, { clock: () => now });
    expect((await sending.sendDue()).outcomes).toEqual([...many('sent', 2), ...many('handed-back', 6)]);
    await sending.sendDue();
    expect(taken.slice(0, 4)).toEqual(['delivery 0', 'delivery 1', 'sign-in 0', 'delivery 2']);
  });

  it('is handed back where nothing may be sent any more: due at once, counted in nobody’s pace, as if never tried', async () => {
    const instance = await start({ MAIL_PER_HOUR: '10' });
    await queue(instance, 12);
    const { transport, taken } = taking();
    const stopped = sender(instance, transport, { maySend: () => taken.length < 2 });
    expect((await stopped.sendDue()).outcomes).toEqual([...many('sent', 2), ...many('handed-back', 6)]);
    expect((await rowsOf(instance)).slice(2).every(({ claimedUntil, attempts }) => claimedUntil === null && attempts === 0)).toBe(true);
    const next = sender(instance, transport);
    while ((await next.sendDue()).outcomes.length > 0);
    expect(taken).toHaveLength(9);
  });

  it('is dealt out among the lanes, what is most urgent to each of them', async () => {
    const instance = await start();
    await queue(instance, 10);
    await queue(instance, 2, 'sign-in');
    const { transport, taken } = taking();
    const sending = sender(instance, transport);
    let more = 0;
    const share = { lanes: 4, onMore: () => void more++ };
    expect(await sending.sendDue(share)).toEqual({ outcomes: many('sent', 3), more: true });
    expect(taken).toEqual(['sign-in 0', 'delivery 2', 'delivery 6']);
    expect(more).toBe(1);
    await sending.sendDue(share);
    expect(taken[3]).toBe('sign-in 1');
    for (let turn = 0; (await sending.sendDue(share)).more && turn < 20; turn++);
    expect(taken).toHaveLength(12);
    // The last one of a queue calls for nobody.
    await queue(instance, 1);
    more = 0;
    expect(await sending.sendDue(share)).toEqual({ outcomes: ['sent'], more: false });
    expect(more).toBe(0);
  });

  it('is sent once by many workers at a time', async () => {
    const instance = await start();
    await queue(instance, 60);
    const { transport, taken } = taking();
    const worker = async () => {
      const sending = sender(instance, transport);
      for (let empty = 0; empty < 5; ) if ((await sending.sendDue({ lanes: 2 })).outcomes.length === 0) empty++;
    };
    await Promise.all(Array.from({ length: 6 }, worker));
    expect(new Set(taken).size).toBe(60);
    expect(taken).toHaveLength(60);
  });

  it('is kept whole in few transactions where there is no mail server', async () => {
    const instance = await start();
    await queue(instance, 50);
    let transactions = 0;
    const counted: Instance = {
      ...instance,
      store: {
        ...instance.store,
        inTransaction(work) {
          transactions++;
          return instance.store.inTransaction(work);
        },
      },
    };
    expect(await sender(counted, null).sendDue()).toEqual({ outcomes: many('kept', 50), more: false });
    expect(transactions).toBe(2);
    expect((await rowsOf(instance)).every(({ state, sealed, endedAt }) => state === 'kept' && sealed !== null && endedAt !== null)).toBe(
      true,
    );
  });

  // Where there is one writer, or one connection, nobody else holds a row.
  if (engine !== 'PostgreSQL') return;

  it('waits for no mail that somebody else holds', async () => {
    const instance = await start();
    const ids = await queue(instance, 5);
    const { outbox } = instance.store.read.tables;
    const holding = async (id: string | undefined, work: () => Promise<unknown>) => {
      await instance.store.inTransaction(async (tx) => {
        await tx
          .update(outbox)
          .set({ lastError: 'held' })
          .where(eq(outbox.id, id ?? ''));
        await work();
      });
    };
    // Outside the transaction that holds it, as another process is.
    const asked = Promise.withResolvers<void>();
    const claiming = asked.promise.then(() => sender(instance, null).sendDue());
    await holding(ids[1], async () => {
      asked.resolve();
      expect((await claiming).outcomes).toEqual(many('kept', 4));
    });
    const states = async () => (await rowsOf(instance)).map(({ state }) => state);
    expect(await states()).toEqual(['kept', 'queued', ...many('kept', 3)]);

    const waiting = await queue(instance, 5, 'invitation');
    const claimed = Promise.withResolvers<void>();
    const held = Promise.withResolvers<void>();
    const isWanted = async () => {
      claimed.resolve();
      await held.promise;
      return true;
    };
    const kept = () => states().then((all) => all.filter((state) => state === 'kept').length);
    const keeping = sender(instance, null, { hooks: { isWanted } }).sendDue();
    await claimed.promise;
    const free = Promise.withResolvers<void>();
    const holder = holding(waiting[1], async () => {
      held.resolve();
      await free.promise;
    });
    // The fifth of before, too.
    await expect.poll(kept).toBe(4 + 5);
    free.resolve();
    await holder;
    expect((await keeping).outcomes).toEqual(many('kept', 6));
    expect(await kept()).toBe(10);
  });
});
