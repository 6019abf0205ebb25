import { expect, it } from 'vitest';
import type { Instance } from '../../../lib/instance.ts';
import { openInvitation } from '../../../lib/invitations/access.ts';
import { declineInvitation, putOffInvitation } from '../../../lib/invitations/answers.ts';
import { revokeInvitation } from '../../../lib/invitations/commands.ts';
import { viewInvitations } from '../../../lib/invitations/desk-view.ts';
import { passOn, passOnForm } from '../../../lib/invitations/pass-on.ts';
import { closeLetter } from '../../../lib/letters/ending.ts';
import { remindDeciders, startDueReminders } from '../../../lib/mailings/due.ts';
import { countToRemind, remindEverybody, viewWaitingMails } from '../../../lib/mailings/remind-now.ts';
import { stopMails } from '../../../lib/mailings/stops.ts';
import { signByInvitation } from '../../../lib/signatures/sign.ts';
import { answer, asOrganisation, invite, NOW, type OpenLetter, openTestLetter } from '../../support/invited.ts';
import { keepMails, linkIn, mailsIn, runMailings } from '../../support/mails.ts';
import { describeEachStore, testInstance } from '../../support/stores.ts';

// The letter's deadline is 2026-03-31 23:59 in Lisbon, which is 21:59 of UTC: summer time began two days before.
const at = (text: string) => new Date(`2026-${text}Z`);

/** What the background does at a moment, by two processes at once. */
async function minutePasses(instance: Instance, now: Date): Promise<void> {
  await Promise.all([startDueReminders(instance, now), startDueReminders(instance, now)]);
  await Promise.all([remindDeciders(instance, now), remindDeciders(instance, now)]);
  await Promise.all([runMailings(instance, now), runMailings(instance, now)]);
}

const reminded = async (instance: Instance) => (await mailsIn(instance, 'reminder')).map(({ message }) => message.to);

