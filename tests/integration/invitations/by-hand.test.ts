import { eq } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { openInvitation } from '../../../lib/invitations/access.ts';
import { declineInvitation, putOffInvitation, requestFreshLink } from '../../../lib/invitations/answers.ts';
import { makeHandLink } from '../../../lib/invitations/by-hand.ts';
import { resendInvitation, revokeInvitation } from '../../../lib/invitations/commands.ts';
import { viewInvitations } from '../../../lib/invitations/desk-view.ts';
import { viewInvitation } from '../../../lib/invitations/page-view.ts';
import { passOn, passOnForm } from '../../../lib/invitations/pass-on.ts';
import { presetSettings } from '../../../lib/letters/presets.ts';
import { countToRemind } from '../../../lib/mailings/remind-now.ts';
import { openConfirmation, openInvitedSigning, openOwnSigning } from '../../../lib/signatures/access.ts';
import { approveByInvitation } from '../../../lib/signatures/approve.ts';
import { confirmSigning } from '../../../lib/signatures/confirm.ts';
import { correctOwnEntry } from '../../../lib/signatures/correct.ts';
import { correctOwnForm } from '../../../lib/signatures/correct-schema.ts';
import { disownSigning } from '../../../lib/signatures/disown.ts';
import { viewEntry } from '../../../lib/signatures/entry-view.ts';
import { askForProof, proofForm } from '../../../lib/signatures/proof.ts';
import { reviewEntry } from '../../../lib/signatures/review.ts';
import { seenMark } from '../../../lib/signatures/seen-mark.ts';
import { signByInvitation } from '../../../lib/signatures/sign.ts';
import { lookAfterUnconfirmed } from '../../../lib/signatures/unconfirmed.ts';
import { withdrawSigning } from '../../../lib/signatures/withdraw.ts';
import {
  asks,
  BY_VOICE,
  confirmationOf,
  confirmNewest,
  FORUM,
  firstId,
  handOver,
  signs,
  statuses,
  typedAddresses,
  vouch,
} from '../../support/hand-links.ts';
import {
  answer,
  asOrganisation,
  asPerson,
  hoursLater,
  invite,
  letterRow,
  NOW,
  openTestLetter,
  signatureRows,
  takeBack,
} from '../../support/invited.ts';
import { keepMails } from '../../support/mails.ts';
import { mailTexts, mailTokens } from '../../support/open-signed.ts';
import { describeEachStore, testInstance } from '../../support/stores.ts';

