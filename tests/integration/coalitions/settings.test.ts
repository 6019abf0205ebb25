import { expect, it } from 'vitest';
import { listAuditEntries } from '../../../db/queries/audit.ts';
import { mintCoalitionScope } from '../../../lib/access/scope.ts';
import { ensurePerson } from '../../../lib/auth/person.ts';
import { addMember } from '../../../lib/coalitions/founding.ts';
import { readLogo } from '../../../lib/coalitions/logo.ts';
import { removeLogo, saveSettings, setLogo } from '../../../lib/coalitions/settings.ts';
import { type SettingsInput, settingsForm } from '../../../lib/coalitions/settings-schema.ts';
import { viewSettings } from '../../../lib/coalitions/views.ts';
import { renderHtml } from '../../../lib/html/page.ts';
import type { Instance } from '../../../lib/instance.ts';
import { previewInvitation } from '../../../lib/invitations/preview.ts';
import { letterDocument } from '../../../lib/letters/document.ts';
import { createLetter } from '../../../lib/letters/drafting.ts';
import { newLetterValues } from '../../../lib/letters/form-values.ts';
import { address, foundTestCoalition, letterScope } from '../../support/coalition.ts';
import { letterInput } from '../../support/letters.ts';
import { testJpeg, testPng } from '../../support/pictures.ts';
import { describeEachStore, testInstance } from '../../support/stores.ts';

const now = new Date('2026-03-02T10:00:00Z');

/** Saves as an owner who has just opened the page. */
async function save(instance: Instance, scope: Parameters<typeof saveSettings>[1], input: SettingsInput) {
  const { state } = await viewSettings(instance, scope);
  return await saveSettings(instance, scope, { ...input, shown: state }, now);
}

const stored = async (instance: Instance, scope: Parameters<typeof viewSettings>[1]) => {
  const { state: _, ...settings } = await viewSettings(instance, scope);
  return settings;
};

const input = (typed: Readonly<Record<string, string>>): SettingsInput => settingsForm.parse({ name: 'Clear Water Alliance', ...typed });

