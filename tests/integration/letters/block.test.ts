import { expect, it } from 'vitest';
import { moveLetter } from '../../../db/queries/letters.ts';
import { addToCounts, insertSignatures, takePositions } from '../../../db/queries/signatures.ts';
import { type LetterScope, mintLetterScope } from '../../../lib/access/scope.ts';
import { verifyLog } from '../../../lib/audit/verify.ts';
import type { SectionKind } from '../../../lib/block/model.ts';
import { type GivenBlockSettings, sourceOf } from '../../../lib/block/record.ts';
import { makeSections } from '../../../lib/block/sections.ts';
import type { For } from '../../../lib/coalitions/access.ts';
import { seal } from '../../../lib/crypto/seal.ts';
import type { Instance } from '../../../lib/instance.ts';
import { acceptLetterHead } from '../../../lib/letter-file/letter-file.ts';
import { acceptRecord } from '../../../lib/letter-file/record.ts';
import { writeLetterFile } from '../../../lib/letter-file/write.ts';
import { previewBlock } from '../../../lib/letters/block-preview.ts';
import { blockForm, blockFormValues } from '../../../lib/letters/block-schema.ts';
import { saveBlock, setAsideBlock } from '../../../lib/letters/block-settings.ts';
import { differencesOfBlockValues } from '../../../lib/letters/differences.ts';
import { letterBlock, letterDocument, storedLetter } from '../../../lib/letters/document.ts';
import { createLetter } from '../../../lib/letters/drafting.ts';
import { viewComparison, viewHistory } from '../../../lib/letters/history.ts';
import { restoreSave } from '../../../lib/letters/restoring.ts';
import { createSampleLetter } from '../../../lib/letters/sample.ts';
import { saveSettings, saveText } from '../../../lib/letters/saving.ts';
import { storedLetterFile } from '../../../lib/letters/stored-file.ts';
import { makeAuthentic } from '../../../lib/letters/translations.ts';
import { newId } from '../../../lib/shared/ids.ts';
import { MOST_SEARCHED, viewOrder } from '../../../lib/signatures/order-view.ts';
import { signaturePlace } from '../../../lib/signatures/places.ts';
import { placeEntry } from '../../../lib/signatures/placing.ts';
import { foundTestCoalition, letterScope } from '../../support/coalition.ts';
import { collected } from '../../support/collected.ts';
import { letterRow, NOW, type OpenLetter } from '../../support/invited.ts';
import { letterInput, textSave } from '../../support/letters.ts';
import { describeEachStore, testInstance } from '../../support/stores.ts';

const asked = { section: 'personal', page: 1, at: null, words: '' };
const input = (values: Readonly<Record<string, string>>) => blockForm.parse(values);

/** More people at the end of a letter's list, in one signing. */
async function addPeople(instance: Instance, letterId: string, count: number): Promise<void> {
  const { keys, random, store } = instance;
  const [signing] = await store.read.select().from(store.read.tables.signings).limit(1);
  for (let from = 0; from < count; from += 250) {
    await store.inTransaction(async (tx) => {
      const size = Math.min(250, count - from);
      const first = (await takePositions(tx, letterId, size)) ?? 0;
      const rows = Array.from({ length: size }, (_, index) => {
        const id = newId('sig', random);
        const record = { capacity: 'personal', name: `Signatory ${from + index + 1} ends` } as const;
        return {
          ...{ id, signingId: signing?.id ?? '', letterId, position: first + index, capacity: record.capacity },
          ...({ status: 'listed', authority: null, publication: 'public', flags: [], signedAt: NOW, listedAt: NOW } as const),
          sealed: seal(keys, signaturePlace(letterId, id), record),
        };
      });
      await insertSignatures(tx, rows);
      await addToCounts(tx, letterId, { organisations: 0, persons: size });
    });
  }
}

