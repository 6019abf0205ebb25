import { eq } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { insertSignatures, takePositions } from '../../../db/queries/signatures.ts';
import type { LetterScope } from '../../../lib/access/scope.ts';
import type { SignedIn } from '../../../lib/auth/session.ts';
import type { For } from '../../../lib/coalitions/access.ts';
import { seal } from '../../../lib/crypto/seal.ts';
import type { Instance } from '../../../lib/instance.ts';
import { closeLetter, deliverLetter } from '../../../lib/letters/ending.ts';
import { setNamesHidden } from '../../../lib/letters/releasing.ts';
import { readMail } from '../../../lib/outbox/read.ts';
import { newId } from '../../../lib/shared/ids.ts';
import { openInvitedSigning } from '../../../lib/signatures/access.ts';
import { correctOwnEntry } from '../../../lib/signatures/correct.ts';
import { correctOwnForm } from '../../../lib/signatures/correct-schema.ts';
import { viewEntry } from '../../../lib/signatures/entry-view.ts';
import { exportAddresses, listFile } from '../../../lib/signatures/list-file.ts';
import { type ListCursor, listAddress, readListCursor, readListFilter } from '../../../lib/signatures/list-filter.ts';
import { findListNews, listMark } from '../../../lib/signatures/list-news.ts';
import { viewList } from '../../../lib/signatures/list-view.ts';
import { viewOwnPage } from '../../../lib/signatures/own-view.ts';
import { openRecord, signaturePlace } from '../../../lib/signatures/places.ts';
import { approveEntries, reviewEntry } from '../../../lib/signatures/review.ts';
import { signByInvitation } from '../../../lib/signatures/sign.ts';
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
  takeBack,
} from '../../support/invited.ts';
import { describeEachStore, testInstance } from '../../support/stores.ts';

const look = (words: Record<string, string> = {}) => readListFilter(words);

async function sign(letter: OpenLetter, party: Parameters<typeof invite>[1], fields: object) {
  const one = await invite(letter, party);
  const signed = await signByInvitation(letter.instance, one.scope, answer(letter, one, fields), NOW);
  if (!signed.ok) throw new Error(JSON.stringify(signed.reason));
  return { ...one, id: signed.value.signatures[0]?.id ?? '' };
}

async function list({ instance, letter }: OpenLetter, words: Record<string, string> = {}, cursor: ListCursor = null) {
  const view = await viewList(instance, letter, readListFilter(words), cursor);
  if (!view) throw new Error('no list');
  return view;
}

const leads = (view: Awaited<ReturnType<typeof list>>) => view.entries.map(({ lead }) => lead);

async function mailTexts({ instance }: OpenLetter): Promise<readonly string[]> {
  const { read } = instance.store;
  return (await read.select().from(read.tables.outbox)).flatMap((row) => {
    const mail = readMail(instance, row);
    return mail.ok ? [mail.value.text] : [];
  });
}

/** The boxes of those entries, as the page of the list has them. */
const ticked = async (letter: OpenLetter, ids: readonly string[]) => {
  const { entries } = await list(letter);
  return ids.map((id) => ({ id, seen: entries.find((entry) => entry.id === id)?.seen ?? '' }));
};

const asRole = ({ letter }: OpenLetter, role: LetterScope['role']) => ({ ...letter, role }) as unknown as For<LetterScope, 'read'>;

