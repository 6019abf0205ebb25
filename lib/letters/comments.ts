import { countComments, insertComment, listComments, markSettled } from '../../db/queries/comments.ts';
import { findLetter, moveLetter } from '../../db/queries/letters.ts';
import type { LetterScope } from '../access/scope.ts';
import type { For } from '../coalitions/access.ts';
import { memberNames } from '../coalitions/member-names.ts';
import type { Instance } from '../instance.ts';
import { isId, newId } from '../shared/ids.ts';
import { type Result, refusal, success } from '../shared/result.ts';
import type { MoveRefusal } from './ending.ts';
import { statusesFor } from './status.ts';

/** UTF-16 units of one comment. */
export const COMMENT_LIMIT = 4000;
/** Comments on one page. */
export const COMMENTS_A_PAGE = 50;
/** Comments of one draft: more is a conversation that a draft does not hold. */
const MOST_COMMENTS = 2000;

/** `too-many`: the draft has as many comments as it holds. */
export type CommentRefusal = MoveRefusal | 'too-many';

/**
 * Says something about a draft to the other members. No entry of the log: what is said about a draft ends with the draft, and the log
 * stays for good.
 */
export async function addComment(
  instance: Instance,
  scope: For<LetterScope, 'draft'>,
  text: string,
  now: Date,
): Promise<Result<{ readonly commentId: string }, CommentRefusal>> {
  return await instance.store.inTransaction(async (tx) => {
    // Also locks the row, so that no comment falls behind a freeze.
    if (!(await moveLetter(tx, scope.letterId, { from: statusesFor('comment') }, { id: scope.letterId }))) return refusal('not-now');
    if ((await countComments(tx, scope.letterId)).all >= MOST_COMMENTS) return refusal('too-many');
    const id = newId('cmt', instance.random);
    await insertComment(tx, { id, letterId: scope.letterId, memberId: scope.memberId, text, createdAt: now });
    return success({ commentId: id });
  });
}

/** Marks a comment as dealt with, or as open again. Whoever writes the draft may: it is a list of what is to do. */
export async function settleComment(
  instance: Instance,
  scope: For<LetterScope, 'draft'>,
  { commentId, settled }: { readonly commentId: string; readonly settled: boolean },
  now: Date,
): Promise<Result<null, MoveRefusal | 'not-found'>> {
  if (!isId('cmt', commentId)) return refusal('not-found');
  return await instance.store.inTransaction(async (tx) => {
    if (!(await moveLetter(tx, scope.letterId, { from: statusesFor('comment') }, { id: scope.letterId }))) return refusal('not-now');
    const by = settled ? { settledAt: now, settledBy: scope.memberId } : null;
    return (await markSettled(tx, scope.letterId, commentId, by)) ? success(null) : refusal('not-found');
  });
}

export interface CommentItem {
  readonly id: string;
  readonly text: string;
  readonly by: string;
  readonly at: Date;
  readonly settled: { readonly by: string; readonly at: Date } | null;
}

export interface CommentsView {
  /** The newest first. */
  readonly comments: readonly CommentItem[];
  readonly all: number;
  readonly unsettled: number;
  /** Where the next page begins; null at the end. */
  readonly more: string | null;
}

/** A page's end out of an address; null for what is none. */
function readCursor(text: string | null): { readonly createdAt: Date; readonly id: string } | null {
  // Fourteen digits end in the year 5138; one more would be a time that PostgreSQL cannot read.
  const [, time, id] = /^(\d{1,14})\.(cmt_[\w-]{22})$/.exec(text ?? '') ?? [];
  return time === undefined || id === undefined ? null : { createdAt: new Date(Number(time)), id };
}

/** What members say about a draft; empty where the letter has gone. */
export async function viewComments(instance: Instance, scope: For<LetterScope, 'read'>, cursor: string | null): Promise<CommentsView> {
  const { read } = instance.store;
  if (!(await findLetter(read, scope.coalitionId, scope.letterId))) return { comments: [], all: 0, unsettled: 0, more: null };
  const counts = await countComments(read, scope.letterId);
  const rows = await listComments(read, scope.letterId, { after: readCursor(cursor), limit: COMMENTS_A_PAGE + 1 });
  const shown = rows.slice(0, COMMENTS_A_PAGE);
  const names = await memberNames(
    instance,
    scope.coalitionId,
    shown.flatMap(({ memberId, settledBy }) => [memberId, ...(settledBy === null ? [] : [settledBy])]),
  );
  const last = shown.at(-1);
  return {
    comments: shown.map(({ id, text, memberId, createdAt, settledAt, settledBy }) => ({
      id,
      text,
      by: names.get(memberId) ?? '',
      at: createdAt,
      settled: settledAt === null ? null : { at: settledAt, by: names.get(settledBy ?? '') ?? '' },
    })),
    ...counts,
    more: rows.length > shown.length && last ? `${last.createdAt.getTime()}.${last.id}` : null,
  };
}

/** Comments of this letter that nobody has settled. */
export const countUnsettled = async ({ store }: Pick<Instance, 'store'>, { letterId }: LetterScope): Promise<number> =>
  (await countComments(store.read, letterId)).unsettled;
