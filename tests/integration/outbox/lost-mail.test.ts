import { afterEach, expect, it } from 'vitest';
import { inviteMember, resendMemberInvitation } from '../../../lib/coalitions/member-invitations.ts';
import { viewPending } from '../../../lib/coalitions/members-view.ts';
import { inviteMemberForm } from '../../../lib/coalitions/schema.ts';
import { markOpened } from '../../../lib/invitations/answers.ts';
import { resendInvitation } from '../../../lib/invitations/commands.ts';
import { viewInvitations } from '../../../lib/invitations/desk-view.ts';
import { invitationMailHooks } from '../../../lib/invitations/mail-state.ts';
import { smtpTransport } from '../../../lib/outbox/transport.ts';
import { foundTestCoalition } from '../../support/coalition.ts';
import { hoursLater, invite, NOW, openLetterIn } from '../../support/invited.ts';
import { letterInput } from '../../support/letters.ts';
import { type MailServer, smtpError, startMailServer } from '../../support/mail-server.ts';
import { sendNextMail } from '../../support/mails.ts';
import { describeEachStore, testInstance } from '../../support/stores.ts';

const servers: MailServer[] = [];
afterEach(async () => {
  await Promise.all(servers.splice(0).map((server) => server.close()));
});

/** Has a mailbox for everybody but those named. */
async function serverWithout(...names: readonly string[]): Promise<MailServer> {
  const server = await startMailServer({
    onRcptTo: ({ address }, _session, answer) =>
      answer(names.some((name) => address.startsWith(name)) ? smtpError(550, '5.1.1 no such mailbox') : null),
  });
  servers.push(server);
  return server;
}

describeEachStore('a mail that cannot be delivered', (open) => {
  async function start() {
    const instance = testInstance((await open()).store, { MAIL_FROM: 'letters@mail.example.org' });
    const { scope, owner: who } = await foundTestCoalition(instance, NOW);
    const send = async (server: MailServer, at: Date) => {
      const transport = smtpTransport(server.url, instance.config, { answer: 2000, whole: 4000 });
      while ((await sendNextMail(instance, transport, () => at, invitationMailHooks)) !== 'nothing-due');
    };
    return { instance, scope, who, send };
  }

  it('shows at the invitation of a member until a later one leaves', async () => {
    const { instance, scope, who, send } = await start();
    for (const email of ['bo@ferries.example', 'ada@ferries.example', 'eva@ferries.example']) {
      const input = inviteMemberForm.parse({ email, role: 'drafter' });
      expect((await inviteMember(instance, scope, { who, input }, NOW)).ok).toBe(true);
    }
    const lost = async () => Object.fromEntries((await viewPending(instance, scope, NOW)).map(({ email, lost: how }) => [email, how]));
    const none = { 'bo@ferries.example': null, 'ada@ferries.example': null, 'eva@ferries.example': null };
    expect(await lost()).toEqual(none);
    await send(await serverWithout('bo'), NOW);
    expect(await lost()).toEqual({ ...none, 'bo@ferries.example': 'refused' });
    const bo = (await viewPending(instance, scope, NOW)).find(({ email }) => email === 'bo@ferries.example');
    expect((await resendMemberInvitation(instance, scope, { who, linkId: bo?.id ?? '' }, hoursLater(0.01))).ok).toBe(true);
    expect(await lost()).toEqual(none);
    await send(await serverWithout(), hoursLater(0.02));
    expect(await lost()).toEqual(none);
  });

  it('shows at the invitation of a member once it was given up', async () => {
    const { instance, scope, who, send } = await start();
    const input = inviteMemberForm.parse({ email: 'bo@ferries.example', role: 'drafter' });
    expect((await inviteMember(instance, scope, { who, input }, NOW)).ok).toBe(true);
    const busy = await startMailServer({ onRcptTo: (_to, _session, answer) => answer(smtpError(450, '4.2.0 later')) });
    servers.push(busy);
    await send(busy, NOW);
    expect((await viewPending(instance, scope, NOW))[0]?.lost).toBeNull();
    // Tried again for a weekend and a day, at most.
    for (let attempt = 1; attempt <= 43; attempt++) await send(busy, hoursLater(attempt * 3));
    expect((await viewPending(instance, scope, NOW))[0]?.lost).toBe('failed');
  });

  it('shows at the invitation to sign, also of whoever has opened an earlier one', async () => {
    const { instance, scope, send } = await start();
    const at = await openLetterIn(instance, scope, letterInput(), NOW);
    const bo = await invite(at, { person: 'Bo Lind' }, 'bo@ferries.example');
    const ada = await invite(at, { person: 'Ada Orr' }, 'ada@ferries.example');
    const shown = async () =>
      Object.fromEntries((await viewInvitations(instance, at.letter, null)).items.map(({ who, status, lost }) => [who, [status, lost]]));
    await send(await serverWithout('bo'), NOW);
    expect(await shown()).toEqual({ 'Bo Lind': ['bounced', null], 'Ada Orr': ['sent', null] });
    await markOpened(instance, ada.scope, NOW);
    for (const { invitationId } of [ada, bo]) {
      expect((await resendInvitation(instance, at.letter, invitationId, hoursLater(1))).ok).toBe(true);
    }
    expect(await shown()).toEqual({ 'Bo Lind': ['prepared', null], 'Ada Orr': ['opened', null] });
    await send(await serverWithout('ada'), hoursLater(1));
    expect(await shown()).toEqual({ 'Bo Lind': ['sent', null], 'Ada Orr': ['opened', 'refused'] });
  });
});