describeEachStore('the settings of a coalition', (open) => {
  it('are saved with one entry in the log, and with none where nothing changes', async () => {
    const instance = testInstance((await open()).store);
    const { scope, coalitionId } = await foundTestCoalition(instance, now);
    const typed = {
      name: 'Clear Waters',
      publicName: 'The river people',
      senderName: 'River desk',
      replyTo: 'desk@river.example',
      defaultPreset: 'open-letter',
      letterheadLines: 'River House\n\n  Quay 1  ',
      letterheadLogo: 'yes',
    };
    for (let again = 0; again < 2; again++) expect((await save(instance, scope, input(typed))).ok).toBe(true);
    expect(await stored(instance, scope)).toEqual({
      name: 'Clear Waters',
      publicName: 'The river people',
      senderName: 'River desk',
      replyTo: 'desk@river.example',
      defaultPreset: 'open-letter',
      letterhead: { lines: ['River House', 'Quay 1'], logo: true },
    });
    const entries = async () => (await listAuditEntries(instance.store.read, coalitionId)).map(({ entry }) => entry.type);
    expect(await entries()).toEqual(['coalition-founded', 'coalition-settings-changed']);
    await save(instance, scope, input({}));
    expect(await stored(instance, scope)).toEqual({ name: 'Clear Water Alliance' });
  });

  it('take a logo with what was typed beside it, both or neither; the first one is shown at once', async () => {
    const instance = testInstance((await open()).store);
    const { scope } = await foundTestCoalition(instance, now);
    const send = async (typed: Readonly<Record<string, string>>, logo: Buffer, shown?: string) => {
      const { state } = await viewSettings(instance, scope);
      return await saveSettings(instance, scope, input({ ...typed, shown: shown ?? state }), now, logo);
    };
    const typed = { letterheadLines: 'River House' };
    expect(await send(typed, Buffer.from('GIF89a'))).toEqual({ ok: false, reason: { place: 'logo', reason: 'not-a-picture' } });
    expect(await send(typed, testPng(), 'older')).toEqual({ ok: false, reason: 'stale' });
    expect(await stored(instance, scope)).toEqual({ name: 'Clear Water Alliance' });
    expect((await send(typed, testPng())).ok).toBe(true);
    expect(await stored(instance, scope)).toMatchObject({ letterhead: { lines: ['River House'], logo: true }, logo: expect.any(String) });
    // Whoever took the box away means it, whatever picture they choose next.
    await save(instance, scope, input(typed));
    expect((await send(typed, testJpeg())).ok).toBe(true);
    expect(await stored(instance, scope)).toMatchObject({ letterhead: { lines: ['River House'], logo: false } });
  });

  it('are not overwritten from an older page, unless by whoever has seen them since', async () => {
    const instance = testInstance((await open()).store);
    const { scope, coalitionId } = await foundTestCoalition(instance, now);
    const { state } = await viewSettings(instance, scope);
    const over = (shown: string, typed: Readonly<Record<string, string>>) => saveSettings(instance, scope, input({ ...typed, shown }), now);
    expect((await over(state, { publicName: 'The river people' })).ok).toBe(true);
    // The logo is no part of the form, so it makes no page old.
    const { state: seen } = await viewSettings(instance, scope);
    await setLogo(instance, scope, testPng(), now);
    expect((await viewSettings(instance, scope)).state).toBe(seen);
    for (const shown of [state, '']) {
      expect(await over(shown, { senderName: 'River desk' })).toEqual({ ok: false, reason: 'stale' });
    }
    expect(await stored(instance, scope)).toMatchObject({ name: 'Clear Water Alliance', publicName: 'The river people' });
    expect((await over(state, { publicName: 'The river people' })).ok).toBe(true);
    const rivals = await Promise.all(['A', 'B', 'C'].map((senderName) => over(seen, { senderName })));
    expect(rivals.filter(({ ok }) => ok)).toHaveLength(1);
    expect((await listAuditEntries(instance.store.read, coalitionId)).length).toBe(4);
  });

  it('are its owners’, whatever the scope says', async () => {
    const instance = testInstance((await open()).store);
    const { coalitionId } = await foundTestCoalition(instance, now);
    const { id: memberId } = await instance.store.inTransaction(async (tx) => {
      const { id: personId } = await ensurePerson(tx, instance, { email: address('co@coalition.example'), name: 'Co' }, now);
      return await addMember(tx, instance, { coalitionId, personId, role: 'coordinator' }, now);
    });
    const scope = mintCoalitionScope({ coalitionId, memberId, role: 'owner' }) as Parameters<typeof saveSettings>[1];
    expect(await save(instance, scope, input({ name: 'Mine' }))).toEqual({ ok: false, reason: 'not-allowed' });
    expect(await setLogo(instance, scope, testPng(), now)).toEqual({ ok: false, reason: 'not-allowed' });
    expect(await readLogo(instance, coalitionId)).toBeNull();
  });

  it('say whom mails come from and where answers go', async () => {
    const instance = testInstance((await open()).store);
    const { scope } = await foundTestCoalition(instance, now);
    const { letterId } = await createLetter(instance, scope, letterInput({}), now);
    const party = { capacity: 'personal', organisation: '', acronym: '', name: 'Ada', message: '', language: 'en' } as const;
    const mail = () => previewInvitation(instance, letterScope(scope, letterId), party);
    expect(await mail()).toMatchObject({ fromName: 'Clear Water Alliance' });
    expect(await mail()).not.toHaveProperty('replyTo');
    await save(instance, scope, input({ publicName: 'The river people', replyTo: 'desk@river.example' }));
    const named = await mail();
    expect(named).toMatchObject({ fromName: 'The river people', replyTo: 'desk@river.example' });
    expect(named?.text).not.toContain('Clear Water');
    await save(instance, scope, input({ senderName: 'River desk' }));
    expect(await mail()).toMatchObject({ fromName: 'River desk', subject: 'An invitation from Clear Water Alliance' });
  });

  it('refuse what prints badly or is no address, at its field', () => {
    const faults = (typed: Readonly<Record<string, string>>) => {
      const parsed = settingsForm.safeParse({ name: 'A', ...typed });
      return parsed.success ? [] : parsed.error.issues.map(({ path }) => path.join('.'));
    };
    expect(faults({ name: ' ' })).toEqual(['name']);
    expect(faults({ senderName: 'A\nBcc: x@y.example' })).toEqual(['senderName']);
    expect(faults({ replyTo: 'a@b.example, c@d.example' })).toEqual(['replyTo']);
    expect(faults({ defaultPreset: 'people-at-risk' })).toEqual(['defaultPreset']);
    expect(faults({ letterheadLines: 'a\nb\nc\nd\ne\nf\ng' })).toEqual(['letterheadLines']);
    expect(faults({ letterheadLines: 'x'.repeat(101) })).toEqual(['letterheadLines']);
    expect(newLetterValues('UTC', 'open-letter').preset).toBe('open-letter');
    expect(newLetterValues('UTC', 'people-at-risk').preset).toBe('coalition-letter');
  });
});

