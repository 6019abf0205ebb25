import { eq } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { listAuditEntries } from '../../../db/queries/audit.ts';
import { insertMailStop } from '../../../db/queries/mail-stops.ts';
import { blindIndex } from '../../../lib/crypto/blind-index.ts';
import type { Instance } from '../../../lib/instance.ts';
import { storedRates } from '../../../lib/rates/stored-rates.ts';
import { openConfirmation, openOwnSigning } from '../../../lib/signatures/access.ts';
import { confirmSigning } from '../../../lib/signatures/confirm.ts';
import { disownSigning } from '../../../lib/signatures/disown.ts';
import { takeMailTurn } from '../../../lib/signatures/mail-turn.ts';
import { makeOpenLink } from '../../../lib/signatures/open-links.ts';
import { requestFreshOwnLink } from '../../../lib/signatures/own-link.ts';
import { openSignForm } from '../../../lib/signatures/schema.ts';
import { signByOpenLink } from '../../../lib/signatures/sign-by-open-link.ts';
import { CONFIRMATION_MAILS, MOST_PENDING } from '../../../lib/signatures/sign-rates.ts';
import { lookAfterUnconfirmed } from '../../../lib/signatures/unconfirmed.ts';
import { countingStatements } from '../../support/counting.ts';
import { hoursLater, NOW, type OpenLetter, openTestLetter, signatureRows } from '../../support/invited.ts';
import { mailTokens } from '../../support/open-signed.ts';
import { describeEachStore, testInstance } from '../../support/stores.ts';

const minutes = (count: number, from = NOW): Date => new Date(from.getTime() + count * 60_000);

async function openLink({ instance, letter }: OpenLetter): Promise<string> {
  const made = await makeOpenLink(instance, letter, { label: '', cap: null, lastDay: '' }, NOW);
  if (!made.ok) throw new Error(JSON.stringify(made.reason));
  return made.value.slug;
}

const form = ({ fingerprint }: OpenLetter, name: string, email: string) =>
  openSignForm.parse({ fingerprint, language: 'en', step: 'sign', publication: 'public', signer: 'personal', name, email });

const mails = async ({ store }: Instance) =>
  (await store.read.select().from(store.read.tables.outbox)).filter(({ kind }) => kind === 'confirmation');

