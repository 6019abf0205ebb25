import { expect, it } from 'vitest';
import { listAuditEntries } from '../../../db/queries/audit.ts';
import { withdrawSignatures } from '../../../db/queries/signatures.ts';
import { listUnreminded } from '../../../db/queries/unconfirmed.ts';
import type { Instance } from '../../../lib/instance.ts';
import { withdrawLetter } from '../../../lib/letters/withdrawing.ts';
import { openConfirmation } from '../../../lib/signatures/access.ts';
import { confirmSigning } from '../../../lib/signatures/confirm.ts';
import { viewEntry } from '../../../lib/signatures/entry-view.ts';
import { makeOpenLink } from '../../../lib/signatures/open-links.ts';
import { approveEntries, reviewEntry } from '../../../lib/signatures/review.ts';
import { openSignForm } from '../../../lib/signatures/schema.ts';
import { signByOpenLink } from '../../../lib/signatures/sign-by-open-link.ts';
import { lookAfterUnconfirmed } from '../../../lib/signatures/unconfirmed.ts';
import { hoursLater, letterRow, NOW, type OpenLetter, openTestLetter, signatureRows } from '../../support/invited.ts';
import { keepMails, linkIn, mailsIn } from '../../support/mails.ts';
import { describeEachStore, testInstance } from '../../support/stores.ts';

const DAY = 24;

async function signs({ instance, letter, fingerprint }: OpenLetter, at = NOW): Promise<void> {
  const made = await makeOpenLink(instance, letter, { label: '', cap: null, lastDay: '' }, at);
  if (!made.ok) throw new Error(JSON.stringify(made.reason));
  const email = 'tomas@home.example';
  const fields = { fingerprint, language: 'en', step: 'sign', publication: 'public', email, signer: 'personal', name: 'Tomas Ardelean' };
  expect((await signByOpenLink(instance, made.value.slug, openSignForm.parse({ affiliation: '', ...fields }), 'en', at)).ok).toBe(true);
}

/** The chore, by two processes at once. */
const looked = (instance: Instance, now: Date) => Promise.all([lookAfterUnconfirmed(instance, now), lookAfterUnconfirmed(instance, now)]);

const reminders = (instance: Instance) => mailsIn(instance, 'confirmation-reminder');

