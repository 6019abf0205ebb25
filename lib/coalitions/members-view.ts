import { findMemberAndPerson, listMembers, type MemberAndPerson, type MemberCursor } from '../../db/queries/members.ts';
import { findLastMailStates } from '../../db/queries/outbox.ts';
import type { Role } from '../../db/schema/values.ts';
import type { CoalitionScope } from '../access/scope.ts';
import { openPerson } from '../auth/person.ts';
import type { Instance } from '../instance.ts';
import { type LostMail, lostMail } from '../invitations/status.ts';
import { isId } from '../shared/ids.ts';
import { type For, mayDo } from './access.ts';
import { mayManage } from './managing.ts';
import { listWaiting } from './member-invitations.ts';
import { openMember } from './member-record.ts';
import { BRING_BACK_HOURS } from './members.ts';

export const MEMBERS_A_PAGE = 50;

export interface MemberItem {
  readonly id: string;
  readonly name: string;
  /** Empty where they did not say. */
  readonly organisation: string;
  /** Null for whoever may not read addresses. */
  readonly email: string | null;
  readonly role: Role;
  readonly since: Date;
  /** Whoever looks is it. */
  readonly self: boolean;
  /** Whoever looks may change and remove them. */
  readonly managed: boolean;
}

export interface MembersPage {
  readonly members: readonly MemberItem[];
  /** Where the next page begins; null on the last. */
  readonly next: string | null;
}

const cursorText = ({ createdAt, id }: MemberCursor): string => `${createdAt.getTime()}.${id}`;

/** A page's end in an address; null for what is none. */
export function readMemberCursor(text: string | null): MemberCursor | null {
  // Fourteen digits end in the year 5138; one more would be a time that PostgreSQL cannot read.
  const [, time, id] = /^(\d{1,14})\.(mem_[\w-]{22})$/.exec(text ?? '') ?? [];
  return time && id ? { createdAt: new Date(Number(time)), id } : null;
}

function itemOf({ keys }: Pick<Instance, 'keys'>, scope: CoalitionScope, { member, person }: MemberAndPerson): MemberItem {
  const { name, email } = openPerson(keys, person);
  const self = member.id === scope.memberId;
  return {
    id: member.id,
    name,
    organisation: openMember(keys, member).organisation,
    email: self || mayDo(scope.role, 'read-addresses') ? email : null,
    role: member.role,
    since: member.createdAt,
    self,
    managed: mayManage(scope.role, member.role),
  };
}

/** The members of a coalition, the first joined first, at most fifty a page. */
export async function viewMembers(
  instance: Instance,
  scope: For<CoalitionScope, 'read'>,
  after: MemberCursor | null,
): Promise<MembersPage> {
  const rows = await listMembers(instance.store.read, scope.coalitionId, after, MEMBERS_A_PAGE + 1);
  const shown = rows.slice(0, MEMBERS_A_PAGE);
  const last = shown.at(-1);
  return {
    members: shown.map((row) => itemOf(instance, scope, row)),
    next: rows.length > shown.length && last ? cursorText(last.member) : null,
  };
}

/** One member, also one who can still be brought back; null for anybody else. */
export async function viewMember(
  instance: Instance,
  scope: For<CoalitionScope, 'read' | 'manage-members'>,
  memberId: string,
  now: Date,
): Promise<(MemberItem & { readonly removed: boolean }) | null> {
  const row = isId('mem', memberId) ? await findMemberAndPerson(instance.store.read, scope.coalitionId, memberId) : null;
  if (!row) return null;
  const { removedAt } = row.member;
  const recently = removedAt !== null && now.getTime() - removedAt.getTime() <= BRING_BACK_HOURS * 3_600_000;
  if (removedAt !== null && (!recently || openMember(instance.keys, row.member).left === true)) return null;
  const item = itemOf(instance, scope, row);
  return removedAt === null || item.managed ? { ...item, removed: removedAt !== null } : null;
}

export interface PendingItem {
  readonly id: string;
  /** Null for whoever may not read addresses. */
  readonly email: string | null;
  readonly organisation: string;
  readonly role: Role;
  readonly until: Date | null;
  readonly expired: boolean;
  /** Their mail server would not have the mail, or it was given up. */
  readonly lost: LostMail | null;
  readonly managed: boolean;
}

/** The invitations that wait for an answer, the oldest first. */
export async function viewPending(instance: Instance, scope: For<CoalitionScope, 'read'>, now: Date): Promise<readonly PendingItem[]> {
  const { read } = instance.store;
  const waiting = await listWaiting(read, instance, scope.coalitionId);
  const mails = await findLastMailStates(
    read,
    ['member-invitation'],
    waiting.map(({ id }) => id),
  );
  return waiting.map(({ id, expiresAt, offer }) => ({
    id,
    email: mayDo(scope.role, 'read-addresses') ? offer.email : null,
    organisation: offer.organisation,
    role: offer.role,
    until: expiresAt,
    expired: expiresAt !== null && expiresAt <= now,
    lost: lostMail(mails.get(id) ?? null),
    managed: mayManage(scope.role, offer.role),
  }));
}
