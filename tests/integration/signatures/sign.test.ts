import { expect, it } from 'vitest';
import { listAuditEntries } from '../../../db/queries/audit.ts';
import { openInvitation } from '../../../lib/invitations/access.ts';
import { revokeInvitation } from '../../../lib/invitations/commands.ts';
import { viewInvitations } from '../../../lib/invitations/desk-view.ts';
import { letterDocument } from '../../../lib/letters/document.ts';
import { closeLetter } from '../../../lib/letters/ending.ts';
import { approveByInvitation } from '../../../lib/signatures/approve.ts';
import { correctEntry } from '../../../lib/signatures/correct-by-member.ts';
import { correctEntryForm } from '../../../lib/signatures/correct-schema.ts';
import { checkSigning, signByInvitation } from '../../../lib/signatures/sign.ts';
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
  unauthorised,
} from '../../support/invited.ts';
import { describeEachStore, testInstance } from '../../support/stores.ts';

const DEADLINE = new Date('2026-03-31T21:59:00Z');

/** The names the letter prints, by section. */
async function printed({ instance, letterId }: OpenLetter, edition: 'public' | 'addressee' = 'public') {
  const document = await letterDocument(instance, letterId, { edition, now: NOW });
  const sections: Record<string, string[]> = {};
  for (const section of document?.sections ?? []) {
    const lines: string[] = [];
    for await (const batch of section.batches()) lines.push(...batch.map((entry) => entry.lines.join(' | ')));
    sections[section.kind] = lines;
  }
  return sections;
}

