import { expect, it } from 'vitest';
import { declineInvitation } from '../../../lib/invitations/answers.ts';
import { closeLetter, deliverLetter } from '../../../lib/letters/ending.ts';
import { openInvitedSigning, openOwnSigning } from '../../../lib/signatures/access.ts';
import { correctOwnEntry } from '../../../lib/signatures/correct.ts';
import { correctEntry } from '../../../lib/signatures/correct-by-member.ts';
import { correctEntryForm, correctOwnForm } from '../../../lib/signatures/correct-schema.ts';
import { fieldsOf } from '../../../lib/signatures/entry-fields.ts';
import { heldData } from '../../../lib/signatures/held-data.ts';
import { requestFreshOwnLink } from '../../../lib/signatures/own-link.ts';
import { viewOwnPage } from '../../../lib/signatures/own-view.ts';
import { openRecord } from '../../../lib/signatures/places.ts';
import { reviewEntry } from '../../../lib/signatures/review.ts';
import { signByInvitation } from '../../../lib/signatures/sign.ts';
import { withdrawSigning } from '../../../lib/signatures/withdraw.ts';
import {
  answer,
  asPerson,
  asRepresentative,
  hoursLater,
  invite,
  letterRow,
  NOW,
  openTestLetter,
  signatureRows,
} from '../../support/invited.ts';
import { mailTexts, signOpenly } from '../../support/open-signed.ts';
import { describeEachStore, testInstance } from '../../support/stores.ts';

const BOTH = {
  ...asRepresentative('Harbour Forum'),
  authorised: 'yes',
  personally: 'yes',
  ownAffiliation: 'Institute of Tides',
};

