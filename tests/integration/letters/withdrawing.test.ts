import { eq } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { listAuditEntries } from '../../../db/queries/audit.ts';
import { findLetterById, listLetterTexts } from '../../../db/queries/letters.ts';
import { listMembers } from '../../../db/queries/members.ts';
import { ensurePerson } from '../../../lib/auth/person.ts';
import { addCoalition, addMember } from '../../../lib/coalitions/founding.ts';
import { removeMember } from '../../../lib/coalitions/members.ts';
import type { Instance } from '../../../lib/instance.ts';
import { viewInvitation } from '../../../lib/invitations/page-view.ts';
import { findingKey, findingsOf } from '../../../lib/letters/checks.ts';
import { addComment, settleComment, viewComments } from '../../../lib/letters/comments.ts';
import { endConsultation, startConsultation } from '../../../lib/letters/consultation.ts';
import { letterDocument } from '../../../lib/letters/document.ts';
import { createLetter, deleteLetter } from '../../../lib/letters/drafting.ts';
import { frozenText } from '../../../lib/letters/freezing.ts';
import { freezeLetter } from '../../../lib/letters/opening.ts';
import { presetSettings } from '../../../lib/letters/presets.ts';
import { setRelease } from '../../../lib/letters/releasing.ts';
import { viewReplacements } from '../../../lib/letters/replacements.ts';
import { saveSettings, saveText } from '../../../lib/letters/saving.ts';
import { nameReplacement, withdrawLetter } from '../../../lib/letters/withdrawing.ts';
import { readMail } from '../../../lib/outbox/read.ts';
import { signByInvitation } from '../../../lib/signatures/sign.ts';
import { readAuditRecord } from '../../support/audit.ts';
import { address, foundTestCoalition, letterScope } from '../../support/coalition.ts';
import { answer, asPerson, hoursLater, invite, letterRow, NOW, openLetterIn, openTestLetter } from '../../support/invited.ts';
import { letterInput, textSave } from '../../support/letters.ts';
import { describeEachStore, testInstance } from '../../support/stores.ts';

const reason = 'Its second paragraph was wrong.';
const typesOf = async (instance: Instance, letterId: string) =>
  (await listAuditEntries(instance.store.read, letterId)).map(({ entry }) => entry.type);

