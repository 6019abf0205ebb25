import { eq } from 'drizzle-orm';
import { beforeEach, expect, it } from 'vitest';
import type { Entry } from '../../../lib/block/model.ts';
import type { Edition } from '../../../lib/document/model.ts';
import type { Instance } from '../../../lib/instance.ts';
import { viewInvitations } from '../../../lib/invitations/desk-view.ts';
import { viewInvitation } from '../../../lib/invitations/page-view.ts';
import { previewInvitation } from '../../../lib/invitations/preview.ts';
import { SHORT_LIST } from '../../../lib/invitations/signed-so-far.ts';
import { letterDocument } from '../../../lib/letters/document.ts';
import { createLetter } from '../../../lib/letters/drafting.ts';
import { closeLetter, deliverLetter } from '../../../lib/letters/ending.ts';
import { settingsFormValues } from '../../../lib/letters/form-values.ts';
import { frozenText } from '../../../lib/letters/freezing.ts';
import { freezeLetter } from '../../../lib/letters/opening.ts';
import { type Policies, policiesOf, presetSettings } from '../../../lib/letters/presets.ts';
import { setNamesHidden, setRelease } from '../../../lib/letters/releasing.ts';
import { saveSettings } from '../../../lib/letters/saving.ts';
import { settingsOf } from '../../../lib/letters/translations.ts';
import { withdrawLetter } from '../../../lib/letters/withdrawing.ts';
import { readMail } from '../../../lib/outbox/read.ts';
import { viewListed } from '../../../lib/signatures/listed.ts';
import { viewOrder } from '../../../lib/signatures/order-view.ts';
import { signByInvitation } from '../../../lib/signatures/sign.ts';
import { foundTestCoalition, letterScope } from '../../support/coalition.ts';
import {
  answer,
  approveShown,
  asOrganisation,
  asPerson,
  asRepresentative,
  hoursLater,
  invite,
  letterRow,
  NOW,
  type OpenLetter,
  openTestLetter,
  signatureRows,
  takeBack,
} from '../../support/invited.ts';
import { letterInput } from '../../support/letters.ts';
import { describeEachStore, testInstance } from '../../support/stores.ts';

