import { hostname } from 'node:os';
import { eq } from 'drizzle-orm';
import { afterEach, expect, it } from 'vitest';
import type { Store } from '../../../db/store.ts';
import { seal } from '../../../lib/crypto/seal.ts';
import type { MailKind } from '../../../lib/email/message.ts';
import type { Instance } from '../../../lib/instance.ts';
import type { MailHooks } from '../../../lib/outbox/hooks.ts';
import { mailPlace, queueMail } from '../../../lib/outbox/queue.ts';
import { readMail } from '../../../lib/outbox/read.ts';
import { type MailTransport, smtpTransport } from '../../../lib/outbox/transport.ts';
import { freePort } from '../../support/free-port.ts';
import { smtpError, startMailServer, startSilentServer } from '../../support/mail-server.ts';
import { sendNextMail } from '../../support/mails.ts';
import { describeEachStore, testInstance } from '../../support/stores.ts';

const NOW = new Date('2026-03-02T10:00:00Z');
const later = (ms: number) => new Date(NOW.getTime() + ms);
const HOUR = 3_600_000;

const closing: (() => Promise<void>)[] = [];
afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

async function serving<T extends { close: () => Promise<void> }>(starting: Promise<T>): Promise<T> {
  const server = await starting;
  closing.push(server.close);
  return server;
}

function queue(
  instance: Instance,
  change: { kind?: MailKind; to?: string; subject?: string; fromName?: string; url?: string } = {},
): Promise<string> {
  const {
    kind = 'invitation',
    to = 'Amara.Dubois@example.org',
    subject = 'Wells stay open',
    fromName = 'Coalition for Open Wells',
    url = 'http://localhost:3000/i/iv_secret-of-this-mail',
  } = change;
  const message = {
    language: 'en',
    direction: 'ltr',
    fromName,
    to,
    replyTo: 'desk@wells.example.org',
    subject,
    paragraphs: ['Dear Amara Dubois, please read. C:\\temp and /etc/hosts are only words here.'],
    action: { label: 'Read and answer', url },
  } as const;
  return instance.store.inTransaction((tx) => queueMail(tx, instance, kind, message, { invitationId: 'inv_1' }, NOW));
}

async function rowOf({ read }: Store, id: string) {
  const [row] = await read.select().from(read.tables.outbox).where(eq(read.tables.outbox.id, id));
  if (!row) throw new Error('no such mail');
  return row;
}

const settings = { MAIL_FROM: 'letters@mail.example.org' };
const transportTo = (instance: Instance, url: string) => smtpTransport(url, instance.config, { answer: 300, whole: 600 });

