import { expect, it } from 'vitest';
import { insertMailStop } from '../../../db/queries/mail-stops.ts';
import type { Instance } from '../../../lib/instance.ts';
import { closeLetter, deliverLetter } from '../../../lib/letters/ending.ts';
import { presetSettings } from '../../../lib/letters/presets.ts';
import { stopMails } from '../../../lib/mailings/stops.ts';
import { readMail } from '../../../lib/outbox/read.ts';
import { openOwnSigning } from '../../../lib/signatures/access.ts';
import { viewEntry } from '../../../lib/signatures/entry-view.ts';
import { reviewEntry } from '../../../lib/signatures/review.ts';
import { signByInvitation } from '../../../lib/signatures/sign.ts';
import { tellVouched } from '../../../lib/signatures/tell-vouched.ts';
import { vouchEntries } from '../../../lib/signatures/vouch.ts';
import { vouchForm } from '../../../lib/signatures/vouch-schema.ts';
import {
  answer,
  asOrganisation,
  hoursLater,
  invite,
  letterRow,
  NOW,
  type OpenLetter,
  openTestLetter,
  signatureRows,
} from '../../support/invited.ts';
import { keepMails, linkIn, mailsIn } from '../../support/mails.ts';
import { describeEachStore, testInstance } from '../../support/stores.ts';

const input = (fields: object) =>
  vouchForm.parse({ capacity: 'personal', publication: 'public', means: 'on the telephone', date: '2026-03-01', ...fields });
const person = (name: string, email = '') => input({ name, email });
const organisation = (name: string, more: object = {}) => input({ capacity: 'organisation', organisation: name, ...more });

const record = ({ instance, letter }: OpenLetter, rows: readonly ReturnType<typeof input>[], now = NOW) =>
  vouchEntries(instance, letter, { rows, said: rows[0] ?? person('x') }, now);

async function jobs(instance: Instance) {
  const { read } = instance.store;
  return (await read.select().from(read.tables.jobs)).filter(({ kind }) => kind === 'tell-vouched');
}

async function tellAll(instance: Instance, now: Date): Promise<void> {
  for (const { payload } of await jobs(instance)) await tellVouched.run(instance, tellVouched.payload.parse(payload), now);
}

async function mails(instance: Instance): Promise<readonly string[]> {
  const { read } = instance.store;
  return (await read.select().from(read.tables.outbox)).flatMap((row) => {
    const mail = readMail(instance, row);
    return mail.ok && mail.value.text.includes('/own/op_') ? [mail.value.text] : [];
  });
}

