import {
  findCoalition,
  findCoalitionByName,
  findFoundingLink,
  findFoundingLinkUsedSince,
  findMember,
  hasOwner,
  holdCoalition,
  takeFoundingLink,
} from '../../db/queries/coalitions.ts';
import { findLiveMember } from '../../db/queries/members.ts';
import { findPersonByEmailIndex } from '../../db/queries/people.ts';
import type { Role } from '../../db/schema/values.ts';
import type { Reader, Tx } from '../../db/store.ts';
import { appendAudit } from '../audit/append.ts';
import { ensurePerson, personIndex } from '../auth/person.ts';
import { findJustOpened, pressedSince, type SignedIn, startSession } from '../auth/session.ts';
import { type EmailAddressFault, parseEmailAddress } from '../crypto/email-address.ts';
import type { Keys } from '../crypto/keys.ts';
import { parseToken, type Token, tokenHash } from '../crypto/tokens.ts';
import type { Instance } from '../instance.ts';
import { type Result, refusal, success } from '../shared/result.ts';
import { acceptName } from '../text/characters.ts';
import { addCoalition, addMember, COALITION_NAME_LIMIT, type Membership } from './founding.ts';
import { addInvitation, linkOf, openInvitationLink } from './invitation-link.ts';
import { mayManage } from './managing.ts';

export interface CoordinatorInvitation {
  readonly email: string;
  readonly coalitionName: string;
}

export interface InvitedCoordinator {
  /** To be handed to the person; it is stored nowhere. Null where they are a member already and need none. */
  readonly link: string | null;
  /** What the link offers; of a member, what they are now. */
  readonly role: Role;
  /** Of a member, what they were. */
  readonly was: Role | null;
  /** The coalition was made for this invitation: there was none of that name. */
  readonly founded: boolean;
}

/** A coalition has one owner to begin with: of several invited before there was one, whoever comes first. */
const offeredRole = async (db: Reader, coalitionId: string): Promise<Role> => ((await hasOwner(db, coalitionId)) ? 'coordinator' : 'owner');

/**
 * A one-time link by which a person becomes a coordinator of a coalition; its owner where it has none yet. A coalition that does not
 * exist is founded. A drafter or observer of it becomes a coordinator at once, without a link; whoever is more already stays it.
 * For the command line, whose user runs the instance.
 */
export async function inviteCoordinator(
  instance: Instance,
  { email: typedEmail, coalitionName: typedName }: CoordinatorInvitation,
  now: Date,
): Promise<Result<InvitedCoordinator, EmailAddressFault | 'coalition-name'>> {
  const { store, keys } = instance;
  const email = parseEmailAddress(typedEmail);
  if (!email.ok) return email;
  const name = acceptName(typedName, COALITION_NAME_LIMIT);
  if (!name.ok || name.value === '') return refusal('coalition-name');
  return await store.inTransaction(async (tx) => {
    const known = await findCoalitionByName(tx, name.value);
    const coalitionId = known?.id ?? (await addCoalition(tx, instance, name.value, now));
    await holdCoalition(tx, coalitionId);
    const role = await offeredRole(tx, coalitionId);
    const log = { kind: 'coalition', id: coalitionId } as const;
    const actor = { kind: 'command-line', id: null } as const;
    const person = await findPersonByEmailIndex(tx, personIndex(keys, email.value));
    if (person && (await findMember(tx, coalitionId, person.id))) {
      const member = await addMember(tx, instance, { coalitionId, personId: person.id, role }, now);
      await noteRaised(tx, instance, { coalitionId, member, actor, link: null }, now);
      return success({ link: null, role: member.role, was: member.was, founded: false });
    }
    const { id, token } = await addInvitation(tx, instance, coalitionId, { email: email.value.asTyped, role }, now);
    if (!known) await appendAudit(tx, instance, { scope: log, type: 'coalition-founded', actor, record: { coalition: name.value } }, now);
    await appendAudit(
      tx,
      instance,
      { scope: log, type: 'member-invited', actor, record: { email: email.value.asTyped, role, link: id } },
      now,
    );
    return success({ link: linkOf(instance, token), role, was: null, founded: known === null });
  });
}

/** The log's entry of a live member whose role was raised; none where it was not. */
async function noteRaised(
  tx: Tx,
  instance: Instance,
  {
    coalitionId,
    member,
    actor,
    link,
  }: {
    readonly coalitionId: string;
    readonly member: Membership;
    readonly actor: { readonly kind: 'member' | 'command-line'; readonly id: string | null };
    readonly link: string | null;
  },
  now: Date,
): Promise<void> {
  const { id, role, was } = member;
  if (was === null || was === role) return;
  const scope = { kind: 'coalition', id: coalitionId } as const;
  await appendAudit(tx, instance, { scope, type: 'role-changed', actor, record: { member: id, role, was, link } }, now);
}

export interface MemberInvitationView {
  readonly coalitionName: string;
  readonly email: string;
  readonly role: Role;
  /** Whom they come from, as far as whoever invited them knew. */
  readonly organisation: string;
}

