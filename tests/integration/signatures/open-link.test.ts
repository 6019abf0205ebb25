import { expect, it } from 'vitest';
import type { Instance } from '../../../lib/instance.ts';
import { closeLetter } from '../../../lib/letters/ending.ts';
import { withdrawLetter } from '../../../lib/letters/withdrawing.ts';
import { readMail } from '../../../lib/outbox/read.ts';
import { openConfirmation, openOwnSigning } from '../../../lib/signatures/access.ts';
import { confirmSigning } from '../../../lib/signatures/confirm.ts';
import { closeOpenLink, makeOpenLink, readOpenLink } from '../../../lib/signatures/open-links.ts';
import { viewOpenLinks } from '../../../lib/signatures/open-links-view.ts';
import { reviewEntry } from '../../../lib/signatures/review.ts';
import { openSignForm } from '../../../lib/signatures/schema.ts';
import { signByInvitation } from '../../../lib/signatures/sign.ts';
import { signByOpenLink } from '../../../lib/signatures/sign-by-open-link.ts';
import { withdrawSigning } from '../../../lib/signatures/withdraw.ts';
import { answer, hoursLater, invite, letterRow, NOW, type OpenLetter, openTestLetter, signatureRows } from '../../support/invited.ts';
import { mailTexts } from '../../support/open-signed.ts';
import { describeEachStore, testInstance } from '../../support/stores.ts';

const DEADLINE = new Date('2026-03-31T21:59:00Z');
const AFTER_DEADLINE = new Date('2026-04-03T21:58:00Z');

const asPerson = { signer: 'personal', name: 'Tomas Ardelean', affiliation: 'Institute of Tides' };
const asOrganisation = { signer: 'organisation', organisation: 'Harbour Forum', name: 'Ilse Okoye', role: 'Director', authorised: 'yes' };

async function openLink({ instance, letter }: OpenLetter, { cap = null }: { cap?: number | null } = {}) {
  const made = await makeOpenLink(instance, letter, { label: 'newsletter', cap, lastDay: '' }, NOW);
  if (!made.ok) throw new Error(JSON.stringify(made.reason));
  return made.value.slug;
}

const form = ({ fingerprint }: OpenLetter, fields: object, email = 'tomas@home.example') =>
  openSignForm.parse({ fingerprint, language: 'en', step: 'sign', publication: 'public', email, ...fields });

/** The newest token of a kind that stands in a mail which has not left. */
async function tokenIn(instance: Instance, kind: 'confirmation' | 'receipt'): Promise<string> {
  const { read } = instance.store;
  const rows = (await read.select().from(read.tables.outbox)).filter((row) => row.kind === kind);
  const texts = rows.flatMap((row) => {
    const mail = readMail(instance, row);
    return mail.ok ? [mail.value.text] : [];
  });
  return /(?:cf|op)_[\w-]{43}/.exec(texts.at(-1) ?? '')?.[0] ?? '';
}

async function opened(instance: Instance) {
  const scope = await openConfirmation(instance, await tokenIn(instance, 'confirmation'));
  if (!scope.ok) throw new Error(scope.reason);
  return scope.value;
}

