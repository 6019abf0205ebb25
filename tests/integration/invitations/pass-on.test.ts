import { expect, it } from 'vitest';
import type { Instance } from '../../../lib/instance.ts';
import { openInvitation } from '../../../lib/invitations/access.ts';
import { revokeInvitation } from '../../../lib/invitations/commands.ts';
import { viewInvitations } from '../../../lib/invitations/desk-view.ts';
import { viewInvitation } from '../../../lib/invitations/page-view.ts';
import { passOn, passOnForm } from '../../../lib/invitations/pass-on.ts';
import { stopMails } from '../../../lib/mailings/stops.ts';
import { openInvitedSigning } from '../../../lib/signatures/access.ts';
import { correctOwnEntry } from '../../../lib/signatures/correct.ts';
import { correctOwnForm } from '../../../lib/signatures/correct-schema.ts';
import { viewOwnPage } from '../../../lib/signatures/own-view.ts';
import { reviewEntry } from '../../../lib/signatures/review.ts';
import { seenMark } from '../../../lib/signatures/seen-mark.ts';
import { signByInvitation } from '../../../lib/signatures/sign.ts';
import {
  answer,
  approveShown,
  asOrganisation,
  asPerson,
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

const ADA = { whom: 'colleague', name: 'Ada Orr', email: 'ada@harbour.example' };

async function pass({ instance }: OpenLetter, from: Invited, fields: object, now = NOW) {
  return await passOn(instance, from.scope, passOnForm.parse({ invitation: from.invitationId, ...fields }), now);
}

/** Whoever got the newest mail opens its link. */
async function newest(instance: Instance): Promise<Invited> {
  const token = /iv_[\w-]{43}/.exec((await mailTexts(instance, 'invitation')).at(-1) ?? '')?.[0] ?? '';
  const opened = await openInvitation(instance, token);
  if (!opened.ok) throw new Error(opened.reason);
  return { invitationId: opened.value.invitationId, token, scope: opened.value };
}

describeEachStore('passing an invitation on', (open) => {
  const start = async () => openTestLetter(testInstance((await open()).store));

  it('gives a colleague a link of their own, whose answer stands, and the first link says so', async () => {
    const letter = await start();
    const { instance } = letter;
    const forum = await invite(letter, { organisation: 'Harbour Forum', name: 'Ilse Okoye' }, 'ilse@harbour.example');
    expect(await pass(letter, forum, ADA, hoursLater(1))).toEqual({ ok: true, value: null });
    expect((await mailTexts(instance, 'invitation')).at(-1)).toContain('Ilse Okoye');
    const page = await viewInvitation(instance, forum.scope, hoursLater(1));
    expect(page).toMatchObject({ state: 'answerable', passedOn: [{ name: 'Ada Orr', address: 'a…@harbour.example', signed: false }] });
    expect((await viewInvitations(instance, letter.letter, null)).items).toMatchObject([
      { who: 'Harbour Forum', contact: 'Ada Orr', passedOn: 'colleague', passedOnTo: [] },
      { who: 'Harbour Forum', contact: 'Ilse Okoye', passedOn: null, passedOnTo: ['Ada Orr'], status: 'opened' },
    ]);
    const ada = await newest(instance);
    expect(
      (await signByInvitation(instance, ada.scope, answer(letter, ada, asOrganisation('Harbour Forum', 'Ada Orr')), hoursLater(2))).ok,
    ).toBe(true);
    expect(await signatureRows(letter)).toMatchObject([{ status: 'listed' }]);
    expect((await viewInvitation(instance, forum.scope, hoursLater(3)))?.passedOn).toMatchObject([{ signed: true }]);
    // The first one answers all the same: an organisation counts once.
    await signByInvitation(instance, forum.scope, answer(letter, forum, asOrganisation('Harbour Forum')), hoursLater(3));
    expect((await signatureRows(letter)).map(({ status }) => status)).toEqual(['listed', 'held']);
    expect(await letterRow(letter)).toMatchObject({ organisationCount: 1 });
  });

  it('holds what somebody signs who was not meant by the link, and proves their own address by theirs', async () => {
    const letter = await start();
    const { instance } = letter;
    const forum = await invite(letter, { organisation: 'Harbour Forum' }, 'office@harbour.example');
    expect(await pass(letter, forum, { ...ADA, whom: 'self' })).toEqual({ ok: true, value: null });
    const ada = await newest(instance);
    expect((await viewInvitation(instance, ada.scope, NOW))?.invited).toMatchObject({ organisation: 'Harbour Forum', name: 'Ada Orr' });
    await signByInvitation(instance, ada.scope, answer(letter, ada, asOrganisation('Harbour Forum', 'Ada Orr')), NOW);
    expect(await signatureRows(letter)).toMatchObject([{ status: 'held', authority: 'awaiting-decision', flags: ['other-address'] }]);
    const person = await invite(letter, { person: 'Tomas Ardelean' });
    expect(await pass(letter, person, ADA)).toEqual({ ok: false, reason: { place: 'whom', reason: 'not-offered' } });
    await pass(letter, person, { ...ADA, whom: 'self' }, hoursLater(1));
    const other = await newest(instance);
    await signByInvitation(instance, other.scope, answer(letter, other, asPerson('Ada Orr')), hoursLater(1));
    expect((await signatureRows(letter)).map(({ status }) => status)).toEqual(['held', 'held']);
  });

  it('asks for a look again where a claimed answer becomes the organisation’s', async () => {
    const letter = await start();
    const { instance } = letter;
    const forum = await invite(letter, { organisation: 'Harbour Forum' }, 'office@harbour.example');
    await pass(letter, forum, { ...ADA, whom: 'self' });
    const ada = await newest(instance);
    await signByInvitation(instance, ada.scope, answer(letter, ada, asPerson('Ada Orr')), NOW);
    expect(await approveShown(letter, ada.invitationId, NOW)).toEqual({ ok: true, value: null });
    const own = await openInvitedSigning(instance, ada.token);
    if (!own.ok) throw new Error(own.reason);
    const [row] = await signatureRows(letter);
    const fields = { signer: 'organisation', organisation: 'Harbour Forum', name: 'Ada Orr', role: 'Clerk', authorised: 'yes' };
    const seen = seenMark(row?.sealed ?? Buffer.alloc(0));
    const input = correctOwnForm.parse({ seen, signing: own.value.signingId, entry: row?.id, publication: 'public', ...fields });
    expect(await correctOwnEntry(instance, own.value, input, hoursLater(1))).toEqual({ ok: true, value: { waits: true } });
    expect(await signatureRows(letter)).toMatchObject([{ status: 'listed', capacity: 'personal' }]);
    expect(await letterRow(letter)).toMatchObject({ organisationCount: 0, personCount: 1 });
  });

  it('hands over to a colleague: the organisation stands once, first with the one and then with the other', async () => {
    const letter = await start();
    const { instance } = letter;
    const forum = await invite(letter, { organisation: 'Harbour Forum' });
    await signByInvitation(instance, forum.scope, answer(letter, forum, asOrganisation('Harbour Forum')), NOW);
    expect(await pass(letter, forum, { ...ADA, whom: 'self' }, hoursLater(1))).toEqual({ ok: false, reason: 'already-answered' });
    await pass(letter, forum, ADA, hoursLater(1));
    const ada = await newest(instance);
    expect(await letterRow(letter)).toMatchObject({ organisationCount: 1 });
    const both = await Promise.all(
      Array.from({ length: 5 }, () =>
        signByInvitation(instance, ada.scope, answer(letter, ada, asOrganisation('Harbour Forum', 'Ada Orr')), hoursLater(2)),
      ),
    );
    expect(both.every(({ ok }) => ok)).toBe(true);
    expect((await signatureRows(letter)).map(({ status }) => status)).toEqual(['withdrawn', 'listed']);
    expect(await letterRow(letter)).toMatchObject({ organisationCount: 1 });
    const old = await openInvitedSigning(instance, forum.token);
    if (!old.ok) throw new Error(old.reason);
    expect((await viewOwnPage(instance, old.value, hoursLater(3)))?.own.entries).toMatchObject([{ status: 'withdrawn' }]);
  });

  it('leads around no look: not past a held or rejected entry, and not past an invitation that was taken back', async () => {
    const letter = await start();
    const { instance } = letter;
    const forum = await invite(letter, { organisation: 'Harbour Forum' });
    await signByInvitation(instance, forum.scope, answer(letter, forum, asOrganisation('Harbour Forum')), NOW);
    const [first] = await signatureRows(letter);
    const asked = { id: first?.id ?? '', act: 'hold', reason: 'Who are they?' } as const;
    expect((await reviewEntry(instance, letter.letter, asked, hoursLater(1))).ok).toBe(true);
    await pass(letter, forum, ADA, hoursLater(2));
    const ada = await newest(instance);
    await signByInvitation(instance, ada.scope, answer(letter, ada, asOrganisation('Harbour Forum', 'Ada Orr')), hoursLater(3));
    expect((await signatureRows(letter)).map(({ status, flags }) => ({ status, flags }))).toMatchObject([
      { status: 'held' },
      { status: 'held', flags: ['passed-on'] },
    ]);
    const leaked = await invite(letter, { organisation: 'Tide Watch' });
    await pass(letter, leaked, { ...ADA, email: 'stranger@elsewhere.example' }, hoursLater(4));
    const stranger = await newest(instance);
    expect((await revokeInvitation(instance, letter.letter, leaked.invitationId, hoursLater(5))).ok).toBe(true);
    const late = await signByInvitation(instance, stranger.scope, answer(letter, stranger, asOrganisation('Tide Watch')), hoursLater(6));
    expect(late).toEqual({ ok: false, reason: 'revoked' });
  });

  it('tells nobody that an address wants no mails', async () => {
    const letter = await start();
    const { instance } = letter;
    const forum = await invite(letter, { organisation: 'Harbour Forum' });
    const before = (await mailTexts(instance, 'invitation')).at(-1) ?? '';
    await pass(letter, forum, ADA, NOW);
    const mails = (await mailTexts(instance, 'invitation')).length;
    const stop = /ms_[\w-]{43}/.exec((await mailTexts(instance, 'invitation')).at(-1) ?? '')?.[0] ?? '';
    expect(before).not.toContain(stop);
    expect(await stopMails(instance, stop, NOW)).toEqual({ ok: true, value: null });
    const other = await invite(letter, { organisation: 'Tide Watch' });
    await pass(letter, other, ADA, hoursLater(1));
    expect((await viewInvitation(instance, other.scope, hoursLater(1)))?.passedOn).toMatchObject([{ name: 'Ada Orr' }]);
    // One to the second organisation itself, and none to her.
    expect((await mailTexts(instance, 'invitation')).length).toBe(mails);
  });

  it('sends three mails a day from one invitation, none to the address it came to, and none once answers have ended', async () => {
    const letter = await start();
    const forum = await invite(letter, { organisation: 'Harbour Forum' }, 'office@harbour.example');
    expect(await pass(letter, forum, { ...ADA, email: 'Office@harbour.example' })).toEqual({
      ok: false,
      reason: { place: 'email', reason: 'same-address' },
    });
    for (const name of ['a', 'b', 'c']) expect((await pass(letter, forum, { ...ADA, email: `${name}@harbour.example` })).ok).toBe(true);
    expect(await pass(letter, forum, ADA, hoursLater(23))).toEqual({ ok: false, reason: 'too-many' });
    expect(await pass(letter, forum, ADA, hoursLater(25))).toEqual({ ok: true, value: null });
    expect(await pass(letter, forum, ADA, new Date('2026-04-02T00:00:00Z'))).toEqual({ ok: false, reason: 'answering-ended' });
    const two = await invite(letter, { organisation: 'Tide Watch' });
    expect(await passOn(letter.instance, two.scope, passOnForm.parse({ invitation: forum.invitationId, ...ADA }), NOW)).toEqual({
      ok: false,
      reason: 'other-invitation',
    });
  });
});
