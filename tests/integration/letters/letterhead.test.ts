import { expect, it } from 'vitest';
import type { CoalitionScope, LetterScope } from '../../../lib/access/scope.ts';
import { removeOrphans } from '../../../lib/blobs/store.ts';
import type { For } from '../../../lib/coalitions/access.ts';
import { removeLogo, saveSettings, setLogo } from '../../../lib/coalitions/settings.ts';
import { settingsForm } from '../../../lib/coalitions/settings-schema.ts';
import { viewSettings } from '../../../lib/coalitions/views.ts';
import { viewInvitation } from '../../../lib/invitations/page-view.ts';
import { letterDocument } from '../../../lib/letters/document.ts';
import { closeLetter, deliverLetter } from '../../../lib/letters/ending.ts';
import { presetSettings } from '../../../lib/letters/presets.ts';
import { createSampleLetter, deleteSample } from '../../../lib/letters/sample.ts';
import { typedLetterDocument, typedTextDocument } from '../../../lib/letters/typed-document.ts';
import { foundTestCoalition, letterScope } from '../../support/coalition.ts';
import { invite, NOW as now, type OpenLetter, openLetterIn } from '../../support/invited.ts';
import { letterInput } from '../../support/letters.ts';
import { renderToBytes } from '../../support/pdf.ts';
import { testJpeg, testPng } from '../../support/pictures.ts';
import { describeEachStore, testInstance } from '../../support/stores.ts';

const LINES = 'River House\nQuay 1';

interface Started extends OpenLetter {
  readonly scope: For<CoalitionScope, never>;
}

async function save({ instance, scope }: Started, typed: Readonly<Record<string, string>>): Promise<void> {
  const { state } = await viewSettings(instance, scope);
  const input = { ...settingsForm.parse({ name: 'Clear Water Alliance', ...typed }), shown: state };
  expect((await saveSettings(instance, scope, input, now)).ok).toBe(true);
}

const head = async ({ instance }: OpenLetter, letterId: string) =>
  (await letterDocument(instance, letterId, { edition: 'public', now }))?.letterhead;

async function deliver({ instance }: OpenLetter, letter: For<LetterScope, never>): Promise<void> {
  for (const act of [closeLetter, deliverLetter]) expect((await act(instance, letter, now)).ok).toBe(true);
}

const blobs = async ({ instance }: OpenLetter): Promise<number> => {
  await removeOrphans(instance.store, new Date(now.getTime() + 1));
  return (await instance.store.read.select().from(instance.store.read.tables.blobs)).length;
};

const logo = (bytes: Buffer) => expect.objectContaining({ base64: bytes.toString('base64') });