describeEachStore('the logo of a coalition', (open) => {
  it('is stored, replaced and removed, each with its entry; the bytes of the one before are gone', async () => {
    const instance = testInstance((await open()).store);
    const { scope, coalitionId } = await foundTestCoalition(instance, now);
    expect((await setLogo(instance, scope, testPng(), now)).ok).toBe(true);
    expect(await readLogo(instance, coalitionId)).toEqual({ mediaType: 'image/png', width: 48, height: 32, bytes: testPng() });
    expect((await setLogo(instance, scope, testJpeg(), now)).ok).toBe(true);
    expect(await readLogo(instance, coalitionId)).toMatchObject({ mediaType: 'image/jpeg', width: 60, height: 40 });
    // The form of the settings leaves it alone.
    await save(instance, scope, input({ letterheadLogo: 'yes' }));
    expect(await readLogo(instance, coalitionId)).not.toBeNull();
    expect((await removeLogo(instance, scope, now)).ok).toBe(true);
    expect(await readLogo(instance, coalitionId)).toBeNull();
    const { blobs } = instance.store.read.tables;
    expect((await instance.store.read.select().from(blobs)).filter(({ activatedAt }) => activatedAt !== null)).toEqual([]);
    expect((await listAuditEntries(instance.store.read, coalitionId)).map(({ entry }) => entry.type).slice(1)).toEqual(
      Array.from({ length: 4 }, () => 'coalition-settings-changed'),
    );
  });

  it('is refused at its field, and leaves nothing', async () => {
    const instance = testInstance((await open()).store);
    const { scope } = await foundTestCoalition(instance, now);
    const refused = async (sent: Buffer) => {
      const set = await setLogo(instance, scope, sent, now);
      return set.ok ? null : set.reason;
    };
    expect(await refused(Buffer.from('GIF89a'))).toEqual({ place: 'logo', reason: 'not-a-picture' });
    expect(await refused(Buffer.alloc(1_000_001))).toEqual({ place: 'logo', reason: 'too-many-bytes' });
    expect(await instance.store.read.select().from(instance.store.read.tables.blobs)).toEqual([]);
  });

  it('stands with the letterhead on every letter, and only where the letterhead says so', async () => {
    const instance = testInstance((await open()).store);
    const { scope } = await foundTestCoalition(instance, now);
    const { letterId } = await createLetter(instance, scope, letterInput({}), now);
    await setLogo(instance, scope, testPng(), now);
    const head = async () => (await letterDocument(instance, letterId, { edition: 'public', now }))?.letterhead;
    expect(await head()).toBeUndefined();
    await save(instance, scope, input({ letterheadLines: 'River House <1>' }));
    expect(await head()).toEqual({ name: 'Clear Water Alliance', lines: ['River House <1>'], logo: null });
    await save(instance, scope, input({ letterheadLines: 'River House <1>', letterheadLogo: 'yes' }));
    const document = await letterDocument(instance, letterId, { edition: 'public', now });
    expect(document?.letterhead).toMatchObject({ lines: ['River House <1>'], logo: { mediaType: 'image/png', width: 48, height: 32 } });
    if (!document) throw new Error('no document');
    let html = '';
    for await (const chunk of renderHtml(document)) html += chunk;
    expect(html).toContain('River House &lt;1&gt;');
    expect(html).toContain(`<img src="data:image/png;base64,${testPng().toString('base64')}" alt="">`);
    expect(html).toContain('img-src data:');
  });
});
