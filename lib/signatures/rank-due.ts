import { hasJob } from '../../db/queries/jobs.ts';
import { findLetterById, type LetterRow } from '../../db/queries/letters.ts';
import { emptyRanks, listLettersToEmpty, listLettersToRank, markRanked } from '../../db/queries/ranked.ts';
import { holdLetter } from '../../db/queries/signatures.ts';
import { sortedBy } from '../block/rank.ts';
import type { Instance } from '../instance.ts';
import { enqueueJob } from '../jobs/queue.ts';
import { statusesFor } from '../letters/status.ts';
import { breathe } from '../shared/breathe.ts';
import { forgetSections } from './known-keys.ts';
import { rankList } from './rank-list.ts';
import { rankNewcomers } from './rank-new.ts';
import { isRanked, mayBeRanked } from './ranking.ts';

/** Letters looked at in one go. */
const MOST_LETTERS = 50;
/** Entries emptied by one transaction. */
const CHUNK = 200;

const statuses = statusesFor('hide');

/** A cheap look whether any list waits for its ranks, or for being emptied. */
export async function hasListsToRank({ store }: Pick<Instance, 'store'>, now: Date): Promise<boolean> {
  const one = { statuses, now, limit: 1 };
  return (await listLettersToRank(store.read, { ...one, sortedBy })).length > 0 || (await listLettersToEmpty(store.read, one)).length > 0;
}

/**
 * Brings the stored ranks in line with the lists: newcomers get their places, a list that was never ranked or has another order by now
 * is queued for it, and where names may not show any more what was printed of them is emptied. Two processes may do it at once.
 * @returns whether anything was done here
 */
export async function rankDue(instance: Instance, now: Date): Promise<boolean> {
  const { read } = instance.store;
  let done = false;
  /** One list that cannot be read keeps no other waiting. */
  const failures: unknown[] = [];
  for (const letter of await listLettersToEmpty(read, { statuses, now, limit: MOST_LETTERS })) {
    if (!mayBeRanked(letter, now)) done = (await emptyList(instance, letter.id, now)) || done;
  }
  for (const letter of await listLettersToRank(read, { statuses, sortedBy, now, limit: MOST_LETTERS })) {
    if (!mayBeRanked(letter, now)) continue;
    try {
      const ranked = isRanked(letter) ? await rankNewcomers(instance, letter, now) : 'again';
      if (ranked === 'again') await queueList(instance, letter, now);
      done ||= ranked === 'some';
    } catch (error) {
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
  return done;
}

/** At most one job a letter: this is asked again and again while it runs. */
async function queueList(instance: Instance, { id: letterId, rankedAs, rankGeneration }: LetterRow, now: Date): Promise<void> {
  const key = `${rankList.kind} ${letterId}`;
  // To queue it wakes whoever does jobs, and whoever asks this.
  if (await hasJob(instance.store.read, key)) return;
  const job = { handler: rankList, payload: { letterId }, key };
  await instance.store.inTransaction(async (tx) => {
    if (!(await holdLetter(tx, letterId))) return;
    const still = await findLetterById(tx, letterId);
    // A job that has ended since the letter was read has ranked it: a second one would take the list away from its readers once more.
    if (still?.rankedAs === rankedAs && still.rankGeneration === rankGeneration) await enqueueJob(tx, instance, job, now);
  });
}

async function emptyList({ store }: Instance, letterId: string, now: Date): Promise<boolean> {
  forgetSections(store, letterId);
  for (let done = false; ; done = true) {
    const emptied = await store.inTransaction(async (tx) => {
      if (!(await holdLetter(tx, letterId))) return null;
      const letter = await findLetterById(tx, letterId);
      if (!letter || mayBeRanked(letter, now)) return null;
      const entries = await emptyRanks(tx, letterId, CHUNK);
      // A ranking that still runs counts no more, also where the names show again before its next step.
      if (entries < CHUNK)
        await markRanked(tx, letterId, { printedNames: false, rankedAs: null, rankGeneration: letter.rankGeneration + 1 });
      return entries;
    });
    if (emptied === null) return done;
    if (emptied < CHUNK) return true;
    await breathe();
  }
}