describeEachStore('sending mail', (open) => {
  it('delivers once, with every header in its place, and wipes what it sent', async () => {
    const { store } = await open();
    const instance = testInstance(store, settings);
    const server = await serving(startMailServer());
    const id = await queue(instance);
    const sent: string[] = [];
    const hooks: MailHooks = { onSent: async (_tx, _instance, mail) => void sent.push(mail.invitationId ?? '') };
    expect(await sendNextMail(instance, transportTo(instance, server.url), () => NOW, hooks)).toBe('sent');
    expect(await sendNextMail(instance, transportTo(instance, server.url), () => later(HOUR), hooks)).toBe('nothing-due');

    expect(server.received).toHaveLength(1);
    const [got] = server.received;
    expect(got?.recipients).toEqual(['Amara.Dubois@example.org']);
    expect(got?.from).toBe('letters@mail.example.org');
    expect(got?.mail.from).toEqual({ name: 'Coalition for Open Wells', address: 'letters@mail.example.org' });
    expect(got?.mail.replyTo).toEqual([{ name: '', address: 'desk@wells.example.org' }]);
    expect(got?.mail.subject).toBe('Wells stay open');
    expect(got?.mail.messageId).toBe(`<${id}@mail.example.org>`);
    expect(got?.mail.text).toContain('\nhttp://localhost:3000/i/iv_secret-of-this-mail\n');
    expect(got?.mail.html).toContain('href="http://localhost:3000/i/iv_secret-of-this-mail"');
    expect(got?.mail.attachments).toEqual([]);
    expect(got?.greeting).toBe('mail.example.org');
    expect(got?.raw).not.toContain(hostname());
    expect(got?.raw).not.toMatch(/^(?:x-mailer|auto-submitted):/im);
    expect(sent).toEqual(['inv_1']);
    expect(await rowOf(store, id)).toMatchObject({ state: 'sent', sealed: null, endedAt: NOW, claimedUntil: null, attempts: 1 });
  });

  it('queues nothing that leads anywhere but to a web address', async () => {
    const { store } = await open();
    const instance = testInstance(store, settings);
    await expect(queue(instance, { url: 'javascript:alert(1)' })).rejects.toThrow(TypeError);
    expect(await store.read.select().from(store.read.tables.outbox)).toEqual([]);
  });

  it('sends a mail that was queued whole, before its words alone were kept', async () => {
    const { store } = await open();
    const instance = testInstance(store, settings);
    const server = await serving(startMailServer());
    const id = await queue(instance);
    const read = readMail(instance, await rowOf(store, id));
    if (!read.ok) throw new Error(read.reason);
    const sealed = seal(instance.keys, mailPlace(id), read.value);
    await store.inTransaction(async (tx) => {
      await tx.update(tx.tables.outbox).set({ sealed }).where(eq(tx.tables.outbox.id, id));
    });
    expect(await sendNextMail(instance, transportTo(instance, server.url), () => NOW)).toBe('sent');
    const { subject, text, html } = server.received[0]?.mail ?? {};
    expect([subject, text, html].map((part) => String(part).trim())).toEqual(
      [read.value.subject, read.value.text, read.value.html].map((part) => part.trim()),
    );
  });

  it('marks what no person sent as automatic', async () => {
    const { store } = await open();
    const instance = testInstance(store, settings);
    const server = await serving(startMailServer());
    await queue(instance, { kind: 'sign-in' });
    await sendNextMail(instance, transportTo(instance, server.url), () => NOW);
    expect(server.received[0]?.mail.headers.find((header) => header.key === 'auto-submitted')?.value).toBe('auto-generated');
  });

  it('sends a sign-in link before the invitations that waited longer', async () => {
    const { store } = await open();
    const instance = testInstance(store, settings);
    const server = await serving(startMailServer());
    await queue(instance);
    await queue(instance, { kind: 'sign-in', subject: 'Your link' });
    await sendNextMail(instance, transportTo(instance, server.url), () => NOW);
    expect(server.received[0]?.mail.subject).toBe('Your link');
  });

  it('ends a mail that the recipient’s server refuses for good, tells whom it concerns, and stores no address', async () => {
    const { store } = await open();
    const instance = testInstance(store, settings);
    const server = await serving(
      startMailServer({ onRcptTo: ({ address }, _session, done) => done(smtpError(550, `5.1.1 <${address}> unknown`)) }),
    );
    const id = await queue(instance);
    const refused: string[] = [];
    const hooks: MailHooks = { onRefused: async (_tx, _instance, mail) => void refused.push(mail.invitationId ?? '') };
    expect(await sendNextMail(instance, transportTo(instance, server.url), () => NOW, hooks)).toBe('refused');
    expect(refused).toEqual(['inv_1']);
    expect(await rowOf(store, id)).toMatchObject({ state: 'refused', sealed: null, lastError: '550 5.1.1 RCPT TO' });
  });

  it('neither marks nor loses a mail whose hook fails', async () => {
    const { store } = await open();
    const instance = testInstance(store, settings);
    const server = await serving(startMailServer({ onRcptTo: (_address, _session, done) => done(smtpError(550, 'no')) }));
    const id = await queue(instance);
    const hooks: MailHooks = { onRefused: () => Promise.reject(new Error('broken hook')) };
    await expect(sendNextMail(instance, transportTo(instance, server.url), () => NOW, hooks)).rejects.toThrow('broken hook');
    expect((await rowOf(store, id)).state).toBe('queued');
  });

  it('does not call a refusal of our own settings a bounce', async () => {
    const { store } = await open();
    const instance = testInstance(store, settings);
    const server = await serving(startMailServer({ onMailFrom: (_address, _session, done) => done(smtpError(550, 'not your domain')) }));
    const id = await queue(instance);
    expect(await sendNextMail(instance, transportTo(instance, server.url), () => NOW)).toBe('postponed');
    expect(await rowOf(store, id)).toMatchObject({ state: 'queued', lastError: '550 MAIL FROM' });
  });

  it('comes back later to a server that says 421, and waits longer each time', async () => {
    const { store } = await open();
    const instance = testInstance(store, settings);
    let busy = true;
    const server = await serving(
      startMailServer({ onRcptTo: (_to, _session, done) => done(busy ? smtpError(421, '4.7.0 try later') : null) }),
    );
    const id = await queue(instance);
    const transport = transportTo(instance, server.url);
    expect(await sendNextMail(instance, transport, () => NOW)).toBe('postponed');
    const first = await rowOf(store, id);
    expect(first.runAt.getTime() - NOW.getTime()).toBeGreaterThanOrEqual(15_000);
    expect(first.runAt.getTime() - NOW.getTime()).toBeLessThan(45_000);
    expect(await sendNextMail(instance, transport, () => later(10_000))).toBe('nothing-due');
    expect(await sendNextMail(instance, transport, () => first.runAt)).toBe('postponed');
    const second = await rowOf(store, id);
    expect(second.runAt.getTime() - first.runAt.getTime()).toBeGreaterThanOrEqual(30_000);
    busy = false;
    expect(await sendNextMail(instance, transport, () => second.runAt)).toBe('sent');
    expect(server.received).toHaveLength(1);
  });

  it('waits out a server that is down', async () => {
    const { store } = await open();
    const instance = testInstance(store, settings);
    const port = await freePort();
    const transport = transportTo(instance, `smtp://127.0.0.1:${port}`);
    const id = await queue(instance);
    expect(await sendNextMail(instance, transport, () => NOW)).toBe('postponed');
    expect((await rowOf(store, id)).lastError).toBe('ESOCKET');
    const server = await serving(startMailServer({}, port));
    expect(await sendNextMail(instance, transport, () => later(HOUR))).toBe('sent');
    expect(server.received).toHaveLength(1);
  });

  it('gives a silent server up, and a mail that is no longer of use', async () => {
    const { store } = await open();
    const instance = testInstance(store, settings);
    const server = await serving(startSilentServer());
    const id = await queue(instance, { kind: 'sign-in' });
    expect(await sendNextMail(instance, transportTo(instance, server.url), () => NOW)).toBe('postponed');
    expect((await rowOf(store, id)).lastError).toBe('ETIMEDOUT');
    expect(await sendNextMail(instance, transportTo(instance, server.url), () => later(HOUR))).toBe('failed');
    expect(await rowOf(store, id)).toMatchObject({ state: 'failed', sealed: null, lastError: 'too-late' });
  });

  it('sends a second time, and no more, what a crash kept from being marked', async () => {
    const { store } = await open();
    const instance = testInstance(store, settings);
    const server = await serving(startMailServer());
    const id = await queue(instance);
    const working = transportTo(instance, server.url);
    const crashing: MailTransport = {
      async send(message, envelope) {
        await working.send(message, envelope);
        await new Promise(() => undefined); // the process ends here
      },
    };
    void sendNextMail(instance, crashing, () => NOW);
    await expect.poll(() => server.received.length).toBe(1);
    expect(await sendNextMail(instance, working, () => later(60_000))).toBe('nothing-due');
    expect(await sendNextMail(instance, working, () => later(HOUR))).toBe('sent');
    expect(await sendNextMail(instance, working, () => later(2 * HOUR))).toBe('nothing-due');
    expect(server.received.map((each) => each.mail.messageId)).toEqual(Array(2).fill(`<${id}@mail.example.org>`));
  });

  it('is sent by one of many workers', async () => {
    const { store } = await open();
    const instance = testInstance(store, settings);
    const server = await serving(startMailServer());
    await queue(instance);
    const transport = transportTo(instance, server.url);
    const outcomes = await Promise.all(Array.from({ length: 8 }, () => sendNextMail(instance, transport, () => NOW)));
    expect(outcomes.filter((outcome) => outcome === 'sent')).toHaveLength(1);
    expect(server.received).toHaveLength(1);
  });

  it('has one recipient and no extra header, whatever the texts hold', async () => {
    const { store } = await open();
    const instance = testInstance(store, settings);
    const server = await serving(startMailServer());
    const hostile = 'Wells\r\nBcc: spy@example.net\r\n\r\nbody';
    await queue(instance, { subject: hostile, fromName: `"${hostile}" <spy@example.net>, x` });
    await sendNextMail(instance, transportTo(instance, server.url), () => NOW);
    const [got] = server.received;
    expect(got?.recipients).toEqual(['Amara.Dubois@example.org']);
    expect(got?.mail.bcc ?? []).toEqual([]);
    expect(got?.mail.from?.address).toBe('letters@mail.example.org');
    expect(got?.mail.to?.map((to) => to.address)).toEqual(['Amara.Dubois@example.org']);
  });

  it('keeps mails for the local mail page where there is no server', async () => {
    const { store } = await open();
    const instance = testInstance(store);
    const id = await queue(instance);
    expect(await sendNextMail(instance, null, () => NOW)).toBe('kept');
    const row = await rowOf(store, id);
    expect(row.state).toBe('kept');
    expect(readMail(instance, row)).toMatchObject({ ok: true, value: { to: 'Amara.Dubois@example.org', subject: 'Wells stay open' } });
  });
});
