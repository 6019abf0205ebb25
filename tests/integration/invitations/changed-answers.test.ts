import { expect, it } from 'vitest';
import { listAuditEntries } from '../../../db/queries/audit.ts';
import { findInvitation } from '../../../db/queries/invitations.ts';
import { declineInvitation, putOffInvitation } from '../../../lib/invitations/answers.ts';
import { viewInvitations } from '../../../lib/invitations/desk-view.ts';
import { viewInvitation } from '../../../lib/invitations/page-view.ts';
import { closeLetter } from '../../../lib/letters/ending.ts';
import { reviewEntry } from '../../../lib/signatures/review.ts';
import { signByInvitation } from '../../../lib/signatures/sign.ts';
import {
  answer,
  asOrganisation,
  asPerson,
  asRepresentative,
  hoursLater,
  type Invited,
  invite,
  letterRow,
  NOW,
  type OpenLetter,
  openTestLetter,
  signatureRows,
} from '../../support/invited.ts';
import { mailTexts } from '../../support/open-signed.ts';
import { describeEachStore, testInstance } from '../../support/stores.ts';

const FORUM = asRepresentative('Harbour Forum');

describeEachStore('an answer that is changed after a yes', (open) => {
  const start = async () => openTestLetter(testInstance((await open()).store));

  async function yes(letter: OpenLetter, invited: Invited, fields: object = FORUM, now = NOW): Promise<string> {
    const signed = await signByInvitation(letter.instance, invited.scope, answer(letter, invited, fields), now);
    if (!signed.ok) throw new Error(JSON.stringify(signed.reason));
    return signed.value.signingId;
  }
  const pageOf = ({ invitationId: invitation }: Invited, signing?: string) => ({ invitation, signing });
  const statuses = async (letter: OpenLetter) => (await signatureRows(letter)).map(({ status }) => status);
  const countsOf = async (letter: OpenLetter) => {
    const { organisationCount, personCount } = await letterRow(letter);
    return [organisationCount, personCount];
  };

  it('takes everything out of the list, says so to log, desk and owner, and can become a yes again', async () => {
    const letter = await start();
    const { instance } = letter;
    const forum = await invite(letter, { organisation: 'Harbour Forum' });
    const signing = await yes(letter, forum, { ...FORUM, personally: 'yes' });
    expect(await countsOf(letter)).toEqual([1, 1]);
    const decline = (reason: string) => declineInvitation(instance, forum.scope, { ...pageOf(forum, signing), reason }, hoursLater(1));
    expect(await decline('The board said no.')).toEqual({ ok: true, value: null });
    expect(await statuses(letter)).toEqual(['withdrawn', 'withdrawn']);
    expect(await countsOf(letter)).toEqual([0, 0]);
    const [item] = (await viewInvitations(instance, letter.letter, null)).items;
    expect(item).toMatchObject({ status: 'declined', reason: 'The board said no.', entries: [] });
    const log = (await listAuditEntries(instance.store.read, letter.letterId)).map(({ entry }) => entry.type);
    expect(log.slice(-2)).toEqual(['signature-withdrawn', 'invitation-answered']);
    expect((await mailTexts(instance, 'receipt')).filter((text) => text.includes('was withdrawn'))).toHaveLength(1);
    expect(await viewInvitation(instance, forum.scope, hoursLater(1))).toMatchObject({ state: 'declined', own: null, change: null });

    const again = await yes(letter, forum, FORUM, hoursLater(2));
    expect(again).not.toBe(signing);
    expect(await statuses(letter)).toEqual(['withdrawn', 'withdrawn', 'listed']);
    const page = await viewInvitation(instance, forum.scope, hoursLater(2));
    expect(page).toMatchObject({ state: 'signed', change: 'for-now', own: { signingId: again, entries: [{ status: 'listed' }] } });
    expect((await viewInvitations(instance, letter.letter, null)).items[0]).toMatchObject({ status: 'listed', reason: null });

    // A page of the first yes asks for nothing of the second.
    expect(await decline('Too late.')).toEqual({ ok: false, reason: 'already-answered' });
    const put = await putOffInvitation(instance, forum.scope, { ...pageOf(forum, again), until: '2026-03-20' }, hoursLater(3));
    expect(put.ok).toBe(true);
    expect(await statuses(letter)).toEqual(['withdrawn', 'withdrawn', 'withdrawn']);
    expect((await viewInvitations(instance, letter.letter, null)).items[0]).toMatchObject({ status: 'considering', until: '2026-03-20' });
  });

  it('is asked for by the page of that very yes', async () => {
    const letter = await start();
    const forum = await invite(letter, { organisation: 'Harbour Forum' });
    const other = await invite(letter, { organisation: 'Quay Trust' });
    const theirs = await yes(letter, other, asRepresentative('Quay Trust'));
    await yes(letter, forum);
    for (const page of [pageOf(forum), pageOf(forum, theirs)]) {
      const no = await declineInvitation(letter.instance, forum.scope, { ...page, reason: '' }, hoursLater(1));
      expect(no).toEqual({ ok: false, reason: 'already-answered' });
    }
    expect(await statuses(letter)).toEqual(['listed', 'listed']);
  });

  it('has to be meant once nobody can sign again, and ends with the time to answer', async () => {
    const letter = await start();
    const { instance } = letter;
    const forum = await invite(letter, { organisation: 'Harbour Forum' });
    const late = await invite(letter, { organisation: 'Quay Trust' });
    const page = pageOf(forum, await yes(letter, forum));
    const latePage = pageOf(late, await yes(letter, late, asRepresentative('Quay Trust')));
    await closeLetter(instance, letter.letter, hoursLater(1));
    expect(await viewInvitation(instance, forum.scope, hoursLater(2))).toMatchObject({ change: 'for-good' });
    expect(await declineInvitation(instance, forum.scope, { ...page, reason: '' }, hoursLater(2))).toEqual({
      ok: false,
      reason: { place: 'sure', reason: 'required' },
    });
    expect(await declineInvitation(instance, forum.scope, { ...page, reason: '', sure: 'yes' }, hoursLater(2))).toMatchObject({ ok: true });
    const over = hoursLater(1 + 24 * 7);
    expect(await viewInvitation(instance, late.scope, over)).toMatchObject({ change: null });
    const no = await declineInvitation(instance, late.scope, { ...latePage, reason: '', sure: 'yes' }, over);
    expect(no).toEqual({ ok: false, reason: 'answering-ended' });
    expect(await statuses(letter)).toEqual(['withdrawn', 'listed']);
  });

  it('is told that the organisation stands in the list by another meanwhile', async () => {
    const letter = await start();
    const { instance } = letter;
    const forum = await invite(letter, { organisation: 'Harbour Forum' });
    const other = await invite(letter, { organisation: 'Harbour Forum' });
    const signing = await yes(letter, forum);
    await declineInvitation(instance, forum.scope, { ...pageOf(forum, signing), reason: '' }, hoursLater(1));
    await yes(letter, other, FORUM, hoursLater(2));
    await yes(letter, forum, FORUM, hoursLater(3));
    const page = await viewInvitation(instance, forum.scope, hoursLater(3));
    expect(page?.own?.entries).toMatchObject([{ status: 'held', flags: ['duplicate-organisation'] }]);
    expect(await countsOf(letter)).toEqual([1, 0]);
  });

  it.each(['hold', 'reject'] as const)('leads around no coordinator who chose to %s', async (act) => {
    const letter = await start();
    const { instance } = letter;
    const forum = await invite(letter, { organisation: 'Harbour Forum' });
    const signing = await yes(letter, forum);
    const [row] = await signatureRows(letter);
    expect((await reviewEntry(instance, letter.letter, { id: row?.id ?? '', act, reason: 'Who is this?' }, hoursLater(1))).ok).toBe(true);
    const no = await declineInvitation(instance, forum.scope, { ...pageOf(forum, signing), reason: '' }, hoursLater(2));
    expect(no.ok).toBe(true);
    await yes(letter, forum, FORUM, hoursLater(3));
    const last = (await signatureRows(letter)).at(-1);
    expect(last).toMatchObject({ status: 'held', flags: ['kept-out-before'] });
    expect(await countsOf(letter)).toEqual([0, 0]);
  });

  it('is one result when fifty of them come at once', async () => {
    const letter = await start();
    const { instance } = letter;
    const forum = await invite(letter, { organisation: 'Harbour Forum' });
    const person = await invite(letter, { person: 'Tomas Ardelean' });
    await yes(letter, person, asPerson('Tomas Ardelean'));
    const page = pageOf(forum, await yes(letter, forum, { ...asOrganisation('Harbour Forum'), personally: 'yes' }));
    const all = await Promise.all(
      Array.from({ length: 50 }, (_, index) =>
        index % 2
          ? declineInvitation(instance, forum.scope, { ...page, reason: 'No.' }, hoursLater(1))
          : signByInvitation(instance, forum.scope, answer(letter, forum, asOrganisation('Harbour Forum')), hoursLater(1)),
      ),
    );
    expect(all.some(({ ok }) => ok)).toBe(true);
    const { status } = (await findInvitation(instance.store.read, letter.letterId, forum.invitationId)) ?? {};
    const mine = (await statuses(letter)).slice(1).filter((one) => one === 'listed');
    expect([status, mine.length]).toBeOneOf([
      ['declined', 0],
      ['signed', 1],
    ]);
    expect(await countsOf(letter)).toEqual([mine.length, 1]);

    const signing = status === 'signed' ? undefined : await yes(letter, forum, FORUM, hoursLater(2));
    const last = pageOf(forum, signing ?? (await viewInvitation(instance, forum.scope, NOW))?.own?.signingId);
    const log = async () => (await listAuditEntries(instance.store.read, letter.letterId)).length;
    const before = await log();
    const same = await Promise.all(
      Array.from({ length: 50 }, () => declineInvitation(instance, forum.scope, { ...last, reason: 'The same.' }, hoursLater(3))),
    );
    expect(same.every(({ ok }) => ok)).toBe(true);
    expect(await log()).toBe(before + 2);
    expect(await countsOf(letter)).toEqual([0, 1]);
  });
});
