import { expect, it } from 'vitest';
import { listAuditEntries } from '../../../db/queries/audit.ts';
import { findLetterById, listVersionTexts } from '../../../db/queries/letters.ts';
import type { Instance } from '../../../lib/instance.ts';
import { createLetter, deleteLetter, restoreLetter } from '../../../lib/letters/drafting.ts';
import { closeLetter, closeOverdueLetters, deliverLetter, reopenLetter } from '../../../lib/letters/ending.ts';
import { frozenText } from '../../../lib/letters/freezing.ts';
import { freezeLetter } from '../../../lib/letters/opening.ts';
import { createSampleLetter, deleteSample } from '../../../lib/letters/sample.ts';
import { saveSettings, saveText } from '../../../lib/letters/saving.ts';
import { viewLetter, viewLetters } from '../../../lib/letters/views.ts';
import { foundTestCoalition, letterScope } from '../../support/coalition.ts';
import { letterInput, textSave } from '../../support/letters.ts';
import { describeEachStore, testInstance } from '../../support/stores.ts';

const now = new Date('2026-03-02T10:00:00Z');
const later = (hours: number) => new Date(now.getTime() + hours * 3_600_000);

describeEachStore('the life of a letter', (open) => {
  const start = async () => {
    const instance = testInstance((await open()).store);
    const { scope } = await foundTestCoalition(instance, now);
    const { letterId } = await createLetter(instance, scope, letterInput(), now);
    return { instance, scope, letterId, letter: letterScope(scope, letterId) };
  };
  const seen = async (instance: Instance, letterId: string, revision = 1) => {
    const row = await findLetterById(instance.store.read, letterId);
    const view = await viewLetter(
      instance,
      letterScope({ coalitionId: row?.coalitionId ?? '', memberId: '', role: 'owner' } as never, letterId),
      now,
    );
    const frozen = view?.texts[0] && frozenText(view.texts[0], { emptyBody: 'refused' });
    return { fingerprint: frozen?.ok ? frozen.value.fingerprint : '', revision };
  };
  const typesOf = async (instance: Instance, letterId: string) =>
    (await listAuditEntries(instance.store.read, letterId)).map(({ entry }) => entry.type);

  it('goes from a draft to a delivered letter, each step logged and none twice', async () => {
    const { instance, letterId, letter } = await start();
    const view = await seen(instance, letterId);
    const frozen = await freezeLetter(instance, letter, view, now);
    if (!frozen.ok) throw new Error(String(frozen.reason));
    const [text] = await listVersionTexts(instance.store.read, frozen.value.versionId);
    expect(text).toMatchObject({ fingerprint: view.fingerprint, authentic: true, language: 'en' });
    expect(text?.canonical).toContain('The river belongs to everyone');
    expect(await deliverLetter(instance, letter, later(1))).toEqual({ ok: false, reason: 'not-now' });
    expect((await closeLetter(instance, letter, later(1))).ok).toBe(true);
    expect(await closeLetter(instance, letter, later(1))).toEqual({ ok: false, reason: 'not-now' });
    expect((await deliverLetter(instance, letter, later(2))).ok).toBe(true);
    const row = await findLetterById(instance.store.read, letterId);
    expect(row).toMatchObject({ status: 'delivered', release: 'public', date: '2026-03-02' });
    expect(await typesOf(instance, letterId)).toEqual([
      'letter-created',
      'letter-frozen',
      'letter-opened',
      'letter-closed',
      'letter-delivered',
    ]);
  });

  it('freezes once when two press at once', async () => {
    const { instance, letterId, letter } = await start();
    const view = await seen(instance, letterId);
    const results = await Promise.all(Array.from({ length: 10 }, () => freezeLetter(instance, letter, view, now)));
    expect(results.filter((result) => result.ok)).toHaveLength(1);
    const { letterVersions } = instance.store.read.tables;
    expect(await instance.store.read.select().from(letterVersions)).toHaveLength(1);
    expect((await typesOf(instance, letterId)).filter((type) => type === 'letter-frozen')).toHaveLength(1);
  });

  it('refuses to freeze another draft than was seen, and leaves it as it is', async () => {
    const { instance, letterId, letter } = await start();
    const view = await seen(instance, letterId);
    const saved = await saveText(instance, letter, textSave({ body: 'Another text.' }, 1), later(1));
    expect(saved).toMatchObject({ ok: true, value: { revision: 2 } });
    expect(await freezeLetter(instance, letter, view, later(1))).toEqual({ ok: false, reason: 'draft-moved' });
    expect(await freezeLetter(instance, letter, { ...view, revision: 2 }, later(1))).toEqual({ ok: false, reason: 'draft-moved' });
    // Only the settings moved: the text is as it was seen, and yet the letter is not.
    await saveText(instance, letter, textSave({}, 2), later(1));
    await saveSettings(instance, letter, { settings: letterInput({ place: 'Lisbon' }), revision: 1 }, later(1));
    expect(await freezeLetter(instance, letter, view, later(1))).toEqual({ ok: false, reason: 'draft-moved' });
    expect((await freezeLetter(instance, letter, { ...view, revision: 4 }, later(1))).ok).toBe(true);
  });

  it('freezes or saves, never both, when they meet', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { instance, letterId, letter } = await start();
      const view = await seen(instance, letterId);
      const [frozen, saved] = await Promise.all([
        freezeLetter(instance, letter, view, now),
        saveText(instance, letter, textSave({ body: 'Another text.' }, 1), now),
      ]);
      expect([frozen.ok, saved.ok].filter(Boolean)).toHaveLength(1);
      const row = await findLetterById(instance.store.read, letterId);
      if (frozen.ok) {
        const [text] = await listVersionTexts(instance.store.read, row?.liveVersionId ?? '');
        expect(text?.fingerprint).toBe(view.fingerprint);
      } else expect(row?.status).toBe('draft');
    }
  });

  it('saves over the revision that was shown and over no newer one', async () => {
    const { instance, letterId, letter } = await start();
    const results = await Promise.all(
      ['one', 'two', 'three'].map((word) => saveText(instance, letter, textSave({ headline: word }, 1), later(1))),
    );
    expect(results.filter((result) => result.ok)).toHaveLength(1);
    expect(results.filter((result) => !result.ok && result.reason === 'stale')).toHaveLength(2);
    const view = await seen(instance, letterId, 2);
    await freezeLetter(instance, letter, view, later(1));
    expect(await saveText(instance, letter, textSave({ body: 'Too late.' }, 2), later(1))).toEqual({ ok: false, reason: 'not-a-draft' });
  });

  it('keeps the text when its language changes', async () => {
    const { instance, letterId, letter } = await start();
    await saveText(instance, letter, { ...textSave({ headline: 'La rivière est à tous' }, 1), newLanguage: 'fr' }, later(1));
    const view = await viewLetter(instance, letter, later(1));
    expect(view?.texts.map(({ language, headline }) => [language, headline])).toEqual([['fr', 'La rivière est à tous']]);
    expect((await findLetterById(instance.store.read, letterId))?.authenticLanguage).toBe('fr');
  });

  it('opens no letter without addressee, text or a deadline that is to come', async () => {
    const { instance, scope } = await start();
    const attempt = async (change: Parameters<typeof letterInput>[0]) => {
      const { letterId } = await createLetter(instance, scope, letterInput(change), now);
      return await freezeLetter(instance, letterScope(scope, letterId), await seen(instance, letterId), now);
    };
    expect(await attempt({ deadlineAt: null })).toEqual({ ok: false, reason: 'deadline-missing' });
    expect(await attempt({ deadlineAt: now })).toEqual({ ok: false, reason: 'deadline-passed' });
    expect(await attempt({ body: ' ' })).toEqual({ ok: false, reason: [{ place: 'body', reason: 'required' }] });
    expect(await attempt({ addressees: [] })).toEqual({ ok: false, reason: [{ place: 'to', reason: 'required' }] });
  });

  it('closes at the deadline by itself, and opens again only on a new one', async () => {
    const { instance, letterId, letter } = await start();
    await freezeLetter(instance, letter, await seen(instance, letterId), now);
    expect(await closeOverdueLetters(instance, later(1))).toBe(0);
    const past = later(24 * 40);
    expect(await Promise.all([closeOverdueLetters(instance, past), closeOverdueLetters(instance, past)])).toContain(1);
    expect((await findLetterById(instance.store.read, letterId))?.status).toBe('closed');
    expect(await reopenLetter(instance, letter, { deadlineDay: '2026-04-11', deadlineTime: '10:00' }, past)).toEqual({
      ok: false,
      reason: 'deadline-passed',
    });
    expect((await reopenLetter(instance, letter, { deadlineDay: '2026-05-01', deadlineTime: '' }, past)).ok).toBe(true);
    expect(await reopenLetter(instance, letter, { deadlineDay: '2026-05-02', deadlineTime: '' }, past)).toEqual({
      ok: false,
      reason: 'not-now',
    });
    expect((await typesOf(instance, letterId)).filter((type) => type === 'letter-closed')).toHaveLength(1);
  });

  it('deletes a draft, brings it back for a day, and never deletes a frozen letter', async () => {
    const { instance, scope, letterId, letter } = await start();
    expect((await deleteLetter(instance, letter, now)).ok).toBe(true);
    expect((await viewLetters(instance, scope, null, now)).letters).toEqual([]);
    expect(await saveText(instance, letter, textSave({}, 1), now)).toEqual({ ok: false, reason: 'not-found' });
    expect((await restoreLetter(instance, scope, letterId, later(23))).ok).toBe(true);
    await deleteLetter(instance, letter, later(23));
    expect(await restoreLetter(instance, scope, letterId, later(48))).toEqual({ ok: false, reason: 'not-found' });
    const other = await start();
    await freezeLetter(other.instance, other.letter, await seen(other.instance, other.letterId), now);
    expect(await deleteLetter(other.instance, other.letter, now)).toEqual({ ok: false, reason: 'not-a-draft' });
    const { letters } = other.instance.store.read.tables;
    await expect(other.instance.store.inTransaction(async (tx) => void (await tx.delete(letters)))).rejects.toThrow();
  });

  it('has one sample, open and signed, and takes it away whole', async () => {
    const { instance, scope } = await start();
    const made = await Promise.all([1, 2].map(() => createSampleLetter(instance, scope, { zone: 'Europe/Oslo' }, now)));
    expect(made.map((result) => (result.ok ? 'ok' : result.reason)).sort()).toEqual(['ok', 'sample-exists']);
    const sample = (await viewLetters(instance, scope, null, now)).letters.find((letter) => letter.sample);
    expect(sample).toMatchObject({ status: 'open', organisations: 4, people: 4, next: 'gather' });
    const tables = instance.store.read.tables;
    expect(await instance.store.read.select().from(tables.outbox)).toEqual([]);
    expect((await deleteSample(instance, letterScope(scope, sample?.id ?? ''))).ok).toBe(true);
    for (const table of [tables.signatures, tables.signings, tables.consents, tables.versionTexts]) {
      expect(await instance.store.read.select().from(table)).toEqual([]);
    }
    const [real] = (await viewLetters(instance, scope, null, now)).letters;
    expect(await deleteSample(instance, letterScope(scope, real?.id ?? ''))).toEqual({ ok: false, reason: 'not-a-sample' });
  });

  it('lists fifty letters a page, the last changed first, each once', async () => {
    const { instance, scope } = await start();
    for (let number = 0; number < 101; number += 1) {
      // Equal times on purpose: the id decides.
      await createLetter(instance, scope, letterInput({ headline: `Letter ${number}` }), later(Math.floor(number / 7)));
    }
    const found: string[] = [];
    let cursor: string | null = null;
    const sizes: number[] = [];
    do {
      const page: Awaited<ReturnType<typeof viewLetters>> = await viewLetters(instance, scope, cursor, now);
      sizes.push(page.letters.length);
      found.push(...page.letters.map(({ id }) => id));
      cursor = page.more;
    } while (cursor);
    expect(sizes).toEqual([50, 50, 2]);
    expect(new Set(found).size).toBe(102);
  });
});
