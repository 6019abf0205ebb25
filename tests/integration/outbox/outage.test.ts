import { expect, it } from 'vitest';
import type { MailKind } from '../../../lib/email/message.ts';
import type { Instance } from '../../../lib/instance.ts';
import { startBackground } from '../../../lib/jobs/background.ts';
import { queueMail } from '../../../lib/outbox/queue.ts';
import { smtpTransport } from '../../../lib/outbox/transport.ts';
import { freePort } from '../../support/free-port.ts';
import { type MailServer, startMailServer } from '../../support/mail-server.ts';
import { sendNextMail } from '../../support/mails.ts';
import { describeEachStore, testInstance } from '../../support/stores.ts';

const NOW = new Date('2026-03-02T10:00:00Z');
const MINUTE = 60_000;

function queue(instance: Instance, kind: MailKind, count: number, now = NOW): Promise<void> {
  return instance.store.inTransaction(async (tx) => {
    for (let number = 0; number < count; number++) {
      const words = { language: 'en', direction: 'ltr', fromName: 'Reed Coalition', subject: kind, paragraphs: ['Hello.'] } as const;
      await queueMail(tx, instance, kind, { ...words, to: `${kind}-${number}@partner.example` }, {}, now);
    }
  });
}

const kinds = ({ received }: MailServer) => received.map(({ mail }) => mail.subject ?? '');

async function rows({ store }: Instance) {
  return await store.read.select().from(store.read.tables.outbox);
}

/** Sends until nothing may go. */
async function drain(instance: Instance, server: MailServer, now: Date): Promise<number> {
  const transport = smtpTransport(server.url, instance.config);
  let sent = 0;
  while ((await sendNextMail(instance, transport, () => now)) === 'sent') sent++;
  return sent;
}

describeEachStore('a mail server that is down, or slow', (open) => {
  it('loses nothing in an hour’s outage, leaves the server alone meanwhile, and then sends first what somebody waits for', async () => {
    const { store } = await open();
    const port = await freePort();
    const instance = testInstance(store, { SMTP_URL: `smtp://127.0.0.1:${port}`, MAIL_FROM: 'letters@mail.example.org' });
    let now = NOW;
    await queue(instance, 'delivery', 16);
    const start = () => startBackground(instance, { handlers: [], chores: [], mailHooks: {}, clock: () => now, everyMs: 5 });
    const down = start();
    for (let minute = 0; minute < 60; minute++) {
      now = new Date(NOW.getTime() + minute * MINUTE);
      if (minute === 30) await queue(instance, 'confirmation', 3, now);
      // Whoever asks meanwhile writes as ever: the outbox holds no lock while it waits for the server.
      await store.inTransaction(async () => undefined);
      await new Promise((resolve) => setTimeout(resolve, 8));
    }
    await down.stop();
    const waiting = await rows(instance);
    expect(waiting.filter(({ state }) => state === 'queued')).toHaveLength(19);
    // A probe a minute by at most four lanes at once, where each mail on its own would have come back a dozen times.
    expect(waiting.reduce((attempts, row) => attempts + row.attempts, 0)).toBeLessThanOrEqual(4 * 60);

    const server = await startMailServer({}, port);
    now = new Date(NOW.getTime() + 300 * MINUTE);
    const up = start();
    await expect.poll(() => server.received.length, { timeout: 15_000 }).toBe(19);
    await up.stop();
    expect(kinds(server).lastIndexOf('confirmation'), 'first, as far as four lanes keep an order').toBeLessThan(3 + 4);
    expect(new Set(server.received.flatMap(({ recipients }) => recipients)).size).toBe(19);
    expect((await rows(instance)).every(({ state, sealed }) => state === 'sent' && sealed === null)).toBe(true);
    await server.close();
  });

  it('keeps its pace over processes and restarts, and leaves a tenth to what somebody waits for', async () => {
    const { store } = await open();
    const server = await startMailServer();
    const start = () => testInstance(store, { MAIL_FROM: 'letters@mail.example.org', MAIL_PER_HOUR: '10' });
    const instance = start();
    await queue(instance, 'delivery', 20);
    const at = (minute: number) => new Date(NOW.getTime() + minute * MINUTE);
    const both = await Promise.all([drain(instance, server, at(0)), drain(start(), server, at(0))]);
    expect(both[0] + both[1]).toBe(9);
    await queue(instance, 'sign-in', 2);
    expect(await drain(instance, server, at(10))).toBe(1);
    expect(kinds(server).at(-1)).toBe('sign-in');
    expect(await drain(start(), server, at(59)), 'after a restart').toBe(0);
    // The one of minute 10 is of this hour too.
    expect(await drain(start(), server, at(61))).toBe(8);
    expect(kinds(server)[10]).toBe('sign-in');
    expect(await drain(start(), server, at(200))).toBe(4);
    expect(server.received).toHaveLength(22);
    await server.close();
  });

  it('counts no mail that the server did not take', async () => {
    const { store } = await open();
    const instance = testInstance(store, { MAIL_FROM: 'letters@mail.example.org', MAIL_PER_HOUR: '10' });
    const nowhere = smtpTransport(`smtp://127.0.0.1:${await freePort()}`, instance.config);
    await queue(instance, 'invitation', 11);
    for (let attempt = 0; attempt < 11; attempt++) expect(await sendNextMail(instance, nowhere, () => NOW)).toBe('postponed');
    const server = await startMailServer();
    expect(await drain(instance, server, new Date(NOW.getTime() + 30 * MINUTE))).toBe(9);
    await server.close();
  });
});