describeEachStore('signing by an open link', (open) => {
  const start = async () => openTestLetter(testInstance((await open()).store), { preset: 'open-letter' });

  it('lists a person once the button behind the mail is pressed, and nothing before', async () => {
    const letter = await start();
    const { instance } = letter;
    const slug = await openLink(letter);
    expect(await signByOpenLink(instance, slug, form(letter, asPerson), 'fa', NOW)).toEqual({ ok: true, value: null });
    expect(await signatureRows(letter)).toMatchObject([{ status: 'pending', addressIndex: null, nameIndex: null, listedAt: null }]);
    expect(await letterRow(letter)).toMatchObject({ personCount: 0 });
    const confirmed = await confirmSigning(instance, await opened(instance), hoursLater(1));
    expect(confirmed).toMatchObject({ ok: true });
    expect(await signatureRows(letter)).toMatchObject([{ status: 'listed' }]);
    expect(await letterRow(letter)).toMatchObject({ personCount: 1 });
    expect((await readOpenLink(instance, slug))?.link.count).toBe(1);
    expect((await openOwnSigning(instance, await tokenIn(instance, 'receipt'))).ok).toBe(true);
  });

  it('is one signature, however often and at once the button is pressed', async () => {
    const letter = await start();
    const { instance } = letter;
    await signByOpenLink(instance, await openLink(letter), form(letter, asPerson), 'en', NOW);
    const scope = await opened(instance);
    const results = await Promise.all(Array.from({ length: 100 }, () => confirmSigning(instance, scope, NOW)));
    expect(results.every(({ ok }) => ok)).toBe(true);
    expect(results.filter((result) => result.ok && !result.value.repeated)).toHaveLength(1);
    // Whichever of the answers the browser keeps, it is let to the same page.
    const ownPages = new Set(results.map((result) => (result.ok ? result.value.ownPage : '')));
    expect(ownPages.size).toBe(1);
    expect((await openOwnSigning(instance, [...ownPages][0] ?? '')).ok).toBe(true);
    expect(await signatureRows(letter)).toMatchObject([{ status: 'listed' }]);
    expect(await letterRow(letter)).toMatchObject({ personCount: 1 });
    const { read } = instance.store;
    expect((await read.select().from(read.tables.outbox)).filter(({ kind }) => kind === 'receipt')).toHaveLength(1);
  });

  it('holds an organisation for a look, and lets nobody block its place by typing its name', async () => {
    const letter = await start();
    const { instance } = letter;
    const slug = await openLink(letter);
    await signByOpenLink(instance, slug, form(letter, asOrganisation, 'stranger@elsewhere.example'), 'en', NOW);
    const { read } = instance.store;
    expect(await read.select().from(read.tables.organisations)).toHaveLength(0);
    await signByOpenLink(instance, slug, form(letter, asOrganisation, 'ilse@forum.example'), 'en', hoursLater(1));
    await confirmSigning(instance, await opened(instance), hoursLater(1));
    expect((await signatureRows(letter)).map(({ status, flags }) => ({ status, flags }))).toEqual([
      { status: 'pending', flags: ['open-link'] },
      { status: 'held', flags: ['open-link'] },
    ]);
    expect(await letterRow(letter)).toMatchObject({ organisationCount: 0 });
  });

  it('tells nobody at the form that an address has signed, and its owner behind the mail', async () => {
    const letter = await start();
    const { instance } = letter;
    const slug = await openLink(letter);
    await signByOpenLink(instance, slug, form(letter, asPerson), 'en', NOW);
    await confirmSigning(instance, await opened(instance), NOW);
    const again = await signByOpenLink(instance, slug, form(letter, { ...asPerson, name: 'tomas  ardelean' }), 'en', hoursLater(2));
    expect(again).toEqual({ ok: true, value: null });
    expect(await confirmSigning(instance, await opened(instance), hoursLater(2))).toEqual({ ok: false, reason: 'signed-before' });
    // A couple shares an address.
    await signByOpenLink(instance, slug, form(letter, { ...asPerson, name: 'Mirela Ardelean' }), 'en', hoursLater(3));
    expect(await confirmSigning(instance, await opened(instance), hoursLater(3))).toMatchObject({ ok: true });
    expect(await letterRow(letter)).toMatchObject({ personCount: 2 });
  });

  it('admits the rest of an act whose person has signed before, and takes nobody in twice', async () => {
    const letter = await start();
    const { instance } = letter;
    const slug = await openLink(letter);
    const ilse = 'ilse@forum.example';
    await signByOpenLink(instance, slug, form(letter, { ...asPerson, name: 'Ilse Okoye' }, ilse), 'en', NOW);
    await confirmSigning(instance, await opened(instance), NOW);
    await signByOpenLink(instance, slug, form(letter, { ...asOrganisation, personally: 'yes' }, ilse), 'en', hoursLater(1));
    expect(await confirmSigning(instance, await opened(instance), hoursLater(1))).toMatchObject({ ok: true });
    const [, forum, again] = await signatureRows(letter);
    expect(forum).toMatchObject({ capacity: 'organisation', status: 'held', flags: ['open-link'] });
    expect(again).toMatchObject({
      capacity: 'personal',
      status: 'rejected',
      flags: ['signed-before'],
      endedAt: hoursLater(1),
      listedAt: null,
    });
    expect(await letterRow(letter)).toMatchObject({ personCount: 1 });
    expect((await mailTexts(instance, 'receipt')).at(-1)).toContain('this one was not added');
    // It may come back where the first one has gone, and not beside it.
    const putBack = { id: again?.id ?? '', act: 'put-back', reason: '' } as const;
    expect(await reviewEntry(instance, letter.letter, putBack, hoursLater(2))).toEqual({ ok: false, reason: 'duplicate' });
  });

  it.each(['reject', 'hold'] as const)('leads around no coordinator who chose to %s the same person', async (act) => {
    const letter = await start();
    const { instance } = letter;
    const slug = await openLink(letter);
    await signByOpenLink(instance, slug, form(letter, asPerson), 'en', NOW);
    const confirmed = await confirmSigning(instance, await opened(instance), NOW);
    const id = (await signatureRows(letter))[0]?.id ?? '';
    expect((await reviewEntry(instance, letter.letter, { id, act, reason: 'Who is this?' }, NOW)).ok).toBe(true);
    const own = await openOwnSigning(instance, confirmed.ok ? confirmed.value.ownPage : '');
    if (!own.ok) throw new Error(own.reason);
    await withdrawSigning(instance, own.value, { signing: own.value.signingId, entry: null }, NOW);

    await signByOpenLink(instance, slug, form(letter, { ...asPerson, name: 'tomas  ardelean' }), 'en', hoursLater(1));
    expect((await signatureRows(letter))[1], 'nothing before the address is proved').toMatchObject({ status: 'pending', flags: [] });
    expect((await confirmSigning(instance, await opened(instance), hoursLater(1))).ok).toBe(true);
    expect((await signatureRows(letter))[1]).toMatchObject({ status: 'held', flags: ['kept-out-before'] });
    const mirela = form(letter, { ...asPerson, name: 'Mirela Ardelean' });
    await signByOpenLink(instance, slug, mirela, 'en', hoursLater(2));
    expect((await confirmSigning(instance, await opened(instance), hoursLater(2))).ok).toBe(true);
    expect((await signatureRows(letter))[2], 'who shares the address').toMatchObject({ status: 'listed' });
  });

  it('leads around none by an invitation to the same address either', async () => {
    const letter = await start();
    const { instance } = letter;
    await signByOpenLink(instance, await openLink(letter), form(letter, asPerson), 'en', NOW);
    await confirmSigning(instance, await opened(instance), NOW);
    const id = (await signatureRows(letter))[0]?.id ?? '';
    await reviewEntry(instance, letter.letter, { id, act: 'reject', reason: 'Who is this?' }, NOW);
    const tomas = await invite(letter, { person: 'Tomas Ardelean' }, 'tomas@home.example');
    const signed = await signByInvitation(instance, tomas.scope, answer(letter, tomas, asPerson), hoursLater(1));
    expect(signed).toMatchObject({ ok: true, value: { signatures: [{ status: 'held' }] } });
  });

  it('takes as many as may come, and no more', async () => {
    const letter = await start();
    const { instance } = letter;
    const slug = await openLink(letter, { cap: 1 });
    const scopes = [];
    for (const name of ['One Person', 'Other Person']) {
      await signByOpenLink(instance, slug, form(letter, { ...asPerson, name }, `${name.split(' ')[0]}@home.example`), 'en', NOW);
      scopes.push(await opened(instance));
    }
    const results = await Promise.all(scopes.map((scope) => confirmSigning(instance, scope, NOW)));
    expect(results.map((result) => (result.ok ? 'listed' : result.reason)).sort()).toEqual(['link-full', 'listed']);
    expect(await signByOpenLink(instance, slug, form(letter, asPerson), 'en', NOW)).toEqual({ ok: false, reason: 'link-full' });
  });

  it('takes confirmations for three days after the deadline, of those who signed before it', async () => {
    const letter = await start();
    const { instance } = letter;
    const slug = await openLink(letter);
    const late = new Date(DEADLINE.getTime() - 60_000);
    await signByOpenLink(instance, slug, form(letter, asPerson), 'en', late);
    const scope = await opened(instance);
    expect(await signByOpenLink(instance, slug, form(letter, asPerson), 'en', DEADLINE)).toEqual({ ok: false, reason: 'deadline-passed' });
    await closeLetter(instance, letter.letter, DEADLINE);
    expect(await confirmSigning(instance, scope, new Date(AFTER_DEADLINE.getTime() + 60_000))).toEqual({ ok: false, reason: 'ended' });
    expect(await confirmSigning(instance, scope, AFTER_DEADLINE)).toMatchObject({ ok: true });
  });

  it('lists nobody under a letter that was withdrawn meanwhile', async () => {
    const letter = await start();
    const { instance } = letter;
    await signByOpenLink(instance, await openLink(letter), form(letter, asPerson), 'en', NOW);
    await withdrawLetter(instance, letter.letter, { reason: 'A wrong figure.', replacement: 'none' }, hoursLater(2));
    expect(await confirmSigning(instance, await opened(instance), hoursLater(3))).toEqual({ ok: false, reason: 'letter-ended' });
    expect(await signatureRows(letter)).toMatchObject([{ status: 'pending' }]);
  });

  it('takes nothing by a link that was closed, and what was given before may still be confirmed', async () => {
    const letter = await start();
    const { instance } = letter;
    const slug = await openLink(letter);
    await signByOpenLink(instance, slug, form(letter, asPerson), 'en', NOW);
    const id = (await readOpenLink(instance, slug))?.link.id ?? '';
    expect(await closeOpenLink(instance, letter.letter, id, hoursLater(1))).toEqual({ ok: true, value: null });
    const other = form(letter, { ...asPerson, name: 'Mirela Ardelean' });
    expect(await signByOpenLink(instance, slug, other, 'en', hoursLater(1))).toEqual({ ok: false, reason: 'link-ended' });
    expect(await confirmSigning(instance, await opened(instance), hoursLater(1))).toMatchObject({ ok: true });
    expect(await signByOpenLink(instance, 'no-such-link', other, 'en', NOW)).toEqual({ ok: false, reason: 'no-such-link' });
  });

  it('counts on the desk what was confirmed by each link, and what waits', async () => {
    const letter = await start();
    const { instance } = letter;
    const slug = await openLink(letter, { cap: 2 });
    for (const name of ['Ada Person', 'Bea Person', 'Cleo Person']) {
      await signByOpenLink(instance, slug, form(letter, { ...asPerson, name }, `${name.split(' ')[0]}@home.example`), 'en', NOW);
      if (name === 'Ada Person') await confirmSigning(instance, await opened(instance), NOW);
    }
    const both = { ...asOrganisation, personally: 'yes' };
    await signByOpenLink(instance, slug, form(letter, both, 'ilse@forum.example'), 'en', NOW);
    const [link] = (await viewOpenLinks(instance, letter.letter, NOW))?.links ?? [];
    expect(link).toMatchObject({ label: 'newsletter', state: 'open', cap: 2, confirmed: 1, waiting: 3, expiresAt: null });
    await confirmSigning(instance, await opened(instance), NOW);
    expect((await viewOpenLinks(instance, letter.letter, NOW))?.links[0]).toMatchObject({ state: 'full', confirmed: 2, waiting: 2 });
  });

  it('ends with its last day, in the zone of its letter', async () => {
    const letter = await start();
    const { instance } = letter;
    const make = (lastDay: string) => makeOpenLink(instance, letter.letter, { label: '', cap: null, lastDay }, NOW);
    expect(await make('2026-03-01')).toEqual({ ok: false, reason: { place: 'lastDay', reason: 'past' } });
    for (const odd of ['2026-02-30', '0026-03-04', 'soon'])
      expect(await make(odd)).toEqual({ ok: false, reason: { place: 'lastDay', reason: 'not-a-date' } });
    const made = await make('2026-03-04');
    if (!made.ok) throw new Error('not made');
    const sign = (now: Date, name: string) =>
      signByOpenLink(instance, made.value.slug, form(letter, { ...asPerson, name }, `${name}@home.example`), 'en', now);
    expect((await sign(new Date('2026-03-04T23:59:00Z'), 'One')).ok).toBe(true);
    expect(await sign(new Date('2026-03-05T00:00:00Z'), 'Two')).toEqual({ ok: false, reason: 'link-ended' });
  });

  it('takes the text that was on the page, and no other', async () => {
    const letter = await start();
    const stale = { ...form(letter, asPerson), fingerprint: 'a'.repeat(64) };
    expect(await signByOpenLink(letter.instance, await openLink(letter), stale, 'en', NOW)).toEqual({ ok: false, reason: 'stale' });
    expect(await signatureRows(letter)).toEqual([]);
  });
});
