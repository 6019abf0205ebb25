import { eq } from 'drizzle-orm';
import { expect, it } from 'vitest';
import type { SignatoryRecord } from '../../../lib/block/record.ts';
import { closeLetter, deliverLetter } from '../../../lib/letters/ending.ts';
import { PUBLIC_ROWS, type PublicList } from '../../../lib/letters/public-list.ts';
import { findByFingerprint, viewPublicPage } from '../../../lib/letters/public-page.ts';
import { setNamesHidden, setRelease } from '../../../lib/letters/releasing.ts';
import { withdrawLetter } from '../../../lib/letters/withdrawing.ts';
import { makeOpenLink } from '../../../lib/signatures/open-links.ts';
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
  takeBack,
} from '../../support/invited.ts';
import { addEntries, settleRanks } from '../../support/ranked.ts';
import { describeEachStore, testInstance } from '../../support/stores.ts';

const asked = { language: null, after: null, words: '' };

async function view(letter: OpenLetter, more: Partial<typeof asked> | { after: string } | { words: string } = {}, now = hoursLater(1)) {
  const { slug } = await letterRow(letter);
  return await viewPublicPage(letter.instance, slug, { ...asked, ...more }, now);
}

async function listOf(letter: OpenLetter, more: Parameters<typeof view>[1] = {}): Promise<PublicList> {
  const page = await view(letter, more);
  if (page?.kind !== 'letter' || page.list === null || page.list === 'being-ordered') throw new Error(JSON.stringify(page));
  return page.list;
}

const leads = ({ parts }: PublicList): readonly string[] => parts.flatMap(({ entries }) => entries.map(({ lines }) => lines[0] ?? ''));

const release = (letter: OpenLetter, when: 'now' | 'invited-only') =>
  setRelease(letter.instance, letter.letter, { when, releaseDay: '', releaseTime: '' }, NOW);

