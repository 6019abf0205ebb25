import { eq } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { listAuditEntries } from '../../../db/queries/audit.ts';
import { findLetterById } from '../../../db/queries/letters.ts';
import type { Instance } from '../../../lib/instance.ts';
import { letterDocument } from '../../../lib/letters/document.ts';
import { closeLetter, deliverLetter } from '../../../lib/letters/ending.ts';
import { policiesOf } from '../../../lib/letters/presets.ts';
import { openInvitedSigning } from '../../../lib/signatures/access.ts';
import { correctOwnEntry, takeBackWish } from '../../../lib/signatures/correct.ts';
import { approveWish, correctEntry, refuseWish } from '../../../lib/signatures/correct-by-member.ts';
import { type CorrectOwnInput, correctEntryForm, correctOwnForm } from '../../../lib/signatures/correct-schema.ts';
import { viewCorrection } from '../../../lib/signatures/correction-view.ts';
import { viewOwnPage } from '../../../lib/signatures/own-view.ts';
import { signByInvitation } from '../../../lib/signatures/sign.ts';
import {
  answer,
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
} from '../../support/invited.ts';
import { mailTexts, type OpenSigned, signOpenly } from '../../support/open-signed.ts';
import { describeEachStore, testInstance } from '../../support/stores.ts';

async function printed({ instance, letterId }: OpenLetter): Promise<Readonly<Record<string, readonly string[]>>> {
  const document = await letterDocument(instance, letterId, { edition: 'public', now: hoursLater(1) });
  const sections: [string, string[]][] = [];
  for (const section of document?.sections ?? []) {
    const lines: string[] = [];
    for await (const batch of section.batches()) lines.push(...batch.map((entry) => entry.lines.join(' | ')));
    sections.push([section.kind, lines]);
  }
  return Object.fromEntries(sections.filter(([, lines]) => lines.length > 0));
}

/** The form as the page shows it, with some fields typed over. */
async function form(instance: Instance, scope: OpenSigned['scope'], change: object, at = 0): Promise<CorrectOwnInput> {
  const entry = (await viewOwnPage(instance, scope, NOW))?.own.entries[at];
  if (!entry) throw new Error('no entry');
  const { representativePrinted, ...fields } = entry.fields;
  return correctOwnForm.parse({
    signing: scope.signingId,
    entry: entry.signatureId,
    seen: entry.seen,
    publication: entry.publication,
    representativePrinted: representativePrinted ? 'yes' : '',
    ...fields,
    ...change,
  });
}