describeEachStore('the policies of a letter', (open) => {
  let instance: Instance;
  beforeEach(async () => {
    instance = testInstance((await open()).store);
  });

  /** As an older preset, or a coordinator, may have set them. */
  async function setPolicies(letter: OpenLetter, change: Readonly<Record<string, unknown>>): Promise<void> {
    const { policies } = await letterRow(letter);
    await instance.store.inTransaction(async (tx) => {
      const { letters } = tx.tables;
      await tx
        .update(letters)
        .set({ policies: { ...(policies as Policies), ...change } })
        .where(eq(letters.id, letter.letterId));
    });
  }

  async function sign(letter: OpenLetter, party: Parameters<typeof invite>[1], fields: object) {
    const invited = await invite(letter, party);
    const signed = await signByInvitation(instance, invited.scope, answer(letter, invited, fields), NOW);
    if (!signed.ok) throw new Error(JSON.stringify(signed.reason));
    return invited;
  }

  async function printed(letter: OpenLetter, edition: Edition): Promise<readonly string[]> {
    const document = await letterDocument(instance, letter.letterId, { edition, now: NOW });
    const entries: Entry[] = [];
    for (const section of document?.sections ?? []) for await (const batch of section.batches()) entries.push(...batch);
    return entries.map(({ lines }) => lines.join(' | '));
  }

  const WITH = 'Harbour Forum | Ilse Okoye, Director';

  it('print a representative who asked for it, and in no edition and on no page once nobody is to print', async () => {
    const letter = await openTestLetter(instance);
    const forum = await sign(letter, { organisation: 'Harbour Forum' }, asRepresentative('Harbour Forum'));
    await sign(letter, { organisation: 'Ferry Union' }, asOrganisation('Ferry Union', 'Bruno Quist'));
    const own = async () => (await viewInvitation(instance, forum.scope, NOW))?.own;
    const everywhere = async () => [
      ...(await printed(letter, 'public')),
      ...(await printed(letter, 'addressee')),
      (await own())?.entries[0].entry.lines.join(' | '),
      ...(await viewInvitations(instance, letter.letter, null)).items.flatMap(({ entries }) => entries),
      ...(await viewListed(instance, letter.letter, { before: null, limit: 9 })).entries.map(({ lead, details }) => `${lead} ${details}`),
      ...((await viewOrder(instance, letter.letter, { section: null, page: 1, at: null, words: '' }))?.entries ?? []).map(
        ({ lead, details }) => `${lead} ${details}`,
      ),
    ];
    expect(await printed(letter, 'public')).toEqual(['Ferry Union', WITH]);
    expect((await everywhere()).filter((line) => line?.includes('Ilse Okoye'))).toHaveLength(6);

    await setPolicies(letter, { representativePrinted: 'never' });
    expect((await everywhere()).filter((line) => line?.includes('Ilse Okoye'))).toEqual([]);
    expect((await everywhere()).filter((line) => line?.includes('Harbour Forum'))).toHaveLength(6);
    // Kept all the same: the own page says who signed.
    expect((await own())?.signedBy.name).toBe('Ilse Okoye');

    await setPolicies(letter, { representativePrinted: 'asked' });
    expect(await printed(letter, 'public')).toEqual(['Ferry Union', WITH]);
  });

  it('print nobody later who signed while nobody was asked', async () => {
    const letter = await openTestLetter(instance);
    await setPolicies(letter, { representativePrinted: 'never' });
    const forum = await invite(letter, { organisation: 'Harbour Forum' });
    expect((await viewInvitation(instance, forum.scope, NOW))?.letter.representativePrinted).toBe('never');
    const forged = answer(letter, forum, asRepresentative('Harbour Forum'));
    expect(await signByInvitation(instance, forum.scope, forged, NOW)).toMatchObject({ ok: true, value: { repeated: false } });
    expect(await signByInvitation(instance, forum.scope, forged, NOW)).toMatchObject({ ok: true, value: { repeated: true } });
    const outbox = await instance.store.read.select().from(instance.store.read.tables.outbox);
    const receipts = outbox.filter(({ invitationId, kind }) => invitationId === forum.invitationId && kind === 'receipt');
    expect(receipts).toHaveLength(1);
    for (const row of receipts) {
      const mail = readMail(instance, row);
      expect(mail.ok && mail.value.text).not.toContain('Ilse Okoye, Director');
    }
    for (const later of ['asked', 'offered', true]) {
      await setPolicies(letter, { representativePrinted: later });
      expect(await printed(letter, 'public')).toEqual(['Harbour Forum']);
    }
  });

  it('of before the choice of three are read as they were', async () => {
    const { policies } = presetSettings['coalition-letter'];
    expect(policiesOf({ ...policies, representativePrinted: false }).representativePrinted).toBe('asked');
    expect(policiesOf({ ...policies, representativePrinted: true }).representativePrinted).toBe('offered');
    expect(() => policiesOf({ ...policies, representativePrinted: 'always' })).toThrow();
  });

  it('are a draft’s to set: kept with its saves, and the preset’s own choice is none of its own', async () => {
    const { scope } = await foundTestCoalition(instance, NOW);
    const { letterId } = await createLetter(instance, scope, letterInput({ representativePrinted: 'never' }), NOW);
    const at = letterScope(scope, letterId);
    const row = () => letterRow({ instance, letterId } as OpenLetter);
    const stored = async () => policiesOf((await row()).policies).representativePrinted;
    expect(await stored()).toBe('never');
    expect(settingsFormValues(settingsOf(await row())).representativePrinted).toBe('never');
    const { block: _block, ...settings } = settingsOf(await row());
    const save = async (change: Partial<typeof settings>) =>
      await saveSettings(instance, at, { settings: { ...settings, ...change }, revision: (await row()).settingsRevision }, NOW);
    expect(await save({ preset: 'open-letter' })).toMatchObject({ ok: true });
    expect(await stored()).toBe('never');
    expect(await save({ preset: 'open-letter', representativePrinted: undefined })).toMatchObject({ ok: true });
    expect(await stored()).toBe('offered');
    expect(settingsFormValues(settingsOf(await row())).representativePrinted).toBe('');
  });

  it('list an answer at once, or once somebody has looked', async () => {
    const letter = await openTestLetter(instance);
    await sign(letter, { person: 'Nila Sorrento' }, asPerson('Nila Sorrento'));
    await setPolicies(letter, { listed: 'on-approval' });
    await sign(letter, { person: 'Tomas Ardelean' }, asPerson('Tomas Ardelean'));
    const waiting = await sign(letter, { organisation: 'Harbour Forum' }, asOrganisation('Harbour Forum'));
    expect((await signatureRows(letter)).map(({ status, authority }) => [status, authority])).toEqual([
      ['listed', null],
      ['held', null],
      ['held', 'awaiting-decision'],
    ]);
    expect(await printed(letter, 'public')).toEqual(['Nila Sorrento']);
    expect((await viewInvitation(instance, waiting.scope, NOW, 1))?.signed?.list).toMatchObject({ total: 1 });
    expect(await approveShown(letter, waiting.invitationId, NOW)).toMatchObject({ ok: true });
    expect(await printed(letter, 'public')).toEqual(['Harbour Forum', 'Nila Sorrento']);
  });

  it('make a letter public when it is opened, when it is delivered or by hand', async () => {
    const { scope } = await foundTestCoalition(instance, NOW);
    const releases = async (publicAt: Policies['publicAt']) => {
      const { letterId } = await createLetter(instance, scope, letterInput(), NOW);
      const at = letterScope(scope, letterId);
      const draft = { instance, letterId } as OpenLetter;
      await setPolicies(draft, { publicAt });
      const text = frozenText(letterInput(), { emptyBody: 'refused' });
      if (!text.ok) throw new Error('the letter cannot be frozen');
      await freezeLetter(instance, at, { fingerprint: text.value.fingerprint, revision: 1 }, NOW);
      const opened = (await letterRow(draft)).release;
      await closeLetter(instance, at, NOW);
      await deliverLetter(instance, at, NOW);
      return [opened, (await letterRow(draft)).release];
    };
    expect(await releases('opening')).toEqual(['public', 'public']);
    expect(await releases('delivery')).toEqual(['invited-only', 'public']);
    expect(await releases('by-hand')).toEqual(['invited-only', 'invited-only']);
  });

  it('keep headline, names, a coordinator’s message and receipts out of mails', async () => {
    const letter = await openTestLetter(instance);
    await setPolicies(letter, presetSettings['people-at-risk'].policies);
    const party = { capacity: 'organisation', organisation: 'Harbour Forum', acronym: '', name: 'Ilse Okoye', language: 'en' } as const;
    const mail = await previewInvitation(instance, letter.letter, { ...party, message: 'About the river, with Bruno.' });
    expect(`${mail?.subject} ${mail?.text} ${mail?.html}`).not.toMatch(/river|Bruno|Harbour|Ilse/i);
    await sign(letter, { organisation: 'Harbour Forum' }, asOrganisation('Harbour Forum'));
    const outbox = await instance.store.read.select().from(instance.store.read.tables.outbox);
    expect(outbox.filter(({ kind }) => kind === 'receipt')).toEqual([]);
  });

  it('show those who were invited the public list as it prints, a page at a time, before the release and after', async () => {
    const letter = await openTestLetter(instance);
    const reader = await invite(letter, { person: 'Tomas Ardelean' });
    const signed = async (page: number | 'short' = 'short') => (await viewInvitation(instance, reader.scope, NOW, page))?.signed;
    expect(await signed()).toMatchObject({ organisations: 0, people: 0, public: false, list: { total: 0 } });
    const forum = await sign(letter, { organisation: 'Harbour Forum' }, asRepresentative('Harbour Forum'));
    await sign(letter, { organisation: 'Bank of Reeds' }, { ...asOrganisation('Bank of Reeds'), publication: 'counted' });
    await sign(letter, { person: 'Nila Sorrento' }, { ...asPerson('Nila Sorrento'), publication: 'addressee' });
    await sign(letter, { organisation: 'Ferry Union' }, asOrganisation('Quite Another Union'));
    const names = async () => {
      const list = (await signed())?.list;
      if (!list || list === 'elsewhere') return null;
      return list.parts.flatMap(({ entries }) => entries.map(({ lines }) => lines.join(' | ')));
    };
    expect(await signed()).toMatchObject({ organisations: 2, people: 1, public: false });
    expect(await names()).toEqual([WITH]);

    await setNamesHidden(instance, letter.letter, true, hoursLater(1));
    expect(await signed()).toBeNull();
    await setNamesHidden(instance, letter.letter, false, hoursLater(1));
    expect(await names()).toEqual([WITH]);

    await setPolicies(letter, { beforeRelease: 'counted' });
    expect(await signed()).toMatchObject({ organisations: 2, people: 1, list: null });
    await setRelease(instance, letter.letter, { when: 'now', releaseDay: '', releaseTime: '' }, NOW);
    expect(await signed()).toMatchObject({ public: true });
    expect(await names()).toEqual([WITH]);

    await takeBack(instance, forum, hoursLater(2));
    expect(await names()).toEqual([]);
    await withdrawLetter(instance, letter.letter, { reason: 'Wrong figures.', replacement: 'none' }, hoursLater(3));
    expect(await signed()).toBeNull();
  });

  it('put no long list in order for a page that stands beside it', async () => {
    const letter = await openTestLetter(instance);
    const reader = await invite(letter, { person: 'Tomas Ardelean' });
    await sign(letter, { organisation: 'Harbour Forum' }, asOrganisation('Harbour Forum'));
    const { tables } = instance.store.read;
    const manyPeople = { personCount: SHORT_LIST };
    await instance.store.inTransaction((tx) => tx.update(tables.letters).set(manyPeople).where(eq(tables.letters.id, letter.letterId)));
    const list = async (page: number | 'short') => (await viewInvitation(instance, reader.scope, NOW, page))?.signed?.list;
    expect(await list('short')).toBe('elsewhere');
    expect(await list(1)).toMatchObject({ total: 1 });
  });

  it('give the final document to who stands in it, as far as names show to them', async () => {
    const letter = await openTestLetter(instance);
    const forum = await sign(letter, { organisation: 'Harbour Forum' }, asOrganisation('Harbour Forum'));
    const person = await sign(letter, { person: 'Nila Sorrento' }, asPerson('Nila Sorrento'));
    const held = await sign(letter, { organisation: 'Ferry Union' }, asOrganisation('Quite Another Union'));
    const final = async () =>
      await Promise.all([forum, person, held].map(async ({ scope }) => (await viewInvitation(instance, scope, hoursLater(3)))?.final));
    expect(await final()).toEqual([false, false, false]);
    await closeLetter(instance, letter.letter, hoursLater(1));
    await deliverLetter(instance, letter.letter, hoursLater(2));
    expect(await final()).toEqual([true, true, false]);
    await setRelease(instance, letter.letter, { when: 'invited-only', releaseDay: '', releaseTime: '' }, hoursLater(2));
    await setPolicies(letter, { beforeRelease: 'counted' });
    expect(await final()).toEqual([true, false, false]);
  });
});
