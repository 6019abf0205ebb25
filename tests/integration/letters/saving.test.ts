import { beforeAll, expect, it } from 'vitest';
import { listDraftSaves } from '../../../db/queries/drafts.ts';
import { findLetterById, listLetterTexts } from '../../../db/queries/letters.ts';
import type { Instance } from '../../../lib/instance.ts';
import { archiveLetter } from '../../../lib/letters/archiving.ts';
import { findingKey, findingsOf } from '../../../lib/letters/checks.ts';
import { createLetter } from '../../../lib/letters/drafting.ts';
import { duplicateLetter } from '../../../lib/letters/duplicating.ts';
import { frozenText } from '../../../lib/letters/freezing.ts';
import { viewComparison, viewHistory, viewSourceChange } from '../../../lib/letters/history.ts';
import { freezeLetter } from '../../../lib/letters/opening.ts';
import { restoreSave } from '../../../lib/letters/restoring.ts';
import { saveSettings, saveText, setAsideText } from '../../../lib/letters/saving.ts';
import { isOlderThanSource, makeAuthentic, removeTranslation } from '../../../lib/letters/translations.ts';
import { readFilter, viewLetters } from '../../../lib/letters/views.ts';
import { foundTestCoalition, letterScope } from '../../support/coalition.ts';
import { letterInput, textSave } from '../../support/letters.ts';
import { runs, runTime } from '../../support/property.ts';
import { describeEachStore, testInstance } from '../../support/stores.ts';

const now = new Date('2026-03-02T10:00:00Z');
const later = (minutes: number) => new Date(now.getTime() + minutes * 60_000);

