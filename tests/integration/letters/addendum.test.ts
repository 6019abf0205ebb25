import { expect, it } from 'vitest';
import type { Extent } from '../../../lib/block/addenda.ts';
import type { SignatoryRecord } from '../../../lib/block/record.ts';
import { type LetterDocumentInput, letterDocument } from '../../../lib/letters/document.ts';
import { closeLetter, deliverLetter } from '../../../lib/letters/ending.ts';
import { presetSettings } from '../../../lib/letters/presets.ts';
import { PUBLIC_ROWS } from '../../../lib/letters/public-list.ts';
import { viewPublicPage } from '../../../lib/letters/public-page.ts';
import { setRelease } from '../../../lib/letters/releasing.ts';
import { storedLetterFile } from '../../../lib/letters/stored-file.ts';
import { renderCsv } from '../../../lib/plain/csv.ts';
import { openConfirmation } from '../../../lib/signatures/access.ts';
import { confirmSigning } from '../../../lib/signatures/confirm.ts';
import { makeOpenLink } from '../../../lib/signatures/open-links.ts';
import { listedRecords } from '../../../lib/signatures/records.ts';
import { approveEntries, reviewEntry } from '../../../lib/signatures/review.ts';
import { openSignForm } from '../../../lib/signatures/schema.ts';
import { seenMark } from '../../../lib/signatures/seen-mark.ts';
import { signByInvitation } from '../../../lib/signatures/sign.ts';
import { signByOpenLink } from '../../../lib/signatures/sign-by-open-link.ts';
import { vouchEntries } from '../../../lib/signatures/vouch.ts';
import { vouchForm } from '../../../lib/signatures/vouch-schema.ts';
import { collected } from '../../support/collected.ts';
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
import { mailTokens } from '../../support/open-signed.ts';
import { addEntries, settleRanks } from '../../support/ranked.ts';
import { describeEachStore, testInstance } from '../../support/stores.ts';

const input = (fields: object) =>
  vouchForm.parse({ capacity: 'personal', publication: 'public', means: 'on the telephone', date: '2026-03-01', ...fields });
let forms = 0;
const record = ({ instance, letter }: OpenLetter, rows: readonly ReturnType<typeof input>[], now: Date) =>
  vouchEntries(instance, letter, { rows, said: rows[0] ?? input({}), mark: `form ${forms++}` }, now);

async function sign(letter: OpenLetter, party: Parameters<typeof invite>[1], fields: object) {
  const invited = await invite(letter, party);
  const signed = await signByInvitation(letter.instance, invited.scope, answer(letter, invited, fields), NOW);
  if (!signed.ok) throw new Error(JSON.stringify(signed.reason));
  return { ...invited, id: signed.value.signatures[0]?.id ?? '' };
}

async function deliver(letter: OpenLetter, now = hoursLater(2)): Promise<void> {
  await closeLetter(letter.instance, letter.letter, now);
  expect((await deliverLetter(letter.instance, letter.letter, now)).ok).toBe(true);
}

/** What prints: each section under what it stands in. */
async function printed(letter: OpenLetter, extent?: Extent, more: Partial<LetterDocumentInput> = {}): Promise<readonly string[]> {
  const asked = { edition: 'public', now: NOW, ...(extent === undefined ? {} : { extent }), ...more } as const;
  const document = await letterDocument(letter.instance, letter.letterId, asked);
  const lines: string[] = [];
  for (const { addendum, batches, kind } of document?.sections ?? []) {
    for await (const entries of batches())
      lines.push(...entries.map((entry) => `${addendum?.heading ?? 'list'}: ${kind}: ${entry.lines[0]}`));
  }
  return lines;
}

const counts = async (letter: OpenLetter) => {
  const { organisationCount, personCount, addendumOrganisationCount, addendumPersonCount } = await letterRow(letter);
  return [organisationCount, personCount, addendumOrganisationCount, addendumPersonCount];
};

