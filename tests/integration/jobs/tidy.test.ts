import { readFileSync, statSync } from 'node:fs';
import { expect, it } from 'vitest';
import { databaseFile } from '../../../db/open.ts';
import { isEndedSession, startSession } from '../../../lib/auth/session.ts';
import { writeBlob } from '../../../lib/blobs/store.ts';
import { runNextJob } from '../../../lib/jobs/run.ts';
import { tidy, tidyDaily } from '../../../lib/jobs/tidy.ts';
import { foundTestCoalition } from '../../support/coalition.ts';
import { describeEachStore, testInstance } from '../../support/stores.ts';

const NOW = new Date('2026-03-02T10:00:00Z');
const daysAgo = (days: number) => new Date(NOW.getTime() - days * 86_400_000);

describeEachStore('tidying', (open) => {
  it('deletes what has had its day, and nothing else', async () => {
    const { store } = await open();
    const instance = testInstance(store);
    const { coalitionId } = await foundTestCoalition(instance, NOW);
    const { jobs, outbox, formDrafts, signInTokens, rateCounters, rateKeys, blobs, blobChunks, links } = store.read.tables;
    const bytes = Buffer.from('x');
    const job = (id: string, state: 'queued' | 'done' | 'failed', days: number) => {
      const at = daysAgo(days);
      return { id, kind: 'x', payload: {}, state, runAt: at, createdAt: at, endedAt: state === 'queued' ? null : at };
    };
    const mail = (id: string, state: 'queued' | 'sent' | 'failed' | 'kept', days: number) => ({ ...job(id, 'done', days), state });
    await store.inTransaction(async (tx) => {
      await tx.insert(jobs).values(Array.from({ length: 450 }, (_, number) => job(`job_old${number}`, 'done', 8)));
      await tx
        .insert(jobs)
        .values([job('job_done', 'done', 6), job('job_failed', 'failed', 8), { ...job('job_queued', 'queued', 400), runAt: daysAgo(-1) }]);
      await tx.insert(jobs).values(job('job_failed_long_ago', 'failed', 91));
      for (const { payload: _, ...row } of [mail('out_old', 'sent', 31), mail('out_sent', 'sent', 29), mail('out_failed', 'failed', 31)]) {
        await tx.insert(outbox).values(row);
      }
      for (const { payload: _, ...row } of [mail('out_kept', 'kept', 400), mail('out_queued', 'queued', 400)]) {
        await tx.insert(outbox).values(row);
      }
      await tx.insert(formDrafts).values([
        { id: 'fd_old', sealed: bytes, expiresAt: daysAgo(0.01) },
        { id: 'fd_new', sealed: bytes, expiresAt: daysAgo(-0.01) },
      ]);
      const token = (text: string, days: number) => ({
        tokenHash: Buffer.from(text),
        emailIndex: bytes,
        createdAt: daysAgo(days),
        expiresAt: daysAgo(days),
      });
      await tx.insert(signInTokens).values([token('old', 2), token('new', 0.5)]);
      await tx.insert(rateCounters).values([
        { key: bytes, windowStart: daysAgo(2), count: 1 },
        { key: bytes, windowStart: daysAgo(0.1), count: 1 },
      ]);
      await tx.insert(rateKeys).values([
        { day: '2026-03-01', sealed: bytes },
        { day: '2026-03-02', sealed: bytes },
      ]);
      const link = (id: string, kind: 'member-invitation' | 'invitation', days: number) => ({
        id,
        kind,
        coalitionId,
        tokenHash: Buffer.from(id),
        createdAt: daysAgo(days),
        expiresAt: daysAgo(days),
      });
      await tx
        .insert(links)
        .values([
          link('lnk_old', 'member-invitation', 31),
          link('lnk_new', 'member-invitation', 29),
          link('lnk_signatory', 'invitation', 400),
        ]);
    });
    const blob = { coalitionId, letterId: null, kind: 'logo' as const, mediaType: 'image/png', sealed: false };
    async function* content() {
      yield bytes;
    }
    await writeBlob(instance, blob, content(), 10, daysAgo(2));
    const young = await writeBlob(instance, blob, content(), 10, daysAgo(0.5));

    await tidyDaily(instance, NOW);
    await tidyDaily(instance, NOW);
    while ((await runNextJob(instance, [tidy], () => NOW)) !== 'nothing-due');

    const { read } = store;
    const idsOf = (rows: readonly { readonly id: string }[]) => rows.map(({ id }) => id).sort();
    const left = await read.select().from(jobs);
    expect(idsOf(left.filter(({ kind }) => kind === 'x'))).toEqual(['job_done', 'job_failed', 'job_queued']);
    expect(left.filter(({ kind }) => kind === 'tidy')).toMatchObject([{ state: 'done' }]);
    expect(idsOf(await read.select().from(outbox))).toEqual(['out_failed', 'out_kept', 'out_queued', 'out_sent']);
    expect(idsOf(await read.select().from(formDrafts))).toEqual(['fd_new']);
    expect((await read.select().from(signInTokens)).map(({ tokenHash }) => tokenHash.toString())).toEqual(['new']);
    expect(await read.select().from(rateCounters)).toHaveLength(1);
    expect((await read.select().from(rateKeys)).map(({ day }) => day)).toEqual(['2026-03-02']);
    expect(idsOf(await read.select().from(links))).toEqual(expect.arrayContaining(['lnk_new', 'lnk_signatory']));
    expect(idsOf(await read.select().from(links))).not.toContain('lnk_old');
    expect(idsOf(await read.select().from(blobs))).toEqual([young.ok && young.value.id]);
    expect(await read.select().from(blobChunks)).toHaveLength(1);
  });

  it('remembers a session that has ended for a day, for what its owner was typing then', async () => {
    const { store } = await open();
    const instance = testInstance(store);
    await foundTestCoalition(instance, NOW);
    const [person] = await store.read.select().from(store.read.tables.people);
    const token = await store.inTransaction((tx) => startSession(tx, instance, person?.id ?? '', NOW));
    const remembered = async (hours: number) => {
      const now = daysAgo(-hours / 24);
      await tidyDaily(instance, now);
      await runNextJob(instance, [tidy], () => now);
      return await isEndedSession(instance, token);
    };
    expect([await remembered(12.5), await remembered(36.6)]).toEqual([true, false]);
  });

  it('is queued once a day', async () => {
    const { store } = await open();
    const instance = testInstance(store);
    const run = async (now: Date) => {
      await tidyDaily(instance, now);
      return await runNextJob(instance, [tidy], () => now);
    };
    expect(await run(NOW)).toBe('done');
    expect(await run(daysAgo(-0.9))).toBe('nothing-due');
    expect(await run(daysAgo(-1.1))).toBe('done');
  });

  it('leaves nothing of what was erased in the files of an embedded database', async () => {
    const { store, location } = await open();
    if (store.dialect !== 'sqlite') return;
    const { formDrafts } = store.read.tables;
    const file = databaseFile(location.dataDir);
    const holds = () => [file, `${file}-wal`].some((path) => readFileSync(path).includes('Ottoline Varga'));
    const sealed = Buffer.from('Ottoline Varga');
    await store.inTransaction(async (tx) => void (await tx.insert(formDrafts).values({ id: 'fd_1', sealed, expiresAt: NOW })));
    await store.inTransaction(async (tx) => void (await tx.delete(formDrafts)));
    expect(holds()).toBe(true);
    await store.emptyLog();
    expect(holds()).toBe(false);
    expect(statSync(`${file}-wal`).size).toBe(0);
  });
});