describeEachStore('saving a draft', (open) => {
  let instance: Instance;
  let coalition: Awaited<ReturnType<typeof foundTestCoalition>>;
  beforeAll(async () => {
    instance = testInstance((await open()).store);
    coalition = await foundTestCoalition(instance, now);
  });

  const start = async () => {
    const { letterId } = await createLetter(instance, coalition.scope, letterInput(), now);
    return { letterId, letter: letterScope(coalition.scope, letterId) };
  };
  const rowOf = async (letterId: string) => {
    const row = await findLetterById(instance.store.read, letterId);
    if (!row) throw new Error('the letter is gone');
    return row;
  };
  const textsOf = async (letterId: string) => await listLetterTexts(instance.store.read, await rowOf(letterId));
  const textOf = async (letterId: string, language = 'en') => (await textsOf(letterId)).find((text) => text.language === language);
  const savesOf = async (letterId: string) => {
    const { draftSaves } = instance.store.read.tables;
    const rows = await instance.store.read.select().from(draftSaves);
    return rows.filter((row) => row.letterId === letterId).sort((a, b) => a.number - b.number);
  };
  const bodies = async (letterId: string) => (await savesOf(letterId)).map(({ content }) => (content as { body?: string }).body);
  const french = (revision = 0, body = 'La rivière.') => textSave({ headline: 'La rivière', body }, revision, 'fr');

  it(
    'keeps both texts of two members who save at once, every time',
    async () => {
      const { letterId, letter } = await start();
      const meetings = runs(20);
      const typed: string[] = [];
      for (let round = 0; round < meetings; round += 1) {
        const seen = (await textOf(letterId))?.revision ?? 0;
        const mine = [`Mine ${round}`, `Theirs ${round}`];
        typed.push(...mine);
        const saved = await Promise.all(mine.map((body) => saveText(instance, letter, textSave({ body }, seen), later(round))));
        expect(saved.map((result) => (result.ok ? 'saved' : result.reason)).sort()).toEqual(['saved', 'stale']);
        const winner = mine[saved.findIndex(({ ok }) => ok)];
        expect((await textOf(letterId))?.body).toBe(winner);
      }
      expect(await bodies(letterId)).toEqual(expect.arrayContaining(typed));
      const saves = await savesOf(letterId);
      expect(saves.map(({ number }) => number)).toEqual(saves.map((_, index) => index + 1));
      expect(saves.filter(({ kind }) => kind === 'set-aside')).toHaveLength(meetings);
      const [row, text] = [await rowOf(letterId), await textOf(letterId)];
      expect([row.revision, text?.revision, row.settingsRevision]).toEqual([meetings + 1, meetings + 1, 1]);
    },
    runTime(60_000),
  );

  it('lets two members save different languages and the settings at once', async () => {
    const { letterId, letter } = await start();
    await saveText(instance, letter, french(), later(1));
    const results = await Promise.all([
      saveText(instance, letter, textSave({ body: 'English words.' }, 1), later(2)),
      saveText(instance, letter, french(2, 'Des mots.'), later(2)),
      saveSettings(instance, letter, { settings: letterInput({ place: 'Lisbon' }), revision: 1 }, later(2)),
    ]);
    expect(results.every(({ ok }) => ok)).toBe(true);
    expect((await textsOf(letterId)).map(({ language, body }) => [language, body])).toEqual([
      ['en', 'English words.'],
      ['fr', 'Des mots.'],
    ]);
    expect(await rowOf(letterId)).toMatchObject({ revision: 5, place: 'Lisbon' });
  });

  it('takes the same words twice as one save, and sets the same words aside once', async () => {
    const { letterId, letter } = await start();
    const save = textSave({ body: 'Pressed twice.' }, 1);
    expect(await saveText(instance, letter, save, later(1))).toMatchObject({ ok: true, value: { revision: 2 } });
    expect(await saveText(instance, letter, save, later(1))).toMatchObject({ ok: true, value: { revision: 2 } });
    for (let press = 0; press < 3; press += 1) await saveText(instance, letter, textSave({ body: 'Late.' }, 1), later(2));
    expect(
      await setAsideText(instance, letter, { language: 'en', text: letterInput({ body: 'Late.' }), revision: 1 }, later(3)),
    ).toMatchObject({ ok: true });
    expect((await savesOf(letterId)).filter(({ kind }) => kind === 'set-aside')).toHaveLength(1);
    const settings = { settings: letterInput({ place: 'Faro' }), revision: 1 };
    expect((await saveSettings(instance, letter, settings, later(4))).ok).toBe(true);
    expect((await saveSettings(instance, letter, settings, later(4))).ok).toBe(true);
    expect(await saveSettings(instance, letter, { settings: letterInput({ place: 'Lagos' }), revision: 1 }, later(4))).toMatchObject({
      reason: 'stale',
    });
    expect((await savesOf(letterId)).filter(({ part }) => part === 'settings').map(({ kind }) => kind)).toEqual([
      'saved',
      'saved',
      'set-aside',
    ]);
  });

  it('keeps what is typed over a text that was frozen or taken away meanwhile', async () => {
    const { letterId, letter } = await start();
    await saveText(instance, letter, french(), later(1));
    expect((await removeTranslation(instance, letter, { language: 'fr', revision: 2 }, later(2))).ok).toBe(true);
    expect(await saveText(instance, letter, french(2, 'Trop tard.'), later(3))).toMatchObject({ reason: 'stale' });
    const [text] = await textsOf(letterId);
    const frozen = text && frozenText(text, { emptyBody: 'refused' });
    const { revision } = await rowOf(letterId);
    const seen = { fingerprint: frozen?.ok ? frozen.value.fingerprint : '', revision };
    expect((await freezeLetter(instance, letter, seen, later(4))).ok).toBe(true);
    expect(await saveText(instance, letter, textSave({ body: 'After the freeze.' }, 1), later(5))).toMatchObject({ reason: 'not-a-draft' });
    expect(await bodies(letterId)).toEqual(expect.arrayContaining(['Trop tard.', 'After the freeze.']));
    expect(await restoreSave(instance, letter, { number: 1, revision: 1 }, later(6))).toMatchObject({ reason: 'not-a-draft' });
  });

  it('brings back a save as a new one, over the revision that was seen, and a translation that was removed', async () => {
    const { letterId, letter } = await start();
    await saveText(instance, letter, textSave({ body: 'Second.' }, 1), later(1));
    expect(await restoreSave(instance, letter, { number: 1, revision: 1 }, later(2))).toEqual({ ok: false, reason: 'stale' });
    expect(await restoreSave(instance, letter, { number: 1, revision: 2 }, later(2))).toEqual({
      ok: true,
      value: { part: 'text', language: 'en' },
    });
    expect(await textOf(letterId)).toMatchObject({ body: letterInput().body, revision: 3 });
    await saveText(instance, letter, french(), later(3));
    await removeTranslation(instance, letter, { language: 'fr', revision: 4 }, later(4));
    expect(await textOf(letterId, 'fr')).toBeUndefined();
    const number = (await savesOf(letterId)).find(({ language }) => language === 'fr')?.number ?? 0;
    expect((await restoreSave(instance, letter, { number, revision: 0 }, later(5))).ok).toBe(true);
    expect(await textOf(letterId, 'fr')).toMatchObject({ body: 'La rivière.', revision: 6 });
    await saveSettings(instance, letter, { settings: letterInput({ place: 'Lisbon' }), revision: 1 }, later(6));
    expect((await restoreSave(instance, letter, { number: 2, revision: 7 }, later(7))).ok).toBe(true);
    expect(await rowOf(letterId)).toMatchObject({ place: null, revision: 8, settingsRevision: 8 });
    expect((await savesOf(letterId)).filter(({ kind }) => kind === 'restored')).toHaveLength(3);
  });

  it('restores a translation as following today’s authentic text only where that is the one it followed', async () => {
    const { letterId, letter } = await start();
    await saveText(instance, letter, textSave({ body: 'Der Fluss.' }, 0, 'de'), later(1));
    await saveText(instance, letter, textSave({ body: 'The river.' }, 1), later(2));
    await saveText(instance, letter, { ...french(), follows: { language: 'en', revision: 3 } }, later(3));
    const number = (await savesOf(letterId)).findLast(({ language }) => language === 'fr')?.number ?? 0;
    const older = async () => {
      const [authentic] = await textsOf(letterId);
      const translation = await textOf(letterId, 'fr');
      return authentic && translation && isOlderThanSource(translation, authentic);
    };
    const restore = async (minutes: number) => {
      const { revision = 0 } = (await textOf(letterId, 'fr')) ?? {};
      expect((await restoreSave(instance, letter, { number, revision }, later(minutes))).ok).toBe(true);
    };
    await restore(4);
    expect(await older()).toBe(false);
    // It followed the English text at 3, which says nothing of the German one at 2.
    expect((await makeAuthentic(instance, letter, { language: 'de', settingsRevision: 1 }, later(5))).ok).toBe(true);
    await restore(6);
    expect(await older()).toBe(true);
  });

  it('restores settings with each heading in its language, whichever text is the authentic one', async () => {
    const block = { personal: { heading: 'People', headings: { fr: 'Personnes' } } };
    const { letterId } = await createLetter(instance, coalition.scope, letterInput({ block }), now);
    const letter = letterScope(coalition.scope, letterId);
    await saveText(instance, letter, french(), later(1));
    const restored = async (minutes: number) => {
      const { settingsRevision: revision } = await rowOf(letterId);
      expect((await restoreSave(instance, letter, { number: 2, revision }, later(minutes))).ok).toBe(true);
      return ((await rowOf(letterId)).block as typeof block).personal;
    };
    const { settingsRevision } = await rowOf(letterId);
    expect((await makeAuthentic(instance, letter, { language: 'fr', settingsRevision }, later(2))).ok).toBe(true);
    expect(await restored(3)).toMatchObject({ heading: 'Personnes', headings: { en: 'People' } });
  });

  it('restores settings with the heading of the authentic text, whose language was mended since', async () => {
    const block = { personal: { heading: 'Mensen' } };
    const { letterId } = await createLetter(instance, coalition.scope, letterInput({ block }), now);
    const letter = letterScope(coalition.scope, letterId);
    expect((await saveText(instance, letter, { ...textSave({}, 1), newLanguage: 'nl' }, later(1))).ok).toBe(true);
    expect((await restoreSave(instance, letter, { number: 2, revision: 1 }, later(2))).ok).toBe(true);
    expect((await rowOf(letterId)).block).toMatchObject(block);
  });

  it('restores nothing that no letter may hold', async () => {
    const { letterId, letter } = await start();
    await setAsideText(instance, letter, { language: 'en', text: letterInput({ body: '<b>raw</b>' }), revision: 1 }, later(1));
    const number = (await savesOf(letterId)).at(-1)?.number ?? 0;
    expect(await restoreSave(instance, letter, { number, revision: 1 }, later(2))).toEqual({ ok: false, reason: 'not-acceptable' });
  });

  it('knows which translation is older than its source, and since when', async () => {
    const { letterId, letter } = await start();
    await saveText(instance, letter, french(), later(1));
    const change = async (language: string) => {
      const [authentic] = await textsOf(letterId);
      const translation = await textOf(letterId, language);
      return authentic && translation ? await viewSourceChange(instance, authentic, translation) : null;
    };
    expect(await change('fr')).toBeNull();
    await saveText(instance, letter, textSave({ body: 'We ask you to *open both banks* again.' }, 1), later(2));
    expect((await change('fr'))?.differences?.map(({ field }) => field)).toEqual(['body']);
    await saveText(instance, letter, french(2, 'Les deux rives.'), later(3));
    expect(await change('fr')).not.toBeNull();
    await saveText(instance, letter, { ...french(4, 'Les deux rives !'), follows: { language: 'en', revision: 3 } }, later(4));
    expect(await change('fr')).toBeNull();

    // Another text becomes the authentic one: what said the same still does.
    expect(await makeAuthentic(instance, letter, { language: 'fr', settingsRevision: 9 }, later(5))).toMatchObject({ reason: 'stale' });
    expect((await makeAuthentic(instance, letter, { language: 'fr', settingsRevision: 1 }, later(5))).ok).toBe(true);
    expect((await textsOf(letterId)).map(({ language }) => language)).toEqual(['fr', 'en']);
    expect(await change('en')).toBeNull();
    expect(await removeTranslation(instance, letter, { language: 'fr', revision: 5 }, later(6))).toMatchObject({ reason: 'authentic' });
    await saveText(instance, letter, french(5, 'Encore autre chose.'), later(7));
    expect((await change('en'))?.differences?.map(({ field }) => field)).toEqual(['body']);
  });

  it('takes a translation as following the text it was typed beside, however often it came back, and no other', async () => {
    const { letterId, letter } = await start();
    const older = async (language: string) => {
      const [authentic] = await textsOf(letterId);
      const translation = await textOf(letterId, language);
      return authentic && translation && isOlderThanSource(translation, authentic);
    };
    const save = async (given: Parameters<typeof saveText>[2], minutes: number) => {
      const saved = await saveText(instance, letter, given, later(minutes));
      return saved.ok ? saved.value : saved.reason;
    };
    const after = (language: string, revision: number) => ({ follows: { language, revision } });

    // Begun beside the first English text, which moved before it was saved.
    await save(textSave({ body: 'We ask for both banks.' }, 1), 1);
    expect(await save(french(), 2)).toEqual({ revision: 3, behind: true });
    expect(await older('fr')).toBe(true);
    expect(await save({ ...textSave({ body: 'Der Fluss.' }, 0, 'de'), ...after('en', 2) }, 3)).toEqual({ revision: 4, behind: false });
    expect(await older('de')).toBe(false);

    // Somebody brings the French text in line; what another had begun before stands for nothing newer than it was begun beside.
    expect(await save({ ...french(3, 'Les deux rives.'), ...after('en', 2) }, 4)).toMatchObject({ revision: 5 });
    expect(await save(french(3, 'La rive.'), 5)).toBe('stale');
    expect(await save(french(5, 'La rive.'), 6)).toMatchObject({ revision: 6 });
    expect(await older('fr')).toBe(true);

    // The German text becomes the authentic one: the number of an English save says nothing of it.
    expect((await makeAuthentic(instance, letter, { language: 'de', settingsRevision: 1 }, later(7))).ok).toBe(true);
    expect(await save({ ...french(6, 'Le fleuve.'), ...after('en', 7) }, 8)).toMatchObject({ behind: false });
    expect((await textOf(letterId, 'fr'))?.basedOn).toBeNull();
    expect(await save({ ...textSave({ body: 'El río.' }, 0, 'es'), ...after('en', 7) }, 9)).toMatchObject({ behind: true });
    expect(await older('es')).toBe(true);
    expect(await save({ ...textSave({ body: 'Il fiume.' }, 0, 'it'), ...after('de', 4) }, 10)).toMatchObject({ behind: false });
    expect(await older('it')).toBe(false);
  });

  it('shows every save with who made it, in pages, and what two of them differ in', async () => {
    const { letter } = await start();
    for (let round = 0; round < 60; round += 1)
      await saveText(instance, letter, textSave({ body: `Round ${round}.` }, round + 1), later(round));
    const first = await viewHistory(instance, letter, null);
    const second = await viewHistory(instance, letter, first.before);
    expect([first.saves.length, second.saves.length, second.before]).toEqual([50, 12, null]);
    expect(first.saves[0]).toMatchObject({ number: 62, kind: 'saved', part: 'text', language: 'en', savedBy: 'Nila Ferro' });
    const compared = await viewComparison(instance, letter, { one: 62, other: 61 });
    expect(compared).toMatchObject({ one: { number: 61 }, other: { number: 62 } });
    expect(compared?.stands).toEqual({ one: false, other: true });
    expect(compared?.differences).toEqual([
      {
        field: 'body',
        before: 'Round 58.',
        after: 'Round 59.',
        parts: [
          { kind: 'equal', text: 'Round ' },
          { kind: 'removed', text: '58' },
          { kind: 'added', text: '59' },
          { kind: 'equal', text: '.' },
        ],
      },
    ]);
    expect((await viewComparison(instance, letter, { one: 1, other: null }))?.seen.one).toBe(61);
    expect((await viewComparison(instance, letter, { one: 1, other: 2 }))?.differences).toBeNull();
    expect(await viewComparison(instance, letter, { one: 99, other: null })).toBeNull();
    const other = await start();
    expect((await listDraftSaves(instance.store.read, other.letterId, { before: null, limit: 50 })).map(({ number }) => number)).toEqual([
      2, 1,
    ]);
  });

  it('starts a new draft with the texts of another letter, drafted or frozen', async () => {
    const { letterId, letter } = await start();
    await saveText(instance, letter, french(), later(1));
    const copy = await duplicateLetter(instance, letter, later(2));
    const copyId = copy.ok ? copy.value.letterId : '';
    const wordsOf = async (id: string) =>
      (await textsOf(id)).map(({ language, headline, body, cc, addressees }) => ({ language, headline, body, cc, addressees }));
    expect(await wordsOf(copyId)).toEqual(await wordsOf(letterId));
    expect(await rowOf(copyId)).toMatchObject({
      status: 'draft',
      deadlineAt: null,
      authenticLanguage: 'en',
      revision: 1,
      organisationCount: 0,
    });

    const [text] = await textsOf(letterId);
    const frozen = text && frozenText(text, { emptyBody: 'refused' });
    const seen = { fingerprint: frozen?.ok ? frozen.value.fingerprint : '', revision: 2 };
    expect((await freezeLetter(instance, letter, seen, later(3))).ok).toBe(true);
    const again = await duplicateLetter(instance, letter, later(4));
    const [copied] = await textsOf(again.ok ? again.value.letterId : '');
    const refrozen = copied && frozenText(copied, { emptyBody: 'refused' });
    expect(refrozen?.ok && refrozen.value.fingerprint).toBe(seen.fingerprint);
    expect(await textsOf(again.ok ? again.value.letterId : '')).toHaveLength(2);
  });

  it('copies a translation that is older than its source as one that is older still', async () => {
    const { letter } = await start();
    await saveText(instance, letter, french(), later(1));
    const copied = async (minutes: number) => {
      const copy = await duplicateLetter(instance, letter, later(minutes));
      const [authentic, translation] = await textsOf(copy.ok ? copy.value.letterId : '');
      return authentic && translation && isOlderThanSource(translation, authentic);
    };
    expect(await copied(2)).toBe(false);
    await saveText(instance, letter, textSave({ body: 'We ask for both banks.' }, 1), later(3));
    expect(await copied(4)).toBe(true);

    const [authentic, translation] = await textsOf(letter.letterId);
    const frozen = authentic && frozenText(authentic, { emptyBody: 'refused' });
    const [finding] =
      authentic && translation
        ? findingsOf({ date: '2026-03-02', place: null, block: {}, deadlineAt: null }, [authentic, translation], later(5))
        : [];
    const waivers = finding ? { [findingKey(finding)]: 'It says the same.' } : {};
    const seen = { fingerprint: frozen?.ok ? frozen.value.fingerprint : '', revision: 3, waivers };
    expect((await freezeLetter(instance, letter, seen, later(5))).ok).toBe(true);
    expect(await copied(6)).toBe(true);
  });

  it('archives a letter and puts it back, each logged once', async () => {
    const { letterId, letter } = await start();
    for (const archived of [true, true, false, false]) expect((await archiveLetter(instance, letter, archived, later(1))).ok).toBe(true);
    expect(await rowOf(letterId)).toMatchObject({ archivedAt: null, logSize: 3, revision: 1 });
  });

  it('lists what is archived apart, and finds a letter by words of its headline, whatever their case', async () => {
    const at = async (headline: string) =>
      letterScope(coalition.scope, (await createLetter(instance, coalition.scope, letterInput({ headline }), later(9))).letterId);
    const [archived] = [await at('Élan vital 100%'), await at('100 élans'), await at('Some_thing')];
    await archiveLetter(instance, archived, true, later(9));
    const found = async (words: string, list = 'live') =>
      (await viewLetters(instance, coalition.scope, null, later(9), readFilter({ list, words }))).letters.map(({ headline }) => headline);
    expect(await found('ÉLAN')).toEqual(['100 élans']);
    expect(await found('élan', 'archived')).toEqual(['Élan vital 100%']);
    expect(await found('VITAL 100%', 'archived')).toEqual(['Élan vital 100%']);
    expect(await found('0%')).toEqual([]);
    expect(await found('e_t')).toEqual(['Some_thing']);
    expect(await found('a\0bc')).toEqual([]);
  });
});
