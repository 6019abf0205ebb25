import { expect, it } from 'vitest';
import { listAuditEntries } from '../../../db/queries/audit.ts';
import { insertMailStop } from '../../../db/queries/mail-stops.ts';
import type { Instance } from '../../../lib/instance.ts';
import { tidy } from '../../../lib/jobs/tidy.ts';
import { closeLetter, deliverLetter } from '../../../lib/letters/ending.ts';
import { presetSettings } from '../../../lib/letters/presets.ts';
import { withdrawLetter } from '../../../lib/letters/withdrawing.ts';
import { stopMails } from '../../../lib/mailings/stops.ts';
import { readMail } from '../../../lib/outbox/read.ts';
import { openOwnSigning } from '../../../lib/signatures/access.ts';
import { viewEntry } from '../../../lib/signatures/entry-view.ts';
import { viewList } from '../../../lib/signatures/list-view.ts';
import { reviewEntry } from '../../../lib/signatures/review.ts';
import { signByInvitation } from '../../../lib/signatures/sign.ts';
import { tellVouched } from '../../../lib/signatures/tell-vouched.ts';
import { vouchEntries } from '../../../lib/signatures/vouch.ts';
import { vouchForm } from '../../../lib/signatures/vouch-schema.ts';
import {
  answer,
  asOrganisation,
  asPerson,
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

let forms = 0;
/** What a form shown anew sends. */
const record = ({ instance, letter }: OpenLetter, rows: readonly ReturnType<typeof input>[], now = NOW, mark = `form ${forms++}`) =>
  vouchEntries(instance, letter, { rows, said: rows[0] ?? person('x'), mark }, now);

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

/** The same, with something done after each commit. */
function watching(instance: Instance, after: () => Promise<void>): Instance {
  const { store } = instance;
  const inTransaction: typeof store.inTransaction = async (work) => {
    const done = await store.inTransaction(work);
    await after();
    return done;
  };
  return { ...instance, store: { ...store, inTransaction } };
}

/** The same, in a process that ends in the middle of the transaction after so many commits. */
function dyingAfter(instance: Instance, commits: number): Instance {
  const { store } = instance;
  let left = commits;
  const inTransaction: typeof store.inTransaction = (work) => {
    if (left-- > 0) return store.inTransaction(work);
    return store.inTransaction(async (tx) => {
      await work(tx);
      throw new Error('killed');
    });
  };
  return { ...instance, store: { ...store, inTransaction } };
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
    const ids = (await signatureRows(letter)).map(({ id }) => id);
    const [ada, forum] = ids;
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
    const ten = await Promise.all(Array.from({ length: 10 }, () => record(letter, [organisation('Lock Society')])));
    expect(ten.filter(({ ok }) => ok)).toHaveLength(1);
  });

  const many = (count: number) =>
    Array.from({ length: count }, (_, index) => (index % 2 ? person(`Person ${index}`) : organisation(`Society ${index}`)));

  it('takes two hundred at once, none of them counted or seen before all are written', async () => {
    const letter = await start();
    const { instance } = letter;
    const views: { readonly listed: number; readonly desk: number }[] = [];
    const watched = watching(instance, async () => {
      const { organisationCount, personCount } = await letterRow(letter);
      const desk = await viewList(instance, letter.letter, { state: 'all', capacity: null, origin: null, words: '' }, null);
      views.push({ listed: organisationCount + personCount, desk: desk?.entries.length ?? -1 });
    });
    expect(await record({ ...letter, instance: watched }, many(200))).toEqual({
      ok: true,
      value: { count: 200, status: 'listed', waiting: 0, left: 0 },
    });
    expect(await letterRow(letter)).toMatchObject({ organisationCount: 100, personCount: 100 });
    expect(views.slice(0, -1).length).toBeGreaterThan(3);
    expect(views.slice(0, -1)).toEqual(views.slice(0, -1).map(() => ({ listed: 0, desk: 0 })));
    expect(views.at(-1)).toEqual({ listed: 200, desk: 50 });
    expect(await signatureRows(letter)).toHaveLength(200);
  });

  it('is recorded once, though its button is pressed twice, or twenty times at the same moment', async () => {
    const letter = await start();
    const rows = many(30);
    const pressed = await Promise.all(Array.from({ length: 20 }, () => record(letter, rows, NOW, 'one form')));
    expect(pressed).toEqual(pressed.map(() => ({ ok: true, value: { count: 30, status: 'listed', waiting: 0, left: 0 } })));
    expect(await record(letter, rows, hoursLater(1), 'one form')).toEqual(pressed[0]);
    expect(await signatureRows(letter)).toHaveLength(30);
    expect(await letterRow(letter)).toMatchObject({ organisationCount: 15, personCount: 15 });
    // Out of the same form, after a step back: somebody else is somebody else. And the same name out of a new form is meant.
    const one = (name: string, mark: string) => record(letter, [person(name)], NOW, mark);
    for (const [name, mark] of [
      ['Ada Orr', 'a'],
      ['Ada Orr', 'a'],
      ['Odd Orr', 'a'],
      ['Ada Orr', 'b'],
    ] as const) {
      expect(await one(name, mark)).toEqual({ ok: true, value: { count: 1, status: 'listed', waiting: 0, left: 0 } });
    }
    expect(await signatureRows(letter)).toHaveLength(33);
    expect(await one('Mirela Orr', '')).toEqual({ ok: false, reason: 'no-mark' });
    // What was done stays done once nothing can be recorded any more.
    await closeLetter(letter.instance, letter.letter, hoursLater(1));
    await deliverLetter(letter.instance, letter.letter, hoursLater(2));
    expect(await record(letter, rows, hoursLater(3), 'one form')).toEqual(pressed[0]);
  });

  it('goes on where a process that was killed left it, and is cleared away where nobody presses again', async () => {
    const letter = await start();
    const { instance, letterId } = letter;
    const rows = [...many(55), person('Ada Brandvold', 'ada@home.example')];
    const killed = async (commits: number) => {
      const dying = dyingAfter(instance, commits);
      await expect(record({ ...letter, instance: dying }, rows, NOW, 'one form')).rejects.toThrow('killed');
    };
    const unseen = async () => {
      expect(await letterRow(letter)).toMatchObject({ organisationCount: 0, personCount: 0 });
      const list = await viewList(instance, letter.letter, { state: 'all', capacity: null, origin: null, words: '' }, null);
      expect(list?.entries).toEqual([]);
      expect((await listAuditEntries(instance.store.read, letterId)).map(({ entry }) => entry.type)).not.toContain('entries-vouched');
      expect(await jobs(instance)).toEqual([]);
    };
    for (const commits of [0, 1, 1]) {
      await killed(commits);
      await unseen();
    }
    // An hour later nobody is there any more who could press again.
    await tidy.run(instance, {}, hoursLater(0.5));
    expect((await signatureRows(letter)).length).toBeGreaterThan(0);
    await tidy.run(instance, {}, hoursLater(2));
    const { signings, signatures, consents, batches } = instance.store.read.tables;
    for (const table of [signings, signatures, consents, batches]) expect(await instance.store.read.select().from(table)).toEqual([]);
    await killed(1);
    // Meanwhile one of them signs by herself, and a society too.
    const ada = await invite(letter, { person: 'Ada Brandvold' }, 'ada@home.example');
    expect((await signByInvitation(instance, ada.scope, answer(letter, ada, asPerson('Ada Brandvold')), NOW)).ok).toBe(true);
    expect(await record(letter, rows, NOW, 'one form')).toEqual({ ok: false, reason: [{ index: 55, reason: 'in-the-list' }] });
    expect(await record(letter, rows.slice(0, -1), NOW, 'one form')).toMatchObject({ ok: true, value: { count: 55 } });
    await tidy.run(instance, {}, hoursLater(2));
    expect(await signatureRows(letter)).toHaveLength(56);
    expect(await letterRow(letter)).toMatchObject({ organisationCount: 28, personCount: 28 });
  });

  it('leaves its place to whoever is quicker while the rows are written', async () => {
    const letter = await start();
    const { instance } = letter;
    const rows = [...many(40), organisation('Harbour Forum'), person('Ada Brandvold', 'ada@home.example')];
    let signed = false;
    const watched = watching(instance, async () => {
      if (signed) return;
      signed = true;
      const forum = await invite(letter, { organisation: 'Harbour Forum' });
      const ada = await invite(letter, { person: 'Ada Brandvold' }, 'ada@home.example');
      expect((await signByInvitation(instance, forum.scope, answer(letter, forum, asOrganisation('Harbour Forum')), NOW)).ok).toBe(true);
      expect((await signByInvitation(instance, ada.scope, answer(letter, ada, asPerson('Ada Brandvold')), NOW)).ok).toBe(true);
    });
    expect(await record({ ...letter, instance: watched }, rows)).toEqual({
      ok: true,
      value: { count: 41, status: 'listed', waiting: 1, left: 1 },
    });
    expect((await signatureRows(letter)).filter(({ status }) => status === 'held')).toMatchObject([
      { flags: ['duplicate-organisation'], authority: 'awaiting-decision', listedAt: null },
    ]);
    expect(await letterRow(letter)).toMatchObject({ organisationCount: 21, personCount: 21 });
  });

  it('waits for a look where the letter asks for one, and is none before the text; after the delivery it stands in an addendum', async () => {
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
    expect(await record(letter, [person('Mirela Quist')], hoursLater(3))).toMatchObject({ ok: true, value: { status: 'held' } });
    await withdrawLetter(instance, letter.letter, { reason: 'A wrong figure.', replacement: 'none' }, hoursLater(4));
    expect(await record(letter, [person('Ana Marlow')], hoursLater(5))).toEqual({ ok: false, reason: 'letter-ended' });
  });
});