describeEachStore('withdrawing a letter', (open) => {
  const start = async () => {
    const instance = testInstance((await open()).store);
    const letter = await openTestLetter(instance);
    const person = await invite(letter, { person: 'Tomas Ardelean' });
    await signByInvitation(instance, person.scope, answer(letter, person, { ...asPerson('Tomas Ardelean'), publication: 'public' }), NOW);
    return { instance, letter, person };
  };

  it('takes the names away at once and leads both letters to each other', async () => {
    const { instance, letter, person } = await start();
    const withdrawn = await withdrawLetter(instance, letter.letter, { reason, replacement: 'new-draft' }, hoursLater(1));
    if (!withdrawn.ok) throw new Error(withdrawn.reason);
    const replacement = withdrawn.value.replacedBy ?? '';
    expect(await letterRow(letter)).toMatchObject({ status: 'withdrawn', withdrawnReason: reason, replacedBy: replacement });
    const draft = await findLetterById(instance.store.read, replacement);
    if (!draft) throw new Error('no replacement');
    expect(draft).toMatchObject({ status: 'draft', replaces: letter.letterId, liveVersionId: null });
    expect((await listLetterTexts(instance.store.read, draft))[0]?.headline).toBe('The river belongs to everyone');
    for (const edition of ['public', 'addressee'] as const) {
      const document = await letterDocument(instance, letter.letterId, { edition, now: hoursLater(2) });
      expect(document?.sections).toEqual([]);
      expect(document?.mark).toEqual({ type: 'withdrawn', asOf: hoursLater(1), zone: 'Europe/Lisbon' });
    }
    expect((await viewReplacements(instance, letter.letter, await letterRow(letter))).replacedBy?.id).toBe(replacement);
    expect((await viewReplacements(instance, letter.letter, draft)).replaces?.id).toBe(letter.letterId);
    const page = await viewInvitation(instance, person.scope, hoursLater(2));
    expect(page?.letter.withdrawn).toEqual({ day: '2026-03-02', reason, replacement: 'in-preparation' });
    expect(await typesOf(instance, letter.letterId)).toEqual(expect.arrayContaining(['letter-withdrawn', 'letter-replaced']));
    expect(await typesOf(instance, replacement)).toEqual(['letter-created', 'letter-replaced']);
    expect(await withdrawLetter(instance, letter.letter, { reason, replacement: 'none' }, hoursLater(3))).toEqual({
      ok: false,
      reason: 'not-now',
    });
  });

  it('names the letter in its place only once that is public, and leads on to that one’s own replacement', async () => {
    const { instance, letter, person } = await start();
    const scope = letter.letter as never;
    const now = { when: 'now', releaseDay: '', releaseTime: '' } as const;
    const second = await openLetterIn(instance, scope, letterInput({ headline: 'The river, again' }), hoursLater(1));
    const third = await openLetterIn(instance, scope, letterInput({ headline: 'The river, at last' }), hoursLater(1));
    await withdrawLetter(instance, letter.letter, { reason, replacement: { letterId: second.letterId } }, hoursLater(2));
    const told = async () => (await viewInvitation(instance, person.scope, hoursLater(3)))?.letter.withdrawn?.replacement;
    // Whoever was invited to this letter may not be invited to that one.
    expect(await told()).toBe('unnamed');
    await setRelease(instance, second.letter, now, hoursLater(2));
    expect(await told()).toEqual({ headline: 'The river, again', slug: (await letterRow(second)).slug });
    await setRelease(instance, second.letter, { ...now, when: 'invited-only' }, hoursLater(2));
    expect(await told()).toBe('unnamed');
    await withdrawLetter(instance, second.letter, { reason, replacement: { letterId: third.letterId } }, hoursLater(3));
    expect(await told()).toBe('unnamed');
    await setRelease(instance, third.letter, { when: 'at', releaseDay: '2026-03-02', releaseTime: '12:30' }, hoursLater(1));
    expect(await told()).toEqual({ headline: 'The river, at last', slug: (await letterRow(third)).slug });
    // No circle, and no letter in the place of two.
    const back = { reason, replacement: { letterId: letter.letterId } };
    expect(await withdrawLetter(instance, third.letter, back, hoursLater(4))).toEqual({ ok: false, reason: 'replacement-unfit' });
    expect((await letterRow(third)).status).toBe('open');
  });

  it('takes no letter of another coalition, none that is gone and not itself, and changes nothing then', async () => {
    const { instance, letter } = await start();
    const elsewhere = await instance.store.inTransaction(async (tx) => {
      const coalitionId = await addCoalition(tx, instance, 'Dry Land League', NOW);
      const { id: personId } = await ensurePerson(tx, instance, { email: address('owner@elsewhere.example'), name: 'Other' }, NOW);
      const { id: memberId } = await addMember(tx, instance, { coalitionId, personId, role: 'owner' }, NOW);
      return { coalitionId, memberId, role: 'owner' } as never;
    });
    const foreign = await createLetter(instance, elsewhere, letterInput(), NOW);
    for (const letterId of [foreign.letterId, letter.letterId, 'let_AAAAAAAAAAAAAAAAAAAAAA']) {
      expect(await withdrawLetter(instance, letter.letter, { reason, replacement: { letterId } }, hoursLater(1))).toEqual({
        ok: false,
        reason: 'replacement-unfit',
      });
    }
    expect((await letterRow(letter)).status).toBe('open');
    expect(await typesOf(instance, foreign.letterId)).toEqual(['letter-created']);
  });

  it('lets a replacement be named later, once, and anew where the draft was deleted', async () => {
    const { instance, letter } = await start();
    await withdrawLetter(instance, letter.letter, { reason, replacement: 'none' }, hoursLater(1));
    const named = await nameReplacement(instance, letter.letter, 'new-draft', hoursLater(2));
    if (!named.ok) throw new Error(named.reason);
    expect(await nameReplacement(instance, letter.letter, 'new-draft', hoursLater(3))).toEqual({ ok: false, reason: 'not-now' });
    await deleteLetter(instance, letterScope(letter.letter as never, named.value.replacedBy ?? ''), hoursLater(3));
    expect((await nameReplacement(instance, letter.letter, 'new-draft', hoursLater(4))).ok).toBe(true);
  });
});

