import fc from 'fast-check';
import { expect, it } from 'vitest';
import { listAuditEntries } from '../../../db/queries/audit.ts';
import { findLetterById, listVersionTexts } from '../../../db/queries/letters.ts';
import type { LetterStatus } from '../../../db/schema/values.ts';
import { findingKey } from '../../../lib/letters/checks.ts';
import { createLetter, deleteLetter, restoreLetter } from '../../../lib/letters/drafting.ts';
import { closeLetter, closeOverdueLetters, deliverLetter, reopenLetter } from '../../../lib/letters/ending.ts';
import { frozenText } from '../../../lib/letters/freezing.ts';
import { freezeLetter } from '../../../lib/letters/opening.ts';
import { saveText } from '../../../lib/letters/saving.ts';
import { isDraft, type LetterAct, statusAfter } from '../../../lib/letters/status.ts';
import { viewLetter } from '../../../lib/letters/views.ts';
import { foundTestCoalition, letterScope } from '../../support/coalition.ts';
import { letterInput, textSave } from '../../support/letters.ts';
import { runs } from '../../support/property.ts';
import { describeEachStore, testInstance } from '../../support/stores.ts';

const START = new Date('2026-03-02T10:00:00Z');
const HOUR = 3_600_000;
const DAY = 24 * HOUR;

const acts = [
  'save',
  'save-stale',
  'freeze',
  'freeze-stale',
  'close',
  'reopen',
  'reopen-late',
  'deliver',
  'delete',
  'restore',
  'overdue',
] as const;

/** A deadline that is near is no hindrance to whoever says why. */
const waivers = { [findingKey({ check: 'deadline-soon', language: null, part: null, line: null, found: '' })]: 'as agreed' };

describeEachStore('any order of commands', (open, engine) => {
  it('moves a letter only along the table of its life, and keeps what was frozen', async () => {
    const instance = testInstance((await open()).store);
    const { scope } = await foundTestCoalition(instance, START);
    const step = fc.record({ act: fc.constantFrom(...acts), hours: fc.integer({ min: 0, max: 200 }), word: fc.constantFrom('one', 'two') });

    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 20 }), async (steps) => {
        let now = START;
        const { letterId } = await createLetter(instance, scope, letterInput(), now);
        const letter = letterScope(scope, letterId);
        let status: LetterStatus = 'draft';
        let deleted = false;
        let deletedAt = now;
        let fingerprint: string | null = null;
        let deadline = letterInput().deadlineAt?.getTime() ?? 0;
        let acted = 0;
        let typed = 0;

        for (const { act, hours, word } of steps) {
          now = new Date(now.getTime() + hours * HOUR);
          const view = await viewLetter(instance, letter, now);
          expect(view === null).toBe(deleted);
          const revision = view?.letter.revision ?? 1;
          const text = view?.texts[0];
          const draft = text ? frozenText(text, { emptyBody: 'refused' }) : null;
          const shown = draft?.ok ? draft.value.fingerprint : '0'.repeat(64);
          const moves = (wanted: LetterAct): boolean => !deleted && statusAfter(status, wanted) !== null;
          let expected: boolean;
          let done: boolean;
          switch (act) {
            case 'save':
            case 'save-stale': {
              expected = act === 'save' && !deleted && isDraft(status);
              const seen = text?.revision ?? 1;
              const save = textSave({ body: `We ask for ${word}, ${++typed}.` }, act === 'save' ? seen : seen + 1);
              done = (await saveText(instance, letter, save, now)).ok;
              break;
            }
            case 'freeze':
            case 'freeze-stale': {
              expected = act === 'freeze' && moves('open') && deadline > now.getTime();
              const seen = { fingerprint: act === 'freeze' ? shown : 'f'.repeat(64), revision, waivers };
              done = (await freezeLetter(instance, letter, seen, now)).ok;
              if (done) {
                status = 'open';
                fingerprint = shown;
              }
              break;
            }
            case 'close':
              expected = moves('close');
              done = (await closeLetter(instance, letter, now)).ok;
              if (done) status = 'closed';
              break;
            case 'reopen':
            case 'reopen-late': {
              const at = act === 'reopen' ? now.getTime() + 3 * DAY : now.getTime() - 3 * DAY;
              const deadlineDay = new Date(at).toISOString().slice(0, 10);
              expected = act === 'reopen' && moves('reopen');
              done = (await reopenLetter(instance, letter, { deadlineDay, deadlineTime: '12:00' }, now)).ok;
              if (done) {
                status = 'open';
                deadline = (await findLetterById(instance.store.read, letterId))?.deadlineAt?.getTime() ?? 0;
              }
              break;
            }
            case 'deliver':
              expected = moves('deliver');
              done = (await deliverLetter(instance, letter, now)).ok;
              if (done) status = 'delivered';
              break;
            case 'delete':
              expected = !deleted && isDraft(status);
              done = (await deleteLetter(instance, letter, now)).ok;
              if (done) [deleted, deletedAt] = [true, now];
              break;
            case 'restore':
              expected = deleted && now.getTime() - deletedAt.getTime() < DAY;
              done = (await restoreLetter(instance, scope, letterId, now)).ok;
              if (done) deleted = false;
              break;
            case 'overdue':
              expected = moves('close') && deadline <= now.getTime();
              await closeOverdueLetters(instance, now);
              done = (await findLetterById(instance.store.read, letterId))?.status === 'closed' && status === 'open';
              if (done) status = 'closed';
              break;
          }
          expect({ act, done }).toEqual({ act, done: expected });
          if (done) acted += act === 'freeze' ? 2 : 1;
          if (deleted) continue;
          const row = await findLetterById(instance.store.read, letterId);
          expect(row?.status).toBe(status);
          expect(row?.liveVersionId === null).toBe(fingerprint === null);
          if (row?.liveVersionId) {
            const [version] = await listVersionTexts(instance.store.read, row.liveVersionId);
            expect(version?.fingerprint).toBe(fingerprint);
          }
        }
        // Each change has its entry and nothing else has one; a freeze is a freeze and an opening.
        expect(await listAuditEntries(instance.store.read, letterId)).toHaveLength(1 + acted);
      }),
      { numRuns: runs(engine === 'SQLite' ? 30 : 12) },
    );
  });
});