describeEachStore('the signatory block', (open) => {
  /** A draft with an English and a French text. */
  async function drafted() {
    const { store } = await open();
    const instance = testInstance(store);
    const { scope } = await foundTestCoalition(instance, NOW);
    const { letterId } = await createLetter(instance, scope, letterInput(), NOW);
    const letter = letterScope(scope, letterId);
    const added = await saveText(instance, letter, textSave({ headline: 'La rivière' }, 0, 'fr'), NOW);
    expect(added.ok).toBe(true);
    const row = () => letterRow({ instance, letterId } as OpenLetter);
    const texts = [{ language: 'en' }, { language: 'fr' }];
    const values = async () => {
      const { block, authenticLanguage, settingsRevision } = await row();
      const shown = blockFormValues(letterBlock({ block, authenticLanguage }), block as GivenBlockSettings, texts, authenticLanguage);
      return { ...shown, revision: String(settingsRevision) };
    };
    return { instance, letter, letterId, row, values };
  }

  /** The sample as a draft of two languages once more, its signatories with it. */
  async function languages() {
    const { instance, letter, letterId } = await signed();
    await instance.store.inTransaction((tx) => moveLetter(tx, letterId, { from: ['open'] }, { status: 'draft', liveVersionId: null }));
    expect((await saveText(instance, letter, textSave({ headline: 'Les bateaux' }, 0, 'fr'), NOW)).ok).toBe(true);
    const values = async () => {
      const row = await letterRow({ instance, letterId } as OpenLetter);
      const shown = blockFormValues(letterBlock(row), row.block as GivenBlockSettings, [{ language: 'en' }, { language: 'fr' }], 'en');
      return { ...shown, revision: String(row.settingsRevision) };
    };
    return { instance, letter, letterId, values };
  }

  /** The sample: four organisations and four people. */
  async function signed() {
    const { store } = await open();
    const instance = testInstance(store);
    const { scope } = await foundTestCoalition(instance, NOW);
    const made = await createSampleLetter(instance, scope, { zone: 'UTC' }, NOW);
    if (!made.ok) throw new Error(made.reason);
    const { letterId } = made.value;
    const letter = letterScope(scope, letterId);
    const order = async (section: SectionKind = 'personal') => (await viewOrder(instance, letter, { ...asked, section }))?.entries ?? [];
    const idOf = async (part: string, section?: SectionKind) => (await order(section)).find(({ lead }) => lead.includes(part))?.id ?? '';
    const put = async (part: string, to: number, section?: SectionKind) =>
      await placeEntry(instance, letter, { signature: await idOf(part, section), to }, NOW);
    const names = async (section?: SectionKind) => (await order(section)).map(({ lead }) => lead.split(' ').at(-1));
    const printed = async (kind: SectionKind = 'personal') => {
      const document = await letterDocument(instance, letterId, { edition: 'public', now: NOW });
      const lines: string[] = [];
      const section = document?.sections.find((each) => each.kind === kind);
      for await (const batch of section?.batches() ?? []) lines.push(...batch.map(({ lines: [first = ''], lead }) => first.slice(0, lead)));
      return { lines, count: section?.count };
    };
    return { instance, letter, letterId, order, idOf, put, names, printed };
  }

  it('is shown as it was saved, and saved as it was shown', async () => {
    const { instance, letter, row, values } = await drafted();
    const shown = await values();
    expect(await saveBlock(instance, letter, input(shown), NOW)).toMatchObject({ ok: true });
    const typed = {
      ...shown,
      revision: (await values()).revision,
      'personalHeading-en': 'People',
      'personalHeading-fr': 'Personnes',
      personalOrder: 'manual',
      initiatorsColumns: '3',
      counts: 'yes',
      country: '',
      justified: 'yes',
    };
    const saved = await saveBlock(instance, letter, input(typed), NOW);
    expect(saved).toMatchObject({ ok: true });
    expect(await values()).toEqual({ ...typed, revision: saved.ok ? String(saved.value.revision) : '' });
    const stored = await row();
    expect(letterBlock(stored)).toMatchObject({ personal: { heading: 'People', order: 'manual' }, counts: true, country: false });
    expect((await letterDocument(instance, letter.letterId, { edition: 'public', now: NOW }))?.justified).toBe(true);
    expect(letterBlock(stored, 'fr').personal.heading).toBe('Personnes');
    expect(letterBlock(stored, 'de').personal.heading).toBeNull();
    const { keys, store } = instance;
    expect(await verifyLog(store.read, keys, { kind: 'letter', id: stored.id })).toMatchObject({ ok: true });
    const { saves } = await viewHistory(instance, letter, null);
    const [last = 0, first = 0] = saves.filter(({ part }) => part === 'settings').map(({ number }) => number);
    const compared = await viewComparison(instance, letter, { one: first, other: last });
    const changed = ['personalHeading', 'personalOrder', 'counts', 'country', 'initiatorsColumns', 'personalHeading-fr', 'justified'];
    expect(compared?.differences?.map(({ field }) => field).toSorted()).toEqual(changed.toSorted());
  });

  it('is in a document of one language what that language says', async () => {
    const { instance, letterId, letter, values } = await languages();
    const typed = { ...(await values()), 'personalHeading-en': 'People', 'personalHeading-fr': 'Personnes' };
    expect((await saveBlock(instance, letter, input(typed), NOW)).ok).toBe(true);
    const headingIn = async (language: string | null) => {
      const stored = await storedLetter(instance, letterId, { edition: 'public', now: NOW, language });
      const { texts, sections } = stored?.document ?? {};
      return [texts?.length, sections?.find(({ kind }) => kind === 'personal')?.heading, stored?.language];
    };
    expect(await headingIn('fr')).toEqual([1, 'Personnes', 'fr']);
    expect(await headingIn('en')).toEqual([1, 'People', 'en']);
    expect(await headingIn(null)).toEqual([2, 'People', null]);
    expect(await headingIn('xx')).toEqual([2, 'People', null]);
  });

  it('is not saved over somebody else’s settings, and keeps what was typed', async () => {
    const { instance, letter, row, values } = await drafted();
    const shown = await values();
    const mine = { ...shown, numbered: 'yes' };
    const settings = { settings: letterInput({ place: 'Faro' }), revision: Number(shown.revision) };
    expect((await saveSettings(instance, letter, settings, NOW)).ok).toBe(true);
    expect(await saveBlock(instance, letter, input(mine), NOW)).toEqual({ ok: false, reason: 'stale' });
    const { read } = instance.store;
    expect((await read.select().from(read.tables.draftSaves)).map(({ kind }) => kind)).toContain('set-aside');
    expect(letterBlock(await row()).numbered).toBe(false);
    expect((await saveBlock(instance, letter, input({ ...mine, revision: (await values()).revision }), NOW)).ok).toBe(true);
    expect(await row()).toMatchObject({ place: 'Faro' });
    expect(letterBlock(await row()).numbered).toBe(true);
  });

  it('shows both where two members set it, and keeps what is let go of or comes too late, once', async () => {
    const { instance, letter, letterId, row, values } = await drafted();
    const shown = await values();
    const theirs = { ...shown, counts: 'yes', 'personalHeading-en': 'People' };
    const mine = { ...shown, numbered: 'yes', 'personalHeading-fr': 'Personnes' };
    expect((await saveBlock(instance, letter, input(theirs), NOW)).ok).toBe(true);
    expect(await saveBlock(instance, letter, input(mine), NOW)).toEqual({ ok: false, reason: 'stale' });
    const { revision: _, ...stored } = await values();
    expect(differencesOfBlockValues(stored, mine).map(({ field, before, after }) => [field, before, after])).toEqual([
      ['personalHeading-en', 'People', ''],
      ['personalHeading-fr', '', 'Personnes'],
      ['numbered', 'no', 'yes'],
      ['counts', 'yes', 'no'],
    ]);
    const { read } = instance.store;
    const setAside = async () =>
      (await read.select().from(read.tables.draftSaves)).filter((save) => save.letterId === letterId && save.kind === 'set-aside');
    expect((await setAsideBlock(instance, letter, input(mine), NOW)).ok).toBe(true);
    expect((await setAsideBlock(instance, letter, input(theirs), NOW)).ok).toBe(true);
    expect(await setAside()).toHaveLength(1);
    expect(letterBlock(await row())).toMatchObject({ counts: true, numbered: false });
    await instance.store.inTransaction((tx) => moveLetter(tx, letterId, { from: ['draft'] }, { status: 'delivered' }));
    const late = input({ ...mine, country: '' });
    expect(await saveBlock(instance, letter, late, NOW)).toEqual({ ok: false, reason: 'final' });
    expect(await setAside()).toHaveLength(2);
  });

  it('outlives a save of the settings, follows the preset where it was as usual, and keeps headings with their language', async () => {
    const { instance, letter, row, values } = await drafted();
    const typed = { ...(await values()), 'personalHeading-en': 'People', 'personalHeading-fr': 'Personnes', personalForm: 'parentheses' };
    expect((await saveBlock(instance, letter, input(typed), NOW)).ok).toBe(true);
    const change = letterInput({ preset: 'open-letter' });
    expect((await saveSettings(instance, letter, { settings: change, revision: (await row()).settingsRevision }, NOW)).ok).toBe(true);
    expect(letterBlock(await row()).personal).toEqual({ heading: 'People', order: 'family-name', form: 'parentheses', columns: 2 });
    const moved = await makeAuthentic(instance, letter, { language: 'fr', settingsRevision: (await row()).settingsRevision }, NOW);
    expect(moved.ok).toBe(true);
    expect(letterBlock(await row()).personal.heading).toBe('Personnes');
    expect(letterBlock(await row(), 'en').personal.heading).toBe('People');
  });

  it('belongs to those who run the letter once it is frozen, and to nobody once it is delivered', async () => {
    const { instance, letter, letterId, idOf } = await signed();
    const drafter = mintLetterScope({ ...letter, role: 'drafter' }) as For<LetterScope, 'draft'>;
    const row = await letterRow({ instance, letterId } as OpenLetter);
    const shown = blockFormValues(letterBlock(row), row.block as GivenBlockSettings, [{ language: 'en' }], 'en');
    const save = input({ ...shown, counts: 'yes', revision: String(row.settingsRevision) });
    const move = { signature: await idOf('Stenmark'), to: 1 };
    expect(await saveBlock(instance, drafter, save, NOW)).toEqual({ ok: false, reason: 'not-allowed' });
    expect(await placeEntry(instance, drafter, move, NOW)).toEqual({ ok: false, reason: 'not-allowed' });
    expect((await saveBlock(instance, letter, save, NOW)).ok).toBe(true);
    await instance.store.inTransaction((tx) => moveLetter(tx, letterId, { from: ['open'] }, { status: 'delivered' }));
    expect(await saveBlock(instance, letter, save, NOW)).toEqual({ ok: false, reason: 'final' });
    expect(await placeEntry(instance, letter, move, NOW)).toEqual({ ok: false, reason: 'final' });
  });

  it('comes back alone out of a save of the settings once the letter is open, over the revision seen, until it is final', async () => {
    const { instance, letter, letterId } = await signed();
    const drafter = mintLetterScope({ ...letter, role: 'drafter' }) as For<LetterScope, 'draft'>;
    const row = () => letterRow({ instance, letterId } as OpenLetter);
    const before = await row();
    const shown = blockFormValues(letterBlock(before), before.block as GivenBlockSettings, [{ language: 'en' }], 'en');
    const typed = (change: object) => input({ ...shown, ...change, revision: String(before.settingsRevision) });
    expect((await saveBlock(instance, letter, typed({ counts: 'yes' }), NOW)).ok).toBe(true);
    expect(await saveBlock(instance, letter, typed({ 'personalHeading-en': 'People' }), NOW)).toEqual({ ok: false, reason: 'stale' });
    const { saves } = await viewHistory(instance, letter, null);
    const number = saves.find(({ kind }) => kind === 'set-aside')?.number ?? 0;
    const { settingsRevision: revision } = await row();
    const restore = (scope: For<LetterScope, 'draft'>, seen: number) => restoreSave(instance, scope, { number, revision: seen }, NOW);
    expect(await restore(drafter, revision)).toEqual({ ok: false, reason: 'not-allowed' });
    expect(await restore(letter, before.settingsRevision)).toEqual({ ok: false, reason: 'stale' });
    // What else the settings hold stays as it is by now.
    await instance.store.inTransaction((tx) => moveLetter(tx, letterId, { from: ['open'] }, { place: 'Faro' }));
    expect(await restore(letter, revision)).toEqual({ ok: true, value: { part: 'block', language: null } });
    const after = await row();
    expect([after.place, after.status, after.settingsRevision]).toEqual(['Faro', 'open', after.revision]);
    expect(letterBlock(after)).toMatchObject({ personal: { heading: 'People' }, counts: letterBlock(before).counts });
    expect((await viewHistory(instance, letter, null)).saves[0]).toMatchObject({ kind: 'restored', part: 'settings' });
    expect(await verifyLog(instance.store.read, instance.keys, { kind: 'letter', id: letterId })).toMatchObject({ ok: true });
    await instance.store.inTransaction((tx) => moveLetter(tx, letterId, { from: ['open'] }, { status: 'delivered' }));
    expect(await restore(letter, after.settingsRevision)).toEqual({ ok: false, reason: 'final' });
  });

  it('is kept as a drafter chose it while the letter was being frozen', async () => {
    const { instance, letter, letterId } = await signed();
    const drafter = mintLetterScope({ ...letter, role: 'drafter' }) as For<LetterScope, 'draft'>;
    const row = await letterRow({ instance, letterId } as OpenLetter);
    const shown = blockFormValues(letterBlock(row), row.block as GivenBlockSettings, [{ language: 'en' }], 'en');
    const typed = input({ ...shown, counts: 'yes', revision: String(row.settingsRevision) });
    expect(await saveBlock(instance, drafter, typed, NOW)).toEqual({ ok: false, reason: 'not-allowed' });
    const [last] = (await viewHistory(instance, letter, null)).saves;
    expect(last).toMatchObject({ kind: 'set-aside', part: 'settings' });
  });

  it('prints what was put by hand first, in every order, and gives it back', async () => {
    const { put, names, printed, order } = await signed();
    expect(await names()).toEqual(['Lindqvist-Osei', 'Stenmark', 'Okonjo-Hale', 'Dovedale']);
    expect(await put('Dovedale', 1)).toMatchObject({ value: { section: 'personal', place: 1 } });
    expect(await put('Stenmark', 1)).toMatchObject({ value: { place: 1 } });
    expect(await put('Stenmark', 1)).toMatchObject({ value: { place: 1 } });
    expect(await names()).toEqual(['Stenmark', 'Dovedale', 'Lindqvist-Osei', 'Okonjo-Hale']);
    expect(await put('Stenmark', 9)).toMatchObject({ value: { place: 2 } });
    expect((await printed()).lines.map((line) => line.split(' ').at(-1))).toEqual(await names());
    expect((await order()).map(({ byHand }) => byHand)).toEqual([true, true, false, false]);
    expect(await put('Margarethe', 1, 'organisations')).toMatchObject({ value: { section: 'organisations', place: 1 } });
    expect((await printed('organisations')).lines[0]).toContain('Margarethe');
    expect(await put('Dovedale', 0)).toMatchObject({ value: { place: null } });
    expect(await names()).toEqual(['Stenmark', 'Lindqvist-Osei', 'Okonjo-Hale', 'Dovedale']);
    expect(await put('Nobody', 1)).toEqual({ ok: false, reason: 'no-such-entry' });
  });

  it('leaves no hole where somebody withdrew', async () => {
    const { instance, put, names, printed, idOf, letterId } = await signed();
    for (const name of ['Okonjo-Hale', 'Stenmark', 'Dovedale']) await put(name, 1);
    expect(await names()).toEqual(['Dovedale', 'Stenmark', 'Okonjo-Hale', 'Lindqvist-Osei']);
    const gone = await idOf('Stenmark');
    const { store } = instance;
    const { signatures, letters } = store.read.tables;
    const { eq, sql } = await import('drizzle-orm');
    await store.inTransaction(async (tx) => {
      await tx.update(signatures).set({ status: 'withdrawn', endedAt: NOW }).where(eq(signatures.id, gone));
      // Every withdrawal writes the letter's log: that is what the remembered order goes by.
      await tx
        .update(letters)
        .set({ personCount: sql`${letters.personCount} - 1` })
        .where(eq(letters.id, letterId));
    });
    expect((await printed()).count).toBe(3);
    expect(await names()).toEqual(['Dovedale', 'Okonjo-Hale', 'Lindqvist-Osei']);
    expect(await put('Lindqvist-Osei', 3)).toMatchObject({ value: { place: 3 } });
    expect(await put('Lindqvist-Osei', 2)).toMatchObject({ value: { place: 2 } });
    expect(await names()).toEqual(['Dovedale', 'Lindqvist-Osei', 'Okonjo-Hale']);
  });

  it('takes moves of two members at once, one after the other', async () => {
    const { instance, put, names, letterId, order } = await signed();
    const everybody = ['Lindqvist-Osei', 'Stenmark', 'Okonjo-Hale', 'Dovedale'];
    for (let round = 0; round < 5; round++) {
      const results = await Promise.all(everybody.map((name, index) => put(name, ((index + round) % 4) + 1)));
      expect(results.every(({ ok }) => ok)).toBe(true);
      expect((await names()).toSorted()).toEqual(everybody.toSorted());
    }
    const { read } = instance.store;
    const places = (await read.select().from(read.tables.signatures)).flatMap(({ place }) => (place === null ? [] : [place]));
    expect(places.toSorted()).toEqual([1, 2, 3, 4]);
    expect((await order()).every(({ byHand }) => byHand)).toBe(true);
    const { keys, store } = instance;
    expect(await verifyLog(store.read, keys, { kind: 'letter', id: letterId })).toMatchObject({ ok: true });
  });

  it('finds entries by a part of the name, and the page that one stands on', async () => {
    const { instance, letter, order } = await signed();
    const found = await viewOrder(instance, letter, { ...asked, words: 'OKÓNJO' });
    expect(found?.entries.map(({ lead, number }) => [lead, number])).toEqual([['Ziv Okonjo-Hale', 3]]);
    expect(found?.searched).toEqual({ from: 1, to: 4, of: 4 });
    const further = await viewOrder(instance, letter, { ...asked, words: 'okonjo', from: 4 });
    expect([further?.entries, further?.searched]).toEqual([[], { from: 4, to: 4, of: 4 }]);
    expect((await viewOrder(instance, letter, { ...asked, words: 'okonjo', from: 99 }))?.searched).toEqual({ from: 5, to: 4, of: 4 });
    const [first] = await order();
    expect(await viewOrder(instance, letter, { ...asked, page: 99, at: first?.position ?? 0 })).toMatchObject({ page: 1, pages: 1 });
  });

  it('says of a long list what its preview and a search leave out, and looks the rest through when asked', async () => {
    const { instance, letter, letterId } = await signed();
    const more = MOST_SEARCHED + 200;
    await addPeople(instance, letterId, more);
    const long = { ...asked, words: 'nobody has this name' };
    const count = more + 4;
    expect((await viewOrder(instance, letter, long))?.searched).toEqual({ from: 1, to: MOST_SEARCHED, of: count });
    const rest = await viewOrder(instance, letter, { ...long, words: `signatory ${more} ends`, from: count - 100 });
    expect([rest?.entries.map(({ number }) => number), rest?.searched]).toEqual([[count], { from: count - 100, to: count, of: count }]);
    expect((await viewOrder(instance, letter, { ...long, words: 'signatory' }))?.searched).toMatchObject({ from: 1, to: 54 });

    const row = await letterRow({ instance, letterId } as OpenLetter);
    const values = { ...blockFormValues(letterBlock(row), row.block as GivenBlockSettings, [{ language: 'en' }], 'en'), revision: '1' };
    const preview = async (change: object) => {
      const { shown, sorted } = (await previewBlock(instance, letter, input({ ...values, ...change }).block, 'en')) ?? {};
      return { shown, sorted };
    };
    expect(await preview({})).toEqual({ shown: 12, sorted: null });
    expect(await preview({ personalOrder: 'given-name' })).toEqual({ shown: 12, sorted: 2000 });
  });

  it('is a letter file that prints the same', async () => {
    const { instance, letterId, put, printed } = await signed();
    await put('Dovedale', 1);
    await put('Margarethe', 1, 'organisations');
    const stored = await storedLetterFile(instance, letterId);
    if (!stored) throw new Error('no file');
    const { signatories, ...head } = JSON.parse(await collected(writeLetterFile(stored.file, stored.source))) as { signatories: unknown[] };
    const file = acceptLetterHead(head);
    const records = signatories.map((record) => acceptRecord(record, []));
    if (!file.ok) throw new Error('not a letter file');
    const sections = await makeSections({
      source: sourceOf(records.flatMap((record) => (record.ok ? [record.value] : []))),
      settings: file.value.block,
      language: 'en',
      edition: 'public',
    });
    for (const section of sections) {
      const lines: string[] = [];
      for await (const batch of section.batches()) lines.push(...batch.map(({ lines: [first = ''], lead }) => first.slice(0, lead)));
      expect(lines).toEqual((await printed(section.kind)).lines);
    }
    expect(sections.map(({ count }) => count)).toEqual([4, 4]);
  });

  it('is previewed as typed, and nothing is stored', async () => {
    const { instance, letter, row, values } = await drafted();
    const before = await row();
    const typed = input({ ...(await values()), 'personalHeading-fr': 'Personnes', numbered: 'yes', personalOrder: 'family-name' });
    const preview = await previewBlock(instance, letter, typed.block, 'fr');
    expect(preview).toMatchObject({ invented: true, language: 'fr' });
    const personal = preview?.document.sections.find(({ kind }) => kind === 'personal');
    expect(personal).toMatchObject({ heading: 'Personnes', numbered: true });
    expect(await row()).toEqual(before);
  });
});
