import { findMember, insertCoalition, insertMember, restoreMember, setMemberRole } from '../../db/queries/coalitions.ts';
import { setMemberSealed } from '../../db/queries/members.ts';
import type { Role } from '../../db/schema/values.ts';
import type { Tx } from '../../db/store.ts';
import type { Instance } from '../instance.ts';
import { newId } from '../shared/ids.ts';
import { sealMember } from './member-record.ts';
import { slugOf, slugWithEnding } from './slug.ts';

export const COALITION_NAME_LIMIT = 200;
export const PERSON_NAME_LIMIT = 200;

/** A coalition with nobody in it yet; its log begins with the entry of whoever founds it. */
export async function addCoalition(tx: Tx, { random }: Pick<Instance, 'random'>, name: string, now: Date): Promise<string> {
  const id = newId('coa', random);
  const slug = slugOf(name, 'coalition');
  const row = { id, name, settings: {}, createdAt: now };
  for (const wish of [slug, slugWithEnding(slug, random), slugWithEnding(slug, random)]) {
    if (await insertCoalition(tx, { ...row, slug: wish })) return id;
  }
  throw new Error('no free address for the coalition');
}

/** From the most rights to the fewest. */
const RANKS: readonly Role[] = ['owner', 'coordinator', 'drafter', 'observer'];

export const outranks = (role: Role, other: Role): boolean => RANKS.indexOf(role) < RANKS.indexOf(other);

/** What became of somebody's membership. */
export interface Membership {
  readonly id: string;
  readonly role: Role;
  /** They are a member from now on. */
  readonly joined: boolean;
  /** Of a live member, the role they had. */
  readonly was: Role | null;
}

export interface NewMember {
  readonly coalitionId: string;
  readonly personId: string;
  readonly role: Role;
  /** Whom they come from. */
  readonly organisation?: string;
}

/** Makes a person a member, or lets one in again who had left. A live member has not joined; their role is raised where it was lower. */
export async function addMember(
  tx: Tx,
  { random, keys }: Pick<Instance, 'random' | 'keys'>,
  { organisation = '', ...who }: NewMember,
  now: Date,
): Promise<Membership> {
  const id = newId('mem', random);
  const { coalitionId } = who;
  const sealed = sealMember(keys, { id, coalitionId }, { organisation });
  if (await insertMember(tx, { id, ...who, sealed, createdAt: now })) return { id, role: who.role, joined: true, was: null };
  const back = await restoreMember(tx, who, who.role);
  if (back) {
    await setMemberSealed(tx, back.id, sealMember(keys, { id: back.id, coalitionId }, { organisation }));
    return { id: back.id, role: back.role, joined: true, was: null };
  }
  const live = await findMember(tx, who.coalitionId, who.personId);
  if (!live) throw new Error('neither a new member nor an old one');
  const role = outranks(who.role, live.role) ? who.role : live.role;
  if (role !== live.role) await setMemberRole(tx, live.id, role);
  return { id: live.id, role, joined: false, was: live.role };
}