describeEachStore('correcting an entry', (open) => {
  const start = async () => openTestLetter(testInstance((await open()).store));
  const correct = async (letter: OpenLetter, scope: OpenSigned['scope'], change: object, at = 0) =>
    correctOwnEntry(letter.instance, scope, await form(letter.instance, scope, change, at), hoursLater(1));

  async function invited(letter: OpenLetter, organisation = 'Harbour Forum') {
    const one = await invite(letter, { organisation });
    const signed = await signByInvitation(letter.instance, one.scope, answer(letter, one, asRepresentative(organisation)), NOW);
    const opened = await openInvitedSigning(letter.instance, one.token);
    if (!signed.ok || !opened.ok) throw new Error('not signed');
    return opened.value;
  }

  it('changes role, place, name and publication of a person at once, where nobody has to look', async () => {
    const letter = await start();
    const { scope } = await signOpenly(letter, asPerson('Tomas Ardelean', 'Institute of Tides'));
    await letter.instance.store.inTransaction((tx) =>
      tx.update(tx.tables.signatures).set({ printedName: 'x', searchText: 'x', rank: 'x' }),
    );
    const change = { name: 'Tomás Ardelean', role: 'Oceanographer', city: 'Ghent', publication: 'addressee' };
    expect(await correct(letter, scope, change)).toEqual({ ok: true, value: { waits: false } });
    const [row] = await signatureRows(letter);
    expect(row).toMatchObject({
      status: 'listed',
      publication: 'addressee',
      printedName: null,
      searchText: null,
      rank: null,
      proposed: null,
    });
    expect(await printed(letter)).toEqual({});
    expect(await correct(letter, scope, { publication: 'public' })).toMatchObject({ ok: true });
    expect(await printed(letter)).toEqual({ personal: ['Tomás Ardelean | Oceanographer, Institute of Tides, Ghent'] });
    expect((await viewOwnPage(letter.instance, scope, NOW))?.own.signedBy.name).toBe('Tomás Ardelean');
    expect(await letterRow(letter)).toMatchObject({ personCount: 1 });
    const log = await listAuditEntries(letter.instance.store.read, letter.letterId);
    expect(log.filter(({ entry }) => entry.type === 'signature-corrected')).toHaveLength(2);
  });

  it('keeps another organisation as a wish until a coordinator has looked, and the old entry stays', async () => {
    const letter = await start();
    const { instance } = letter;
    const scope = await invited(letter);
    const wish = { organisation: 'Dockers Choir', role: 'Chair', authorised: 'yes' };
    expect(await correct(letter, scope, { ...wish, authorised: undefined })).toEqual({
      ok: false,
      reason: { place: 'authorised', reason: 'required' },
    });
    expect(await correct(letter, scope, wish)).toEqual({ ok: true, value: { waits: true } });
    // The role is nobody's to look at.
    expect(await printed(letter)).toEqual({ organisations: ['Harbour Forum | Ilse Okoye, Chair'] });
    const own = (await viewOwnPage(instance, scope, NOW))?.own.entries[0];
    expect(own?.wish?.lines).toEqual(['Dockers Choir', 'Ilse Okoye, Chair']);
    const id = own?.signatureId ?? '';
    expect((await viewCorrection(instance, letter.letter, id))?.wish?.entry.lines).toEqual(['Dockers Choir', 'Ilse Okoye, Chair']);
    const shown = { seen: (await viewCorrection(instance, letter.letter, id))?.wish?.seen ?? '' };
    // They think of yet another one while somebody looks.
    await correct(letter, scope, { ...wish, organisation: 'Bank of Everything' });
    expect(await approveWish(instance, letter.letter, id, shown, hoursLater(2))).toEqual({ ok: false, reason: 'not-now' });
    await correct(letter, scope, wish);
    // Another coordinator corrects the entry while this one looks at the wish, which knows nothing of it.
    const beside = { seen: (await viewCorrection(instance, letter.letter, id))?.wish?.seen ?? '' };
    const town = { organisation: 'Harbour Forum', name: 'Ilse Okoye', role: 'Chair', city: 'Ghent', reason: 'Its town was missing.' };
    expect(await correctEntry(instance, letter.letter, id, correctEntryForm.parse(town), hoursLater(2))).toEqual({ ok: true, value: null });
    expect(await approveWish(instance, letter.letter, id, beside, hoursLater(2))).toEqual({ ok: false, reason: 'not-now' });
    expect(await printed(letter)).toEqual({ organisations: ['Harbour Forum | Ilse Okoye, Chair, Ghent'] });
    await correct(letter, scope, { ...wish, city: '' });
    const seen = { seen: (await viewCorrection(instance, letter.letter, id))?.wish?.seen ?? '' };
    expect(await approveWish(instance, letter.letter, id, seen, hoursLater(2))).toEqual({ ok: true, value: null });
    expect(await approveWish(instance, letter.letter, id, seen, hoursLater(2))).toEqual({ ok: false, reason: 'no-wish' });
    expect(await printed(letter)).toEqual({ organisations: ['Dockers Choir | Ilse Okoye, Chair'] });
    expect(await letterRow(letter)).toMatchObject({ organisationCount: 1 });
    // The organisation that was left may sign again, and the one that stands may not twice.
    await invited(letter);
    const third = await invite(letter, { organisation: 'Dockers Choir' });
    const twice = await signByInvitation(instance, third.scope, answer(letter, third, asRepresentative('Dockers Choir')), NOW);
    expect(twice).toMatchObject({ ok: true, value: { signatures: [{ status: 'held' }] } });
    expect((await mailTexts(instance, 'receipt')).at(-1)).toContain('Dockers Choir');
  });

  it('loses no correction of a coordinator by a form that was opened before it', async () => {
    const letter = await start();
    const { instance } = letter;
    const scope = await invited(letter);
    const opened = await form(instance, scope, { role: 'Chair' });
    const town = { organisation: 'Harbour Forum', name: 'Ilse Okoye', role: 'Director', city: 'Ghent', reason: 'Its town was missing.' };
    expect(await correctEntry(instance, letter.letter, opened.entry, correctEntryForm.parse(town), NOW)).toEqual({ ok: true, value: null });
    expect(await correctOwnEntry(instance, scope, opened, hoursLater(1))).toEqual({ ok: false, reason: 'changed-meanwhile' });
    expect(await printed(letter)).toEqual({ organisations: ['Harbour Forum | Ilse Okoye, Director, Ghent'] });
    expect(await correct(letter, scope, { role: 'Chair' })).toEqual({ ok: true, value: { waits: false } });
    expect(await printed(letter)).toEqual({ organisations: ['Harbour Forum | Ilse Okoye, Chair, Ghent'] });
  });

  it('prints nobody beside an organisation who asked that somebody else be printed there', async () => {
    const letter = await start();
    const { instance, letterId } = letter;
    const one = await invite(letter, { organisation: 'Harbour Forum' });
    const signed = await signByInvitation(instance, one.scope, answer(letter, one, asOrganisation('Harbour Forum')), NOW);
    const opened = await openInvitedSigning(instance, one.token);
    if (!signed.ok || !opened.ok) throw new Error('not signed');
    await instance.store.inTransaction(async (tx) => {
      const policies = { ...policiesOf((await findLetterById(tx, letterId))?.policies), listed: 'on-approval' };
      await tx.update(tx.tables.letters).set({ policies }).where(eq(tx.tables.letters.id, letterId));
    });
    const people = async () => JSON.stringify(await printed(letter)).match(/Ilse Okoye|Jonas Brandt|Mirela Quist/g) ?? [];
    const change = { name: 'Jonas Brandt', representativePrinted: 'yes' };
    expect(await correct(letter, opened.value, change)).toEqual({ ok: true, value: { waits: true } });
    expect(await people()).toEqual([]);
    const id = signed.value.signatures[0]?.id ?? '';
    const seen = { seen: (await viewCorrection(instance, letter.letter, id))?.wish?.seen ?? '' };
    expect((await approveWish(instance, letter.letter, id, seen, hoursLater(2))).ok).toBe(true);
    expect(await people()).toEqual(['Jonas Brandt']);
    // Nor beside this organisation whoever asked to be printed beside another.
    const unprinted = await correct(letter, opened.value, { name: 'Jonas Brandt', representativePrinted: '' });
    expect(unprinted).toEqual({ ok: true, value: { waits: false } });
    const elsewhere = { organisation: 'Dockers Choir', representativePrinted: 'yes', authorised: 'yes' };
    expect(await correct(letter, opened.value, elsewhere)).toEqual({ ok: true, value: { waits: true } });
    expect(await people()).toEqual([]);
    await takeBackWish(instance, opened.value, { signing: opened.value.signingId, entry: id }, hoursLater(2));
    await correct(letter, opened.value, { representativePrinted: 'yes' });
    expect(await people()).toEqual(['Jonas Brandt']);
    // Whoever need not be printed any more is gone at once, whatever else they ask for.
    const other = { name: 'Mirela Quist', representativePrinted: '' };
    expect(await correct(letter, opened.value, other)).toEqual({ ok: true, value: { waits: true } });
    expect(await people()).toEqual([]);
  });

  it('refuses a wish with a reason, and lets its owner take it back', async () => {
    const letter = await start();
    const { instance } = letter;
    const scope = await invited(letter);
    const wish = { organisation: 'Dockers Choir', authorised: 'yes' };
    await correct(letter, scope, wish);
    const [row] = await signatureRows(letter);
    const id = row?.id ?? '';
    expect(await refuseWish(instance, letter.letter, id, { reason: 'Ask the choir to sign itself.' }, hoursLater(2))).toMatchObject({
      ok: true,
    });
    expect((await mailTexts(instance, 'receipt')).at(-1)).toContain('Ask the choir to sign itself.');
    expect(await signatureRows(letter)).toMatchObject([{ proposed: null, proposedAt: null }]);
    await correct(letter, scope, wish);
    expect(await takeBackWish(instance, scope, { signing: scope.signingId, entry: id }, hoursLater(3))).toEqual({ ok: true, value: null });
    expect(await signatureRows(letter)).toMatchObject([{ proposed: null }]);
    expect(await printed(letter)).toEqual({ organisations: ['Harbour Forum | Ilse Okoye, Director'] });
    // A wish that its owner types away is none any more.
    await correct(letter, scope, wish);
    await correct(letter, scope, { organisation: 'harbour forum' });
    expect(await signatureRows(letter)).toMatchObject([{ proposed: null }]);
  });

  it('moves an entry between organisations and people, with its count and its index', async () => {
    const letter = await start();
    const scope = await invited(letter);
    expect(await correct(letter, scope, { signer: 'personal', affiliation: 'Harbour Forum' })).toEqual({
      ok: true,
      value: { waits: false },
    });
    expect(await printed(letter)).toEqual({ personal: ['Ilse Okoye | Director, Harbour Forum'] });
    expect(await letterRow(letter)).toMatchObject({ organisationCount: 0, personCount: 1 });
    expect(await signatureRows(letter)).toMatchObject([{ organisationId: null, authority: null, capacity: 'personal' }]);
    // Back again: the coalition chose this organisation and this address.
    const back = { signer: 'organisation', organisation: 'Harbour Forum', representativePrinted: '', authorised: 'yes' };
    expect(await correct(letter, scope, back)).toEqual({ ok: true, value: { waits: false } });
    expect(await printed(letter)).toEqual({ organisations: ['Harbour Forum'] });
    expect(await letterRow(letter)).toMatchObject({ organisationCount: 1, personCount: 0 });
    // Somebody invited as a person signs as one.
    const person = await signOpenly(letter, asPerson('Mirela Ardelean'), 'both@home.example');
    const other = await signOpenly(letter, asPerson('Tomas Ardelean'), 'both@home.example');
    expect(await correct(letter, other.scope, { name: 'mirela ardelean' })).toEqual({
      ok: false,
      reason: { place: 'name', reason: 'signed-before' },
    });
    expect(
      await correct(letter, person.scope, { signer: 'organisation', organisation: 'Tide Watch', role: 'Chair', authorised: 'yes' }),
    ).toEqual({
      ok: true,
      value: { waits: true },
    });
    expect(await letterRow(letter)).toMatchObject({ organisationCount: 1, personCount: 2 });
  });

  it.each(['deadline', 'end'])('makes a person’s answer no organisation’s after the %s, but by a look', async (what) => {
    const letter = await start();
    const { instance } = letter;
    const scope = await invited(letter);
    await correct(letter, scope, { signer: 'personal', affiliation: 'Harbour Forum' });
    const at = what === 'deadline' ? new Date((await letterRow(letter)).deadlineAt ?? 0) : hoursLater(2);
    if (what === 'end') await closeLetter(instance, letter.letter, at);
    const back = { signer: 'organisation', organisation: 'Harbour Forum', representativePrinted: '', authorised: 'yes' };
    expect(await correctOwnEntry(instance, scope, await form(instance, scope, back), at)).toEqual({ ok: true, value: { waits: true } });
    expect(await letterRow(letter)).toMatchObject({ organisationCount: 0, personCount: 1 });
    // What speaks for nobody else may still be put right.
    const role = { signer: 'personal', organisation: '', role: 'Chair' };
    expect(await correctOwnEntry(instance, scope, await form(instance, scope, role), at)).toEqual({ ok: true, value: { waits: false } });
  });

  it('changes nothing of what was handed over, of what ended, or of somebody else’s', async () => {
    const letter = await start();
    const { instance } = letter;
    const { scope } = await signOpenly(letter, asPerson('Tomas Ardelean'));
    const other = await signOpenly(letter, asPerson('Mirela Ardelean'), 'mirela@home.example');
    const input = await form(instance, scope, { role: 'Chair' });
    expect(await correctOwnEntry(instance, other.scope, input, NOW)).toEqual({ ok: false, reason: 'other-signing' });
    const stolen = { ...input, signing: other.scope.signingId };
    expect(await correctOwnEntry(instance, other.scope, stolen, NOW)).toEqual({ ok: false, reason: 'not-signed' });
    await closeLetter(instance, letter.letter, hoursLater(1));
    await deliverLetter(instance, letter.letter, hoursLater(2));
    expect(await correctOwnEntry(instance, scope, input, hoursLater(3))).toEqual({ ok: false, reason: 'letter-ended' });
    const entry = correctEntryForm.parse({ name: 'Tomas Ardeleanu', reason: 'A slip.' });
    expect(await correctEntry(instance, letter.letter, input.entry, entry, hoursLater(3))).toEqual({ ok: false, reason: 'letter-ended' });
  });

  it('lets a coordinator correct an entry with a reason, and tells whoever signed', async () => {
    const letter = await start();
    const { instance } = letter;
    const scope = await invited(letter);
    const id = (await viewOwnPage(instance, scope, NOW))?.own.entries[0].signatureId ?? '';
    const fields = { organisation: 'Harbour Forum', name: 'Ilse Okoye', role: 'Director' };
    const put = (change: object) =>
      correctEntry(
        instance,
        letter.letter,
        id,
        correctEntryForm.parse({ ...fields, reason: 'The acronym was missing.', ...change }),
        hoursLater(1),
      );
    expect(correctEntryForm.safeParse({ ...fields, reason: '' }).success).toBe(false);
    expect(await put({})).toEqual({ ok: false, reason: 'nothing-changed' });
    expect(await put({ organisation: '' })).toEqual({ ok: false, reason: { place: 'organisation', reason: 'required' } });
    expect(await put({ acronym: 'HF' })).toEqual({ ok: true, value: null });
    expect(await printed(letter)).toEqual({ organisations: ['Harbour Forum (HF) | Ilse Okoye, Director'] });
    const told = (await mailTexts(instance, 'receipt')).at(-1);
    expect(told).toContain('The acronym was missing.');
    expect(told).toContain('Harbour Forum (HF)');
    await invited(letter, 'Ferry Workers Union');
    expect(await put({ organisation: 'Ferry Workers Union' })).toEqual({ ok: false, reason: 'duplicate-organisation' });
    expect(await letterRow(letter)).toMatchObject({ organisationCount: 2 });
  });
});
