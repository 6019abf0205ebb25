import { eq } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { openInvitation } from '../../../lib/invitations/access.ts';
import { declineInvitation } from '../../../lib/invitations/answers.ts';
import { inviteByHand } from '../../../lib/invitations/by-hand.ts';
import { viewInvitations } from '../../../lib/invitations/desk-view.ts';
import { invitationMailHooks } from '../../../lib/invitations/mail-state.ts';
import { passOn, passOnForm } from '../../../lib/invitations/pass-on.ts';
import { markBounced, readdressForm, readdressInvitation } from '../../../lib/invitations/readdress.ts';
import { byHandForm } from '../../../lib/invitations/schema.ts';
import { countToRemind } from '../../../lib/mailings/remind-now.ts';
import { viewStop } from '../../../lib/mailings/stops.ts';
import { hoursLater, type Invited, invite, NOW, type OpenLetter, openTestLetter, tokensInMails } from '../../support/invited.ts';
import { sendNextMail } from '../../support/mails.ts';
import { mailTexts } from '../../support/open-signed.ts';
import { describeEachStore, testInstance } from '../../support/stores.ts';

const change = ({ instance, letter }: OpenLetter, { invitationId }: Pick<Invited, 'invitationId'>, email: string) =>
  readdressInvitation(instance, letter, invitationId, readdressForm.parse({ email }), hoursLater(1));

const stopIn = (text = '') => /\/stop\/(ms_[\w-]{43})/.exec(text)?.[1] ?? '';

describeEachStore('another address for an invitation', (open) => {
  const start = async () => openTestLetter(testInstance((await open()).store));
  const item = async ({ instance, letter }: OpenLetter) => (await viewInvitations(instance, letter, null)).items.at(-1);

  it('ends what went to the one there was, and mails a fresh link to the new one', async () => {
    const letter = await start();
    const { instance } = letter;
    const forum = await invite(letter, { organisation: 'Harbour Forum' }, 'stranger@elsewhere.example');
    const oldStop = stopIn((await mailTexts(instance, 'invitation')).at(-1));
    const fields = { whom: 'self', invitation: forum.invitationId, name: 'A Stranger', email: 'self@elsewhere.example' };
    expect((await passOn(instance, forum.scope, passOnForm.parse(fields), NOW)).ok).toBe(true);
    expect(await change(letter, forum, 'office@harbour.example')).toEqual({ ok: true, value: { who: 'Harbour Forum' } });
    expect(await openInvitation(instance, forum.token)).toEqual({ ok: false, reason: 'revoked' });
    expect(await viewStop(instance, oldStop), 'whoever had the old mail does not stop the new one').toBeNull();
    expect((await openInvitation(instance, (await tokensInMails(instance, forum.invitationId)).at(-1) ?? '')).ok).toBe(true);
    const { outbox } = instance.store.read.tables;
    const waiting = await instance.store.read.select().from(outbox).where(eq(outbox.state, 'queued'));
    expect(waiting.filter(({ invitationId }) => invitationId === forum.invitationId)).toHaveLength(1);
    const { items } = await viewInvitations(instance, letter.letter, null);
    expect(items.map(({ status, email }) => ({ status, email }))).toEqual([
      { status: 'revoked', email: 'self@elsewhere.example' },
      { status: 'prepared', email: 'office@harbour.example' },
    ]);
  });

  it('is refused in words once somebody has answered, at the same address, and for an end that was invited there', async () => {
    const letter = await start();
    const { instance } = letter;
    const forum = await invite(letter, { organisation: 'Harbour Forum' }, 'office@harbour.example');
    expect(await change(letter, forum, 'Office@harbour.example')).toMatchObject({ ok: false, reason: { reason: 'same-address' } });
    await invite(letter, { organisation: 'Harbour Forum' }, 'chair@harbour.example');
    expect(await change(letter, forum, 'chair@harbour.example')).toMatchObject({ ok: false, reason: { reason: 'already-invited' } });
    const declined = await declineInvitation(instance, forum.scope, { invitation: forum.invitationId, reason: 'No.' }, NOW);
    expect(declined.ok).toBe(true);
    expect(await change(letter, forum, 'new@harbour.example')).toEqual({ ok: false, reason: 'already-answered' });
  });

  it('turns a link from hand to hand into one by mail, and ends the first', async () => {
    const letter = await start();
    const { instance } = letter;
    const made = await inviteByHand(instance, letter.letter, byHandForm.parse({ capacity: 'personal', name: 'Ada Orr' }), NOW);
    if (!made.ok) throw new Error(JSON.stringify(made.reason));
    expect((await change(letter, made.value, 'ada@home.example')).ok).toBe(true);
    expect(await openInvitation(instance, made.value.token)).toEqual({ ok: false, reason: 'revoked' });
    expect(await item(letter)).toMatchObject({ byHand: false, status: 'prepared', email: 'ada@home.example' });
  });

  it('is what a mark asks for: it never came, which can be undone', async () => {
    const letter = await start();
    const { instance } = letter;
    const forum = await invite(letter, { organisation: 'Harbour Forum' }, 'office@harbour.example');
    const mark = (bounced: boolean) => markBounced(instance, letter.letter, forum.invitationId, bounced, NOW);
    expect(await mark(true), 'it has not left').toEqual({ ok: false, reason: 'not-sent' });
    await sendNextMail(instance, null, () => NOW, invitationMailHooks);
    expect(await item(letter)).toMatchObject({ mayMark: 'bounced' });
    expect(await mark(true)).toEqual({ ok: true, value: null });
    expect(await item(letter)).toMatchObject({ status: 'bounced', mayMark: 'not-bounced', mayReaddress: true });
    expect(await countToRemind(instance, letter.letter, hoursLater(48))).toBe(0);
    expect(await mark(false)).toEqual({ ok: true, value: null });
    expect(await countToRemind(instance, letter.letter, hoursLater(48))).toBe(1);
  });
});