describeEachStore('a yes that came by other means', (open) => {
  const start = async () => openTestLetter(testInstance((await open()).store));

  it('stands in the list with who vouches, by what means and since when; who has an address is told once', async () => {
    const letter = await start();
    const { instance } = letter;
    const rows = [person('Ada Brandvold', 'ada@home.example'), organisation('Harbour Forum', { name: 'Ilse Okoye', role: 'Director' })];
    const done = await record(letter, rows);
    expect(done).toMatchObject({ ok: true, value: { status: 'listed' } });
    expect(await letterRow(letter)).toMatchObject({ organisationCount: 1, personCount: 1 });
    const [ada, forum] = done.ok ? done.value.ids : [];
    expect(await viewEntry(instance, letter.letter, ada ?? '')).toMatchObject({
      entry: { origin: 'vouched', status: 'listed' },
      vouched: { member: 'Nila Ferro', means: 'on the telephone', on: '2026-03-01' },
      consents: [{ fingerprint: letter.fingerprint, wording: 'vouched/1' }],
      history: [{ what: 'vouched' }],
    });
    // Nobody asked the representative whether they print.
    expect(await viewEntry(instance, letter.letter, forum ?? '')).toMatchObject({
      entry: { lead: 'Harbour Forum', details: '' },
      signer: { name: 'Ilse Okoye', role: 'Director', email: '' },
    });
    await tellAll(instance, NOW);
    await tellAll(instance, NOW);
    const told = await mails(instance);
    expect(told).toHaveLength(1);
    expect((await openOwnSigning(instance, /op_[\w-]{43}/.exec(told[0] ?? '')?.[0] ?? '')).ok).toBe(true);
  });

  it('is told to nobody who asked for no more mails, and can be stopped by the mail that tells it', async () => {
    const letter = await start();
    const { instance } = letter;
    await record(letter, [person('Ada Brandvold', 'ada@home.example')]);
    await tellAll(instance, NOW);
    const [mail] = await mailsIn(instance, 'vouched');
    const stop = mail ? linkIn(mail, 'stop') : '';
    expect(mail?.message.stopUrl).toContain(`/stop/${stop}`);
    const { read } = instance.store;
    const [entry] = await signatureRows(letter);
    expect(await read.select().from(read.tables.outbox)).toMatchObject([{ signingId: entry?.signingId }]);
    expect((await stopMails(instance, stop, NOW)).ok).toBe(true);
    expect(await mails(instance), 'the one that waited').toEqual([]);
    await record(letter, [person('Odd Brandvold', 'ada@home.example')]);
    await tellAll(instance, NOW);
    expect(await mails(instance)).toEqual([]);
  });

  it('is told to nobody who stopped the mails, or whose entry ended, between the mail and its leaving', async () => {
    const letter = await start();
    const { instance } = letter;
    const addresses = ['ada@home.example', 'odd@home.example', 'mirela@home.example'];
    await record(
      letter,
      addresses.map((address) => person(`Person ${address}`, address)),
    );
    await tellAll(instance, NOW);
    const [ada, odd] = await signatureRows(letter);
    const { tables } = instance.store.read;
    const [signing] = (await instance.store.read.select().from(tables.signings)).filter(({ id }) => id === ada?.signingId);
    const addressIndex = signing?.addressIndex ?? Buffer.alloc(0);
    // As another process does it: the stop stands, and the mail was queued under its feet.
    await instance.store.inTransaction((tx) => insertMailStop(tx, { letterId: letter.letterId, addressIndex, at: NOW }));
    expect((await reviewEntry(instance, letter.letter, { id: odd?.id ?? '', act: 'reject', reason: 'x' }, NOW)).ok).toBe(true);
    await keepMails(instance, hoursLater(1));
    expect((await mailsIn(instance, 'vouched')).map(({ message }) => message.to)).toEqual(['mirela@home.example']);
  });

  it('is recorded with all its rows or with none, and never twice', async () => {
    const letter = await start();
    const { instance } = letter;
    const one = await invite(letter, { organisation: 'Harbour Forum' });
    await signByInvitation(instance, one.scope, answer(letter, one, asOrganisation('Harbour Forum')), NOW);
    const rows = [organisation('Weir Society'), organisation('the harbour  forum'), person('Ada Brandvold', 'ada@home.example')];
    expect(await record(letter, rows)).toEqual({ ok: false, reason: [{ index: 1, reason: 'in-the-list' }] });
    expect(await record(letter, [...rows, person('ada brandvold', 'ADA@home.example')])).toEqual({
      ok: false,
      reason: [{ index: 3, reason: 'twice' }],
    });
    expect(await signatureRows(letter)).toHaveLength(1);
    const couple = [person('Ada Brandvold', 'ada@home.example'), person('Odd Brandvold', 'ada@home.example'), person('Ada Brandvold')];
    expect(await record(letter, couple)).toMatchObject({ ok: true });
    expect(await record(letter, couple.slice(0, 1))).toEqual({ ok: false, reason: [{ index: 0, reason: 'in-the-list' }] });
    expect(await letterRow(letter)).toMatchObject({ organisationCount: 1, personCount: 3 });
    const many = await Promise.all(Array.from({ length: 10 }, () => record(letter, [organisation('Lock Society')])));
    expect(many.filter(({ ok }) => ok)).toHaveLength(1);
  });

  it('takes two hundred at once', async () => {
    const letter = await start();
    const rows = Array.from({ length: 200 }, (_, index) =>
      index % 2 ? person(`Person ${index}`, `p${index}@home.example`) : organisation(`Society ${index}`),
    );
    expect(await record(letter, rows)).toMatchObject({ ok: true });
    expect(await letterRow(letter)).toMatchObject({ organisationCount: 100, personCount: 100 });
  });

  it('waits for a look where the letter asks for one, and is none before the text or after the end', async () => {
    const letter = await start();
    const { instance } = letter;
    const { letters } = instance.store.read.tables;
    const policies = { ...presetSettings['coalition-letter'].policies, listed: 'on-approval' } as const;
    await instance.store.inTransaction((tx) => tx.update(letters).set({ policies }));
    expect(await record(letter, [person('Ada Brandvold')])).toMatchObject({ ok: true, value: { status: 'held' } });
    expect(await signatureRows(letter)).toMatchObject([{ status: 'held', flags: ['awaiting-approval'], listedAt: null }]);
    expect(await record(letter, [{ ...person('Odd Brandvold'), date: '2026-03-04' }])).toEqual({ ok: false, reason: 'future-date' });
    await closeLetter(instance, letter.letter, hoursLater(1));
    expect(await record(letter, [person('Odd Brandvold')], hoursLater(1))).toMatchObject({ ok: true });
    await deliverLetter(instance, letter.letter, hoursLater(2));
    expect(await record(letter, [person('Mirela Quist')], hoursLater(3))).toEqual({ ok: false, reason: 'letter-ended' });
  });
});
