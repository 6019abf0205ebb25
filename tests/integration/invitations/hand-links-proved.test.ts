import { eq } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { viewInvitations } from '../../../lib/invitations/desk-view.ts';
import { openInvitedSigning } from '../../../lib/signatures/access.ts';
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
});