describeEachStore('a flood at an open link', (open) => {
  const start = async () => openTestLetter(testInstance((await open()).store), { preset: 'open-letter' });

  it('gets one mail to an address in ten minutes and three a day, and loses nobody who shares one', async () => {
    const letter = await start();
    const { instance } = letter;
    const slug = await openLink(letter);
    for (const name of ['Ana Brook', 'Ben Brook', 'Cato Brook', 'Dora Brook', 'Emil Brook']) {
      expect(await signByOpenLink(instance, slug, form(letter, name, 'brook@home.example'), 'en', NOW)).toEqual({ ok: true, value: null });
    }
    const turns = (await mails(instance)).map(({ runAt }) => runAt.getTime()).sort();
    expect(turns).toEqual([NOW, minutes(10), minutes(20)].map((at) => at.getTime()));
    expect(await signatureRows(letter)).toHaveLength(3);
    // Over all letters: the count is the address's.
    const rates = storedRates(instance);
    expect(await takeMailTurn(rates, 'brook@home.example', hoursLater(5))).toBeNull();
    expect(await takeMailTurn(rates, 'brook@home.example', hoursLater(24))).toEqual(hoursLater(24));
  });

  it('keeps no mail for the day after', async () => {
    const { instance } = await start();
    const late = new Date('2026-03-02T23:55:00Z');
    const rates = storedRates(instance);
    expect(await takeMailTurn(rates, 'late@home.example', late)).toEqual(late);
    expect(await takeMailTurn(rates, 'late@home.example', late)).toBeNull();
    expect(CONFIRMATION_MAILS.windows.map(({ most }) => most)).toEqual([1, 3]);
  });

  it('leaves three acts of an address waiting, the newest, so that nobody is kept from signing by a stranger', async () => {
    const letter = await start();
    const { instance } = letter;
    const slug = await openLink(letter);
    const tokens: string[] = [];
    for (let day = 0; day < MOST_PENDING + 2; day++) {
      await signByOpenLink(instance, slug, form(letter, `Person ${day}`, 'one@home.example'), 'en', hoursLater(24 * day));
      tokens.push((await mailTokens(instance, 'confirmation')).at(-1) ?? '');
    }
    await signByOpenLink(instance, slug, form(letter, 'Person 9', 'other@home.example'), 'en', NOW);
    const [others = ''] = (await mailTokens(instance, 'confirmation')).filter((token) => !tokens.includes(token));
    const { read } = instance.store;
    const looked = hoursLater(24 * (MOST_PENDING + 1) + 1);
    await Promise.all([lookAfterUnconfirmed(instance, looked), lookAfterUnconfirmed(instance, looked)]);
    expect(await read.select().from(read.tables.signings)).toHaveLength(MOST_PENDING + 1);
    expect(await read.select().from(read.tables.consents)).toHaveLength(MOST_PENDING + 1);
    // Their mails go with them: a link that opens nothing is not sent.
    const left = await mailTokens(instance, 'confirmation');
    expect(left.filter((token) => token !== others)).toEqual(tokens.slice(-MOST_PENDING));
    const opened = await Promise.all(tokens.map((token) => openConfirmation(instance, token)));
    expect(opened.map(({ ok }) => ok)).toEqual([false, false, true, true, true]);
    expect((await openConfirmation(instance, others)).ok, 'of another address').toBe(true);
    const log = await listAuditEntries(read, letter.letterId);
    expect(log.filter(({ entry }) => entry.type === 'signing-lapsed')).toHaveLength(2);
  });

  it('learns nothing of an address: the same statements and the same answer, whatever is known of it', async () => {
    const letter = await start();
    const { letterId } = letter;
    const slug = await openLink(letter);
    // Five minutes before lies in the same ten minutes.
    const at = minutes(68);
    const sign = (email: string, name: string, now: Date, { instance }: Pick<OpenLetter, 'instance'> = letter) =>
      signByOpenLink(instance, slug, form(letter, name, `${email}@home.example`), 'en', now);
    const confirm = async () => {
      const opened = await openConfirmation(letter.instance, (await mailTokens(letter.instance, 'confirmation')).at(-1) ?? '');
      if (!opened.ok) throw new Error(opened.reason);
      expect((await confirmSigning(letter.instance, opened.value, NOW)).ok).toBe(true);
    };
    await sign('listed', 'Tomas Ardelean', NOW);
    await confirm();
    await sign('unconfirmed', 'Tomas Ardelean', NOW);
    await sign('just-now', 'Tomas Ardelean', minutes(-5, at));
    await sign('both', 'Tomas Ardelean', NOW);
    await confirm();
    await sign('both', 'Mirela Ardelean', minutes(-5, at));
    for (const many of [1, 2, 3]) await sign('three-today', `Person ${many}`, minutes(-many, at));
    for (const many of [1, 2, 3]) await sign('three-waiting', `Person ${many}`, hoursLater(-24 * many));
    const stopped = blindIndex(letter.instance.keys, 'address', letterId, 'stopped@home.example');
    await letter.instance.store.inTransaction((tx) => insertMailStop(tx, { letterId, addressIndex: stopped, at: NOW }));
    const counts: Record<string, number> = {};
    for (const email of ['unknown', 'listed', 'unconfirmed', 'just-now', 'both', 'three-today', 'three-waiting', 'stopped']) {
      const counted = countingStatements(letter.instance);
      expect(await sign(email, 'Tomas Ardelean', at, counted)).toEqual({ ok: true, value: null });
      counts[email] = counted.count();
    }
    expect(counts['unknown']).toBeGreaterThan(10);
    expect(counts).toEqual(Object.fromEntries(Object.keys(counts).map((email) => [email, counts['unknown']])));
  });

  it('deletes what somebody else signed with an address, and leaves what was confirmed', async () => {
    const letter = await start();
    const { instance } = letter;
    await signByOpenLink(instance, await openLink(letter), form(letter, 'Tomas Ardelean', 'tomas@home.example'), 'en', NOW);
    const [token = ''] = await mailTokens(instance, 'confirmation');
    const opened = await openConfirmation(instance, token);
    if (!opened.ok) throw new Error(opened.reason);
    expect(await disownSigning(instance, opened.value, NOW)).toEqual({ ok: true, value: null });
    expect(await signatureRows(letter)).toEqual([]);
    expect(await openConfirmation(instance, token)).toEqual({ ok: false, reason: 'unknown' });
    expect(await confirmSigning(instance, opened.value, NOW)).toEqual({ ok: false, reason: 'gone' });
  });
});

describeEachStore('a link to confirm by', (open) => {
  it('leads to a fresh one to the own page, at the address that was confirmed, and to none before', async () => {
    const letter = await openTestLetter(testInstance((await open()).store), { preset: 'open-letter' });
    const { instance } = letter;
    await signByOpenLink(instance, await openLink(letter), form(letter, 'Tomas Ardelean', 'tomas@home.example'), 'en', NOW);
    const [token = ''] = await mailTokens(instance, 'confirmation');
    const ask = () => requestFreshOwnLink(instance, 'confirmation', token, hoursLater(1));
    expect(await ask()).toEqual({ ok: true, value: null });
    expect(await mailTokens(instance, 'receipt')).toEqual([]);
    const opened = await openConfirmation(instance, token);
    if (!opened.ok) throw new Error(opened.reason);
    await confirmSigning(instance, opened.value, NOW);
    // Even once the link itself was taken back.
    const { links } = instance.store.read.tables;
    await instance.store.inTransaction((tx) => tx.update(links).set({ revokedAt: NOW }).where(eq(links.kind, 'confirmation')));
    expect(await openConfirmation(instance, token)).toEqual({ ok: false, reason: 'revoked' });
    expect(await ask()).toEqual({ ok: true, value: null });
    const fresh = (await mailTokens(instance, 'receipt')).at(-1) ?? '';
    expect((await openOwnSigning(instance, fresh)).ok).toBe(true);
    expect(await requestFreshOwnLink(instance, 'confirmation', `cf_${'A'.repeat(43)}`, NOW)).toEqual({ ok: true, value: null });
  });
});

describeEachStore('an open link', (open) => {
  it('is made where the letter may be signed by anybody, and nowhere else', async () => {
    const { instance, letter } = await openTestLetter(testInstance((await open()).store));
    const wish = { label: '', cap: null, lastDay: '' };
    expect(await makeOpenLink(instance, letter, wish, NOW)).toEqual({ ok: false, reason: 'by-invitation-only' });
  });
});