describeEachStore('a link that goes from hand to hand', (open) => {
  const start = async (change: Parameters<typeof openTestLetter>[1] = {}) => openTestLetter(testInstance((await open()).store), change);

  it('mails nothing, and stands nowhere but in what its maker is shown', async () => {
    const letter = await start();
    const { instance } = letter;
    const { read } = instance.store;
    const forum = await handOver(letter, FORUM);
    expect(forum.token).toMatch(/^hd_/);
    expect(forum.scope.byHand).toBe(true);
    expect(await read.select().from(read.tables.outbox)).toEqual([]);
    for (const table of Object.values(read.tables)) expect(JSON.stringify(await read.select().from(table))).not.toContain(forum.token);
    const { items } = await viewInvitations(instance, letter.letter, null);
    expect(items).toMatchObject([{ status: 'handed', byHand: true, email: null, mayResend: false, mayHandOver: true, mayRevoke: true }]);
    expect(await countToRemind(instance, letter.letter, hoursLater(48)), 'no reminder without an address').toBe(0);
    expect(await resendInvitation(instance, letter.letter, forum.invitationId, NOW)).toEqual({ ok: false, reason: 'by-hand' });
    await requestFreshLink(instance, forum.token, NOW);
    expect(await read.select().from(read.tables.outbox)).toEqual([]);
  });

  it('has new links beside the first, until all end together', async () => {
    const letter = await start();
    const { instance } = letter;
    const forum = await handOver(letter, FORUM);
    const again = await makeHandLink(instance, letter.letter, forum.invitationId, NOW);
    if (!again.ok) throw new Error(again.reason);
    for (const token of [forum.token, again.value.token]) expect((await openInvitation(instance, token)).ok).toBe(true);
    const mailed = await invite(letter, { organisation: 'Lantern Keepers' });
    expect(await makeHandLink(instance, letter.letter, mailed.invitationId, NOW), 'nobody sees the link of a mail').toEqual({
      ok: false,
      reason: 'by-mail',
    });
    expect((await revokeInvitation(instance, letter.letter, forum.invitationId, NOW)).ok).toBe(true);
    for (const token of [forum.token, again.value.token]) {
      expect(await openInvitation(instance, token)).toEqual({ ok: false, reason: 'revoked' });
    }
    expect(await makeHandLink(instance, letter.letter, forum.invitationId, NOW)).toEqual({ ok: false, reason: 'already-answered' });
  });

  it('lists nobody until a member vouches, whatever else is done to the entry', async () => {
    const letter = await start();
    const { instance } = letter;
    const forum = await handOver(letter, { ...FORUM, email: 'office@harbour.example' });
    await signs(letter, forum, asOrganisation('Harbour Forum'));
    const id = await firstId(letter);
    expect(await statuses(letter)).toEqual(['pending']);
    expect(await mailTexts(instance, 'receipt'), 'an address that was noted is nobody’s proof').toEqual([]);
    expect(await approveByInvitation(instance, letter.letter, { invitationId: forum.invitationId, seen: '' }, NOW)).toEqual({
      ok: false,
      reason: 'not-held',
    });
    for (const act of ['approve', 'put-back'] as const) {
      expect(await reviewEntry(instance, letter.letter, { id, act, reason: '' }, NOW)).toEqual({ ok: false, reason: 'not-now' });
    }
    await lookAfterUnconfirmed(instance, hoursLater(24 * 40));
    expect(await statuses(letter), 'nor does it lapse').toEqual(['pending']);
    expect((await viewInvitations(instance, letter.letter, null)).items).toMatchObject([{ status: 'unproved', vouchFor: id }]);
    expect(await viewInvitation(instance, forum.scope, NOW)).toMatchObject({ state: 'signed', unproved: true, byHand: true });
    expect(await letterRow(letter)).toMatchObject({ organisationCount: 0 });

    expect(await vouch(letter, id, { date: '2026-03-05' })).toMatchObject({ ok: false, reason: { place: 'date' } });
    expect((await viewEntry(instance, letter.letter, id))?.mayVouch).toBe(true);
    expect(await vouch(letter, id)).toEqual({ ok: true, value: { status: 'listed' } });
    expect(await signatureRows(letter)).toMatchObject([{ status: 'listed', authority: 'authorised' }]);
    expect(await letterRow(letter)).toMatchObject({ organisationCount: 1 });
    expect(await viewEntry(instance, letter.letter, id)).toMatchObject({
      mayVouch: false,
      vouched: { means: BY_VOICE.means, on: BY_VOICE.date },
    });
    expect(await vouch(letter, id)).toEqual({ ok: false, reason: 'not-now' });
    expect(await letterRow(letter)).toMatchObject({ organisationCount: 1 });
  });

  it('asks the other gates after the proof: another organisation, and a letter whose entries are approved', async () => {
    const letter = await start();
    const { instance } = letter;
    const policies = { ...presetSettings['coalition-letter'].policies, listed: 'on-approval' } as const;
    await instance.store.inTransaction((tx) =>
      tx.update(tx.tables.letters).set({ policies }).where(eq(tx.tables.letters.id, letter.letterId)),
    );
    const forum = await handOver(letter, FORUM);
    await signs(letter, forum, asOrganisation('Harbour Forum'));
    const id = await firstId(letter);
    expect(await vouch(letter, id)).toEqual({ ok: true, value: { status: 'held' } });
    expect(await statuses(letter)).toEqual(['held']);
    const [item] = (await viewInvitations(instance, letter.letter, null)).items;
    const looked = { invitationId: forum.invitationId, seen: item?.seen ?? '' };
    expect((await approveByInvitation(instance, letter.letter, looked, NOW)).ok).toBe(true);
    expect(await statuses(letter)).toEqual(['listed']);
    const second = await handOver(letter, FORUM);
    await signs(letter, second, { ...asOrganisation('Harbour Forum', 'Ada Orr'), email: 'ada@harbour.example' });
    expect((await confirmNewest(letter)).ok).toBe(true);
    expect((await signatureRows(letter)).at(1)).toMatchObject({ status: 'held', flags: ['awaiting-approval', 'duplicate-organisation'] });
    expect(await letterRow(letter)).toMatchObject({ organisationCount: 1 });
  });

  it('lists whoever confirms an own address by the button behind a mail, and lets no other link do it', async () => {
    const letter = await start();
    const { instance } = letter;
    const tomas = await handOver(letter, { capacity: 'personal', name: 'Tomas Ardelean', email: 'noted@home.example' });
    await signs(letter, tomas, { ...asPerson('Tomas Ardelean'), email: 'stranger@home.example' });
    const [mail] = await mailTexts(instance, 'confirmation');
    expect(mail).toContain('Tomas Ardelean');
    expect(await statuses(letter)).toEqual(['pending']);
    const [strangers] = await mailTokens(instance, 'confirmation');
    const theirs = await openConfirmation(instance, strangers ?? '');
    if (!theirs.ok) throw new Error(theirs.reason);
    expect(await disownSigning(instance, theirs.value, NOW), 'it was not me').toEqual({ ok: true, value: null });
    expect(await openConfirmation(instance, strangers ?? '')).toEqual({ ok: false, reason: 'revoked' });
    expect(await statuses(letter), 'and the entry waits on').toEqual(['pending']);

    const ask = (email: string) =>
      askForProof(instance, tomas.scope, proofForm.parse({ invitation: tomas.invitationId, email }), hoursLater(1));
    expect(await ask('tomas@home.example')).toEqual({ ok: true, value: null });
    expect(await ask('other@home.example')).toEqual({ ok: true, value: null });
    const [own, other] = await mailTokens(instance, 'confirmation');
    const scope = await openConfirmation(instance, own ?? '');
    if (!scope.ok) throw new Error(scope.reason);
    expect(scope.value.asks?.email.asTyped).toBe('tomas@home.example');
    expect((await confirmSigning(instance, scope.value, hoursLater(2))).ok).toBe(true);
    expect((await confirmSigning(instance, scope.value, hoursLater(3))).ok, 'pressed twice').toBe(true);
    expect(await statuses(letter)).toEqual(['listed']);
    expect(await letterRow(letter)).toMatchObject({ personCount: 1 });
    expect(await openConfirmation(instance, other ?? ''), 'an address that was not confirmed opens nothing').toMatchObject({ ok: false });
    expect((await viewEntry(instance, letter.letter, await firstId(letter)))?.signer?.email).toBe('tomas@home.example');
    expect((await mailTexts(instance, 'receipt')).at(-1)).toContain('Tomas Ardelean');
    expect(await ask('third@home.example')).toEqual({ ok: false, reason: 'nothing-waits' });

    const again = await handOver(letter, { capacity: 'personal', name: 'Tomas Ardelean' });
    await signs(letter, again, { ...asPerson('Tomas Ardelean'), email: 'Tomas@home.example' }, hoursLater(4));
    expect(await confirmNewest(letter, hoursLater(5)), 'a name counts once at an address').toEqual({ ok: false, reason: 'signed-before' });
    expect((await signatureRows(letter)).at(-1), 'and nobody vouches for the same person again').toMatchObject({
      status: 'rejected',
      flags: ['signed-before'],
    });
  });

  it.each(['named', 'neutral'] as const)(
    'says no more than how things stand once an own address is confirmed (%s mails)',
    async (mails) => {
      const letter = await start();
      const { instance } = letter;
      const policies = { ...presetSettings['coalition-letter'].policies, mails };
      await instance.store.inTransaction((tx) =>
        tx.update(tx.tables.letters).set({ policies }).where(eq(tx.tables.letters.id, letter.letterId)),
      );
      const forum = await handOver(letter, { ...FORUM, email: 'ilse@harbour.example' });
      await signs(letter, forum, { ...asOrganisation('Harbour Forum'), email: 'ilse@harbour.example' });
      expect((await openInvitedSigning(instance, forum.token)).ok, 'nobody has proved to be the owner yet').toBe(true);
      const [mailed] = await mailTokens(instance, 'confirmation');
      expect((await confirmNewest(letter)).ok).toBe(true);
      expect(await statuses(letter)).toEqual(['listed']);

      expect(await openInvitedSigning(instance, forum.token)).toEqual({ ok: false, reason: 'owners-alone' });
      const page = await viewInvitation(instance, forum.scope, NOW);
      expect(page).toMatchObject({ state: 'signed', ownersAlone: true, change: null, final: false });
      const no = { invitation: forum.invitationId, signing: page?.own?.signingId ?? '', sure: 'yes', reason: '' } as const;
      expect(await declineInvitation(instance, forum.scope, no, NOW)).toEqual({ ok: false, reason: 'already-answered' });
      const toColleague = { invitation: forum.invitationId, whom: 'colleague', name: 'Ada Orr', email: 'ada@elsewhere.example' };
      expect(await passOn(instance, forum.scope, passOnForm.parse(toColleague), NOW)).toEqual({ ok: false, reason: 'already-answered' });
      expect(await statuses(letter)).toEqual(['listed']);

      // The mail that asked leads to the own page for as long as the letter lives, whether or not a receipt may be sent.
      const asked = await openConfirmation(instance, mailed ?? '');
      if (!asked.ok) throw new Error(asked.reason);
      const again = await confirmSigning(instance, asked.value, hoursLater(24 * 30));
      if (!again.ok) throw new Error(again.reason);
      const own = await openOwnSigning(instance, again.value.ownPage);
      if (!own.ok) throw new Error(own.reason);
      expect((await withdrawSigning(instance, own.value, { signing: own.value.signingId, entry: null }, NOW)).ok).toBe(true);
      expect(await statuses(letter)).toEqual(['withdrawn']);
    },
  );

  it('is taken back where it reached the wrong one, with what was signed by it and the mails that ask to confirm it', async () => {
    const letter = await start();
    const { instance } = letter;
    const forum = await handOver(letter, FORUM);
    await signs(letter, forum, { ...asOrganisation('Harbour Forum', 'Stranger'), email: 'stranger@home.example' });
    const [asked] = await mailTokens(instance, 'confirmation');
    const held = await openConfirmation(instance, asked ?? '');
    if (!held.ok) throw new Error(held.reason);
    expect((await viewInvitations(instance, letter.letter, null)).items).toMatchObject([{ status: 'unproved', mayRevoke: true }]);
    expect(await revokeInvitation(instance, letter.letter, forum.invitationId, NOW)).toEqual({ ok: true, value: null });
    expect(await statuses(letter)).toEqual(['rejected']);
    expect(await openInvitation(instance, forum.token)).toEqual({ ok: false, reason: 'revoked' });
    expect(await openConfirmation(instance, asked ?? '')).toEqual({ ok: false, reason: 'revoked' });
    await confirmSigning(instance, held.value, NOW);
    expect(await statuses(letter), 'nor by a page that was open before').toEqual(['rejected']);
    expect(await letterRow(letter)).toMatchObject({ organisationCount: 0 });
    expect((await viewInvitations(instance, letter.letter, null)).items).toMatchObject([{ status: 'revoked', mayRevoke: false }]);
  });

  it('holds an organisation whose answer was proved by an address that nobody of the coalition noted', async () => {
    const letter = await start();
    const { instance } = letter;
    const forum = await handOver(letter, FORUM);
    await signs(letter, forum, { ...asOrganisation('Harbour Forum'), email: 'stranger@home.example' });
    expect((await confirmNewest(letter)).ok).toBe(true);
    expect(await signatureRows(letter)).toMatchObject([{ status: 'held', authority: 'awaiting-decision', flags: ['other-address'] }]);
    expect(await revokeInvitation(instance, letter.letter, forum.invitationId, NOW)).toEqual({ ok: false, reason: 'already-signed' });
    const lantern = await handOver(letter, { ...FORUM, organisation: 'Lantern Keepers', email: 'office@lantern.example' });
    await signs(letter, lantern, { ...asOrganisation('Lantern Keepers'), email: 'Office@lantern.example' });
    expect((await confirmNewest(letter)).ok).toBe(true);
    expect((await signatureRows(letter)).at(1)).toMatchObject({ status: 'listed', authority: 'authorised', flags: [] });
  });

  it('does not let an address that was typed and not confirmed open what a member vouched for', async () => {
    const letter = await start();
    const { instance } = letter;
    const forum = await handOver(letter, FORUM);
    await signs(letter, forum, { ...asOrganisation('Harbour Forum'), email: 'stranger@home.example' });
    const [typed] = await mailTokens(instance, 'confirmation');
    expect((await vouch(letter, await firstId(letter))).ok).toBe(true);
    expect(await openConfirmation(instance, typed ?? '')).toEqual({ ok: false, reason: 'revoked' });
    // For whom and under what name a member vouched is not the holder's to change alone.
    const own = await openInvitedSigning(instance, forum.token);
    if (!own.ok) throw new Error(own.reason);
    const other = { signer: 'personal', name: 'Somebody Else', publication: 'public' };
    const [row] = await signatureRows(letter);
    const seen = seenMark(row?.sealed ?? Buffer.alloc(0));
    const input = correctOwnForm.parse({ signing: own.value.signingId, entry: row?.id, seen, ...other });
    expect(await correctOwnEntry(instance, own.value, input, NOW)).toEqual({ ok: true, value: { waits: true } });
    expect(await signatureRows(letter)).toMatchObject([{ status: 'listed', capacity: 'organisation' }]);
    expect((await takeBack(instance, forum, NOW)).ok).toBe(true);
    expect(await statuses(letter)).toEqual(['withdrawn']);
    expect(await mailTexts(instance, 'receipt'), 'there is no address to tell').toEqual([]);
  });

  it('deletes an address whose owner says that it was not they, with every link and mail to it, and leaves the others', async () => {
    const letter = await start();
    const { instance } = letter;
    const tomas = await handOver(letter, { capacity: 'personal', name: 'Tomas Ardelean' });
    await signs(letter, tomas, { ...asPerson('Tomas Ardelean'), email: 'stranger@home.example' });
    await asks(letter, tomas, 'Stranger@home.example', hoursLater(1));
    await asks(letter, tomas, 'tomas@home.example', hoursLater(2));
    const [first, second, own] = await mailTokens(instance, 'confirmation');
    const theirs = await confirmationOf(letter, first);
    expect(await disownSigning(instance, theirs, NOW)).toEqual({ ok: true, value: null });
    expect(await openConfirmation(instance, second ?? '')).toEqual({ ok: false, reason: 'revoked' });
    expect(await typedAddresses(letter)).toBe(1);
    expect(await mailTexts(instance, 'confirmation'), 'the mails to it that waited').toHaveLength(1);
    expect(await disownSigning(instance, theirs, NOW), 'the second press').toEqual({ ok: false, reason: 'gone' });
    expect((await confirmSigning(instance, await confirmationOf(letter, own), NOW)).ok).toBe(true);
  });

  it('says of no entry that stands that it was not signed, and opens nothing by a link that another one settled', async () => {
    const letter = await start();
    const { instance } = letter;
    const tomas = await handOver(letter, { capacity: 'personal', name: 'Tomas Ardelean' });
    await signs(letter, tomas, { ...asPerson('Tomas Ardelean'), email: 'stranger@home.example' });
    await asks(letter, tomas, 'tomas@home.example', hoursLater(1));
    const tokens = await mailTokens(instance, 'confirmation');
    // Both pages were opened before either button was pressed.
    const [strangers, own] = await Promise.all(tokens.map((token) => confirmationOf(letter, token)));
    if (!strangers || !own) throw new Error('two mails');
    expect((await confirmSigning(instance, own, NOW)).ok).toBe(true);
    expect(await disownSigning(instance, own, NOW), 'in an older tab').toEqual({ ok: false, reason: 'confirmed' });
    expect(await confirmSigning(instance, strangers, NOW)).toEqual({ ok: false, reason: 'gone' });
    expect(await disownSigning(instance, strangers, NOW)).toEqual({ ok: false, reason: 'gone' });
    expect(await typedAddresses(letter), 'but for the one that was confirmed').toBe(1);
    expect(await mailTexts(instance, 'confirmation')).toEqual([]);
  });

  it('mails nothing to confirm once a member has vouched, and confirms nothing by the mail of an answer that was taken back', async () => {
    const letter = await start();
    const { instance } = letter;
    const forum = await handOver(letter, FORUM);
    const { signingId } = await signs(letter, forum, { ...asOrganisation('Harbour Forum'), email: 'ilse@forum.example' });
    const [older] = await mailTokens(instance, 'confirmation');
    const page = { invitation: forum.invitationId, signing: signingId, until: '2026-03-20' };
    const scope = await confirmationOf(letter, older);
    expect((await putOffInvitation(instance, forum.scope, page, NOW)).ok).toBe(true);
    expect(await typedAddresses(letter)).toBe(0);
    await signs(letter, forum, asOrganisation('Harbour Forum'), hoursLater(1));
    expect(await confirmSigning(instance, scope, hoursLater(2))).toEqual({ ok: false, reason: 'gone' });
    expect(await statuses(letter)).toEqual(['withdrawn', 'pending']);
    expect(await keepMails(instance, hoursLater(2)), 'the mail that waited').toEqual([]);

    await asks(letter, forum, 'ilse@forum.example', hoursLater(3));
    const id = (await signatureRows(letter))[1]?.id ?? '';
    expect((await vouch(letter, id)).ok).toBe(true);
    await keepMails(instance, hoursLater(4));
    expect(await mailTexts(instance, 'confirmation')).toEqual([]);
  });

  it('tells nobody whether an address was written to today, and takes no mail of it for what asks for nothing', async () => {
    const letter = await start();
    const { instance } = letter;
    const forum = await handOver(letter, FORUM);
    const ask = () => asks(letter, forum, 'ilse@forum.example', NOW);
    for (const _ of [1, 2, 3, 4]) expect(await ask(), 'before anything was signed').toEqual({ ok: false, reason: 'nothing-waits' });
    const yes = answer(letter, forum, { ...asOrganisation('Harbour Forum'), email: 'ilse@forum.example' });
    for (const _ of [1, 2, 3]) await signByInvitation(instance, forum.scope, { ...yes, fingerprint: '0'.repeat(64) }, NOW);
    for (const _ of [1, 2, 3]) expect((await signByInvitation(instance, forum.scope, yes, NOW)).ok).toBe(true);
    for (const _ of [1, 2, 3, 4]) expect(await ask()).toEqual({ ok: true, value: null });
    expect(await mailTexts(instance, 'confirmation')).toHaveLength(3);
    expect(await typedAddresses(letter), 'the rest was taken back').toBe(3);
  });
});