describeEachStore('the letterhead of a letter', (open) => {
  const start = async (): Promise<Started> => {
    const instance = testInstance((await open()).store);
    const { scope } = await foundTestCoalition(instance, now);
    return { ...(await openLetterIn(instance, scope, letterInput(), now)), scope };
  };

  it('is the present one until the delivery, and the one it was delivered with ever after', async () => {
    const at = await start();
    const { instance, scope, letter, letterId } = at;
    await save(at, { letterheadLines: 'Old House' });
    expect(await head(at, letterId)).toEqual({ name: 'Clear Water Alliance', lines: ['Old House'], logo: null });
    await closeLetter(instance, letter, now);
    await save(at, { letterheadLines: LINES, letterheadLogo: 'yes' });
    await setLogo(instance, scope, testPng(), now);
    const kept = { name: 'Clear Water Alliance', lines: ['River House', 'Quay 1'], logo: logo(testPng()) };
    expect(await head(at, letterId)).toEqual(kept);
    expect((await deliverLetter(instance, letter, now)).ok).toBe(true);
    const rendered = async () => {
      const document = await letterDocument(instance, letterId, { edition: 'public', now });
      if (!document) throw new Error('no letter');
      return Buffer.from((await renderToBytes(document)).bytes);
    };
    const before = await rendered();

    await save(at, { name: 'Dry Land League', publicName: 'Others', letterheadLines: 'Elsewhere', letterheadLogo: 'yes' });
    await setLogo(instance, scope, testJpeg(), now);
    await blobs(at);
    expect(await head(at, letterId)).toEqual(kept);
    expect((await rendered()).equals(before)).toBe(true);
    const later = await openLetterIn(instance, scope, letterInput(), now);
    expect(await head(at, later.letterId)).toEqual({ name: 'Others', lines: ['Elsewhere'], logo: logo(testJpeg()) });
    await removeLogo(instance, scope, now);
    await blobs(at);
    expect(await head(at, letterId)).toEqual(kept);
  });

  it('stays away from a letter that was delivered without one', async () => {
    const at = await start();
    await deliver(at, at.letter);
    await save(at, { letterheadLines: LINES });
    expect(await head(at, at.letterId)).toBeUndefined();
  });

  it('keeps its picture for as long as a letter or the coalition has it', async () => {
    const at = await start();
    const { instance, scope, letter } = at;
    const sample = await createSampleLetter(instance, scope, { zone: 'Europe/Oslo' }, now);
    if (!sample.ok) throw new Error(sample.reason);
    const first = letterScope(scope, sample.value.letterId);
    await save(at, { letterheadLogo: 'yes' });
    await setLogo(instance, scope, testPng(), now);
    await deliver(at, first);
    expect(await blobs(at)).toBe(1);
    await setLogo(instance, scope, testJpeg(), now);
    expect(await blobs(at)).toBe(2);
    expect(await head(at, first.letterId)).toMatchObject({ logo: logo(testPng()) });
    await deleteSample(instance, first);
    expect(await blobs(at)).toBe(1);

    // The coalition's own, and another letter's, outlive a letter that goes.
    const next = await createSampleLetter(instance, scope, { zone: 'Europe/Oslo' }, now);
    if (!next.ok) throw new Error(next.reason);
    await deliver(at, letterScope(scope, next.value.letterId));
    await deliver(at, letter);
    await deleteSample(instance, letterScope(scope, next.value.letterId));
    expect(await blobs(at)).toBe(1);
    await removeLogo(instance, scope, now);
    expect(await blobs(at)).toBe(1);
    expect(await head(at, at.letterId)).toMatchObject({ logo: logo(testJpeg()) });
  });

  it('stands over what is typed', async () => {
    const at = await start();
    const { instance, scope, letter } = at;
    await save(at, { letterheadLines: LINES, letterheadLogo: 'yes' });
    await setLogo(instance, scope, testPng(), now);
    const shown = { lines: ['River House', 'Quay 1'], logo: logo(testPng()) };
    expect((await typedLetterDocument(instance, scope, letterInput())).letterhead).toMatchObject(shown);
    expect((await typedTextDocument(instance, letter, 'en', letterInput()))?.letterhead).toMatchObject(shown);
    await deliver(at, letter);
    await save(at, {});
    expect((await typedTextDocument(instance, letter, 'en', letterInput()))?.letterhead).toMatchObject(shown);
  });

  it('says the public name and nothing else where coordinators have no other', async () => {
    const at = await start();
    const { instance, scope, letter, letterId } = at;
    const { policies } = presetSettings['people-at-risk'];
    await instance.store.inTransaction(async (tx) => void (await tx.update(tx.tables.letters).set({ policies })));
    await setLogo(instance, scope, testPng(), now);
    await save(at, { letterheadLines: 'Chair: Nila Ferro', letterheadLogo: 'yes' });
    expect(await head(at, letterId)).toEqual({ name: 'Clear Water Alliance', lines: ['Clear Water Alliance'], logo: logo(testPng()) });
    const anonymous = { name: 'Friends of the river', lines: ['Friends of the river'], logo: null };
    await save(at, { publicName: 'Friends of the river', letterheadLines: 'Chair: Nila Ferro', letterheadLogo: 'yes' });
    expect(await head(at, letterId)).toEqual(anonymous);
    const typed = await typedLetterDocument(instance, scope, letterInput({ preset: 'people-at-risk' }));
    expect(typed.letterhead).toEqual(anonymous);
    const invited = await invite(at, { person: 'Ana Marlow' });
    expect((await viewInvitation(instance, invited.scope, now))?.letter.letterhead).toEqual(anonymous);
    await deliver(at, letter);
    await save(at, { letterheadLines: 'Chair: Nila Ferro' });
    expect(await head(at, letterId)).toEqual(anonymous);
  });

  it('is words alone for whoever was invited', async () => {
    const at = await start();
    const invited = await invite(at, { person: 'Ana Marlow' });
    const seen = async () => (await viewInvitation(at.instance, invited.scope, now))?.letter.letterhead;
    expect(await seen()).toBeUndefined();
    await setLogo(at.instance, at.scope, testPng(), now);
    await save(at, { letterheadLogo: 'yes' });
    expect(await seen()).toEqual({ name: 'Clear Water Alliance', lines: [], logo: null });
    await save(at, { letterheadLines: LINES, letterheadLogo: 'yes' });
    expect(await seen()).toEqual({ name: 'Clear Water Alliance', lines: ['River House', 'Quay 1'], logo: null });
  });
});
