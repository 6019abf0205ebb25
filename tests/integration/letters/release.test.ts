import { eq } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { openStore } from '../../../db/open.ts';
import { findLetterById } from '../../../db/queries/letters.ts';
import type { LetterScope, Role } from '../../../lib/access/scope.ts';
import { renderHtml } from '../../../lib/html/page.ts';
import type { Instance } from '../../../lib/instance.ts';
import { viewInvitations } from '../../../lib/invitations/desk-view.ts';
import { findLetterFacts } from '../../../lib/invitations/mail.ts';
import { viewInvitation } from '../../../lib/invitations/page-view.ts';
import { letterDocument, storedLetter } from '../../../lib/letters/document.ts';
import { closeLetter, closeOverdueLetters, deliverLetter, reopenLetter } from '../../../lib/letters/ending.ts';
import { policiesOf, presetSettings } from '../../../lib/letters/presets.ts';
import { isPublic } from '../../../lib/letters/release.ts';
import { recordDueReleases, setNamesHidden, setRelease } from '../../../lib/letters/releasing.ts';
import { storedLetterFile } from '../../../lib/letters/stored-file.ts';
import { renderVersion } from '../../../lib/pdf/kept-renders.ts';
import { renderMarkdown } from '../../../lib/plain/markdown.ts';
import { renderText } from '../../../lib/plain/text.ts';
import { viewListed } from '../../../lib/signatures/listed.ts';
import { signByInvitation } from '../../../lib/signatures/sign.ts';
import { collected } from '../../support/collected.ts';
import {
  answer,
  asOrganisation,
  asPerson,
  hoursLater,
  type Invited,
  invite,
  letterRow,
  NOW,
  type OpenLetter,
  openTestLetter,
} from '../../support/invited.ts';
import { describeEachStore, testInstance } from '../../support/stores.ts';

const NAME = 'Tomas Ardelean';

async function signed(letter: OpenLetter): Promise<Invited> {
  const person = await invite(letter, { person: NAME });
  const given = await signByInvitation(
    letter.instance,
    person.scope,
    answer(letter, person, { ...asPerson(NAME), publication: 'public' }),
    NOW,
  );
  expect(given.ok).toBe(true);
  return person;
}

/** Everything this instance shows to a role, as one text. */
async function shownBy(instance: Instance, { letterId, letter }: OpenLetter, role: Role): Promise<string> {
  const scope = { ...(letter as LetterScope), role } as typeof letter;
  const now = hoursLater(1);
  const document = await letterDocument(instance, letterId, { edition: 'public', now });
  const file = await storedLetterFile(instance, letterId);
  if (!document || !file) throw new Error('no letter');
  const records: unknown[] = [];
  for await (const batch of file.source()) records.push(...batch);
  return [
    await collected(renderHtml(document)),
    await collected(renderText(document)),
    await collected(renderMarkdown(document)),
    JSON.stringify(records),
    JSON.stringify(await viewListed(instance, scope, { before: null, limit: 50 })),
    JSON.stringify(await viewInvitations(instance, scope, null)),
  ].join('\n');
}

