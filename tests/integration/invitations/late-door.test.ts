import { expect, it } from 'vitest';
import { listAuditEntries } from '../../../db/queries/audit.ts';
import { declineInvitation } from '../../../lib/invitations/answers.ts';
import { viewInvitations } from '../../../lib/invitations/desk-view.ts';
import { endLateDoor, letInLate } from '../../../lib/invitations/late-door.ts';
import { viewInvitation } from '../../../lib/invitations/page-view.ts';
import { letterDocument } from '../../../lib/letters/document.ts';
import { closeLetter, deliverLetter } from '../../../lib/letters/ending.ts';
import { checkSigning, signByInvitation } from '../../../lib/signatures/sign.ts';
import {
  answer,
  asPerson,
  hoursLater,
  type Invited,
  invite,
  letterRow,
  NOW,
  type OpenLetter,
  openTestLetter,
} from '../../support/invited.ts';
import { describeEachStore, testInstance } from '../../support/stores.ts';

const sign = (letter: OpenLetter, invited: Invited, name: string, now: Date) =>
  signByInvitation(letter.instance, invited.scope, answer(letter, invited, asPerson(name)), now);

describeEachStore('a late door for one invitation', (open) => {
  const start = async () => {
    const letter = await openTestLetter(testInstance((await open()).store));
    return { letter, named: await invite(letter, { person: 'Omid Rad' }), other: await invite(letter, { person: 'Ana Marlow' }) };
  };

  it('lets the one that was named sign after the close, into the list, and nobody else', async () => {
    const { letter, named, other } = await start();
    const { instance } = letter;
    expect(await letInLate(instance, letter.letter, named.invitationId, NOW)).toEqual({ ok: false, reason: 'in-time' });
    await closeLetter(instance, letter.letter, hoursLater(1));
    expect(await sign(letter, named, 'Omid Rad', hoursLater(2))).toEqual({ ok: false, reason: 'letter-not-open' });
    expect((await letInLate(instance, letter.letter, named.invitationId, hoursLater(2))).ok).toBe(true);
    expect((await letInLate(instance, letter.letter, named.invitationId, hoursLater(2))).ok).toBe(true);
    const items = new Map((await viewInvitations(instance, letter.letter, null)).items.map((item) => [item.who, item]));
    expect(items.get('Omid Rad')).toMatchObject({ late: true, mayLetIn: 'not-late' });
    expect(items.get('Ana Marlow')).toMatchObject({ late: false, mayLetIn: 'late' });
    expect(await viewInvitation(instance, named.scope, hoursLater(2))).toMatchObject({ state: 'answerable', late: true });
    expect(await viewInvitation(instance, other.scope, hoursLater(2))).toMatchObject({ state: 'closed', late: false });
    expect(await sign(letter, other, 'Ana Marlow', hoursLater(2))).toEqual({ ok: false, reason: 'letter-not-open' });
    expect((await checkSigning(instance, named.scope, answer(letter, named, asPerson('Omid Rad')), hoursLater(2))).ok).toBe(true);
    // Ten days after the close, when nobody else's answer counts.
    const no = { invitation: named.invitationId, reason: 'not yet' };
    expect((await declineInvitation(instance, named.scope, no, hoursLater(240))).ok).toBe(true);
    expect(await sign(letter, named, 'Omid Rad', hoursLater(241))).toMatchObject({
      ok: true,
      value: { signatures: [{ status: 'listed' }] },
    });
    const document = await letterDocument(instance, letter.letterId, { edition: 'public', now: NOW });
    expect(document?.sections.map(({ addendum, count }) => [addendum, count])).toEqual([[undefined, 1]]);
    expect(await letterRow(letter)).toMatchObject({ personCount: 1, addendumPersonCount: 0 });
    expect(await letInLate(instance, letter.letter, named.invitationId, hoursLater(242))).toEqual({
      ok: false,
      reason: 'already-answered',
    });
    const entries = await listAuditEntries(instance.store.read, letter.letterId);
    expect(entries.filter(({ entry }) => entry.type === 'invitation-let-in-late')).toHaveLength(1);
  });

  it('is shut by its undo, and by the delivery', async () => {
    const { letter, named, other } = await start();
    const { instance } = letter;
    await closeLetter(instance, letter.letter, hoursLater(1));
    for (const { invitationId } of [named, other]) await letInLate(instance, letter.letter, invitationId, hoursLater(2));
    expect((await endLateDoor(instance, letter.letter, named.invitationId, hoursLater(3))).ok).toBe(true);
    expect(await sign(letter, named, 'Omid Rad', hoursLater(3))).toEqual({ ok: false, reason: 'letter-not-open' });
    await deliverLetter(instance, letter.letter, hoursLater(4));
    expect(await sign(letter, other, 'Ana Marlow', hoursLater(5))).toEqual({ ok: false, reason: 'letter-not-open' });
    expect(await viewInvitation(instance, other.scope, hoursLater(5))).toMatchObject({ state: 'closed', late: false });
    expect(await letInLate(instance, letter.letter, named.invitationId, hoursLater(5))).toEqual({ ok: false, reason: 'letter-ended' });
  });

  it('opens from the deadline on, before the letter is marked as closed', async () => {
    const { letter, named } = await start();
    const { deadlineAt } = await letterRow(letter);
    const past = new Date((deadlineAt?.getTime() ?? 0) + 60_000);
    expect(await sign(letter, named, 'Omid Rad', past)).toEqual({ ok: false, reason: 'deadline-passed' });
    expect((await letInLate(letter.instance, letter.letter, named.invitationId, past)).ok).toBe(true);
    expect((await sign(letter, named, 'Omid Rad', past)).ok).toBe(true);
  });
});
