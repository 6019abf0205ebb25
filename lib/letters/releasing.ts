import { findLetter, findLetterById, listDueReleases, moveLetter } from '../../db/queries/letters.ts';
import type { LetterScope } from '../access/scope.ts';
import { appendAudit } from '../audit/append.ts';
import type { For } from '../coalitions/access.ts';
import type { Instance } from '../instance.ts';
import { type Result, refusal, success } from '../shared/result.ts';
import { DEADLINE_TIME, deadlineInstant, isDeadlineYear } from './deadline.ts';
import { logLetter } from './drafting.ts';
import type { MoveRefusal } from './ending.ts';
import { policiesOf } from './presets.ts';
import type { ReleaseChoice } from './release.ts';
import { statusesFor } from './status.ts';

export interface ReleaseInput {
  readonly when: ReleaseChoice;
  /** ISO calendar date, of the letter's zone; for `at` alone. */
  readonly releaseDay: string;
  /** `HH:MM`; empty for the end of the day. */
  readonly releaseTime: string;
}

/** `delivered-already`: waiting for the delivery would wait for ever. */
export type ReleaseRefusal = MoveRefusal | 'delivered-already' | 'not-a-date' | 'year-out-of-range' | 'release-passed';

/**
 * Says who may read the letter, from now on and later: only who was invited; everybody at its delivery, from a moment on, or now. Each
 * choice takes the place of the one before, so that going back to *invited only* leaves no date behind it.
 */
export async function setRelease(
  instance: Instance,
  scope: For<LetterScope, 'run'>,
  input: ReleaseInput,
  now: Date,
): Promise<Result<null, ReleaseRefusal>> {
  return await instance.store.inTransaction(async (tx) => {
    const letter = await findLetter(tx, scope.coalitionId, scope.letterId);
    if (!letter) return refusal('not-now');
    if (input.when === 'delivery' && letter.status === 'delivered') return refusal('delivered-already');
    const releaseAt = input.when === 'at' ? releaseInstant(input, letter.zone, now) : success(null);
    if (!releaseAt.ok) return releaseAt;
    const release = input.when === 'now' ? ('public' as const) : ('invited-only' as const);
    const publicAt = input.when === 'delivery' ? ('delivery' as const) : ('by-hand' as const);
    // A letter that is delivered meanwhile must not wait for its delivery.
    const from = statusesFor('release').filter((status) => input.when !== 'delivery' || status !== 'delivered');
    const policies = { ...policiesOf(letter.policies), publicAt };
    const moved = await moveLetter(tx, letter.id, { from }, { release, releaseAt: releaseAt.value, policies, updatedAt: now });
    if (!moved) return refusal('not-now');
    const record = { release, publicAt, releaseAt: releaseAt.value?.toISOString() ?? null, zone: letter.zone };
    await logLetter(tx, instance, scope, { type: 'letter-release-changed', record }, now);
    return success(null);
  });
}

function releaseInstant(
  { releaseDay, releaseTime }: ReleaseInput,
  zone: string,
  now: Date,
): Result<Date, 'not-a-date' | 'year-out-of-range' | 'release-passed'> {
  const at = deadlineInstant(releaseDay.trim(), releaseTime.trim() || DEADLINE_TIME, zone);
  if (!at) return refusal('not-a-date');
  if (!isDeadlineYear(releaseDay.trim())) return refusal('year-out-of-range');
  return at <= now ? refusal('release-passed') : success(at);
}

/**
 * Takes every name off every page and out of every file, or lets them show again. Nothing else of the letter changes; whoever reads
 * looks at this flag with each request, so the next one, in whichever process, shows none.
 */
export async function setNamesHidden(
  instance: Instance,
  scope: For<LetterScope, 'run'>,
  hidden: boolean,
  now: Date,
): Promise<Result<null, MoveRefusal>> {
  return await instance.store.inTransaction(async (tx) => {
    const letter = await findLetter(tx, scope.coalitionId, scope.letterId);
    if (!letter) return refusal('not-now');
    // Twice is once: whoever presses in fright presses twice.
    if (letter.namesHidden === hidden && statusesFor('hide').includes(letter.status)) return success(null);
    const from = statusesFor(hidden ? 'hide' : 'show');
    const moved = await moveLetter(tx, letter.id, { from }, { namesHidden: hidden, updatedAt: now });
    if (!moved) return refusal('not-now');
    await logLetter(tx, instance, scope, { type: hidden ? 'names-hidden' : 'names-shown', record: {} }, now);
    return success(null);
  });
}

const MOST_AT_ONCE = 50;

/**
 * Writes down of which letters the moment of release has come, each in a transaction of its own. Who may see them was decided by the
 * moment itself.
 * @returns how many were written down
 */
export async function recordDueReleases(instance: Instance, now: Date): Promise<number> {
  let recorded = 0;
  for (const { id } of await listDueReleases(instance.store.read, statusesFor('release'), now, MOST_AT_ONCE)) {
    recorded += await instance.store.inTransaction(async (tx) => {
      const still = await findLetterById(tx, id);
      // Taken back, or put off, since the list was read.
      if (!still?.releaseAt || still.releaseAt > now || still.release === 'public') return 0;
      const letter = await moveLetter(tx, id, { from: statusesFor('release') }, { release: 'public' });
      if (!letter) return 0;
      const record = { release: 'public', publicAt: 'by-hand', releaseAt: still.releaseAt.toISOString(), zone: still.zone };
      const event = { scope: { kind: 'letter', id }, type: 'letter-release-changed', actor: { kind: 'system', id: null }, record } as const;
      await appendAudit(tx, instance, event, now);
      return 1;
    });
  }
  return recorded;
}