describeEachStore('names that come after the delivery', (open) => {
  it('stand in the addendum of their day, and never in the list that was handed over', async () => {
    const letter = await openTestLetter(testInstance((await open()).store));
    const { instance } = letter;
    await sign(letter, { organisation: 'Harbour Forum' }, asOrganisation('Harbour Forum'));
    const waiting = await sign(letter, { person: 'Omid Rad' }, asPerson('Omid Rad'));
    await reviewEntry(instance, letter.letter, { id: waiting.id, act: 'hold', reason: 'x' }, NOW);
    await deliver(letter);
    const handedOver = await printed(letter);
    expect(handedOver).toEqual(['list: organisations: Harbour Forum']);

    // In the letter's zone, Lisbon, the day ends at midnight UTC.
    expect(await record(letter, [input({ capacity: 'organisation', organisation: 'Delta Watch' })], hoursLater(13))).toMatchObject({
      ok: true,
    });
    const rows = await signatureRows(letter);
    const held = rows.find(({ id }) => id === waiting.id);
    const box = { id: waiting.id, seen: held ? seenMark(held.sealed) : '' };
    expect(await approveEntries(instance, letter.letter, [box], hoursLater(14))).toMatchObject({ ok: true, value: { approved: 1 } });

    expect(await printed(letter, 'delivered')).toEqual(handedOver);
    const later = ['Addendum of 2 March 2026: organisations: Delta Watch', 'Addendum of 3 March 2026: personal: Omid Rad'];
    expect(await printed(letter)).toEqual([...handedOver, ...later]);
    expect(await printed(letter, 'addenda')).toEqual(later);
    expect(await counts(letter)).toEqual([2, 1, 1, 1]);

    const csv = await collected(
      renderCsv({ source: await listedRecords(instance, { letterId: letter.letterId, edition: 'public' }), edition: 'public' }),
    );
    expect(
      csv
        .trim()
        .split('\r\n')
        .slice(1)
        .map((row) => row.split(',').at(-1))
        .toSorted(),
    ).toEqual(['', '2026-03-02', '2026-03-03']);
    const file = await storedLetterFile(instance, letter.letterId);
    const records: SignatoryRecord[] = [];
    for await (const batch of file?.source() ?? []) records.push(...batch);
    expect(records.map(({ addendum }) => addendum ?? '').toSorted()).toEqual(['', '2026-03-02', '2026-03-03']);
  });

  it('leave the list of the delivery as it was: nobody in it is held or rejected, and who withdraws is gone', async () => {
    const letter = await openTestLetter(testInstance((await open()).store));
    const { instance } = letter;
    const first = await sign(letter, { person: 'Ana Marlow' }, asPerson('Ana Marlow'));
    await sign(letter, { person: 'Ben Sorel' }, asPerson('Ben Sorel'));
    await deliver(letter);
    for (const act of ['hold', 'reject'] as const) {
      const refused = await reviewEntry(instance, letter.letter, { id: first.id, act, reason: 'x' }, hoursLater(3));
      expect(refused).toEqual({ ok: false, reason: 'letter-ended' });
    }
    await record(letter, [input({ name: 'Cleo Later' }), input({ name: 'Dora Later' })], hoursLater(3));
    const cleo = (await signatureRows(letter)).find(({ addendum }) => addendum !== null);
    // What was recorded by mistake can be taken out of an addendum, and put back on the day of a second look.
    expect((await reviewEntry(instance, letter.letter, { id: cleo?.id ?? '', act: 'hold', reason: 'x' }, hoursLater(4))).ok).toBe(true);
    expect(await counts(letter)).toEqual([0, 3, 0, 1]);
    expect((await reviewEntry(instance, letter.letter, { id: cleo?.id ?? '', act: 'approve', reason: '' }, hoursLater(40))).ok).toBe(true);
    expect(await printed(letter, 'addenda')).toEqual([
      'Addendum of 2 March 2026: personal: Dora Later',
      'Addendum of 4 March 2026: personal: Cleo Later',
    ]);
    await takeBack(instance, first, hoursLater(41));
    expect(await printed(letter, 'delivered')).toEqual(['list: personal: Ben Sorel']);
    expect(await counts(letter)).toEqual([0, 3, 0, 2]);
  });

  it('count where a recording began before the delivery and ended after it, or whose clock was behind', async () => {
    const letter = await openTestLetter(testInstance((await open()).store));
    await deliver(letter);
    await record(letter, [input({ name: 'Ana Early' })], hoursLater(1));
    expect(await printed(letter, 'delivered')).toEqual([]);
    expect(await printed(letter, 'addenda')).toEqual(['Addendum of 2 March 2026: personal: Ana Early']);
  });

  it('may be confirmed in their time, though the letter was handed over meanwhile', async () => {
    const letter = await openTestLetter(testInstance((await open()).store));
    const { instance, letterId, fingerprint } = letter;
    const policies = { ...presetSettings['coalition-letter'].policies, openLink: true };
    await instance.store.inTransaction((tx) => tx.update(tx.tables.letters).set({ policies }));
    const made = await makeOpenLink(instance, letter.letter, { label: 'x', cap: null, lastDay: '' }, NOW);
    const form = {
      fingerprint,
      language: 'en',
      step: 'sign',
      publication: 'public',
      email: 'tomas@home.example',
      ...asPerson('Tomas Ardelean'),
    };
    expect((await signByOpenLink(instance, made.ok ? made.value.slug : '', openSignForm.parse(form), 'en', NOW)).ok).toBe(true);
    await deliver(letter);
    const link = await openConfirmation(instance, (await mailTokens(instance, 'confirmation')).at(-1) ?? '');
    expect(link.ok && (await confirmSigning(instance, link.value, hoursLater(20)))).toMatchObject({ ok: true });
    expect(await printed(letter)).toEqual(['Addendum of 3 March 2026: personal: Tomas Ardelean']);
    expect(await listedCount(instance, letterId)).toBe(1);
  });

  it('are read on the public page below the list, page by page, and are found by a search', async () => {
    const letter = await openTestLetter(testInstance((await open()).store), { block: { personal: { order: 'given-name' } } });
    const { instance } = letter;
    await addEntries(
      letter,
      Array.from({ length: PUBLIC_ROWS - 2 }, (_, index) => ({ capacity: 'personal', name: `Reader ${String(index).padStart(2, '0')}` })),
    );
    await deliver(letter);
    await setRelease(instance, letter.letter, { when: 'now', releaseDay: '', releaseTime: '' }, hoursLater(2));
    const late = async (name: string, hours: number) => {
      await record(letter, [input({ name })], hoursLater(hours));
      // Of jobs, those of the ranking are run here alone.
      await instance.store.inTransaction((tx) => tx.delete(tx.tables.jobs));
    };
    await late('Zoe Later', 3);
    await settleRanks(letter, hoursLater(3));
    await late('Ana Later', 30);
    await late('Ada Later', 30);
    // By the side of a list that is ranked, and with all of it.
    for (const whole of [false, true]) {
      if (whole) await instance.store.inTransaction((tx) => tx.update(tx.tables.letters).set({ rankedAs: null }));
      await settleRanks(letter, hoursLater(31));
      const pages: string[][] = [];
      for (let after: string | null = null; pages.length < 5; ) {
        const page = await viewPublicPage(instance, (await letterRow(letter)).slug, { language: null, after, words: '' }, hoursLater(31));
        if (page?.kind !== 'letter' || page.list === null || page.list === 'being-ordered') throw new Error(JSON.stringify(page));
        pages.push(
          page.list.parts.flatMap(({ section, entries, first }) =>
            entries.map(({ lines }, index) => `${section.addendum?.heading ?? ''} ${first + index} ${lines[0]}`),
          ),
        );
        after = page.list.next;
        if (after === null) break;
      }
      expect(pages.map((page) => page.length)).toEqual([PUBLIC_ROWS, 1]);
      expect([...(pages[0] ?? []).slice(-3), ...(pages[1] ?? [])]).toEqual([
        ' 48 Reader 47',
        'Addendum of 2 March 2026 1 Zoe Later',
        'Addendum of 3 March 2026 1 Ada Later',
        'Addendum of 3 March 2026 2 Ana Later',
      ]);
    }
    const found = await viewPublicPage(
      instance,
      (await letterRow(letter)).slug,
      { language: null, after: null, words: 'later' },
      hoursLater(31),
    );
    expect(found).toMatchObject({
      list: { parts: [{ entries: [{}] }, { entries: [{}, {}] }] },
      counts: { people: 51, later: { people: 3 } },
    });
  });
});

async function listedCount({ store }: OpenLetter['instance'], letterId: string): Promise<number> {
  const { signatures } = store.read.tables;
  return (await store.read.select().from(signatures)).filter((row) => row.letterId === letterId && row.status === 'listed').length;
}