describeEachStore('reminders to the invited', (open) => {
  const start = async () => openTestLetter(testInstance((await open()).store));

  /** One of each kind that must not be reminded, and one that must. */
  async function inviteAll(letter: OpenLetter) {
    const { instance } = letter;
    const silent = await invite(letter, { organisation: 'Harbour Forum' }, 'silent@forum.example');
    const signed = await invite(letter, { organisation: 'Reed Guild' }, 'signed@guild.example');
    const declined = await invite(letter, { organisation: 'Heron Watch' }, 'declined@heron.example');
    const revoked = await invite(letter, { organisation: 'Otter Fund' }, 'revoked@otter.example');
    await invite(letter, { organisation: 'Delta Union' }, 'stopped@delta.example');
    const deciding = await invite(letter, { organisation: 'Ferry League' }, 'deciding@ferry.example');
    const [last] = (await mailsIn(instance, 'invitation')).filter(({ message }) => message.to === 'stopped@delta.example');
    if (!last) throw new Error('no mail');
    await keepMails(instance, NOW);
    await signByInvitation(instance, signed.scope, answer(letter, signed, asOrganisation('Reed Guild')), NOW);
    await declineInvitation(instance, declined.scope, { invitation: declined.invitationId, reason: '' }, NOW);
    await revokeInvitation(instance, letter.letter, revoked.invitationId, NOW);
    expect((await stopMails(instance, linkIn(last, 'stop'), NOW)).ok).toBe(true);
    await putOffInvitation(instance, deciding.scope, { invitation: deciding.invitationId, until: '2026-03-30' }, NOW);
    return { silent, deciding };
  }

  it('go three days and one day before the deadline, in the morning of the letter’s zone, once each', async () => {
    const letter = await start();
    const { instance } = letter;
    const { silent } = await inviteAll(letter);
    await minutePasses(instance, at('03-28T08:59:59'));
    expect(await reminded(instance)).toEqual([]);
    for (const moment of ['03-28T09:00:00', '03-28T09:00:30', '03-29T12:00:00']) await minutePasses(instance, at(moment));
    expect(await reminded(instance)).toEqual(['silent@forum.example']);
    const [mail] = await mailsIn(instance, 'reminder');
    expect(mail?.message.subject).toBe('A reminder from Clear Water Alliance');
    expect(mail?.message.text).not.toContain('undefined');
    const opened = await openInvitation(instance, mail ? linkIn(mail, 'i') : '');
    expect(opened).toMatchObject({ ok: true, value: { invitationId: silent.invitationId } });
    expect((await openInvitation(instance, silent.token)).ok, 'the first link goes on working').toBe(true);
    // The last one goes to them too who named a day before the deadline.
    await minutePasses(instance, at('03-30T08:00:00'));
    await minutePasses(instance, at('03-30T08:05:00'));
    expect((await reminded(instance)).sort()).toEqual(['deciding@ferry.example', 'silent@forum.example', 'silent@forum.example']);
    await minutePasses(instance, at('03-31T21:58:00'));
    expect((await reminded(instance)).slice(3), 'their day is over, and the deadline not yet').toEqual(['deciding@ferry.example']);
  });

  it('are one where nobody was running for a week, and none after the deadline or to a closed letter', async () => {
    const letter = await start();
    const { instance } = letter;
    await invite(letter, { organisation: 'Harbour Forum' });
    await keepMails(instance, NOW);
    await minutePasses(instance, at('03-31T10:00:00'));
    expect(await reminded(instance)).toHaveLength(1);
    const late = await start();
    await invite(late, { organisation: 'Harbour Forum' });
    await keepMails(late.instance, NOW);
    await minutePasses(late.instance, at('04-01T10:00:00'));
    expect(await reminded(late.instance)).toEqual([]);
    const closed = await start();
    await invite(closed, { organisation: 'Harbour Forum' });
    await keepMails(closed.instance, NOW);
    await closeLetter(closed.instance, closed.letter, NOW);
    await minutePasses(closed.instance, at('03-30T10:00:00'));
    expect(await reminded(closed.instance)).toEqual([]);
  });

  it('go at once where a coordinator asks, to whoever had no mail for a day, and once however often they press', async () => {
    const letter = await start();
    const { instance, letter: scope } = letter;
    await inviteAll(letter);
    const late = at('03-03T12:00:00');
    expect(await countToRemind(instance, scope, at('03-02T12:00:00'))).toBe(0);
    expect(await countToRemind(instance, scope, late)).toBe(1);
    const presses = await Promise.all([remindEverybody(instance, scope, late), remindEverybody(instance, scope, late)]);
    expect(presses.map(({ ok }) => ok)).toContain(true);
    await runMailings(instance, late);
    expect(await reminded(instance)).toEqual(['silent@forum.example']);
    expect(await remindEverybody(instance, scope, late)).toEqual({ ok: false, reason: 'nobody' });
    expect(await viewWaitingMails(instance, scope, late)).toMatchObject({ until: null });
    const { items } = await viewInvitations(instance, scope, null);
    expect(items.filter(({ stopped }) => stopped).map(({ email, mayResend }) => [email, mayResend])).toEqual([
      ['stopped@delta.example', false],
    ]);
  });

  it('are not sent by the outbox to whoever answered while they waited', async () => {
    const letter = await start();
    const { instance } = letter;
    const forum = await invite(letter, { organisation: 'Harbour Forum' });
    await keepMails(instance, NOW);
    await minutePasses(instance, at('03-28T10:00:00'));
    await signByInvitation(instance, forum.scope, answer(letter, forum, asOrganisation('Harbour Forum')), at('03-28T10:01:00'));
    expect([...(await keepMails(instance, at('03-28T11:00:00')))].sort()).toEqual(['failed', 'kept']);
    expect(await reminded(instance)).toEqual([]);
  });

  it('go to the colleague somebody passed it on to, and to the first again where that link reached nobody', async () => {
    const letter = await start();
    const { instance } = letter;
    const forum = await invite(letter, { organisation: 'Harbour Forum' }, 'ilse@forum.example');
    const guild = await invite(letter, { organisation: 'Reed Guild' }, 'mark@guild.example');
    await keepMails(instance, NOW);
    await putOffInvitation(instance, guild.scope, { invitation: guild.invitationId, until: '2026-03-12' }, NOW);
    for (const [from, email] of [
      [forum, 'ada@forum.example'],
      [guild, 'bea@guild.example'],
    ] as const) {
      const input = passOnForm.parse({ invitation: from.invitationId, whom: 'colleague', name: 'Ada Orr', email });
      expect((await passOn(instance, from.scope, input, NOW)).ok).toBe(true);
    }
    await keepMails(instance, NOW);
    await minutePasses(instance, at('03-14T12:00:00'));
    expect(await reminded(instance), 'whose day is over, though another answers now').toEqual([]);
    expect(await countToRemind(instance, letter.letter, at('03-14T12:00:00'))).toBe(2);
    const { items } = await viewInvitations(instance, letter.letter, null);
    const bea = items.find(({ email }) => email === 'bea@guild.example');
    await revokeInvitation(instance, letter.letter, bea?.id ?? '', at('03-14T13:00:00'));
    await minutePasses(instance, at('03-28T09:00:00'));
    expect((await reminded(instance)).sort()).toEqual(['ada@forum.example', 'mark@guild.example']);
    // Whoever wants no mails is asked nothing, so the first is again.
    const link = (await mailsIn(instance, 'reminder')).find(({ message }) => message.to === 'ada@forum.example');
    expect((await stopMails(instance, link ? linkIn(link, 'stop') : '', at('03-28T10:00:00'))).ok).toBe(true);
    await minutePasses(instance, at('03-30T09:00:00'));
    expect(await reminded(instance)).toContain('ilse@forum.example');
  });

  it('go on to the one who was invited, whatever address somebody gave as their own behind that link', async () => {
    const letter = await start();
    const { instance } = letter;
    const forum = await invite(letter, { organisation: 'Harbour Forum' }, 'ilse@forum.example');
    await keepMails(instance, NOW);
    const input = passOnForm.parse({ invitation: forum.invitationId, whom: 'self', name: 'Somebody', email: 'who@elsewhere.example' });
    expect((await passOn(instance, forum.scope, input, NOW)).ok).toBe(true);
    await keepMails(instance, NOW);
    await minutePasses(instance, at('03-28T09:00:00'));
    expect((await reminded(instance)).sort()).toEqual(['ilse@forum.example', 'who@elsewhere.example']);
  });

  it('ask once whoever named a day, after that day is over everywhere', async () => {
    const letter = await start();
    const { instance } = letter;
    const ferry = await invite(letter, { organisation: 'Ferry League' }, 'deciding@ferry.example');
    await keepMails(instance, NOW);
    await putOffInvitation(instance, ferry.scope, { invitation: ferry.invitationId, until: '2026-03-12' }, NOW);
    await minutePasses(instance, at('03-13T11:59:00'));
    expect(await reminded(instance)).toEqual([]);
    for (const moment of ['03-13T12:00:00', '03-13T12:01:00', '03-20T12:00:00']) await minutePasses(instance, at(moment));
    const mails = await mailsIn(instance, 'reminder');
    expect(mails).toHaveLength(1);
    expect(mails[0]?.message.text).toMatch(/by \S*12 March 2026/);
    await putOffInvitation(instance, ferry.scope, { invitation: ferry.invitationId, until: '2026-03-22' }, at('03-21T10:00:00'));
    await minutePasses(instance, at('03-23T12:00:00'));
    expect(await reminded(instance)).toHaveLength(2);
  });
});
