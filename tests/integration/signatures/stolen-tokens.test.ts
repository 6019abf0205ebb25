import { expect, it } from 'vitest';
import { findSignedIn, startSession } from '../../../lib/auth/session.ts';
import { isSetUpLink } from '../../../lib/coalitions/set-up.ts';
import { TOKEN_KINDS } from '../../../lib/crypto/tokens.ts';
import { openInvitation } from '../../../lib/invitations/access.ts';
import { inviteByHand } from '../../../lib/invitations/by-hand.ts';
import { byHandForm } from '../../../lib/invitations/schema.ts';
import { viewStop } from '../../../lib/mailings/stops.ts';
import { openConfirmation, openOwnSigning } from '../../../lib/signatures/access.ts';
import { invite, NOW, openTestLetter } from '../../support/invited.ts';
import { mailTokens, signOpenly } from '../../support/open-signed.ts';
import { describeEachStore, testInstance } from '../../support/stores.ts';

/** What somebody could send as a token who holds one stored value: as it is, and in the alphabets that tokens are written in. */
function spellings(value: unknown): readonly string[] {
  if (value === null || value === undefined || value instanceof Date || typeof value === 'number' || typeof value === 'boolean') return [];
  if (!(value instanceof Uint8Array)) return [typeof value === 'string' ? value : JSON.stringify(value)];
  const bytes = Buffer.from(value);
  return [bytes, bytes.subarray(0, 32), bytes.subarray(-32)].flatMap((piece) => [piece.toString('base64url'), piece.toString('hex')]);
}

describeEachStore('a stolen database', (open) => {
  it('holds nothing that opens a link or a session, whatever it is sent as', async () => {
    const letter = await openTestLetter(testInstance((await open()).store));
    const { instance } = letter;
    const { read } = instance.store;
    const invited = await invite(letter, { organisation: 'Harbour Forum' });
    const handed = await inviteByHand(instance, letter.letter, byHandForm.parse({ capacity: 'personal', name: 'Ada Orr' }), NOW);
    if (!handed.ok) throw new Error(JSON.stringify(handed.reason));
    const { token } = await signOpenly(letter, { signer: 'personal', name: 'Tomas Ardelean' });
    const [person] = await read.select().from(read.tables.people);
    const session = await instance.store.inTransaction((tx) => startSession(tx, instance, person?.id ?? '', NOW));
    const doors = {
      invitation: async (sent: string) => (await openInvitation(instance, sent)).ok,
      confirmation: async (sent: string) => (await openConfirmation(instance, sent)).ok,
      'own-page': async (sent: string) => (await openOwnSigning(instance, sent)).ok,
      session: async (sent: string) => (await findSignedIn(instance, sent, NOW)) !== null,
      'mail-stop': async (sent: string) => (await viewStop(instance, sent)) !== null,
      'set-up': async (sent: string) => await isSetUpLink(instance, sent, NOW),
    };
    // Each door opens to its own token, so that what follows says something.
    expect(await doors.invitation(invited.token)).toBe(true);
    expect(await doors.invitation(handed.value.token)).toBe(true);
    expect(await doors.confirmation((await mailTokens(instance, 'confirmation'))[0] ?? '')).toBe(true);
    expect(await doors['own-page'](token)).toBe(true);
    expect(await doors.session(session)).toBe(true);

    const stolen = new Set<string>();
    for (const table of Object.values(read.tables)) {
      for (const row of (await read.select().from(table)) as readonly Readonly<Record<string, unknown>>[]) {
        for (const spelling of Object.values(row).flatMap(spellings)) stolen.add(spelling);
      }
    }
    const prefixes = ['', 'su_', 'iv_', 'op_', 'lg_', 'mi_', 'cf_', 'hd_', 'ms_', 'se_'];
    expect(prefixes).toHaveLength(TOKEN_KINDS.length + 1);
    const opened: string[] = [];
    for (const value of stolen) {
      for (const sent of prefixes.map((prefix) => `${prefix}${value}`)) {
        for (const [door, opens] of Object.entries(doors)) if (await opens(sent)) opened.push(`${door} ${sent}`);
      }
    }
    expect(stolen.size).toBeGreaterThan(100);
    expect(opened).toEqual([]);
  });
});
