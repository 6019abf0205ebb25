import { expect, it } from 'vitest';
import { faultSentence } from '../../../app/_request/fault-sentence.ts';
import { findInvitation } from '../../../db/queries/invitations.ts';
import { listKeptMails } from '../../../db/queries/outbox.ts';
import { translator } from '../../../lib/i18n/translator.ts';
import { openInvitation } from '../../../lib/invitations/access.ts';
import { declineInvitation, markOpened, putOffInvitation, requestFreshLink } from '../../../lib/invitations/answers.ts';
import { inviteOne, resendInvitation, revokeInvitation } from '../../../lib/invitations/commands.ts';
import { INVITATIONS_A_PAGE, readCursor, viewInvitations } from '../../../lib/invitations/desk-view.ts';
import { invitationMailHooks } from '../../../lib/invitations/mail-state.ts';
import { viewInvitation } from '../../../lib/invitations/page-view.ts';
import { inviteForm } from '../../../lib/invitations/schema.ts';
import { closeLetter } from '../../../lib/letters/ending.ts';
import { createSampleLetter } from '../../../lib/letters/sample.ts';
import { readMail } from '../../../lib/outbox/read.ts';
import { signByInvitation } from '../../../lib/signatures/sign.ts';
import { foundTestCoalition, letterScope } from '../../support/coalition.ts';
import {
  answer,
  asOrganisation,
  asPerson,
  hoursLater,
  invite,
  letterRow,
  NOW,
  type OpenLetter,
  openTestLetter,
  takeBack,
  tokensInMails,
} from '../../support/invited.ts';
import { sendNextMail } from '../../support/mails.ts';
import { describeEachStore, testInstance } from '../../support/stores.ts';

