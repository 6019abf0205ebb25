import { findLetter } from '../../db/queries/letters.ts';
import {
  closeOpenLinkRow,
  type FoundOpenLink,
  findOpenLink,
  insertOpenLink,
  listOpenLinks,
  type OpenLinkRow,
} from '../../db/queries/open-links.ts';
import { holdLetter } from '../../db/queries/signatures.ts';
import type { LetterScope } from '../access/scope.ts';
import { appendAudit } from '../audit/append.ts';
import type { For } from '../coalitions/access.ts';
import type { Instance } from '../instance.ts';
import { DEADLINE_TIME, deadlineInstant, isDeadlineYear } from '../letters/deadline.ts';
import { policiesOf } from '../letters/presets.ts';
import { takesSignatures } from '../letters/status.ts';
import { attempt } from '../shared/attempt.ts';
import type { Fault } from '../shared/fault.ts';
import { newId } from '../shared/ids.ts';
import { type Result, refusal, success } from '../shared/result.ts';

/** Open links of one letter that take signatures at a time: one for each way it is handed around. */
export const MOST_OPEN_LINKS = 20;

export interface NewOpenLink {
  readonly label: string;
  readonly cap: number | null;
  /** ISO calendar date in the letter's zone: it takes signatures to the last minute of it. Empty for none. */
  readonly lastDay: string;
}

/** Why no link was made. `by-invitation-only`: the letter's policies are to be signed by invitation alone. */
export type OpenLinkRefusal = 'letter-not-open' | 'sample' | 'by-invitation-only' | 'too-many' | Fault;

/** Makes an address that anybody may sign by. */
export async function makeOpenLink(
  instance: Instance,
  scope: For<LetterScope, 'run'>,
  { label, cap, lastDay }: NewOpenLink,
  now: Date,
): Promise<Result<{ readonly slug: string }, OpenLinkRefusal>> {
  const { letterId, memberId } = scope;
  const slug = instance.random(9).toString('base64url');
  return await attempt<{ readonly slug: string }, OpenLinkRefusal>(instance.store, async (tx, refuse) => {
    await holdLetter(tx, letterId);
    const letter = await findLetter(tx, scope.coalitionId, letterId);
    if (!letter || !takesSignatures(letter.status)) return refuse('letter-not-open');
    if (letter.sample) return refuse('sample');
    if (!policiesOf(letter.policies).openLink) return refuse('by-invitation-only');
    const expiresAt = lastDay === '' ? null : isDeadlineYear(lastDay) ? deadlineInstant(lastDay, DEADLINE_TIME, letter.zone) : undefined;
    if (expiresAt === undefined || (lastDay !== '' && expiresAt === null)) return refuse({ place: 'lastDay', reason: 'not-a-date' });
    if (expiresAt !== null && expiresAt <= now) return refuse({ place: 'lastDay', reason: 'past' });
    const live = (await listOpenLinks(tx, letterId)).filter(({ closedAt }) => closedAt === null);
    if (live.length >= MOST_OPEN_LINKS) return refuse('too-many');
    const id = newId('opn', instance.random);
    await insertOpenLink(tx, { id, letterId, slug, label, cap, expiresAt, createdBy: memberId, createdAt: now });
    const record = { openLink: id, label, cap, until: expiresAt?.toISOString() ?? null };
    const actor = { kind: 'member', id: memberId } as const;
    await appendAudit(tx, instance, { scope: { kind: 'letter', id: letterId }, type: 'open-link-made', actor, record }, now);
    return { slug };
  });
}

/** Nobody signs by it any more; what waits for a confirmation may still be confirmed. */
export async function closeOpenLink(
  instance: Instance,
  scope: For<LetterScope, 'run'>,
  id: string,
  now: Date,
): Promise<Result<null, 'not-found'>> {
  const { letterId, memberId } = scope;
  return await instance.store.inTransaction(async (tx) => {
    await holdLetter(tx, letterId);
    if (!(await closeOpenLinkRow(tx, letterId, id, now))) return refusal('not-found');
    const actor = { kind: 'member', id: memberId } as const;
    await appendAudit(
      tx,
      instance,
      { scope: { kind: 'letter', id: letterId }, type: 'open-link-closed', actor, record: { openLink: id } },
      now,
    );
    return success(null);
  });
}

export type OpenLinkState = 'open' | 'full' | 'ended';

/** Whether somebody may still sign by it, as far as the link itself is asked. */
export function openLinkState({ cap, count, expiresAt, closedAt }: OpenLinkRow, now: Date): OpenLinkState {
  if (closedAt !== null || (expiresAt !== null && expiresAt <= now)) return 'ended';
  return cap !== null && count >= cap ? 'full' : 'open';
}

/** The link of an address and its letter; null where there is none, or where its letter is a draft or gone. */
export async function readOpenLink({ store }: Pick<Instance, 'store'>, slug: string): Promise<FoundOpenLink | null> {
  if (!/^[A-Za-z0-9_-]{12}$/.test(slug)) return null;
  const found = await findOpenLink(store.read, slug);
  return found && found.letter.liveVersionId !== null ? found : null;
}
