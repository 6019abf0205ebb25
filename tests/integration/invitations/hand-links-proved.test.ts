import { eq } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { insertMailStop } from '../../../db/queries/mail-stops.ts';
import { blindIndex } from '../../../lib/crypto/blind-index.ts';
import { viewInvitations } from '../../../lib/invitations/desk-view.ts';
import { resumeMails, stopMails, viewStop } from '../../../lib/mailings/stops.ts';
import { openConfirmation, openInvitedSigning } from '../../../lib/signatures/access.ts';
import { confirmSigning } from '../../../lib/signatures/confirm.ts';
import { disownSigning } from '../../../lib/signatures/disown.ts';
import { viewEntry } from '../../../lib/signatures/entry-view.ts';
import { heldData } from '../../../lib/signatures/held-data.ts';
import { askForProof, proofForm, vouchForSigning } from '../../../lib/signatures/proof.ts';
import { seenMark } from '../../../lib/signatures/seen-mark.ts';
import { signByInvitation } from '../../../lib/signatures/sign.ts';
import { lookAfterUnconfirmed } from '../../../lib/signatures/unconfirmed.ts';
import { countingStatements } from '../../support/counting.ts';
import {
  asks,
  BY_VOICE,
  confirmationOf,
  confirmNewest,
  FORUM,
  handOver,
  signs,
  statuses,
  typedAddresses,
  vouch,
} from '../../support/hand-links.ts';
import { answer, asOrganisation, hoursLater, NOW, openTestLetter, signatureRows } from '../../support/invited.ts';
import { linkIn, mailsIn } from '../../support/mails.ts';
import { mailTexts, mailTokens } from '../../support/open-signed.ts';
import { describeEachStore, testInstance } from '../../support/stores.ts';

