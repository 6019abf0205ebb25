import { expect, it } from 'vitest';
import { readCursor, viewInvitations } from '../../../lib/invitations/desk-view.ts';
import { enterLetter } from '../../../lib/letters/access.ts';
import { createLetter, restoreLetter } from '../../../lib/letters/drafting.ts';
import { closeLetter, reopenLetter } from '../../../lib/letters/ending.ts';
import { findUndoable, viewLetters } from '../../../lib/letters/views.ts';
import { viewKeptMail } from '../../../lib/outbox/kept.ts';
import { foundTestCoalition, letterScope } from '../../support/coalition.ts';
import { openLetterIn } from '../../support/invited.ts';
import { letterInput } from '../../support/letters.ts';
import { describeEachStore, testInstance } from '../../support/stores.ts';

const now = new Date('2026-03-02T10:00:00Z');
const NO_ID = 'A'.repeat(22);

describeEachStore('odd input out of an address', (open) => {
  const start = async () => {
    const instance = testInstance((await open()).store);
    const founded = await foundTestCoalition(instance, now);
    return { instance, ...founded };
  };

  it.each(['\0', '', `let_${'\0'.repeat(22)}`, `let_${NO_ID}\n`, `per_${NO_ID}`, `let_${NO_ID}`])('names no letter: %j', async (id) => {
    const { instance, owner, scope } = await start();
    expect(await enterLetter(instance.store.read, owner, id, 'read')).toEqual({ ok: false, reason: 'not-found' });
    expect(await restoreLetter(instance, scope, id, now)).toEqual({ ok: false, reason: 'not-found' });
    expect(await findUndoable(instance, scope, id, now)).toBeNull();
    expect(await viewKeptMail(instance, id)).toBeNull();
  });

  it('has no time beyond what a database can read', async () => {
    const { instance, scope } = await start();
    const { letterId } = await createLetter(instance, scope, letterInput(), now);
    const list = await viewLetters(instance, scope, `999999999999999.let_${NO_ID}`, now);
    expect(list.letters.map(({ id }) => id)).toEqual([letterId]);
    for (const time of ['99999999999999', '999999999999999']) {
      const page = await viewInvitations(instance, letterScope(scope, letterId), readCursor(`${time}.inv_${NO_ID}`));
      expect(page.items).toEqual([]);
    }
  });

  it('reopens no letter until a year that no letter has', async () => {
    const { instance, scope } = await start();
    const { letter } = await openLetterIn(instance, scope, letterInput({ zone: 'America/New_York' }), now);
    expect((await closeLetter(instance, letter, now)).ok).toBe(true);
    for (const deadlineDay of ['0000-01-01', '9999-12-31']) {
      const refused = await reopenLetter(instance, letter, { deadlineDay, deadlineTime: '' }, now);
      expect(refused).toEqual({ ok: false, reason: 'year-out-of-range' });
    }
  });
});