describeEachStore('an invitation', (open) => {
  const start = async () => openTestLetter(testInstance((await open()).store));
  const statusOf = async ({ instance, letterId }: OpenLetter, id: string) =>
    (await findInvitation(instance.store.read, letterId, id))?.status;

  it('is kept with its mail, whose link opens it and is stored nowhere in clear', async () => {
    const letter = await start();
    const forum = await invite(letter, { organisation: 'Harbour Forum', name: 'Ilse Okoye' }, 'ilse@harbour.example');
    const { read } = letter.instance.store;
    const [mail] = await read.select().from(read.tables.outbox);
    const message = mail && readMail(letter.instance, mail);
    expect(message?.ok && message.value).toMatchObject({ to: 'ilse@harbour.example', subject: 'An invitation from Clear Water Alliance' });
    const stored = JSON.stringify(await Promise.all(Object.values(read.tables).map((table) => read.select().from(table))));
    const hex = JSON.stringify([...Buffer.from('ilse@harbour.example')]).slice(1, -1);
    for (const word of [forum.token, forum.token.slice(3), 'ilse@harbour.example', 'Okoye', hex]) expect(stored).not.toContain(word);
  });

  it('opens by no value that a stolen database holds', async () => {
    const letter = await start();
    await invite(letter, { organisation: 'Harbour Forum' });
    const { read } = letter.instance.store;
    for (const table of Object.values(read.tables)) {
      for (const row of await read.select().from(table)) {
        for (const value of Object.values(row as Record<string, unknown>)) {
          const spellings = Buffer.isBuffer(value)
            ? [value.toString('base64url'), value.toString('hex'), value.toString('base64')]
            : [String(value)];
          for (const spelling of spellings) {
            for (const text of [spelling, `iv_${spelling}`]) expect((await openInvitation(letter.instance, text)).ok).toBe(false);
          }
        }
      }
    }
  });

  it('is not made twice for one organisation at one address, though the spelling differs', async () => {
    const letter = await start();
    await invite(letter, { organisation: 'Harbour Forum' }, 'Office@Harbour.example');
    const again = inviteForm.parse({ capacity: 'organisation', organisation: 'The harbour forum', email: 'office@harbour.example' });
    const twice = await inviteOne(letter.instance, letter.letter, again, NOW);
    expect(twice).toEqual({ ok: false, reason: { place: 'email', reason: 'already-invited' } });
    const other = inviteForm.parse({ capacity: 'personal', name: 'Ilse Okoye', email: 'office@harbour.example' });
    expect((await inviteOne(letter.instance, letter.letter, other, NOW)).ok).toBe(true);
  });

  it('can be made anew once its signature was withdrawn, and be signed again', async () => {
    const letter = await start();
    for (const [party, fields] of [
      [{ organisation: 'Harbour Forum' }, asOrganisation('Harbour Forum')],
      [{ person: 'Tomas Ardelean' }, asPerson('Tomas Ardelean')],
    ] as const) {
      const email = 'office@harbour.example';
      const input = inviteForm.parse({
        email,
        ...('person' in party ? { capacity: 'personal', name: party.person } : { capacity: 'organisation', ...party }),
      });
      const inviteAgain = async () => inviteOne(letter.instance, letter.letter, input, hoursLater(2));
      const first = await invite(letter, party, email);
      await signByInvitation(letter.instance, first.scope, answer(letter, first, fields), NOW);
      expect(await inviteAgain()).toEqual({ ok: false, reason: { place: 'email', reason: 'already-invited' } });
      await takeBack(letter.instance, first, hoursLater(1));
      const second = await invite(letter, party, email, hoursLater(2));
      expect(await inviteAgain()).toEqual({ ok: false, reason: { place: 'email', reason: 'already-invited' } });
      const signed = await signByInvitation(letter.instance, second.scope, answer(letter, second, fields), hoursLater(3));
      expect(signed).toMatchObject({ ok: true, value: { signatures: [{ status: 'listed' }], repeated: false } });
    }
    expect(await letterRow(letter)).toMatchObject({ organisationCount: 1, personCount: 1 });
  });

  it('is made only while the letter is open, and leaves nothing behind where it is refused', async () => {
    const letter = await start();
    await closeLetter(letter.instance, letter.letter, NOW);
    const input = inviteForm.parse({ capacity: 'personal', name: 'Ilse Okoye', email: 'ilse@harbour.example' });
    expect(await inviteOne(letter.instance, letter.letter, input, NOW)).toEqual({ ok: false, reason: 'letter-not-open' });
    const { read } = letter.instance.store;
    expect(await read.select().from(read.tables.invitations)).toEqual([]);
    expect(await read.select().from(read.tables.outbox)).toEqual([]);
  });

  it('is never made to the sample letter', async () => {
    const instance = testInstance((await open()).store);
    const { scope: coalition } = await foundTestCoalition(instance, NOW);
    const sample = await createSampleLetter(instance, coalition, { zone: 'Europe/Berlin' }, NOW);
    const input = inviteForm.parse({ capacity: 'personal', name: 'Ilse Okoye', email: 'ilse@harbour.example' });
    const scope = letterScope(coalition, sample.ok ? sample.value.letterId : '');
    expect(await inviteOne(instance, scope, input, NOW)).toEqual({ ok: false, reason: 'sample' });
    expect(await instance.store.read.select().from(instance.store.read.tables.invitations)).toEqual([]);
    expect(faultSentence(translator('en'), 'invite', { place: '', reason: 'sample' })).toContain('nobody can be invited');
  });

  it('keeps every link alive until it is taken back, and then none', async () => {
    const letter = await start();
    const forum = await invite(letter, { organisation: 'Harbour Forum' });
    expect((await resendInvitation(letter.instance, letter.letter, forum.invitationId, hoursLater(1))).ok).toBe(true);
    const tokens = await tokensInMails(letter.instance, forum.invitationId);
    expect(new Set(tokens).size).toBe(2);
    for (const token of tokens) expect((await openInvitation(letter.instance, token)).ok).toBe(true);
    await revokeInvitation(letter.instance, letter.letter, forum.invitationId, hoursLater(2));
    for (const token of tokens) expect(await openInvitation(letter.instance, token)).toEqual({ ok: false, reason: 'revoked' });
    expect(await resendInvitation(letter.instance, letter.letter, forum.invitationId, hoursLater(3))).toEqual({
      ok: false,
      reason: 'already-answered',
    });
  });

  it('cannot be taken back once it was signed', async () => {
    const letter = await start();
    const forum = await invite(letter, { organisation: 'Harbour Forum' });
    await signByInvitation(letter.instance, forum.scope, answer(letter, forum, asOrganisation('Harbour Forum')), NOW);
    expect(await revokeInvitation(letter.instance, letter.letter, forum.invitationId, NOW)).toEqual({
      ok: false,
      reason: 'already-signed',
    });
  });

  it('tells the coordinator how far it has come', async () => {
    const letter = await start();
    const forum = await invite(letter, { organisation: 'Harbour Forum' });
    const shown = async () => (await viewInvitations(letter.instance, letter.letter, null)).items[0]?.status;
    expect(await shown()).toBe('prepared');
    expect(await sendNextMail(letter.instance, null, () => hoursLater(1), invitationMailHooks)).toBe('kept');
    expect(await statusOf(letter, forum.invitationId)).toBe('sent');
    expect([await shown(), (await listKeptMails(letter.instance.store.read)).length]).toEqual(['kept', 1]);
    await markOpened(letter.instance, forum.scope, hoursLater(2));
    expect(await shown()).toBe('opened');
    const mine = { invitation: forum.invitationId };
    expect((await putOffInvitation(letter.instance, forum.scope, { ...mine, until: '2026-03-12' }, hoursLater(3))).ok).toBe(true);
    expect((await viewInvitations(letter.instance, letter.letter, null)).items[0]).toMatchObject({
      status: 'considering',
      until: '2026-03-12',
    });
    expect((await declineInvitation(letter.instance, forum.scope, { ...mine, reason: 'Our board said no.' }, hoursLater(4))).ok).toBe(true);
    expect((await viewInvitations(letter.instance, letter.letter, null)).items[0]).toMatchObject({
      status: 'declined',
      reason: 'Our board said no.',
      until: null,
    });
    // Boards change their minds.
    expect(
      (await signByInvitation(letter.instance, forum.scope, answer(letter, forum, asOrganisation('Harbour Forum')), hoursLater(5))).ok,
    ).toBe(true);
    expect((await viewInvitations(letter.instance, letter.letter, null)).items[0]).toMatchObject({
      status: 'listed',
      reason: null,
      entries: ['Harbour Forum'],
    });
    expect(await declineInvitation(letter.instance, forum.scope, { ...mine, reason: '' }, hoursLater(6))).toEqual({
      ok: false,
      reason: 'already-answered',
    });
  });

  it('takes no day for deciding that is past, and no answer a week after the close', async () => {
    const letter = await start();
    const forum = await invite(letter, { organisation: 'Harbour Forum' });
    const mine = { invitation: forum.invitationId };
    const past = await putOffInvitation(letter.instance, forum.scope, { ...mine, until: '2026-02-27' }, NOW);
    expect(past).toEqual({ ok: false, reason: { place: 'until', reason: 'past' } });
    await closeLetter(letter.instance, letter.letter, NOW);
    expect((await declineInvitation(letter.instance, forum.scope, { ...mine, reason: '' }, hoursLater(24 * 6))).ok).toBe(true);
    const late = await declineInvitation(letter.instance, forum.scope, { ...mine, reason: '' }, hoursLater(24 * 8));
    expect(late).toEqual({ ok: false, reason: 'answering-ended' });
  });

  it('sends a fresh link to the address on file for a link that was replaced, and for no other', async () => {
    const letter = await start();
    const forum = await invite(letter, { organisation: 'Harbour Forum' }, 'ilse@harbour.example');
    const gone = await invite(letter, { organisation: 'Ferry Workers Union' });
    await revokeInvitation(letter.instance, letter.letter, gone.invitationId, NOW);
    const mails = async () => (await letter.instance.store.read.select().from(letter.instance.store.read.tables.outbox)).length;
    const before = await mails();
    for (const token of [gone.token, `iv_${Buffer.alloc(32).toString('base64url')}`, 'iv_short', '']) {
      expect(await requestFreshLink(letter.instance, token, NOW)).toEqual({ ok: true, value: null });
    }
    expect(await mails()).toBe(before);
    expect(await requestFreshLink(letter.instance, forum.token, hoursLater(1))).toEqual({ ok: true, value: null });
    expect(await mails()).toBe(before + 1);
    const fresh = (await tokensInMails(letter.instance, forum.invitationId)).at(-1) ?? '';
    expect((await openInvitation(letter.instance, fresh)).ok).toBe(true);
  });

  it('shows its own letter and nobody else on its page', async () => {
    const letter = await start();
    const one = await invite(letter, { organisation: 'Harbour Forum' });
    const two = await invite(letter, { person: 'Tomas Ardelean' });
    await signByInvitation(letter.instance, one.scope, answer(letter, one, asOrganisation('Harbour Forum')), NOW);
    const page = await viewInvitation(letter.instance, two.scope, NOW);
    expect(page).toMatchObject({ state: 'answerable', signers: ['personal'], own: null });
    expect(JSON.stringify(page)).not.toContain('Harbour Forum');
    expect(await viewInvitation(letter.instance, one.scope, NOW)).toMatchObject({
      state: 'signed',
      own: { entries: [{ status: 'listed' }], fingerprint: letter.fingerprint },
    });
    expect(await viewInvitation(letter.instance, two.scope, new Date('2026-03-31T22:00:00Z'))).toMatchObject({ state: 'closed' });
  });

  it('hides addresses from those who may not read them, and pages without a gap', async () => {
    const letter = await start();
    for (let index = 0; index < INVITATIONS_A_PAGE + 3; index++) await invite(letter, { person: `Person ${index}` });
    const observer = { ...letter.letter, role: 'observer' } as typeof letter.letter;
    const first = await viewInvitations(letter.instance, observer, null);
    const rest = await viewInvitations(letter.instance, observer, readCursor(first.next ?? undefined));
    expect([first.items.length, rest.items.length, rest.next]).toEqual([INVITATIONS_A_PAGE, 3, null]);
    const all = [...first.items, ...rest.items];
    expect(new Set(all.map(({ id }) => id)).size).toBe(INVITATIONS_A_PAGE + 3);
    expect(all.every(({ email, mayResend, mayRevoke, mayApprove }) => email === null && !mayResend && !mayRevoke && !mayApprove)).toBe(
      true,
    );
    expect((await viewInvitations(letter.instance, letter.letter, null)).items[0]?.email).toMatch(/@partner\.example$/);
  });
});