describeEachStore('who sees a letter', (open, engine) => {
  it('shows no name on the next read of another instance, and shows them again', async () => {
    const made = await open();
    const here = testInstance(made.store);
    const letter = await openTestLetter(here);
    const person = await signed(letter);
    // A second process on the same database; the engine without a server has one connection for both.
    const second = engine === 'PGlite' ? made.store : await openStore(made.location);
    const there = testInstance(second);
    try {
      // Whatever either remembers is filled before.
      for (const instance of [here, there])
        for (const role of ['owner', 'observer'] as const) expect(await shownBy(instance, letter, role)).toContain(NAME);
      const before = await storedLetter(there, letter.letterId, { edition: 'public', now: hoursLater(1) });

      expect(await setNamesHidden(here, letter.letter, true, hoursLater(1))).toEqual({ ok: true, value: null });
      for (const instance of [here, there]) {
        for (const role of ['drafter', 'observer'] as const) expect(await shownBy(instance, letter, role)).not.toContain(NAME);
        // Those who run it see the list on the desk, and nothing in any file.
        const scope = letter.letter;
        expect(JSON.stringify(await viewListed(instance, scope, { before: null, limit: 50 }))).toContain(NAME);
        const hidden = await storedLetter(instance, letter.letterId, { edition: 'public', now: hoursLater(1) });
        if (!hidden || !before) throw new Error('no letter');
        expect(hidden.sections).toEqual([]);
        // A finished PDF is kept under this: another one is made.
        expect(renderVersion(hidden.document, hidden.state)).not.toBe(renderVersion(before.document, before.state));
        const addressee = await letterDocument(instance, letter.letterId, { edition: 'addressee', now: hoursLater(1) });
        expect(addressee?.sections).toEqual([]);
        // Its owner still sees their own entry, and nobody else's.
        expect((await viewInvitation(instance, person.scope, hoursLater(1)))?.own?.entries[0].status).toBe('listed');
      }
      // A list that was being written meanwhile opens no further name.
      const kept = await Promise.all((before?.document.sections ?? []).map(async (section) => await collectedEntries(section)));
      expect(JSON.stringify(kept)).not.toContain(NAME);

      expect((await setNamesHidden(there, letter.letter, false, hoursLater(2))).ok).toBe(true);
      for (const instance of [here, there]) expect(await shownBy(instance, letter, 'observer')).toContain(NAME);
    } finally {
      if (second !== made.store) await second.close();
    }
  });

  it('is set for the delivery, a moment of its own zone, now, and back again', async () => {
    const instance = testInstance((await open()).store);
    const letter = await openTestLetter(instance);
    const set = (when: 'invited-only' | 'delivery' | 'at' | 'now', releaseDay = '', releaseTime = '', now = NOW) =>
      setRelease(instance, letter.letter, { when, releaseDay, releaseTime }, now);
    const everybody = async (hours: number) => isPublic(await letterRow(letter), hoursLater(hours));

    expect((await set('now')).ok).toBe(true);
    expect(await everybody(0)).toBe(true);
    expect((await set('invited-only')).ok).toBe(true);
    expect(await everybody(0)).toBe(false);

    expect(await set('at', '2026-03-02', '09:00')).toEqual({ ok: false, reason: 'release-passed' });
    // A spring night in Lisbon has no such hour.
    expect(await set('at', '2026-03-29', '01:30')).toEqual({ ok: false, reason: 'not-a-date' });
    expect((await set('at', '2026-03-02', '12:00')).ok).toBe(true);
    expect([await everybody(2), await everybody(2.1)]).toEqual([false, true]);
    // The job writes it down, once, and changes nothing about it.
    expect([await recordDueReleases(instance, hoursLater(2)), await recordDueReleases(instance, hoursLater(3))]).toEqual([0, 1]);
    expect(await recordDueReleases(instance, hoursLater(4))).toBe(0);
    expect((await set('invited-only', '', '', hoursLater(5))).ok).toBe(true);
    expect(await everybody(6)).toBe(false);
    expect(await recordDueReleases(instance, hoursLater(6))).toBe(0);

    await closeLetter(instance, letter.letter, hoursLater(6));
    expect((await set('delivery', '', '', hoursLater(6))).ok).toBe(true);
    expect(policiesOf((await letterRow(letter)).policies).publicAt).toBe('delivery');
    await deliverLetter(instance, letter.letter, hoursLater(7));
    expect(await everybody(7)).toBe(true);
    expect(await set('delivery', '', '', hoursLater(8))).toEqual({ ok: false, reason: 'delivered-already' });
  });

  it('is not made public by a delivery that came after it was said otherwise', async () => {
    const instance = testInstance((await open()).store);
    const letter = await openTestLetter(instance);
    await setRelease(instance, letter.letter, { when: 'invited-only', releaseDay: '', releaseTime: '' }, NOW);
    await closeLetter(instance, letter.letter, hoursLater(1));
    await deliverLetter(instance, letter.letter, hoursLater(2));
    expect(isPublic(await letterRow(letter), hoursLater(3))).toBe(false);
  });

  it('names nobody as sender where its policies say so', async () => {
    const instance = testInstance((await open()).store);
    const letter = await openTestLetter(instance);
    const { coalitions, letters } = instance.store.read.tables;
    const { coalitionId } = letter.letter as LetterScope;
    const set = (coordinator: 'named' | 'coalition') =>
      instance.store.inTransaction(async (tx) => {
        const settings = { senderName: 'Nila Ferro', publicName: 'Friends of the River' };
        await tx.update(coalitions).set({ settings }).where(eq(coalitions.id, coalitionId));
        const policies = { ...presetSettings['coalition-letter'].policies, coordinator };
        await tx.update(letters).set({ policies }).where(eq(letters.id, letter.letterId));
      });
    const sender = async () => (await findLetterFacts(instance.store.read, letter.letterId))?.sender.fromName;
    await set('named');
    expect(await sender()).toBe('Nila Ferro');
    await set('coalition');
    expect(await sender()).toBe('Friends of the River');
  });

  it('takes no signature after the deadline where no job has run, and takes them again after a reopening', async () => {
    const instance = testInstance((await open()).store);
    const letter = await openTestLetter(instance, { deadlineAt: hoursLater(30) });
    const late = await invite(letter, { organisation: 'Harbour Forum' });
    const given = answer(letter, late, asOrganisation('Harbour Forum'));
    expect((await findLetterById(instance.store.read, letter.letterId))?.status).toBe('open');
    expect(await signByInvitation(instance, late.scope, given, hoursLater(30))).toEqual({ ok: false, reason: 'deadline-passed' });
    expect((await letterRow(letter)).organisationCount).toBe(0);
    expect(await closeOverdueLetters(instance, hoursLater(30))).toBe(1);
    expect(await signByInvitation(instance, late.scope, given, hoursLater(30))).toEqual({ ok: false, reason: 'letter-not-open' });
    expect((await reopenLetter(instance, letter.letter, { deadlineDay: '2026-03-04', deadlineTime: '' }, hoursLater(31))).ok).toBe(true);
    expect((await signByInvitation(instance, late.scope, given, hoursLater(32))).ok).toBe(true);
  });
});

async function collectedEntries(section: { batches(): AsyncIterable<readonly unknown[]> }): Promise<readonly unknown[]> {
  const entries: unknown[] = [];
  for await (const batch of section.batches()) entries.push(...batch);
  return entries;
}