describeEachStore('what was signed by a link from hand to hand', (open) => {
  const start = async () => openTestLetter(testInstance((await open()).store));

  it('is vouched for as its page shows it: all of the act, or nothing', async () => {
    const letter = await start();
    const { instance } = letter;
    const forum = await handOver(letter, FORUM);
    const input = answer(letter, forum, { ...asOrganisation('Harbour Forum'), personally: 'yes' });
    expect((await signByInvitation(instance, forum.scope, input, NOW)).ok).toBe(true);
    const rows = await signatureRows(letter);
    const id = rows[0]?.id ?? '';
    const shown = (await viewEntry(instance, letter.letter, id))?.vouchFor;
    expect(shown?.entries).toHaveLength(2);
    const one = { id, ...BY_VOICE, seen: seenMark(rows[0]?.sealed ?? Buffer.alloc(0)) };
    expect(await vouchForSigning(instance, letter.letter, one, NOW)).toEqual({ ok: false, reason: 'not-now' });
    expect(await statuses(letter)).toEqual(['pending', 'pending']);
    expect((await vouch(letter, id)).ok).toBe(true);
    expect(await statuses(letter)).toEqual(['listed', 'listed']);
  });

  it.each(['delivered', 'withdrawn'] as const)('leaves nothing of what nobody proved once its letter is %s', async (status) => {
    const letter = await start();
    const { instance } = letter;
    const forum = await handOver(letter, FORUM);
    await signs(letter, forum, { ...asOrganisation('Harbour Forum'), email: 'stranger@home.example' });
    await instance.store.inTransaction((tx) =>
      tx.update(tx.tables.letters).set({ status }).where(eq(tx.tables.letters.id, letter.letterId)),
    );
    expect((await viewInvitations(instance, letter.letter, null)).items).toMatchObject([{ status: 'unproved', vouchFor: null }]);
    await lookAfterUnconfirmed(instance, hoursLater(1));
    expect(await signatureRows(letter)).toEqual([]);
    expect(await mailTexts(instance, 'confirmation')).toEqual([]);
  });

  it('tells its holder nothing of an address: neither by the statements of an answer nor by what is held of them', async () => {
    const letter = await start();
    const { instance } = letter;
    const told = async (email: string, number: number) => {
      const forum = await handOver(letter, { ...FORUM, organisation: `Forum ${number}` });
      const signing = countingStatements(instance);
      const input = answer(letter, forum, { ...asOrganisation(`Forum ${number}`), email });
      expect((await signByInvitation(signing.instance, forum.scope, input, NOW)).ok).toBe(true);
      const asking = countingStatements(instance);
      const asked = proofForm.parse({ invitation: forum.invitationId, email });
      expect(await askForProof(asking.instance, forum.scope, asked, NOW)).toEqual({ ok: true, value: null });
      const own = await openInvitedSigning(instance, forum.token);
      if (!own.ok) throw new Error(own.reason);
      const { mails, log } = (await heldData(instance, own.value, NOW)) as { mails: readonly object[]; log: readonly { what: string }[] };
      return { signing: signing.count(), asking: asking.count(), mails, log: log.map(({ what }) => what) };
    };
    // The first under a letter does more.
    await told('first@home.example', 0);
    const sent = (await mailTexts(instance, 'confirmation')).length;
    const unknown = await told('nobody@home.example', 1);
    const before = (await mailTexts(instance, 'confirmation')).length;
    expect(before).toBe(sent + 2);
    for (const number of [2, 3]) await told('busy@home.example', number);
    expect(await mailTexts(instance, 'confirmation'), 'three a day').toHaveLength(before + 3);
    expect(await told('busy@home.example', 4)).toEqual(unknown);
    expect(await mailTexts(instance, 'confirmation')).toHaveLength(before + 3);
    expect(await typedAddresses(letter)).toBe(before + 3);
  });

  it('tells its holder nothing of what the owner of a typed address did, and its owner which mails they got', async () => {
    const letter = await start();
    const { instance } = letter;
    const forum = await handOver(letter, FORUM);
    await signs(letter, forum, { ...asOrganisation('Harbour Forum'), email: 'stranger@home.example' });
    const [theirs] = await mailTokens(instance, 'confirmation');
    await disownSigning(instance, await confirmationOf(letter, theirs), NOW);
    const own = await openInvitedSigning(instance, forum.token);
    if (!own.ok) throw new Error(own.reason);
    const held = JSON.stringify(await heldData(instance, own.value, NOW));
    expect(held).not.toMatch(/"kind":"confirmation|disowned/);
    await asks(letter, forum, 'ilse@forum.example', hoursLater(1));
    expect((await confirmNewest(letter, hoursLater(2))).ok).toBe(true);
    expect(JSON.stringify(await heldData(instance, own.value, hoursLater(2)))).toContain('"kind":"confirmation"');
  });

  it('reminds the address that was given last, a day after and a day before its link ends, by links that end with it', async () => {
    const letter = await start();
    const { instance } = letter;
    const looked = (hours: number) => Promise.all([1, 2].map(() => lookAfterUnconfirmed(instance, hoursLater(hours))));
    const reminded = async () => (await mailsIn(instance, 'confirmation-reminder')).map(({ message }) => message.to);
    const forum = await handOver(letter, FORUM);
    await signs(letter, forum, { ...asOrganisation('Harbour Forum'), email: 'stranger@home.example' });
    await asks(letter, forum, 'ilse@forum.example', hoursLater(5));
    await looked(28.9);
    expect(await reminded()).toEqual([]);
    await looked(29);
    await looked(24 * 5);
    expect(await reminded()).toEqual(['ilse@forum.example']);
    // Two weeks after it was given, not after the reminder.
    await looked(24 * 13 + 4.9);
    expect(await reminded()).toHaveLength(1);
    await looked(24 * 13 + 5);
    await looked(24 * 13 + 6);
    const [, last, ...more] = await mailsIn(instance, 'confirmation-reminder');
    expect(more).toEqual([]);
    const scope = await openConfirmation(instance, last ? linkIn(last, 'confirm') : '');
    if (!scope.ok) throw new Error(scope.reason);
    expect(await confirmSigning(instance, scope.value, hoursLater(24 * 14 + 5))).toEqual({ ok: false, reason: 'ended' });
    expect((await confirmSigning(instance, scope.value, hoursLater(24 * 14))).ok).toBe(true);
    expect(await statuses(letter)).toEqual(['held']);
    expect(await typedAddresses(letter)).toBe(1);
  });

  it('reminds nobody of an address that was disowned or stopped, once somebody vouched, or of a letter that has ended', async () => {
    const letter = await start();
    const { instance } = letter;
    const given = async (word: string) => {
      const forum = await handOver(letter, { ...FORUM, organisation: word });
      await signs(letter, forum, { ...asOrganisation(word), email: `${word}@home.example` });
    };
    await given('disowned');
    const [theirs] = await mailTokens(instance, 'confirmation');
    await disownSigning(instance, await confirmationOf(letter, theirs), NOW);
    await given('stopped');
    const stopped = blindIndex(instance.keys, 'address', letter.letterId, 'stopped@home.example');
    await instance.store.inTransaction((tx) => insertMailStop(tx, { letterId: letter.letterId, addressIndex: stopped, at: NOW }));
    await given('vouched');
    expect((await vouch(letter, (await signatureRows(letter)).at(-1)?.id ?? '')).ok).toBe(true);
    await lookAfterUnconfirmed(instance, hoursLater(25));
    expect(await mailsIn(instance, 'confirmation-reminder')).toEqual([]);
    await given('ended');
    await instance.store.inTransaction((tx) => tx.update(tx.tables.letters).set({ status: 'delivered' }));
    await lookAfterUnconfirmed(instance, hoursLater(26));
    expect(await mailsIn(instance, 'confirmation-reminder')).toEqual([]);
  });

  it('tells of a row that does not open once, tries it once, and reminds everybody else of its round', async () => {
    const letter = await start();
    const { instance } = letter;
    const { links } = instance.store.read.tables;
    for (const word of ['first', 'second', 'third']) {
      const forum = await handOver(letter, { ...FORUM, organisation: word });
      await signs(letter, forum, { ...asOrganisation(word), email: `${word}@home.example` });
    }
    const [first] = await signatureRows(letter);
    const spoilt = eq(links.signingId, first?.signingId ?? '');
    await instance.store.inTransaction((tx) =>
      tx
        .update(links)
        .set({ sealed: Buffer.alloc(40) })
        .where(spoilt),
    );
    await expect(lookAfterUnconfirmed(instance, hoursLater(25))).rejects.toThrow(/link lnk_\S+ does not open/);
    const reminded = async () => (await mailsIn(instance, 'confirmation-reminder')).map(({ message }) => message.to).sort();
    expect(await reminded()).toEqual(['second@home.example', 'third@home.example']);
    await lookAfterUnconfirmed(instance, hoursLater(26));
    await lookAfterUnconfirmed(instance, hoursLater(24 * 13 + 1));
    expect(await reminded()).toEqual(['second@home.example', 'second@home.example', 'third@home.example', 'third@home.example']);
  });

  /** Whoever was handed a link gave somebody else's address, who has been reminded once. */
  const remindsStranger = async () => {
    const letter = await start();
    const forum = await handOver(letter, FORUM);
    await signs(letter, forum, { ...asOrganisation('Harbour Forum'), email: 'stranger@home.example' });
    await lookAfterUnconfirmed(letter.instance, hoursLater(24));
    const [mail] = await mailsIn(letter.instance, 'confirmation-reminder');
    return { letter, forum, mail };
  };

  it('lets whoever is reminded at an address that another gave stop these mails and have them again, unseen by the other', async () => {
    const { letter, forum, mail } = await remindsStranger();
    const { instance } = letter;
    const stop = mail ? linkIn(mail, 'stop') : '';
    expect(mail?.message.stopUrl).toContain(`/stop/${stop}`);
    expect(await viewStop(instance, stop)).toMatchObject({ stopped: false });
    expect(await stopMails(instance, stop, hoursLater(25))).toEqual({ ok: true, value: null });
    expect(await viewStop(instance, stop)).toMatchObject({ stopped: true });
    // The one that waited is gone, and the one before the end does not come.
    expect(await mailsIn(instance, 'confirmation-reminder')).toEqual([]);
    await lookAfterUnconfirmed(instance, hoursLater(24 * 13 + 1));
    expect(await mailsIn(instance, 'confirmation-reminder')).toEqual([]);
    expect(await resumeMails(instance, stop, hoursLater(26))).toEqual({ ok: true, value: null });
    expect(await viewStop(instance, stop)).toMatchObject({ stopped: false });
    const own = await openInvitedSigning(instance, forum.token);
    if (!own.ok) throw new Error(own.reason);
    expect(JSON.stringify(await heldData(instance, own.value, hoursLater(27)))).not.toMatch(/mails-(?:stopped|resumed)/);
    // Of the address nothing is left once its owner has said that it was not they.
    const [theirs] = await mailTokens(instance, 'confirmation');
    await disownSigning(instance, await confirmationOf(letter, theirs), hoursLater(28));
    expect(await typedAddresses(letter)).toBe(0);
    expect(await viewStop(instance, stop)).toMatchObject({ stopped: false });
  });

  it('stops no mail to another address that was given since', async () => {
    const { letter, forum, mail } = await remindsStranger();
    const { instance } = letter;
    await asks(letter, forum, 'ilse@forum.example', hoursLater(25));
    await lookAfterUnconfirmed(instance, hoursLater(24 * 14 + 2));
    await stopMails(instance, mail ? linkIn(mail, 'stop') : '', hoursLater(24 * 14 + 3));
    expect((await mailsIn(instance, 'confirmation-reminder')).map(({ message }) => message.to)).toEqual(['ilse@forum.example']);
  });
});