describeEachStore('the public page', (open) => {
  it('is there for a released letter alone, and shows a name only past every gate', async () => {
    const instance = testInstance((await open()).store);
    const letter = await openTestLetter(instance);
    const organisation = await invite(letter, { organisation: 'Harbour Forum' });
    await signByInvitation(instance, organisation.scope, answer(letter, organisation, asOrganisation('Harbour Forum')), NOW);
    const person = await invite(letter, { person: 'Tomas Ardelean' });
    await signByInvitation(instance, person.scope, answer(letter, person, asPerson('Tomas Ardelean')), NOW);
    const shy = await invite(letter, { person: 'Mirela Quist' });
    await signByInvitation(instance, shy.scope, answer(letter, shy, { ...asPerson('Mirela Quist'), publication: 'addressee' }), NOW);
    await addEntries(letter, []);
    const { fingerprint } = letter;

    expect(await view(letter)).toBeNull();
    expect(await findByFingerprint(instance, fingerprint, NOW)).toBeNull();
    await release(letter, 'now');
    expect(await view(letter)).toMatchObject({ kind: 'letter', list: 'being-ordered', counts: { organisations: 1, people: 2 } });
    await settleRanks(letter);
    expect(leads(await listOf(letter))).toEqual(['Harbour Forum', 'Tomas Ardelean']);
    expect(await findByFingerprint(instance, fingerprint, NOW)).toEqual({ slug: (await letterRow(letter)).slug, language: 'en' });
    expect(JSON.stringify(await view(letter))).not.toContain('Quist');

    await takeBack(instance, person, hoursLater(1));
    expect(leads(await listOf(letter))).toEqual(['Harbour Forum']);

    // On the very next read, before any job.
    await setNamesHidden(instance, letter.letter, true, hoursLater(1));
    expect(await view(letter)).toMatchObject({ list: null, counts: null });
    expect(JSON.stringify(await view(letter, { words: 'harbour' }))).not.toContain('Harbour');
    await setNamesHidden(instance, letter.letter, false, hoursLater(1));
    expect(leads(await listOf(letter))).toEqual(['Harbour Forum']);

    await release(letter, 'invited-only');
    expect(await view(letter)).toBeNull();
    await release(letter, 'now');
    const link = await makeOpenLink(instance, letter.letter, { label: 'x', cap: null, lastDay: '' }, NOW);
    expect(await view(letter)).toMatchObject({ signing: { openLink: link.ok ? link.value.slug : null } });
    await closeLetter(instance, letter.letter, hoursLater(1));
    expect(await view(letter)).toMatchObject({ status: 'closed', signing: undefined });
    await deliverLetter(instance, letter.letter, hoursLater(1));
    expect(await view(letter)).toMatchObject({ status: 'delivered' });

    await withdrawLetter(instance, letter.letter, { reason: 'A wrong figure.', replacement: 'new-draft' }, hoursLater(1));
    const stone = await view(letter);
    expect(stone).toMatchObject({ kind: 'withdrawn', withdrawn: { reason: 'A wrong figure.', replacement: 'in-preparation' } });
    expect(JSON.stringify(stone)).not.toMatch(/Harbour|Tomas/);
  });

  it('says nothing of a letter that was withdrawn before anybody could read it', async () => {
    const letter = await openTestLetter(testInstance((await open()).store));
    await withdrawLetter(letter.instance, letter.letter, { reason: 'A wrong figure.', replacement: 'none' }, NOW);
    expect(await view(letter)).toBeNull();
    expect(await findByFingerprint(letter.instance, letter.fingerprint, NOW)).toBeNull();
  });

  it('is read page by page in the order of print, and searched by the beginnings of words', async () => {
    const instance = testInstance((await open()).store);
    const letter = await openTestLetter(instance, { block: { personal: { order: 'family-name' }, numbered: true } });
    await release(letter, 'now');
    const records: SignatoryRecord[] = [
      { capacity: 'organisation', organisation: 'Quay Union', section: 'initiators' },
      { capacity: 'personal', name: 'Ana Brook', section: 'initiators' },
      ...Array.from({ length: 30 }, (_, index) => ({
        capacity: 'organisation' as const,
        organisation: `River Watch ${index}`,
        city: 'Łódź',
      })),
      ...Array.from({ length: 180 }, (_, index) => ({
        capacity: 'personal' as const,
        name: `Vera Moor${index}`,
        organisation: 'Quay Union',
      })),
    ];
    await addEntries(letter, records);
    await settleRanks(letter);
    const pages = [await listOf(letter)];
    for (let last = pages[0]; last && last.next !== null; last = pages.at(-1)) pages.push(await listOf(letter, { after: last.next }));
    const [first, second] = pages;
    if (!first || !second) throw new Error('one page alone');
    expect(pages.map(({ from, to }) => [from, to])).toEqual([
      [1, PUBLIC_ROWS],
      [PUBLIC_ROWS + 1, 2 * PUBLIC_ROWS],
      [2 * PUBLIC_ROWS + 1, 3 * PUBLIC_ROWS],
      [3 * PUBLIC_ROWS + 1, 4 * PUBLIC_ROWS],
      [4 * PUBLIC_ROWS + 1, 212],
    ]);
    expect(first.parts.map(({ section }) => section.kind)).toEqual(['initiators', 'organisations', 'personal']);
    expect(second.parts.map((part) => part.first)).toEqual([PUBLIC_ROWS - 32 + 1]);
    const all = pages.flatMap(leads);
    expect(new Set(all).size).toBe(212);
    expect(all.slice(32, 36)).toEqual(['Vera Moor0', 'Vera Moor1', 'Vera Moor2', 'Vera Moor3']);
    expect(second.parts[0]?.section.note).toMatch(/identification/);

    expect(leads(await listOf(letter, { words: 'lodz watch 7' }))).toEqual(['River Watch 7']);
    expect(leads(await listOf(letter, { words: 'vera moor12' }))).toHaveLength(11);
    expect(leads(await listOf(letter, { words: 'oor12' }))).toEqual([]);
    expect(leads(await listOf(letter, { words: '%' }))).toEqual([]);
    const found = await listOf(letter, { words: 'quay' });
    expect(leads(found)).toHaveLength(50);
    const more = await listOf(letter, { words: 'quay', after: found.next ?? '' });
    expect(new Set([...leads(found), ...leads(more)]).size).toBe(100);

    // Whatever stands in the address, the page is one of the list.
    for (const after of ['', 'zz', `${first.next}x`, 'ffffff1abc-1-1', "0' or 1=1-1-1"])
      expect((await listOf(letter, { after })).from).toBe(1);
    const { letters } = instance.store.read.tables;
    await instance.store.inTransaction(async (tx) => {
      await tx.update(letters).set({ rankedAs: null }).where(eq(letters.id, letter.letterId));
    });
    expect(await view(letter)).toMatchObject({ list: 'being-ordered' });
    await settleRanks(letter);
    expect((await listOf(letter, { after: first.next ?? '' })).from).toBe(1);
  });
});
