import { eq } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { viewInvitations } from '../../../lib/invitations/desk-view.ts';
import { viewEntry } from '../../../lib/signatures/entry-view.ts';
import { vouchForSigning } from '../../../lib/signatures/proof.ts';
import { seenMark } from '../../../lib/signatures/seen-mark.ts';
import { signByInvitation } from '../../../lib/signatures/sign.ts';
import { lookAfterUnconfirmed } from '../../../lib/signatures/unconfirmed.ts';
import { BY_VOICE, FORUM, handOver, signs, statuses, vouch } from '../../support/hand-links.ts';
import { answer, asOrganisation, hoursLater, NOW, openTestLetter, signatureRows } from '../../support/invited.ts';
import { mailTexts } from '../../support/open-signed.ts';
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
});
