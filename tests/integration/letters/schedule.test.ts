import { expect, it } from 'vitest';
import { listAuditEntries } from '../../../db/queries/audit.ts';
import { countAnswers } from '../../../lib/invitations/answer-counts.ts';
import { declineInvitation, putOffInvitation } from '../../../lib/invitations/answers.ts';
import { viewInvitations } from '../../../lib/invitations/desk-view.ts';
import { viewInvitation } from '../../../lib/invitations/page-view.ts';
import { closeLetter, deliverLetter } from '../../../lib/letters/ending.ts';
import { viewSettingsSave } from '../../../lib/letters/history.ts';
import { changeSchedule } from '../../../lib/letters/schedule.ts';
import { scheduleForm } from '../../../lib/letters/schedule-schema.ts';
import { withdrawLetter } from '../../../lib/letters/withdrawing.ts';
import { signByInvitation } from '../../../lib/signatures/sign.ts';
import { answer, asPerson, hoursLater, invite, letterRow, NOW, type OpenLetter, openTestLetter } from '../../support/invited.ts';
import { describeEachStore, testInstance } from '../../support/stores.ts';

const change = async (open: OpenLetter, fields: object, now = hoursLater(1)) => {
  const { settingsRevision } = await letterRow(open);
  return await changeSchedule(open.instance, open.letter, scheduleForm.parse({ revision: settingsRevision, ...fields }), now);
};
const DAY = 24 * 3_600_000;

describeEachStore('a frozen letter', (open) => {
  const newLetter = async () => await openTestLetter(testInstance((await open()).store), { deadlineAt: new Date(NOW.getTime() + 5 * DAY) });
  const day = (days: number) => new Date(NOW.getTime() + days * DAY).toISOString().slice(0, 10);

  it('takes date and place until it is delivered, and its deadline can be put off and not brought forward', async () => {
    const letter = await newLetter();
    const { instance } = letter;
    const before = await letterRow(letter);
    const log = async () => (await listAuditEntries(instance.store.read, letter.letterId)).map(({ entry }) => entry.type);
    const size = (await log()).length;

    expect(await change(letter, { deadlineDay: day(9), date: '2026-03-20', place: 'Lisbon' })).toEqual({ ok: true, value: null });
    const after = await letterRow(letter);
    expect(after).toMatchObject({ date: '2026-03-20', place: 'Lisbon', status: 'open', liveVersionId: before.liveVersionId });
    expect(after.deadlineAt?.getTime()).toBeGreaterThan(NOW.getTime() + 8 * DAY);
    expect((await log()).slice(size)).toEqual(['letter-settings-changed']);
    expect((await viewSettingsSave(instance, letter.letter, after)).savedAt).toEqual(hoursLater(1));

    const refused = async (fields: object) => await change(letter, { date: '2026-03-20', place: 'Lisbon', ...fields });
    expect(await refused({ deadlineDay: day(3) })).toEqual({ ok: false, reason: { place: 'deadlineDay', reason: 'deadline-earlier' } });
    expect(await refused({ deadlineDay: day(-3) })).toEqual({ ok: false, reason: { place: 'deadlineDay', reason: 'deadline-passed' } });
    expect(await refused({ deadlineDay: '2026-02-31' })).toEqual({ ok: false, reason: { place: 'deadlineDay', reason: 'not-a-date' } });
    expect(await refused({ place: 'Porto', revision: before.settingsRevision })).toEqual({ ok: false, reason: 'stale' });
    // The same once more changes nothing, and neither did what was refused.
    expect(await refused({ revision: before.settingsRevision })).toEqual({ ok: true, value: null });
    expect(await letterRow(letter)).toEqual(after);

    await closeLetter(instance, letter.letter, hoursLater(2));
    expect((await change(letter, { deadlineDay: day(20), date: '', place: 'Porto' })).ok).toBe(true);
    expect(await letterRow(letter)).toMatchObject({ date: null, place: 'Porto', deadlineAt: after.deadlineAt });
    await deliverLetter(instance, letter.letter, hoursLater(3));
    expect(await change(letter, { place: 'Evora' })).toEqual({ ok: false, reason: 'not-now' });
  });

  it('tells its desk how many answered what, and each of them, after the close, what they answered', async () => {
    const letter = await newLetter();
    const { instance } = letter;
    const [no, later, yes] = [
      await invite(letter, { person: 'A' }),
      await invite(letter, { person: 'B' }),
      await invite(letter, { person: 'C' }),
    ];
    await invite(letter, { person: 'D' });
    await declineInvitation(instance, no.scope, { invitation: no.invitationId, reason: 'Too long.' }, NOW);
    await putOffInvitation(instance, later.scope, { invitation: later.invitationId, until: day(4) }, NOW);
    await signByInvitation(instance, yes.scope, answer(letter, yes, asPerson('C')), NOW);
    expect(await countAnswers(instance, letter.letter)).toEqual({ signed: 1, deciding: 1, declined: 1, unanswered: 1, firstUntil: day(4) });

    await closeLetter(instance, letter.letter, NOW);
    const page = async (of: typeof no) => await viewInvitation(instance, of.scope, NOW);
    expect(await page(no)).toMatchObject({ state: 'closed', declined: { reason: 'Too long.' } });
    expect(await page(later)).toMatchObject({ state: 'closed', declined: null, consideringUntil: day(4) });

    await withdrawLetter(instance, letter.letter, { reason: 'It was wrong.', replacement: 'none' }, NOW);
    const { items } = await viewInvitations(instance, letter.letter, null);
    expect(items.every(({ letterWithdrawn, mayApprove }) => letterWithdrawn && !mayApprove)).toBe(true);
  });
});