describeEachStore('the page of what somebody signed', (open) => {
  const start = async () => openTestLetter(testInstance((await open()).store));

  it('shows whoever came by an open link their entries, their state and the text', async () => {
    const letter = await start();
    const { scope, token } = await signOpenly(letter, BOTH);
    expect(await openOwnSigning(letter.instance, token)).toEqual({ ok: true, value: scope });
    const page = await viewOwnPage(letter.instance, scope, NOW);
    expect(page).toMatchObject({ final: false, locale: 'en', own: { fingerprint: letter.fingerprint, signedBy: { name: 'Ilse Okoye' } } });
    expect(page?.own.entries).toMatchObject([
      { status: 'held', capacity: 'organisation', entry: { lines: ['Harbour Forum', 'Ilse Okoye, Director'] } },
      { status: 'listed', capacity: 'personal', publication: 'public' },
    ]);
    await closeLetter(letter.instance, letter.letter, hoursLater(1));
    await deliverLetter(letter.instance, letter.letter, hoursLater(2));
    expect((await viewOwnPage(letter.instance, scope, hoursLater(3)))?.final).toBe(true);
  });

  it('is reached by an invitation once it was signed, and not before', async () => {
    const letter = await start();
    const person = await invite(letter, { person: 'Tomas Ardelean' });
    expect(await openInvitedSigning(letter.instance, person.token)).toEqual({ ok: false, reason: 'not-signed' });
    await signByInvitation(letter.instance, person.scope, answer(letter, person, asPerson('Tomas Ardelean')), NOW);
    const opened = await openInvitedSigning(letter.instance, person.token);
    if (!opened.ok) throw new Error(opened.reason);
    expect((await viewOwnPage(letter.instance, opened.value, NOW))?.own.entries).toMatchObject([{ status: 'listed' }]);
    // A token of one kind fits no other door.
    expect(await openOwnSigning(letter.instance, person.token)).toEqual({ ok: false, reason: 'unknown' });
  });

  it('takes back one entry of several, or all of them, and nobody else’s', async () => {
    const letter = await start();
    const { instance } = letter;
    const { scope } = await signOpenly(letter, BOTH);
    const other = await signOpenly(letter, asPerson('Mirela Ardelean'), 'mirela@home.example');
    const rows = await signatureRows(letter);
    const [held, listed, theirs] = rows.map(({ id }) => id);
    const take = (entry: string | null, signing = scope.signingId) => withdrawSigning(instance, scope, { signing, entry }, hoursLater(1));
    expect(await take(null, other.scope.signingId)).toEqual({ ok: false, reason: 'other-signing' });
    expect(await take(theirs ?? '')).toEqual({ ok: false, reason: 'not-signed' });
    expect(await take(listed ?? '')).toEqual({ ok: true, value: { withdrawn: 1 } });
    expect((await signatureRows(letter)).map(({ id, status }) => [id, status])).toEqual([
      [held, 'held'],
      [listed, 'withdrawn'],
      [theirs, 'listed'],
    ]);
    expect(await letterRow(letter)).toMatchObject({ personCount: 1, organisationCount: 0 });
    expect(await take(null)).toEqual({ ok: true, value: { withdrawn: 1 } });
    expect(await take(null)).toEqual({ ok: true, value: { withdrawn: 0 } });
    expect(await letterRow(letter)).toMatchObject({ personCount: 1 });
    expect((await mailTexts(instance, 'receipt')).filter((text) => text.includes('was withdrawn'))).toHaveLength(2);
  });

  it('hands out everything that is held about whoever signed, and of nobody else a word', async () => {
    const letter = await start();
    const { instance } = letter;
    const { scope } = await signOpenly(letter, asPerson('Tomas Ardelean'));
    await signOpenly(letter, asPerson('Mirela Ardelean'), 'mirela@home.example');
    const data = await heldData(instance, scope, hoursLater(1));
    expect(data).toMatchObject({
      you: { name: 'Tomas Ardelean', email: 'tomas@home.example' },
      signing: { cameBy: 'open link', addressProvedBy: 'confirmation' },
      entries: [{ entry: { name: 'Tomas Ardelean' }, status: 'listed', agreedTo: [{ wording: 'personal/1' }] }],
      log: [{ what: 'signed' }, { what: 'signing-confirmed' }],
    });
    const text = JSON.stringify(data);
    expect(text).not.toContain('Mirela');
    expect(text).not.toMatch(/(?:op|cf|iv)_[\w-]{43}/);
    expect(text).toContain('By signing I put my name to exactly this text');
  });

  it('hands out what coordinators did to an entry, and what was signed before an answer was changed', async () => {
    const letter = await start();
    const { instance } = letter;
    const forum = await invite(letter, { organisation: 'Harbour Forum' });
    const yes = (hours: number) =>
      signByInvitation(instance, forum.scope, answer(letter, forum, asRepresentative('Harbour Forum')), hoursLater(hours));
    const first = await yes(0);
    const [row] = await signatureRows(letter);
    const id = row?.id ?? '';
    await reviewEntry(instance, letter.letter, { id, act: 'hold', reason: 'Whom do you speak for?' }, hoursLater(1));
    await reviewEntry(instance, letter.letter, { id, act: 'approve', reason: '' }, hoursLater(2));
    const entry = correctEntryForm.parse({
      ...(row && fieldsOf(openRecord(instance.keys, row), { name: '', role: '' })),
      acronym: 'HF',
      reason: 'As they write it.',
    });
    expect(await correctEntry(instance, letter.letter, id, entry, hoursLater(3))).toMatchObject({ ok: true });
    const signing = first.ok ? first.value.signingId : '';
    await declineInvitation(instance, forum.scope, { invitation: forum.invitationId, signing, reason: '' }, hoursLater(4));
    await yes(5);
    const opened = await openInvitedSigning(instance, forum.token);
    if (!opened.ok) throw new Error(opened.reason);
    const data = await heldData(instance, opened.value, hoursLater(6));
    expect(data).toMatchObject({
      entries: [
        {
          status: 'withdrawn',
          doneByCoordinators: [
            { what: 'signature-held', at: hoursLater(1), from: 'listed', to: 'held', reason: 'Whom do you speak for?' },
            { what: 'signature-approved', at: hoursLater(2) },
            { what: 'signature-corrected', at: hoursLater(3), after: { acronym: 'HF' }, reason: 'As they write it.' },
          ],
        },
        { status: 'listed', doneByCoordinators: [] },
      ],
    });
    const text = JSON.stringify(data);
    expect(text).not.toContain(letter.letter.memberId);
    expect(text).not.toContain('Nila Ferro');
  });

  it('keeps the words of each moment: the consent’s, the choice’s, and what they called its reader', async () => {
    const letter = await start();
    const { instance } = letter;
    const forum = await invite(letter, { organisation: 'Harbour Forum' });
    await signByInvitation(instance, forum.scope, answer(letter, forum, asRepresentative('Harbour Forum')), NOW);
    const opened = await openInvitedSigning(instance, forum.token);
    if (!opened.ok) throw new Error(opened.reason);
    const own = (await viewOwnPage(instance, opened.value, NOW))?.own;
    const { representativePrinted: _, ...fields } = own?.entries[0].fields ?? { representativePrinted: false };
    const change = {
      ...fields,
      signer: 'personal',
      publication: 'addressee',
      signing: own?.signingId,
      entry: own?.entries[0].signatureId,
      seen: own?.entries[0].seen,
    };
    expect(await correctOwnEntry(instance, opened.value, correctOwnForm.parse(change), hoursLater(1))).toMatchObject({ ok: true });
    const data = await heldData(instance, opened.value, hoursLater(2));
    expect(data).toMatchObject({
      entries: [
        {
          agreedTo: [{ wording: 'organisation/1' }],
          shownToYou: [
            { at: NOW.toISOString(), wording: 'organisation/1', publication: 'public', publicationWording: 'publication/1' },
            { at: hoursLater(1).toISOString(), wording: 'personal/1', publication: 'addressee', reader: 'Ms Ottoline Varga' },
          ],
        },
      ],
    });
    expect(JSON.stringify(data)).toContain('The name will be handed to Ms Ottoline Varga');
    const after = (await viewOwnPage(instance, opened.value, hoursLater(2)))?.own.entries[0];
    expect(after).toMatchObject({ wording: 'personal/1', choice: { publication: 'addressee', reader: 'Ms Ottoline Varga' } });
  });

  it('sends a fresh link to the address that was confirmed, and says nothing to who asks', async () => {
    const letter = await start();
    const { instance } = letter;
    const { scope, token } = await signOpenly(letter, asPerson('Tomas Ardelean'));
    const before = (await mailTexts(instance, 'receipt')).length;
    for (const asked of [token, `op_${'A'.repeat(43)}`, 'nothing']) {
      expect(await requestFreshOwnLink(instance, 'own-page', asked, hoursLater(1))).toEqual({ ok: true, value: null });
    }
    const mails = await mailTexts(instance, 'receipt');
    expect(mails).toHaveLength(before + 1);
    expect(mails.at(-1)).not.toContain('Tomas');
    const fresh = /op_[\w-]{43}/.exec(mails.at(-1) ?? '')?.[0] ?? '';
    expect(fresh).not.toBe(token);
    expect(await openOwnSigning(instance, fresh)).toEqual({ ok: true, value: scope });
  });
});
