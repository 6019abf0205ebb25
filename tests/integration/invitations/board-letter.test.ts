import { expect, it } from 'vitest';
import { viewBoardLetter } from '../../../lib/invitations/board-letter.ts';
import { revokeInvitation } from '../../../lib/invitations/commands.ts';
import { createLetter } from '../../../lib/letters/drafting.ts';
import { closeLetter } from '../../../lib/letters/ending.ts';
import { frozenText } from '../../../lib/letters/freezing.ts';
import { freezeLetter } from '../../../lib/letters/opening.ts';
import { saveText } from '../../../lib/letters/saving.ts';
import { signByInvitation } from '../../../lib/signatures/sign.ts';
import { displayFingerprint } from '../../../lib/text/fingerprint.ts';
import { foundTestCoalition, letterScope } from '../../support/coalition.ts';
import { answer, asRepresentative, hoursLater, invite, NOW, type OpenLetter, openTestLetter } from '../../support/invited.ts';
import { letterInput, textSave } from '../../support/letters.ts';
import { renderToBytes, textOf } from '../../support/pdf.ts';
import { describeEachStore, testInstance } from '../../support/stores.ts';

const PERSIAN = { headline: 'رود از آن همه است', salutation: 'سرکار خانم وزیر،', body: 'از شما می‌خواهیم کرانه‌ها را باز کنید.' };

describeEachStore('the letter for a board', (open) => {
  const instanceOf = async () => testInstance((await open()).store);

  /** Open, in English and Persian. */
  async function translated(): Promise<OpenLetter> {
    const instance = await instanceOf();
    const { scope } = await foundTestCoalition(instance, NOW);
    const { letterId } = await createLetter(instance, scope, letterInput(), NOW);
    const letter = letterScope(scope, letterId);
    expect((await saveText(instance, letter, textSave(PERSIAN, 0, 'fa'), NOW)).ok).toBe(true);
    const text = frozenText(letterInput(), { emptyBody: 'refused' });
    if (!text.ok) throw new Error('the letter cannot be frozen');
    const { fingerprint } = text.value;
    expect((await freezeLetter(instance, letter, { fingerprint, revision: 2 }, NOW)).ok).toBe(true);
    return { instance, letterId, letter, fingerprint };
  }

  it('says what is asked, by whom and until when, and names nobody', async () => {
    const letter = await translated();
    const { instance } = letter;
    const signed = await invite(letter, { organisation: 'Harbour Forum', name: 'Ilse Okoye' });
    await signByInvitation(instance, signed.scope, answer(letter, signed, asRepresentative('Harbour Forum')), NOW);
    const asked = await invite(letter, { organisation: 'Tide Watch', name: 'Tomas Ardelean' });
    const board = await viewBoardLetter(instance, asked.scope, null, NOW);
    if (!board) throw new Error('no letter for the board');
    expect(board).toMatchObject({ languages: ['en', 'fa'], locale: 'en', text: { authentic: true }, document: { sections: [] } });

    const { bytes, missing } = await renderToBytes(board.document);
    const text = textOf(bytes).replace(/\s+/g, ' ');
    expect(missing).toEqual([]);
    for (const said of [
      'Who asks',
      'The river belongs to everyone',
      displayFingerprint(letter.fingerprint),
      'Tuesday, 31 March 2026 at 22:59',
    ])
      expect(text).toContain(said);
    // Text and list of others stay apart, and so do paper and link.
    for (const word of ['Harbour', 'Okoye', 'Tide Watch', 'Ardelean', signed.token, asked.token, '/i/', 'iv_']) {
      expect(text).not.toContain(word);
      expect(JSON.stringify(board)).not.toContain(word);
    }
    expect(text).toContain('names no signatories');
  });

  it('is in any language of the letter, and says which text prevails', async () => {
    const letter = await translated();
    const asked = await invite(letter, { organisation: 'Tide Watch' });
    const board = await viewBoardLetter(letter.instance, asked.scope, 'fa', NOW);
    if (!board) throw new Error('no letter for the board');
    expect(board.document.cover.language).toBe('fa');
    expect(board.text).toMatchObject({ language: 'fa', authentic: false });
    expect(board.document.cover.facts.map(({ value }) => value)).toContain(displayFingerprint(letter.fingerprint));
    const text = textOf((await renderToBytes(board.document)).bytes).replace(/\s+/g, ' ');
    expect(text).toContain(PERSIAN.headline);
    expect(text).toContain(displayFingerprint(board.text.fingerprint));
    // One that the letter is not in leads to the invitation's own.
    expect((await viewBoardLetter(letter.instance, asked.scope, 'pt', NOW))?.text.language).toBe('en');
  });

  it('is there as long as an answer counts, and for organisations alone', async () => {
    const letter = await openTestLetter(await instanceOf());
    const { instance } = letter;
    const person = await invite(letter, { person: 'Mirela Ardelean' });
    expect(await viewBoardLetter(instance, person.scope, null, NOW)).toBeNull();
    const asked = await invite(letter, { organisation: 'Tide Watch' });
    const taken = await invite(letter, { organisation: 'Quay Trust' });
    await revokeInvitation(instance, letter.letter, taken.invitationId, NOW);
    expect(await viewBoardLetter(instance, taken.scope, null, NOW)).toBeNull();
    expect(await viewBoardLetter(instance, asked.scope, null, new Date('2026-04-01T00:00:00Z'))).toBeNull();
    expect(await viewBoardLetter(instance, asked.scope, null, NOW)).not.toBeNull();
    await closeLetter(instance, letter.letter, hoursLater(1));
    expect(await viewBoardLetter(instance, asked.scope, null, hoursLater(2))).toBeNull();
  });
});