describeEachStore('signing by a personal invitation', (open) => {
  const start = async () => openTestLetter(testInstance((await open()).store));

  it('lists an organisation with its representative, one alone and a person, as each chose', async () => {
    const letter = await start();
    const forum = await invite(letter, { organisation: 'Harbour Forum' });
    const union = await invite(letter, { organisation: 'Ferry Workers Union' });
    const person = await invite(letter, { person: 'Tomas Ardelean' });
    const { instance } = letter;
    const fields = [
      [forum, { ...asRepresentative('Harbour Forum'), acronym: 'HF' }],
      [union, asOrganisation('Ferry Workers Union')],
      [person, asPerson('Tomas Ardelean', 'Institute of Tides')],
    ] as const;
    for (const [invited, given] of fields) {
      const signed = await signByInvitation(instance, invited.scope, answer(letter, invited, given), NOW);
      expect(signed).toMatchObject({ ok: true, value: { signatures: [{ status: 'listed' }], repeated: false } });
    }
    expect(await printed(letter)).toEqual({
      organisations: ['Ferry Workers Union', 'Harbour Forum (HF) | Ilse Okoye, Director'],
      personal: ['Tomas Ardelean | Institute of Tides'],
    });
    expect(await letterRow(letter)).toMatchObject({ organisationCount: 2, personCount: 1, signatureSequence: 3 });
    const log = await listAuditEntries(instance.store.read, letter.letterId);
    expect(log.filter(({ entry }) => entry.type === 'signed').map(({ entry }) => entry.fingerprint)).toEqual(
      Array(3).fill(letter.fingerprint),
    );
    const { read } = instance.store;
    expect(await read.select().from(read.tables.consents)).toHaveLength(3);
    const kinds = (await read.select().from(read.tables.outbox)).map((mail) => mail.kind);
    expect(kinds.filter((kind) => kind === 'receipt')).toHaveLength(3);
  });

  it('is one signature and one answer when fifty come at once', async () => {
    const letter = await start();
    const forum = await invite(letter, { organisation: 'Harbour Forum' });
    const input = answer(letter, forum, asRepresentative('Harbour Forum'));
    const results = await Promise.all(Array.from({ length: 50 }, () => signByInvitation(letter.instance, forum.scope, input, NOW)));
    const ids = new Set(results.map((result) => (result.ok ? result.value.signingId : JSON.stringify(result.reason))));
    expect(ids.size).toBe(1);
    expect(results.filter((result) => result.ok && !result.value.repeated)).toHaveLength(1);
    expect(await signatureRows(letter)).toHaveLength(1);
    expect((await letterRow(letter)).organisationCount).toBe(1);
  });

  it('gives the same answer to the same words after the close, and refuses others', async () => {
    const letter = await start();
    const forum = await invite(letter, { organisation: 'Harbour Forum' });
    const input = answer(letter, forum, asRepresentative('Harbour Forum'));
    const first = await signByInvitation(letter.instance, forum.scope, input, NOW);
    await closeLetter(letter.instance, letter.letter, hoursLater(1));
    const again = await signByInvitation(letter.instance, forum.scope, input, hoursLater(2));
    expect(again).toEqual({ ok: true, value: { ...(first.ok && first.value), repeated: true } });
    const other = answer(letter, forum, asOrganisation('Harbour Forum'));
    expect(await signByInvitation(letter.instance, forum.scope, other, hoursLater(2))).toEqual({ ok: false, reason: 'already-signed' });
    const hidden = { ...input, publication: 'counted' as const };
    expect(await signByInvitation(letter.instance, forum.scope, hidden, hoursLater(2))).toEqual({ ok: false, reason: 'already-signed' });
  });

  it('counts an organisation once, however many of its people answer at once, and says which is held', async () => {
    const letter = await start();
    const all = [];
    for (let index = 0; index < 8; index++)
      all.push(await invite(letter, { organisation: index % 2 ? 'The Harbour Forum' : 'harbour forum' }));
    const results = await Promise.all(
      all.map((one) => signByInvitation(letter.instance, one.scope, answer(letter, one, asRepresentative('Harbour Forum')), NOW)),
    );
    const statuses = results.map((result) => (result.ok ? result.value.signatures[0]?.status : result.reason)).sort();
    expect(statuses).toEqual([...Array(7).fill('held'), 'listed']);
    expect((await printed(letter))['organisations']).toHaveLength(1);
    expect((await letterRow(letter)).organisationCount).toBe(1);
    const flags = (await signatureRows(letter)).filter((row) => row.status === 'held').map((row) => row.flags);
    expect(flags).toEqual(Array(7).fill(['duplicate-organisation']));
  });

  it('holds an organisation that nobody invited until a coordinator has looked', async () => {
    const letter = await start();
    const forum = await invite(letter, { organisation: 'Harbour Forum' });
    const input = answer(letter, forum, asOrganisation('Bank of Everything'));
    expect(await signByInvitation(letter.instance, forum.scope, input, NOW)).toMatchObject({
      ok: true,
      value: { signatures: [{ status: 'held' }] },
    });
    expect(await printed(letter)).toEqual({});
    const { invitationId } = forum;
    const seen = async () => (await viewInvitations(letter.instance, letter.letter, null)).items[0]?.seen ?? '';
    const approve = (mark: string) => approveByInvitation(letter.instance, letter.letter, { invitationId, seen: mark }, NOW);
    const first = await seen();
    const entry = correctEntryForm.parse({ organisation: 'Bank of Nothing', name: 'Ilse Okoye', role: 'Director', reason: 'A slip.' });
    const [row] = await signatureRows(letter);
    expect(await correctEntry(letter.instance, letter.letter, row?.id ?? '', entry, NOW)).toEqual({ ok: true, value: null });
    for (const stale of [first, '']) expect(await approve(stale)).toEqual({ ok: false, reason: 'not-now' });
    expect(await printed(letter)).toEqual({});
    expect(await approve(await seen())).toEqual({ ok: true, value: null });
    expect(await printed(letter)).toEqual({ organisations: ['Bank of Nothing'] });
    expect(await approve(await seen())).toEqual({ ok: false, reason: 'not-held' });
  });

  it('does not let a person who was invited personally sign for an organisation', async () => {
    const letter = await start();
    const person = await invite(letter, { person: 'Tomas Ardelean' });
    const input = answer(letter, person, asOrganisation('Harbour Forum'));
    const reason = { place: 'signer', reason: 'not-offered' };
    expect(await checkSigning(letter.instance, person.scope, input, NOW)).toEqual({ ok: false, reason });
    expect(await signByInvitation(letter.instance, person.scope, input, NOW)).toEqual({ ok: false, reason });
  });

  it('lists nobody for an organisation without the tick', async () => {
    const letter = await start();
    const forum = await invite(letter, { organisation: 'Harbour Forum' });
    const input = unauthorised(answer(letter, forum, asOrganisation('Harbour Forum')));
    const result = await signByInvitation(letter.instance, forum.scope, input, NOW);
    expect(result).toEqual({ ok: false, reason: { place: 'authorised', reason: 'required' } });
    expect(await signatureRows(letter)).toEqual([]);
  });

  it('lets a couple share an address, and one of them sign once', async () => {
    const letter = await start();
    const email = 'both@home.example';
    const one = await invite(letter, { person: 'Tomas Ardelean' }, email);
    const other = await invite(letter, { person: 'Mirela Ardelean' }, email);
    expect((await signByInvitation(letter.instance, one.scope, answer(letter, one, asPerson('Tomas Ardelean')), NOW)).ok).toBe(true);
    const twice = await signByInvitation(letter.instance, other.scope, answer(letter, other, asPerson('tomas  ardelean')), NOW);
    expect(twice).toEqual({ ok: false, reason: 'signed-before' });
    expect((await signByInvitation(letter.instance, other.scope, answer(letter, other, asPerson('Mirela Ardelean')), NOW)).ok).toBe(true);
    expect((await letterRow(letter)).personCount).toBe(2);
  });

  it('signs for two organisations and for oneself in one act, with one receipt', async () => {
    const letter = await start();
    const forum = await invite(letter, { organisation: 'Harbour Forum' });
    const input = answer(letter, forum, {
      ...asRepresentative('Harbour Forum'),
      'others[1].organisation': 'Ferry Workers Union',
      'others[1].role': 'Treasurer',
      'others[1].authorised': 'yes',
      personally: 'yes',
      ownAffiliation: 'Institute of Tides',
    });
    const signed = await signByInvitation(letter.instance, forum.scope, input, NOW);
    // The organisation that was invited stands; the other one waits for a look.
    expect(signed).toMatchObject({ ok: true, value: { signatures: [{ status: 'listed' }, { status: 'held' }, { status: 'listed' }] } });
    expect(await printed(letter)).toEqual({
      organisations: ['Harbour Forum | Ilse Okoye, Director'],
      personal: ['Ilse Okoye | Institute of Tides'],
    });
    const rows = await signatureRows(letter);
    expect(new Set(rows.map(({ signingId }) => signingId)).size).toBe(1);
    expect(rows.map(({ position }) => position)).toEqual([1, 2, 3]);
    const { read } = letter.instance.store;
    expect(await read.select().from(read.tables.consents)).toHaveLength(3);
    const kinds = (await read.select().from(read.tables.outbox)).map((mail) => mail.kind);
    expect(kinds.filter((kind) => kind === 'receipt')).toHaveLength(1);
    expect(await signByInvitation(letter.instance, forum.scope, input, NOW)).toMatchObject({ ok: true, value: { repeated: true } });
    expect(await approveShown(letter, forum.invitationId, NOW)).toEqual({ ok: true, value: null });
    expect((await printed(letter))['organisations']).toEqual([
      'Ferry Workers Union | Ilse Okoye, Treasurer',
      'Harbour Forum | Ilse Okoye, Director',
    ]);
    await takeBack(letter.instance, forum, hoursLater(1));
    expect(await printed(letter)).toEqual({});
    expect(await letterRow(letter)).toMatchObject({ organisationCount: 0, personCount: 0 });
  });

  it('signs nothing of an act whose last entry cannot stand', async () => {
    const letter = await start();
    const email = 'both@home.example';
    const person = await invite(letter, { person: 'Ilse Okoye' }, email);
    await signByInvitation(letter.instance, person.scope, answer(letter, person, asPerson('Ilse Okoye')), NOW);
    const forum = await invite(letter, { organisation: 'Harbour Forum' }, email);
    const both = answer(letter, forum, { ...asRepresentative('Harbour Forum'), personally: 'yes' });
    expect(await signByInvitation(letter.instance, forum.scope, both, NOW)).toEqual({ ok: false, reason: 'signed-before' });
    expect(await signatureRows(letter)).toHaveLength(1);
    expect(await letterRow(letter)).toMatchObject({ organisationCount: 0, personCount: 1, signatureSequence: 1 });
  });

  it('counts an organisation once that one act names twice', async () => {
    const letter = await start();
    const forum = await invite(letter, { organisation: 'Harbour Forum' });
    const twice = { 'others[0].organisation': 'harbour  forum', 'others[0].role': 'Chair', 'others[0].authorised': 'yes' };
    const input = answer(letter, forum, { ...asRepresentative('Harbour Forum'), ...twice });
    await signByInvitation(letter.instance, forum.scope, input, NOW);
    expect(await signatureRows(letter)).toMatchObject([{ status: 'listed' }, { status: 'held', flags: ['duplicate-organisation'] }]);
    expect((await letterRow(letter)).organisationCount).toBe(1);
  });

  it('refuses a text that is not the live one, and signs nothing', async () => {
    const letter = await start();
    const forum = await invite(letter, { organisation: 'Harbour Forum' });
    const stale = { ...answer(letter, forum, asOrganisation('Harbour Forum')), fingerprint: 'a'.repeat(64) };
    expect(await checkSigning(letter.instance, forum.scope, stale, NOW)).toEqual({ ok: false, reason: 'stale' });
    expect(await signByInvitation(letter.instance, forum.scope, stale, NOW)).toEqual({ ok: false, reason: 'stale' });
    const elsewhere = { ...answer(letter, forum, asOrganisation('Harbour Forum')), language: 'fa' };
    expect(await signByInvitation(letter.instance, forum.scope, elsewhere, NOW)).toEqual({ ok: false, reason: 'stale' });
    expect(await signatureRows(letter)).toEqual([]);
  });

  it('takes an answer up to the deadline and none after it, though the letter is still marked open', async () => {
    const letter = await start();
    const one = await invite(letter, { organisation: 'Harbour Forum' });
    const two = await invite(letter, { organisation: 'Ferry Workers Union' });
    const before = new Date(DEADLINE.getTime() - 1);
    expect((await signByInvitation(letter.instance, one.scope, answer(letter, one, asOrganisation('Harbour Forum')), before)).ok).toBe(
      true,
    );
    const late = await signByInvitation(letter.instance, two.scope, answer(letter, two, asOrganisation('Ferry Workers Union')), DEADLINE);
    expect(late).toEqual({ ok: false, reason: 'deadline-passed' });
    expect((await letterRow(letter)).status).toBe('open');
    expect(await signatureRows(letter)).toHaveLength(1);
  });

  it('refuses an answer to another invitation than the page was of', async () => {
    const letter = await start();
    const one = await invite(letter, { organisation: 'Harbour Forum' });
    const two = await invite(letter, { organisation: 'Ferry Workers Union' });
    const input = answer(letter, one, asOrganisation('Harbour Forum'));
    expect(await signByInvitation(letter.instance, two.scope, input, NOW)).toEqual({ ok: false, reason: 'other-invitation' });
  });

  it('opens no link of a revoked invitation, and takes no answer that was on its way', async () => {
    const letter = await start();
    const forum = await invite(letter, { organisation: 'Harbour Forum' });
    expect(await revokeInvitation(letter.instance, letter.letter, forum.invitationId, NOW)).toEqual({ ok: true, value: null });
    expect(await openInvitation(letter.instance, forum.token)).toEqual({ ok: false, reason: 'revoked' });
    const input = answer(letter, forum, asOrganisation('Harbour Forum'));
    expect(await signByInvitation(letter.instance, forum.scope, input, NOW)).toEqual({ ok: false, reason: 'revoked' });
    expect(await signatureRows(letter)).toEqual([]);
  });

  it('takes a withdrawn name out at once, lowers the count once, and never lists it again', async () => {
    const letter = await start();
    const forum = await invite(letter, { organisation: 'Harbour Forum' });
    const input = answer(letter, forum, asRepresentative('Harbour Forum'));
    await signByInvitation(letter.instance, forum.scope, input, NOW);
    const withdrawals = await Promise.all(Array.from({ length: 10 }, () => takeBack(letter.instance, forum, hoursLater(1))));
    expect(withdrawals.map((result) => result.ok && result.value.withdrawn).sort()).toEqual([...Array(9).fill(0), 1]);
    expect(await printed(letter)).toEqual({});
    expect((await letterRow(letter)).organisationCount).toBe(0);
    // The same answer from a page that was still open: it has ended, and nobody is thanked for it.
    const again = await signByInvitation(letter.instance, forum.scope, input, hoursLater(2));
    expect(again).toEqual({ ok: false, reason: 'signature-ended' });
    expect(await checkSigning(letter.instance, forum.scope, input, hoursLater(2))).toEqual({ ok: false, reason: 'signature-ended' });
    expect(await signatureRows(letter)).toMatchObject([{ status: 'withdrawn' }]);
    expect(await approveShown(letter, forum.invitationId, hoursLater(2))).toEqual({
      ok: false,
      reason: 'not-held',
    });
    expect(await printed(letter)).toEqual({});
  });

  it('gives the place of a withdrawn organisation to the entry that was held', async () => {
    const letter = await start();
    const one = await invite(letter, { organisation: 'Harbour Forum' });
    const two = await invite(letter, { organisation: 'Harbour Forum' });
    for (const each of [one, two])
      await signByInvitation(letter.instance, each.scope, answer(letter, each, asOrganisation('Harbour Forum')), NOW);
    expect(await approveShown(letter, two.invitationId, NOW)).toEqual({ ok: false, reason: 'duplicate' });
    await takeBack(letter.instance, one, NOW);
    expect(await approveShown(letter, two.invitationId, NOW)).toEqual({ ok: true, value: null });
    expect(await printed(letter)).toEqual({ organisations: ['Harbour Forum'] });
    expect((await letterRow(letter)).organisationCount).toBe(1);
  });

  it('prints a name only where its owner chose', async () => {
    const letter = await start();
    const choices = ['public', 'addressee', 'counted'] as const;
    for (const publication of choices) {
      const one = await invite(letter, { person: `Person ${publication}` });
      await signByInvitation(letter.instance, one.scope, answer(letter, one, { ...asPerson(`Person ${publication}`), publication }), NOW);
    }
    expect(await printed(letter)).toEqual({ personal: ['Person public'] });
    expect(await printed(letter, 'addressee')).toEqual({ personal: ['Person public', 'Person addressee'] });
    expect((await letterRow(letter)).personCount).toBe(3);
  });
});