describeEachStore('a signing that nobody confirmed', (open) => {
  const start = async (change = {}) => openTestLetter(testInstance((await open()).store), { preset: 'open-letter', ...change });

  it('is reminded of after a day and a day before its end, by a link that works, and by none once it is confirmed', async () => {
    const letter = await start();
    const { instance } = letter;
    await signs(letter);
    await looked(instance, hoursLater(23.9));
    expect(await reminders(instance)).toHaveLength(0);
    await looked(instance, hoursLater(DAY));
    await looked(instance, hoursLater(2 * DAY));
    const [first, ...more] = await reminders(instance);
    expect(more).toEqual([]);
    expect(first?.message.text).toContain('Tomas Ardelean');
    await looked(instance, hoursLater(13 * DAY));
    await looked(instance, hoursLater(13 * DAY + 1));
    const all = await reminders(instance);
    expect(all).toHaveLength(2);
    const scope = await openConfirmation(instance, all[1] ? linkIn(all[1], 'confirm') : '');
    if (!scope.ok) throw new Error(scope.reason);
    expect((await confirmSigning(instance, scope.value, hoursLater(13 * DAY + 2))).ok).toBe(true);
    expect(await keepMails(instance, hoursLater(13 * DAY + 3)), 'the mails of before say what is no longer so').toContain('failed');
    await looked(instance, hoursLater(30 * DAY));
    expect(await signatureRows(letter)).toMatchObject([{ status: 'listed' }]);
  });

  it('gets no reminder that says what is no longer so: once it was taken back, or its letter', async () => {
    const tookBack = await start();
    await signs(tookBack);
    await looked(tookBack.instance, hoursLater(DAY));
    const [entry] = await signatureRows(tookBack);
    await tookBack.instance.store.inTransaction((tx) => withdrawSignatures(tx, entry?.signingId ?? '', null, hoursLater(DAY)));
    await keepMails(tookBack.instance, hoursLater(DAY + 1));
    expect(await reminders(tookBack.instance), 'the one that waited').toEqual([]);
    await looked(tookBack.instance, hoursLater(13 * DAY));
    expect(await reminders(tookBack.instance), 'the last one').toEqual([]);
    expect(await listUnreminded(tookBack.instance.store.read, 2, hoursLater(13 * DAY), null, 9), 'it counts as reminded').toEqual([]);

    const letter = await start();
    await signs(letter);
    await looked(letter.instance, hoursLater(DAY));
    await withdrawLetter(letter.instance, letter.letter, { reason: 'Its figures were wrong.', replacement: 'none' }, hoursLater(DAY));
    await keepMails(letter.instance, hoursLater(DAY + 1));
    expect(await reminders(letter.instance), 'of a letter that was withdrawn').toEqual([]);
  });

  it('gets one reminder where the clock jumps over both, and none where it had its mail within the day', async () => {
    const letter = await start();
    await signs(letter);
    await looked(letter.instance, hoursLater(13.5 * DAY));
    await looked(letter.instance, hoursLater(13.6 * DAY));
    expect(await reminders(letter.instance)).toHaveLength(1);
  });

  it('is deleted with its address, its links, its mails and what the log said of it, three days after the deadline', async () => {
    const letter = await start();
    const { instance, letterId } = letter;
    await signs(letter, new Date('2026-03-31T20:00:00Z'));
    await looked(instance, new Date('2026-04-01T20:00:00Z'));
    await looked(instance, new Date('2026-04-02T22:00:00Z'));
    expect(await reminders(instance)).toHaveLength(2);
    await looked(instance, new Date('2026-04-03T21:58:00Z'));
    expect(await signatureRows(letter)).toHaveLength(1);
    await looked(instance, new Date('2026-04-03T21:59:00Z'));
    const { read } = instance.store;
    const { signings, signatures, consents, links, outbox } = read.tables;
    for (const table of [signings, signatures, consents, outbox]) expect(await read.select().from(table)).toEqual([]);
    expect((await read.select().from(links)).map(({ kind }) => kind)).toEqual(['set-up']);
    const log = await listAuditEntries(read, letterId);
    expect(log.slice(-2).map(({ entry, sealed }) => [entry.type, sealed === null])).toEqual([
      ['signed', true],
      ['signing-lapsed', false],
    ]);
  });

  it('is no entry that somebody could look at, until it is confirmed', async () => {
    const letter = await start();
    const { instance } = letter;
    await signs(letter);
    const id = (await signatureRows(letter))[0]?.id ?? '';
    const { signatures } = instance.store.read.tables;
    for (const status of ['pending', 'rejected', 'held'] as const) {
      await instance.store.inTransaction((tx) => tx.update(signatures).set({ status }));
      for (const act of ['approve', 'hold', 'reject', 'put-back'] as const) {
        const look = await reviewEntry(instance, letter.letter, { id, act, reason: 'x' }, hoursLater(1));
        expect(look, `${act} of ${status}`).toEqual({ ok: false, reason: 'not-now' });
      }
      expect((await viewEntry(instance, letter.letter, id))?.acts).toEqual([]);
    }
    const seen = (await viewEntry(instance, letter.letter, id))?.entry.seen ?? '';
    expect(await approveEntries(instance, letter.letter, [{ id, seen }], hoursLater(1))).toEqual({ ok: false, reason: 'not-now' });
  });

  it('is left alone where an entry of it waits no longer: what is counted never vanishes', async () => {
    const letter = await start();
    const { instance } = letter;
    await signs(letter);
    const { signatures } = instance.store.read.tables;
    await instance.store.inTransaction((tx) => tx.update(signatures).set({ status: 'listed', listedAt: NOW }));
    await looked(instance, hoursLater(60 * DAY));
    expect(await signatureRows(letter)).toMatchObject([{ status: 'listed' }]);
    expect(await reminders(instance)).toHaveLength(0);
  });

  it('ends as any other where a coordinator rejected it, and changes no count', async () => {
    const letter = await start();
    const { instance } = letter;
    await signs(letter);
    const { signatures, signings, consents } = instance.store.read.tables;
    await instance.store.inTransaction((tx) => tx.update(signatures).set({ status: 'rejected', endedAt: hoursLater(1) }));
    const counts = async () => {
      const { organisationCount, personCount } = await letterRow(letter);
      return { organisationCount, personCount };
    };
    const before = await counts();
    await looked(instance, hoursLater(14 * DAY - 1));
    expect(await signatureRows(letter)).toHaveLength(1);
    await looked(instance, hoursLater(14 * DAY));
    for (const table of [signings, signatures, consents]) expect(await instance.store.read.select().from(table)).toEqual([]);
    expect(await counts()).toEqual(before);
    expect(await reminders(instance), 'of a rejected entry there is nothing to confirm').toEqual([]);
  });

  it('ends after two weeks where the deadline is far', async () => {
    const letter = await start({ deadlineAt: new Date('2026-09-30T21:59:00Z') });
    await signs(letter);
    await looked(letter.instance, hoursLater(14 * DAY - 0.1));
    expect(await signatureRows(letter)).toHaveLength(1);
    await looked(letter.instance, hoursLater(14 * DAY));
    expect(await signatureRows(letter)).toHaveLength(0);
  });
});