async function openInvitation(db: Reader, keys: Keys, link: { id: string; coalitionId: string | null; sealed: Buffer | null }) {
  const coalition = link.coalitionId === null ? null : await findCoalition(db, link.coalitionId);
  if (!coalition) throw new Error(`member invitation ${link.id} belongs to no coalition`);
  const { email, role, organisation, by } = openInvitationLink(keys, { ...link, coalitionId: coalition.id });
  // Of several that the command line offered before there was an owner, the first one is; what an owner offered stands.
  const isFirst = role === 'owner' && by === undefined;
  const inviter = by === undefined ? null : await findLiveMember(db, coalition.id, by);
  // An offer is no better than whoever makes it: one who is gone, or was lowered, gives nothing any more.
  const hasEnded = by !== undefined && (inviter === null || !mayManage(inviter.role, role));
  return { coalition, email, organisation, hasEnded, role: isFirst ? await offeredRole(db, coalition.id) : role };
}

/** What an invitation says to whoever opens it; null for one that was used or has ended. Changes nothing. */
export async function viewMemberInvitation({ store, keys }: Instance, text: string, now: Date): Promise<MemberInvitationView | null> {
  const token = parseToken('member-invitation', text);
  if (!token.ok) return null;
  const link = await findFoundingLink(store.read, 'member-invitation', tokenHash(keys, 'member-invitation', token.value), now);
  if (!link) return null;
  const { coalition, email, role, organisation, hasEnded } = await openInvitation(store.read, keys, link);
  if (hasEnded) return null;
  return { coalitionName: coalition.name, email, role, organisation };
}

export interface Joining {
  /** As it came in the link. */
  readonly token: string;
  readonly name: string;
  /** Whom they come from. */
  readonly organisation?: string;
  /** Who is signed in where the link was opened. */
  readonly who: SignedIn | null;
}

/** How whoever joined goes on: with a new session, with the one they have, or by proving their address first. */
export type Entry = { readonly kind: 'session'; readonly session: Token<'session'> } | { readonly kind: 'signed-in' | 'sign-in' };

export interface Joined {
  readonly coalitionId: string;
  readonly entry: Entry;
}

/**
 * Accepts an invitation, once, by the button on its page. The link proves no address: it opens a session only for a person it makes, never
 * for one who was known before, whose other coalitions it would open too. The same press of the button again is answered alike.
 */
export async function joinCoalition(
  instance: Instance,
  { token: text, name, organisation = '', who }: Joining,
  now: Date,
): Promise<Result<Joined, 'link-ended'>> {
  const { store, keys } = instance;
  const token = parseToken('member-invitation', text);
  if (!token.ok) return refusal('link-ended');
  return await store.inTransaction(async (tx) => {
    const link = await takeFoundingLink(tx, 'member-invitation', tokenHash(keys, 'member-invitation', token.value), now);
    if (!link) {
      const again = await justJoined(tx, instance, { link: token.value, who }, now);
      return again ? success(again) : refusal('link-ended');
    }
    if (link.coalitionId !== null) await holdCoalition(tx, link.coalitionId);
    const { coalition, email: sent, role, hasEnded } = await openInvitation(tx, keys, link);
    if (hasEnded) return refusal('link-ended');
    const email = parseEmailAddress(sent);
    if (!email.ok) throw new Error(`member invitation ${link.id} holds no address`);
    const person = await ensurePerson(tx, instance, { email: email.value, name }, now);
    const member = await addMember(tx, instance, { coalitionId: coalition.id, personId: person.id, role, organisation }, now);
    if (member.joined) {
      await appendAudit(
        tx,
        instance,
        {
          scope: { kind: 'coalition', id: coalition.id },
          type: 'member-joined',
          actor: { kind: 'member', id: member.id },
          record: { name, organisation, role, link: link.id },
        },
        now,
      );
    }
    await noteRaised(tx, instance, { coalitionId: coalition.id, member, actor: { kind: 'member', id: member.id }, link: link.id }, now);
    const entry: Entry = person.isNew
      ? { kind: 'session', session: await startSession(tx, instance, person.id, now, token.value) }
      : { kind: who?.person.id === person.id ? 'signed-in' : 'sign-in' };
    return success({ coalitionId: coalition.id, entry });
  });
}

/** What the same press of the button did a moment ago, as long as whoever joined is still a member. */
async function justJoined(
  tx: Tx,
  instance: Instance,
  { link: token, who }: { readonly link: Token<'member-invitation'>; readonly who: SignedIn | null },
  now: Date,
): Promise<Joined | null> {
  const { keys } = instance;
  const hash = tokenHash(keys, 'member-invitation', token);
  const link = await findFoundingLinkUsedSince(tx, 'member-invitation', hash, pressedSince(now));
  if (!link) return null;
  const { coalition, email: sent } = await openInvitation(tx, keys, link);
  const email = parseEmailAddress(sent);
  const person = email.ok ? await findPersonByEmailIndex(tx, personIndex(keys, email.value)) : null;
  if (!person || !(await findMember(tx, coalition.id, person.id))) return null;
  const opened = await findJustOpened(tx, instance, token, now);
  if (opened) return { coalitionId: coalition.id, entry: { kind: 'session', session: opened.session } };
  return { coalitionId: coalition.id, entry: { kind: who?.person.id === person.id ? 'signed-in' : 'sign-in' } };
}