describeEachStore('the list of entries', (open) => {
  const start = async () => openTestLetter(testInstance((await open()).store));

  it('shows what became of each, by status, capacity and words', async () => {
    const letter = await start();
    await sign(letter, { organisation: 'Harbour Forum' }, asOrganisation('Harbour Forum'));
    await sign(letter, { organisation: 'Harbour Forum' }, asOrganisation('Harbour  forum', 'Sela Brandt'));
    const gone = await sign(letter, { person: 'Tomas Ardelean' }, asPerson('Tomas Ardelean', 'Institute of Tides'));
    await sign(letter, { person: 'Ōe Quist' }, asPerson('Ōe Quist'));
    await takeBack(letter.instance, gone, hoursLater(1));
    const all = await list(letter);
    expect(leads(all)).toEqual(['Ōe Quist', 'Tomas Ardelean', 'Harbour forum', 'Harbour Forum']);
    expect(all.entries.map(({ status, origin }) => ({ status, origin }))).toEqual([
      { status: 'listed', origin: 'mail' },
      { status: 'withdrawn', origin: 'mail' },
      { status: 'held', origin: 'mail' },
      { status: 'listed', origin: 'mail' },
    ]);
    expect(all.counts).toEqual({
      organisations: 1,
      people: 1,
      states: { 'needs-you': 1, listed: 2, unconfirmed: 0, withdrawn: 1, rejected: 0 },
    });
    expect(leads(await list(letter, { state: 'needs-you' }))).toEqual(['Harbour forum']);
    expect(leads(await list(letter, { state: 'listed', capacity: 'personal' }))).toEqual(['Ōe Quist']);
    expect(leads(await list(letter, { words: 'q oe' }))).toEqual(['Ōe Quist']);
    expect(leads(await list(letter, { words: 'TIDES' }))).toEqual(['Tomas Ardelean']);
    expect(leads(await list(letter, { words: '100%_' }))).toEqual([]);
    expect(leads(await list(letter, { origin: 'open-link' }))).toEqual([]);
    expect(leads(await list(letter, { origin: 'mail', state: 'withdrawn' }))).toEqual(['Tomas Ardelean']);
  });

  it('tells an open page what has come since, and that something changed', async () => {
    const letter = await start();
    const { instance } = letter;
    const news = async (mark: string) => await findListNews(instance, letter.letter, mark);
    const before = listMark(await letterRow(letter));
    expect(await news(before)).toEqual({ newer: 0, changed: false });
    const one = await sign(letter, { person: 'Tomas Ardelean' }, asPerson('Tomas Ardelean'));
    await sign(letter, { person: 'Mirela Quist' }, asPerson('Mirela Quist'));
    expect(await news(before)).toEqual({ newer: 2, changed: true });
    const after = listMark((await list(letter)).letter);
    expect(await news(after)).toEqual({ newer: 0, changed: false });
    await takeBack(instance, one, hoursLater(1));
    expect(await news(after)).toEqual({ newer: 0, changed: true });
    for (const none of ['', '0', '-1-1', '1-1-1', '9999999999-1', '1-x']) expect(await news(none)).toEqual({ newer: 0, changed: false });
    expect(await findListNews(instance, { ...letter.letter, letterId: 'let_none' }, after)).toBeNull();
  });

  it('finds by the printed words where they are filled, and by the sealed ones where they are not', async () => {
    const letter = await start();
    await sign(letter, { person: 'Tomas Ardelean' }, asPerson('Tomas Ardelean'));
    const { id } = await sign(letter, { person: 'Mirela Quist' }, asPerson('Mirela Quist'));
    const { store } = letter.instance;
    const { signatures } = store.read.tables;
    await store.inTransaction((tx) => tx.update(signatures).set({ searchText: ' filled words' }).where(eq(signatures.id, id)));
    expect(leads(await list(letter, { words: 'words' }))).toEqual(['Mirela Quist']);
    expect(leads(await list(letter, { words: 'ardel' }))).toEqual(['Tomas Ardelean']);
    expect(leads(await list(letter, { words: 'quist' }))).toEqual([]);
  });

  it('turns its pages both ways, each at an address that stays', async () => {
    const letter = await start();
    await copies(letter, 130);
    for (const words of [{}, { capacity: 'personal' }, { words: 'copied' }] as Record<string, string>[]) {
      const pages: string[][] = [];
      const addresses: string[] = [];
      let cursor: ListCursor = null;
      for (let turn = 0; turn < 3; turn++) {
        const page: Awaited<ReturnType<typeof list>> = await list(letter, words, cursor);
        pages.push(page.entries.map(({ id }) => id));
        addresses.push(listAddress('/list', look(words), cursor));
        cursor = page.older;
      }
      expect(cursor).toBeNull();
      expect(pages.map(({ length }) => length)).toEqual([50, 50, 30]);
      expect(new Set(pages.flat()).size).toBe(130);
      const last = await list(letter, words, cursorOf(addresses[2]));
      const middle = await list(letter, words, last.newer);
      expect(middle.entries.map(({ id }) => id)).toEqual(pages[1]);
      const first = await list(letter, words, middle.newer);
      expect(first.entries.map(({ id }) => id)).toEqual(pages[0]);
      expect(first.newer).toBeNull();
    }
  });

  it('shows members names without addresses, and hidden names only to those who run the letter', async () => {
    const letter = await start();
    const { id } = await sign(letter, { person: 'Tomas Ardelean' }, asPerson('Tomas Ardelean'));
    const { instance } = letter;
    expect((await viewEntry(instance, asRole(letter, 'coordinator'), id))?.signer?.email).toContain('@');
    expect((await viewEntry(instance, asRole(letter, 'drafter'), id))?.signer).toEqual({ name: 'Tomas Ardelean', role: '', email: null });
    await setNamesHidden(instance, letter.letter, true, hoursLater(1));
    const hidden = await viewList(instance, asRole(letter, 'observer'), look(), null);
    expect(hidden).toMatchObject({ hidden: true, entries: [], counts: { people: 1 } });
    expect(await viewEntry(instance, asRole(letter, 'observer'), id)).toBeNull();
    expect(leads(await list(letter))).toEqual(['Tomas Ardelean']);
  });

  it('holds, rejects and lets in again, with reason, count, history and a mail', async () => {
    const letter = await start();
    const { instance } = letter;
    const { id } = await sign(letter, { organisation: 'Harbour Forum' }, asOrganisation('Harbour Forum'));
    const act = (name: 'approve' | 'hold' | 'reject' | 'put-back', reason = '', at = 1) =>
      reviewEntry(instance, letter.letter, { id, act: name, reason }, hoursLater(at));
    expect(await act('approve')).toEqual({ ok: false, reason: 'not-now' });
    expect(await act('hold', 'Is it they?', 1)).toEqual({ ok: true, value: null });
    expect(await letterRow(letter)).toMatchObject({ organisationCount: 0 });
    expect(await act('approve', '', 2)).toEqual({ ok: true, value: null });
    expect(await letterRow(letter)).toMatchObject({ organisationCount: 1 });
    expect(await signatureRows(letter)).toMatchObject([{ status: 'listed', flags: [], authority: 'authorised' }]);
    expect((await mailTexts(letter)).filter((text) => text.includes('Nobody of that name'))).toHaveLength(0);
    expect(await act('reject', 'Nobody of that name works there.', 3)).toEqual({ ok: true, value: null });
    expect((await mailTexts(letter)).filter((text) => text.includes('Nobody of that name'))).toHaveLength(1);
    expect(await letterRow(letter)).toMatchObject({ organisationCount: 0 });
    // Its place is free: another entry of the organisation takes it, and the first one can't come back beside it.
    await sign(letter, { organisation: 'Harbour Forum' }, asOrganisation('Harbour Forum', 'Sela Brandt'));
    expect(await act('put-back', '', 4)).toEqual({ ok: true, value: null });
    expect(await act('approve', '', 5)).toEqual({ ok: false, reason: 'duplicate' });
    const view = await viewEntry(instance, letter.letter, id);
    expect(view?.history.map(({ what, reason }) => [what, reason])).toEqual([
      ['signed', ''],
      ['signature-held', 'Is it they?'],
      ['signature-approved', ''],
      ['signature-rejected', 'Nobody of that name works there.'],
      ['signature-put-back', ''],
    ]);
    expect(view?.history[1]?.member).toBe('Nila Ferro');
    expect(view?.consents).toMatchObject([{ fingerprint: letter.fingerprint, wording: 'organisation/1' }]);
    expect(view?.acts).toEqual(['approve', 'reject']);
  });

  it('goes out as a table, with addresses only after a fresh proof and with an entry in the log', async () => {
    const letter = await start();
    const { instance } = letter;
    await sign(letter, { person: '=HYPERLINK("x")' }, asPerson('=HYPERLINK("x")', 'Institute of Tides'));
    const gone = await sign(letter, { person: 'Tomas Ardelean' }, asPerson('Tomas Ardelean'));
    await takeBack(instance, gone, hoursLater(1));
    const text = async (rows: AsyncGenerator<string> | null) => {
      let all = '';
      for await (const chunk of rows ?? []) all += chunk;
      return all;
    };
    const plain = await text(await listFile(instance, asRole(letter, 'observer'), 'listed'));
    expect(plain.split('\r\n').slice(1)).toEqual([
      expect.stringMatching(/^listed,personal,Institute of Tides,,"'=HYPERLINK\(""x""\)",,,,public,mail,2026-03-02T10:00:00.000Z$/),
      '',
    ]);
    const who = (minutes: number) => ({ provedAt: new Date(NOW.getTime() - minutes * 60_000) }) as SignedIn;
    expect(await exportAddresses(instance, letter.letter, { who: who(6), state: 'all' }, NOW)).toEqual({
      ok: false,
      reason: 'prove-again',
    });
    const before = (await letterRow(letter)).logSize;
    const given = await exportAddresses(instance, letter.letter, { who: who(4), state: 'all' }, NOW);
    expect(await text(given.ok ? given.value : null)).toMatch(
      /withdrawn,personal,,,Tomas Ardelean,.*@partner\.example,Tomas Ardelean\r\n$/,
    );
    expect((await letterRow(letter)).logSize).toBe(before + 1);
    await setNamesHidden(instance, letter.letter, true, hoursLater(1));
    for (const role of ['observer', 'owner'] as const) expect(await listFile(instance, asRole(letter, role), 'all')).toBeNull();
  });

  it('approves several at once: those that can stand', async () => {
    const letter = await start();
    const { instance } = letter;
    const ids: string[] = [];
    for (const invited of ['Wharf', 'Lock', 'Weir']) {
      ids.push(
        (await sign(letter, { organisation: invited }, asOrganisation(invited === 'Weir' ? 'Lock Society' : `${invited} Society`))).id,
      );
    }
    expect((await signatureRows(letter)).map(({ status }) => status)).toEqual(['held', 'held', 'held']);
    const boxes = await ticked(letter, ids);
    expect(await approveEntries(instance, letter.letter, [...boxes, ...boxes], hoursLater(1))).toEqual({
      ok: true,
      value: { approved: 2, left: 1 },
    });
    expect(await letterRow(letter)).toMatchObject({ organisationCount: 2 });
    expect(await approveEntries(instance, letter.letter, boxes, hoursLater(1))).toMatchObject({ ok: false });
    const many = await Promise.all(
      Array.from({ length: 10 }, () => approveEntries(instance, letter.letter, boxes.slice(2), hoursLater(2))),
    );
    expect(many.every(({ ok }) => !ok)).toBe(true);
  });

  it('approves what was on the page, and nothing that was put in its place since', async () => {
    const letter = await start();
    const { instance } = letter;
    const { id, token } = await sign(letter, { organisation: 'Wharf' }, asOrganisation('Wharf Society'));
    const boxes = await ticked(letter, [id]);
    const own = await openInvitedSigning(instance, token);
    if (!own.ok) throw new Error(own.reason);
    const other = { ...asOrganisation('Bank of Everything'), entry: id, signing: own.value.signingId, publication: 'public' };
    const seen = (await viewOwnPage(instance, own.value, NOW))?.own.entries[0].seen;
    const input = correctOwnForm.parse({ ...other, seen, authorised: 'yes' });
    expect((await correctOwnEntry(instance, own.value, input, hoursLater(1))).ok).toBe(true);
    const approve = { id, act: 'approve', reason: '', seen: boxes[0]?.seen ?? '' } as const;
    expect(await approveEntries(instance, letter.letter, boxes, hoursLater(2))).toEqual({ ok: false, reason: 'not-now' });
    expect(await reviewEntry(instance, letter.letter, approve, hoursLater(2))).toEqual({ ok: false, reason: 'not-now' });
    expect(await signatureRows(letter)).toMatchObject([{ status: 'held' }]);
    const again = await ticked(letter, [id]);
    expect(await approveEntries(instance, letter.letter, again, hoursLater(3))).toMatchObject({ ok: true, value: { approved: 1 } });
  });

  it('changes nothing in what was handed over, and nothing in another letter', async () => {
    const letter = await start();
    const { instance } = letter;
    const { id } = await sign(letter, { person: 'Tomas Ardelean' }, asPerson('Tomas Ardelean'));
    const elsewhere = { ...letter.letter, letterId: `let_${'A'.repeat(22)}` } as For<LetterScope, never>;
    expect((await reviewEntry(instance, elsewhere, { id, act: 'hold', reason: 'x' }, NOW)).ok).toBe(false);
    await closeLetter(instance, letter.letter, hoursLater(1));
    expect((await reviewEntry(instance, letter.letter, { id, act: 'hold', reason: 'x' }, hoursLater(1))).ok).toBe(true);
    expect((await reviewEntry(instance, letter.letter, { id, act: 'approve', reason: '' }, hoursLater(1))).ok).toBe(true);
    await deliverLetter(instance, letter.letter, hoursLater(2));
    for (const act of ['hold', 'reject'] as const) {
      const refused = await reviewEntry(instance, letter.letter, { id, act, reason: 'x' }, hoursLater(3));
      expect(refused).toEqual({ ok: false, reason: 'letter-ended' });
    }
    expect((await approveEntries(instance, letter.letter, await ticked(letter, [id]), hoursLater(3))).ok).toBe(false);
    expect((await viewEntry(instance, letter.letter, id))?.acts).toEqual([]);
  });
});

const cursorOf = (address = ''): ListCursor => readListCursor(Object.fromEntries(new URL(address, 'http://x').searchParams));

/** Many entries of one person: what is under test is how they are turned over, and they are read from their rows. */
async function copies(letter: OpenLetter, count: number): Promise<void> {
  const { instance } = letter;
  await sign(letter, { person: 'Copied Person' }, asPerson('Copied Person'));
  const [row] = await signatureRows(letter);
  if (!row) throw new Error('nobody signed');
  await insertCopies(instance, letter.letterId, row, count - 1);
}

async function insertCopies(instance: Instance, letterId: string, row: Awaited<ReturnType<typeof signatureRows>>[number], count: number) {
  const record = openRecord(instance.keys, row);
  await instance.store.inTransaction(async (tx) => {
    const first = (await takePositions(tx, letterId, count)) ?? 0;
    const rows = Array.from({ length: count }, (_, index) => {
      const id = newId('sig', instance.random);
      const sealed = seal(instance.keys, signaturePlace(letterId, id), record);
      return { ...row, id, sealed, position: first + index, addressIndex: null, nameIndex: null };
    });
    for (let at = 0; at < rows.length; at += 20) await insertSignatures(tx, rows.slice(at, at + 20));
  });
}
