import { eq } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { z } from 'zod';
import type { Store } from '../../../db/store.ts';
import type { Instance } from '../../../lib/instance.ts';
import { startBackground } from '../../../lib/jobs/background.ts';
import type { JobHandler } from '../../../lib/jobs/handler.ts';
import { enqueueJob } from '../../../lib/jobs/queue.ts';
import { runNextJob } from '../../../lib/jobs/run.ts';
import { queueMail } from '../../../lib/outbox/queue.ts';
import { startMailServer } from '../../support/mail-server.ts';
import { describeEachStore, testInstance } from '../../support/stores.ts';

const NOW = new Date('2026-03-02T10:00:00Z');
const later = (ms: number) => new Date(NOW.getTime() + ms);

const numbering = (run: (number: number) => Promise<void>): JobHandler<{ number: number }> => ({
  kind: 'number',
  payload: z.strictObject({ number: z.int() }),
  run: (_instance, { number }) => run(number),
});

const enqueue = (instance: Instance, handler: JobHandler<{ number: number }>, number: number, key?: string, runAt?: Date) =>
  instance.store.inTransaction((tx) =>
    enqueueJob(tx, instance, { handler, payload: { number }, ...(key ? { key } : {}), ...(runAt ? { runAt } : {}) }, NOW),
  );

async function onlyJob({ read }: Store) {
  const [job] = await read.select().from(read.tables.jobs);
  return job;
}

describeEachStore('work done later', (open) => {
  it('is done once, in the order of its time', async () => {
    const { store } = await open();
    const instance = testInstance(store);
    const done: number[] = [];
    const handler = numbering(async (number) => void done.push(number));
    await enqueue(instance, handler, 2, undefined, later(2000));
    await enqueue(instance, handler, 1, undefined, later(1000));
    expect(await runNextJob(instance, [handler], () => NOW)).toBe('nothing-due');
    for (let each = 0; each < 2; each++) expect(await runNextJob(instance, [handler], () => later(5000))).toBe('done');
    expect(await runNextJob(instance, [handler], () => later(5000))).toBe('nothing-due');
    expect(done).toEqual([1, 2]);
  });

  it('waits at most once a key, and may be queued again once done', async () => {
    const { store } = await open();
    const instance = testInstance(store);
    const handler = numbering(async () => undefined);
    expect(await enqueue(instance, handler, 1, 'one')).toBe(true);
    expect(await enqueue(instance, handler, 2, 'one')).toBe(false);
    await runNextJob(instance, [handler], () => NOW);
    expect(await enqueue(instance, handler, 3, 'one')).toBe(true);
  });

  it('is tried again with longer waits, and fails after ten attempts without a word of what it worked on', async () => {
    const { store } = await open();
    const instance = testInstance(store);
    const handler = numbering(() => Promise.reject(new Error('Amara Dubois')));
    await enqueue(instance, handler, 1);
    let now = NOW;
    for (let attempt = 1; attempt < 10; attempt++) {
      expect(await runNextJob(instance, [handler], () => now)).toBe('postponed');
      const job = await onlyJob(store);
      expect((job?.runAt.getTime() ?? 0) - now.getTime()).toBe(10_000 * 2 ** (attempt - 1));
      now = job?.runAt ?? now;
    }
    expect(await runNextJob(instance, [handler], () => now)).toBe('failed');
    const job = await onlyJob(store);
    expect(job).toMatchObject({ state: 'failed', attempts: 10 });
    expect(job?.lastError).toMatch(/^Error at background\.test\.ts:\d+$/);
  });

  it('fails where this version does not know it, or its payload', async () => {
    const { store } = await open();
    const instance = testInstance(store);
    const handler = numbering(async () => undefined);
    await enqueue(instance, handler, 1);
    expect(await runNextJob(instance, [], () => NOW)).toBe('failed');
    const { jobs } = store.read.tables;
    await enqueue(instance, handler, 2);
    await store.inTransaction(
      async (tx) =>
        void (await tx
          .update(jobs)
          .set({ payload: { number: 'x' } })
          .where(eq(jobs.state, 'queued'))),
    );
    expect(await runNextJob(instance, [handler], () => NOW)).toBe('failed');
  });

  it('goes on by itself: what is queued is sent and done at once, and what another process queued soon after', async () => {
    const { store } = await open();
    const server = await startMailServer();
    const instance = testInstance(store, { SMTP_URL: server.url });
    const done: number[] = [];
    const handler = numbering(async (number) => void done.push(number));
    const failures: string[] = [];
    let chored = 0;
    const background = startBackground(instance, {
      handlers: [handler],
      chores: [async () => void chored++],
      mailHooks: {},
      clock: () => NOW,
      everyMs: 60_000,
      onFailure: (sentence) => failures.push(sentence),
    });
    const message = { language: 'en', direction: 'ltr', fromName: 'W', to: 'a@example.org', subject: 'S', paragraphs: ['P'] } as const;
    await store.inTransaction(async (tx) => {
      for (let count = 0; count < 10; count++) await queueMail(tx, instance, 'invitation', message, {}, NOW);
    });
    await enqueue(instance, handler, 1);
    await expect.poll(() => server.received.length, { timeout: 10_000 }).toBe(10);
    await expect.poll(() => done).toEqual([1]);
    expect(chored).toBe(1);
    await background.stop();

    const polling = startBackground(instance, { handlers: [handler], chores: [], mailHooks: {}, clock: () => NOW, everyMs: 50 });
    await new Promise((resolve) => setTimeout(resolve, 100));
    const { jobs } = store.read.tables;
    const row = { id: 'job_other-process', kind: 'number', payload: { number: 2 }, state: 'queued', runAt: NOW, createdAt: NOW } as const;
    await store.inTransaction(async (tx) => void (await tx.insert(jobs).values(row)));
    await expect.poll(() => done).toEqual([1, 2]);
    await polling.stop();
    await enqueue(instance, handler, 3);
    await new Promise((resolve) => setTimeout(resolve, 200));
    expect(done).toEqual([1, 2]);
    expect(failures).toEqual([]);
    await server.close();
  });
});