describeEachStore('a draft in consultation', (open) => {
  const start = async () => {
    const instance = testInstance((await open()).store);
    const { scope, coalitionId } = await foundTestCoalition(instance, NOW);
    for (const role of ['drafter', 'observer'] as const) {
      await instance.store.inTransaction(async (tx) => {
        const { id: personId } = await ensurePerson(tx, instance, { email: address(`${role}@partner.example`), name: role }, NOW);
        await addMember(tx, instance, { coalitionId, personId, role }, NOW);
      });
    }
    const { letterId } = await createLetter(instance, scope, letterInput(), NOW);
    return { instance, scope, coalitionId, letterId, letter: letterScope(scope, letterId) };
  };
  const seen = async (instance: Instance, letterId: string) => {
    const row = await findLetterById(instance.store.read, letterId);
    if (!row) throw new Error('no letter');
    const texts = await listLetterTexts(instance.store.read, row);
    const frozen = texts[0] && frozenText(texts[0], { emptyBody: 'refused' });
    return { fingerprint: frozen?.ok ? frozen.value.fingerprint : '', revision: row.revision, row, texts };
  };

  it('tells nobody who is no longer a member when it starts', async () => {
    const { instance, scope, coalitionId, letter } = await start();
    const { read } = instance.store;
    const drafter = (await listMembers(read, coalitionId, null, 9)).find(({ member }) => member.role === 'drafter')?.member;
    // Between the mails that were made and the transaction that queues them.
    const store = Object.create(instance.store, {
      inTransaction: {
        value: async (work: Parameters<typeof instance.store.inTransaction>[0]) => {
          expect((await removeMember(instance, scope, drafter?.id ?? '', NOW)).ok).toBe(true);
          return await instance.store.inTransaction(work);
        },
      },
    });
    expect(await startConsultation({ ...instance, store }, letter, NOW)).toEqual({ ok: true, value: { told: 1 } });
    const rows = await read.select().from(read.tables.outbox);
    const mails = rows.filter(({ kind }) => kind === 'consultation').map((row) => readMail(instance, row));
    expect(mails.map((mail) => (mail.ok ? mail.value.to : ''))).toEqual(['observer@partner.example']);
  });

  it('names nobody and nothing in its mails where the letter’s policy says so', async () => {
    const { instance, coalitionId, letterId, letter } = await start();
    await instance.store.inTransaction(async (tx) => {
      const { coalitions, letters } = tx.tables;
      const settings = { senderName: 'Nila Ferro', publicName: 'Friends of the River' };
      await tx.update(coalitions).set({ settings }).where(eq(coalitions.id, coalitionId));
      await tx.update(letters).set({ policies: presetSettings['people-at-risk'].policies }).where(eq(letters.id, letterId));
    });
    expect((await startConsultation(instance, letter, NOW)).ok).toBe(true);
    const rows = await instance.store.read.select().from(instance.store.read.tables.outbox);
    const mails = rows.filter(({ kind }) => kind === 'consultation').map((row) => readMail(instance, row));
    expect(mails).toHaveLength(2);
    for (const mail of mails) {
      expect(mail.ok && mail.value.fromName).toBe('Friends of the River');
      expect(mail.ok && mail.value.text).not.toMatch(/Nila|Clear Water|river belongs|drafter|observer/);
    }
  });

  it('is asked for by a mail to every other member, edited, commented and frozen straight from it', async () => {
    const { instance, letterId, letter } = await start();
    expect(await startConsultation(instance, letter, NOW)).toEqual({ ok: true, value: { told: 2 } });
    expect(await startConsultation(instance, letter, NOW)).toEqual({ ok: false, reason: 'not-now' });
    const rows = await instance.store.read.select().from(instance.store.read.tables.outbox);
    const mails = rows.filter(({ kind }) => kind === 'consultation').map((row) => readMail(instance, row));
    expect(mails.map((mail) => (mail.ok ? mail.value.to : '')).sort()).toEqual(['drafter@partner.example', 'observer@partner.example']);
    expect(mails.every((mail) => mail.ok && mail.value.text.includes(`/letters/${letterId}/comments`))).toBe(true);

    expect((await saveText(instance, letter, textSave({ body: 'Another text.' }, 1), hoursLater(1))).ok).toBe(true);
    const added = await addComment(instance, letter, 'Say *which* banks.', hoursLater(1));
    if (!added.ok) throw new Error(added.reason);
    const { commentId } = added.value;
    expect(await viewComments(instance, letter, null)).toMatchObject({
      all: 1,
      unsettled: 1,
      comments: [{ by: 'Nila Ferro', settled: null }],
    });
    expect((await settleComment(instance, letter, { commentId, settled: true }, hoursLater(2))).ok).toBe(true);
    expect(await settleComment(instance, letter, { commentId, settled: true }, hoursLater(2))).toEqual({ ok: false, reason: 'not-found' });
    expect(await viewComments(instance, letter, null)).toMatchObject({ unsettled: 0, comments: [{ settled: { by: 'Nila Ferro' } }] });
    expect((await settleComment(instance, letter, { commentId, settled: false }, hoursLater(2))).ok).toBe(true);
    const { fingerprint, revision } = await seen(instance, letterId);
    expect((await freezeLetter(instance, letter, { fingerprint, revision }, hoursLater(3))).ok).toBe(true);
    expect(await addComment(instance, letter, 'Too late.', hoursLater(4))).toEqual({ ok: false, reason: 'not-now' });
    expect(await settleComment(instance, letter, { commentId, settled: true }, hoursLater(4))).toEqual({ ok: false, reason: 'not-now' });
  });

  it('ends as a plain draft with its comments, and settles no comment of another letter', async () => {
    const { instance, scope, letter } = await start();
    await startConsultation(instance, letter, NOW);
    const added = await addComment(instance, letter, 'One.', NOW);
    expect((await endConsultation(instance, letter, hoursLater(1))).ok).toBe(true);
    expect(await endConsultation(instance, letter, hoursLater(1))).toEqual({ ok: false, reason: 'not-now' });
    expect((await viewComments(instance, letter, null)).all).toBe(1);
    const other = await createLetter(instance, scope, letterInput(), NOW);
    const foreign = { commentId: added.ok ? added.value.commentId : '', settled: true };
    expect(await settleComment(instance, letterScope(scope, other.letterId), foreign, NOW)).toEqual({ ok: false, reason: 'not-found' });
  });

  it('is frozen with a reason for every finding, which the log keeps, and not with one too few', async () => {
    const { instance, letterId, letter } = await start();
    await saveText(instance, letter, textSave({ body: 'See http://river.example/plan and TBD.' }, 1), hoursLater(1));
    await saveSettings(instance, letter, { settings: letterInput({ date: null }), revision: 1 }, hoursLater(1));
    const { fingerprint, revision, row, texts } = await seen(instance, letterId);
    const keys = findingsOf(row, texts, hoursLater(2)).map(findingKey);
    expect(keys).toHaveLength(3);
    const freeze = (waivers: Record<string, string>, hours = 2) =>
      freezeLetter(instance, letter, { fingerprint, revision, waivers }, hoursLater(hours));
    expect(await freeze({ [keys[0] ?? '']: 'Their server has no other.' })).toEqual({
      ok: false,
      reason: keys.slice(1).map((key) => ({ place: `waive-${key}`, reason: 'unwaived' })),
    });
    const all = Object.fromEntries(keys.map((key) => [key, `as agreed (${key})`]));
    // What was found since the page was shown is asked for by the freeze itself: the deadline has come near.
    const near = (row.deadlineAt ?? NOW).getTime() - NOW.getTime() - 3_600_000;
    expect(await freeze(all, near / 3_600_000)).toMatchObject({ ok: false });
    expect((await freeze(all)).ok).toBe(true);
    const entry = (await listAuditEntries(instance.store.read, letterId)).find(({ entry: { type } }) => type === 'letter-frozen');
    expect(entry?.entry.actorId).toBe(letter.memberId);
    expect(readAuditRecord(instance, entry)).toMatchObject({
      waived: [
        { check: 'date-missing', language: null, part: null, line: null, found: '', reason: `as agreed (${keys[0]})` },
        { check: 'placeholder', language: 'en', part: 'body', line: 1, found: 'TBD', reason: `as agreed (${keys[1]})` },
        { check: 'plain-http', found: 'http://river.example/plan', reason: `as agreed (${keys[2]})` },
      ],
    });
  });
});
