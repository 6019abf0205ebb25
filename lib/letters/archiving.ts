import { markLetterArchived } from '../../db/queries/letters.ts';
import type { LetterScope } from '../access/scope.ts';
import type { For } from '../coalitions/access.ts';
import type { Instance } from '../instance.ts';
import { type Result, refusal, success } from '../shared/result.ts';
import { logLetter } from './drafting.ts';

/** Takes a letter out of the way of the desk's list, or puts it back; nothing else of it changes. Doing it twice changes nothing. */
export async function archiveLetter(
  instance: Instance,
  scope: For<LetterScope, 'run'>,
  archived: boolean,
  now: Date,
): Promise<Result<null, 'not-found'>> {
  return await instance.store.inTransaction(async (tx) => {
    const moved = await markLetterArchived(tx, scope.letterId, archived ? now : null);
    if (moved === 'not-found') return refusal('not-found');
    if (moved === 'moved') {
      await logLetter(tx, instance, scope, { type: archived ? 'letter-archived' : 'letter-unarchived', record: {} }, now);
    }
    return success(null);
  });
}
