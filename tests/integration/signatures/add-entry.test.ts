import { expect, it } from 'vitest';
import type { SigningScope } from '../../../lib/access/scope.ts';
import { closeLetter } from '../../../lib/letters/ending.ts';
import { openInvitedSigning } from '../../../lib/signatures/access.ts';
import { addEntry, checkAdding } from '../../../lib/signatures/add-entry.ts';
import { viewOwnPage } from '../../../lib/signatures/own-view.ts';
import { reviewEntry } from '../../../lib/signatures/review.ts';
import { addForm } from '../../../lib/signatures/schema.ts';
import { signByInvitation } from '../../../lib/signatures/sign.ts';
import {
  answer,
  asOrganisation,
  asPerson,
  asRepresentative,
  hoursLater,
  invite,
  letterRow,
  NOW,
  type OpenLetter,
  openTestLetter,
  signatureRows,
  takeBack,
} from '../../support/invited.ts';
import { mailTexts, signOpenly } from '../../support/open-signed.ts';
import { describeEachStore, testInstance } from '../../support/stores.ts';

describeEachStore('an entry that is added to what was signed', (open) => {
  const start = async () => openTestLetter(testInstance((await open()).store));

  async function signed(letter: OpenLetter, fields: object = asRepresentative('Harbour Forum')) {
    const invited = await invite(letter, { organisation: 'Harbour Forum' });
    await signByInvitation(letter.instance, invited.scope, answer(letter, invited, fields), NOW);
    const opened = await openInvitedSigning(letter.instance, invited.token);
    if (!opened.ok) throw new Error(opened.reason);
    return { ...invited, scope: opened.value };
  }
  const toAdd = ({ fingerprint }: OpenLetter, { signingId }: SigningScope, fields: object) =>
    addForm.parse({
      ...{ signing: signingId, fingerprint, language: 'en', step: 'sign', publication: 'addressee', authorised: 'yes' },
      ...fields,
    });
  const rowsOf = async (letter: OpenLetter) =>
    (await signatureRows(letter)).map(({ capacity, status, publication, flags }) => [capacity, status, publication, ...flags]);

  it('stands beside the first, by a consent and a choice of its own, and its owner is told', async () => {
    const letter = await start();
    const { instance } = letter;
    const { scope } = await signed(letter);
    const mine = toAdd(letter, scope, { ...asPerson('Somebody Else', 'Institute of Tides') });
    expect(await addEntry(instance, scope, mine, hoursLater(1))).toEqual({ ok: true, value: { status: 'listed' } });
    const page = await viewOwnPage(instance, scope, hoursLater(1));
    // Whoever signed the first signs this one: a name in the form is no other person.
    expect(page?.own.entries).toMatchObject([
      { capacity: 'organisation', publication: 'public', wording: 'organisation/1' },
      {
        capacity: 'personal',
        publication: 'addressee',
        wording: 'personal/1',
        fields: { name: 'Ilse Okoye', affiliation: 'Institute of Tides' },
      },
    ]);
    expect(page?.own.toAdd).toEqual(['organisation']);
    expect(await letterRow(letter)).toMatchObject({ organisationCount: 1, personCount: 1 });
    const { read } = instance.store;
    expect((await read.select().from(read.tables.consents)).map(({ givenAt }) => givenAt)).toContainEqual(hoursLater(1));
    expect((await mailTexts(instance, 'receipt')).at(-1)).toContain('Institute of Tides');
  });

  it('passes the gates of a new signing: text, deadline, tick, and whatever holds it', async () => {
    const letter = await start();
    const { instance } = letter;
    const { scope } = await signed(letter);
    const other = toAdd(letter, scope, asOrganisation('Quay Trust'));
    const refusals = [
      [{ ...other, fingerprint: '0'.repeat(64) }, 'stale'],
      [{ ...other, signing: 'sgn_other' }, 'other-signing'],
      [toAdd(letter, scope, asRepresentative('harbour  forum')), { place: 'organisation', reason: 'added-before' }],
    ] as const;
    for (const [input, reason] of refusals) expect(await addEntry(instance, scope, input, NOW)).toEqual({ ok: false, reason });
    const unticked = { ...other, entries: [{ ...other.entries[0], authorised: false }] } as typeof other;
    expect(await addEntry(instance, scope, unticked, NOW)).toEqual({ ok: false, reason: { place: 'authorised', reason: 'required' } });
    expect(await addEntry(instance, scope, other, new Date('2026-04-01T00:00:00Z'))).toEqual({ ok: false, reason: 'deadline-passed' });
    expect(await checkAdding(instance, scope, other, NOW)).toEqual({ ok: true, value: null });
    expect(await addEntry(instance, scope, other, NOW)).toEqual({ ok: true, value: { status: 'held' } });
    expect(await rowsOf(letter)).toEqual([
      ['organisation', 'listed', 'public'],
      ['organisation', 'held', 'addressee', 'other-organisation'],
    ]);
    await closeLetter(instance, letter.letter, hoursLater(1));
    const late = toAdd(letter, scope, asPerson('Ilse Okoye'));
    expect(await addEntry(instance, scope, late, hoursLater(2))).toEqual({ ok: false, reason: 'letter-not-open' });
  });

  it('is offered by the door, and to nobody who has taken everything back', async () => {
    const letter = await start();
    const { instance } = letter;
    const person = await invite(letter, { person: 'Tomas Ardelean' });
    await signByInvitation(instance, person.scope, answer(letter, person, asPerson('Tomas Ardelean')), NOW);
    const theirs = await openInvitedSigning(instance, person.token);
    if (!theirs.ok) throw new Error(theirs.reason);
    expect((await viewOwnPage(instance, theirs.value, NOW))?.own.toAdd).toEqual([]);
    const asked = toAdd(letter, theirs.value, asOrganisation('Bank of Everything'));
    expect(await addEntry(instance, theirs.value, asked, NOW)).toEqual({ ok: false, reason: { place: 'signer', reason: 'not-offered' } });

    const gone = await signed(letter);
    await takeBack(instance, gone, NOW);
    const late = toAdd(letter, gone.scope, asPerson('Ilse Okoye'));
    expect(await addEntry(instance, gone.scope, late, NOW)).toEqual({ ok: false, reason: 'not-signed' });
  });

  it('waits for a look where it came by an open link, or after one that a coordinator keeps out', async () => {
    const letter = await start();
    const { instance } = letter;
    const openly = await signOpenly(letter, asPerson('Tomas Ardelean'));
    const trust = toAdd(letter, openly.scope, asOrganisation('Quay Trust'));
    expect(await addEntry(instance, openly.scope, trust, NOW)).toEqual({ ok: true, value: { status: 'held' } });
    const club = await signOpenly(letter, { ...asOrganisation('Tide Club'), authorised: 'yes' }, 'club@home.example');
    const held = (await signatureRows(letter)).at(-1)?.id ?? '';
    for (const act of ['approve', 'hold'] as const) await reviewEntry(instance, letter.letter, { id: held, act, reason: 'Look.' }, NOW);
    const own = await addEntry(instance, club.scope, toAdd(letter, club.scope, asPerson('Ilse Okoye')), NOW);
    expect(own).toEqual({ ok: true, value: { status: 'held' } });
    const { scope } = await signed(letter);
    const forum = (await signatureRows(letter)).at(-1);
    await reviewEntry(instance, letter.letter, { id: forum?.id ?? '', act: 'hold', reason: 'Who is this?' }, NOW);
    expect(await addEntry(instance, scope, toAdd(letter, scope, asPerson('Ilse Okoye')), NOW)).toEqual({
      ok: true,
      value: { status: 'held' },
    });
    expect((await rowsOf(letter)).slice(1)).toEqual([
      ['organisation', 'held', 'addressee', 'open-link'],
      ['organisation', 'held', 'public', 'held-by-hand'],
      ['personal', 'held', 'addressee', 'kept-out-before'],
      ['organisation', 'held', 'public', 'held-by-hand'],
      ['personal', 'held', 'addressee', 'kept-out-before'],
    ]);
  });

  it('is one entry when fifty come at once', async () => {
    const letter = await start();
    const { scope } = await signed(letter);
    for (const fields of [asPerson('Ilse Okoye'), asOrganisation('Quay Trust')]) {
      const input = toAdd(letter, scope, fields);
      const all = await Promise.all(Array.from({ length: 50 }, () => addEntry(letter.instance, scope, input, NOW)));
      expect(all.every(({ ok }) => ok)).toBe(true);
    }
    expect(await signatureRows(letter)).toHaveLength(3);
    expect(await letterRow(letter)).toMatchObject({ organisationCount: 1, personCount: 1 });
  });
});
