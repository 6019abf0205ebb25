import { eq } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { findMemberAndPerson } from '../../../db/queries/members.ts';
import type { Role } from '../../../db/schema/values.ts';
import { verifyLog } from '../../../lib/audit/verify.ts';
import { enterCoalition } from '../../../lib/coalitions/access.ts';
import { addInvitation } from '../../../lib/coalitions/invitation-link.ts';
import { joinCoalition, viewMemberInvitation } from '../../../lib/coalitions/invite.ts';
import { inviteMember, resendMemberInvitation, revokeMemberInvitation } from '../../../lib/coalitions/member-invitations.ts';
import { bringBack, changeOwnOrganisation, changeRole, leaveCoalition, removeMember } from '../../../lib/coalitions/members.ts';
import { readMemberCursor, viewMember, viewMembers, viewPending } from '../../../lib/coalitions/members-view.ts';
import { changeOwnName } from '../../../lib/coalitions/own-name.ts';
import { foundTestCoalition, memberOf } from '../../support/coalition.ts';
import { input, newestMail, now, ownerSeat, type Seat, seat, typesOf } from '../../support/seats.ts';
import { describeEachStore, testInstance } from '../../support/stores.ts';

const later = (minutes: number) => new Date(now.getTime() + minutes * 60_000);

describeEachStore('inviting a member', (open) => {
  it('mails a link of its own with a neutral subject, and makes whoever joins a member with their organisation', async () => {
    const instance = testInstance((await open()).store);
    const founded = await foundTestCoalition(instance, now);
    const { scope, who } = ownerSeat(founded);
    const invited = await inviteMember(instance, scope, { who, input: input('bo@ferries.example', 'drafter', 'Ferry Workers') }, now);
    expect(invited).toEqual({ ok: true, value: { email: 'bo@ferries.example' } });
    const { mails, tokens } = await newestMail(instance);
    expect(mails).toHaveLength(1);
    expect(mails[0]).toMatchObject({ to: 'bo@ferries.example', subject: 'An invitation', fromName: 'Clear Water Alliance' });
    expect(mails[0]?.text).toContain('You would be a drafter');
    expect(await viewMemberInvitation(instance, tokens[0] ?? '', now)).toEqual({
      coalitionName: 'Clear Water Alliance',
      email: 'bo@ferries.example',
      role: 'drafter',
      organisation: 'Ferry Workers',
    });
    const joined = await joinCoalition(
      instance,
      { token: tokens[0] ?? '', name: 'Bo Lind', organisation: 'Ferry Workers Union', who: null },
      later(60),
    );
    expect(joined.ok).toBe(true);
    const { members, next } = await viewMembers(instance, scope, null);
    expect(next).toBeNull();
    expect(members.map(({ name, organisation, role, email }) => ({ name, organisation, role, email }))).toEqual([
      { name: 'Nila Ferro', organisation: '', role: 'owner', email: 'nila@coalition.example' },
      { name: 'Bo Lind', organisation: 'Ferry Workers Union', role: 'drafter', email: 'bo@ferries.example' },
    ]);
    expect(await typesOf(instance, founded.coalitionId)).toEqual(['coalition-founded', 'member-invited', 'member-joined']);
    expect((await verifyLog(instance.store.read, instance.keys, { kind: 'coalition', id: founded.coalitionId })).ok).toBe(true);
    expect(JSON.stringify(await instance.store.read.select().from(instance.store.read.tables.members))).not.toContain('Ferry');
  });

  it('makes a second owner where an owner invites one', async () => {
    const instance = testInstance((await open()).store);
    const founded = await foundTestCoalition(instance, now);
    const { scope, who } = ownerSeat(founded);
    await inviteMember(instance, scope, { who, input: input('bo@ferries.example', 'owner') }, now);
    const { tokens } = await newestMail(instance);
    await joinCoalition(instance, { token: tokens[0] ?? '', name: 'Bo Lind', who: null }, later(1));
    expect((await memberOf(instance, founded.coalitionId, 'bo@ferries.example'))?.role).toBe('owner');
  });

  it('is decided by the role the inviter has now, whatever the scope says', async () => {
    const instance = testInstance((await open()).store);
    const founded = await foundTestCoalition(instance, now);
    const coordinator = await seat(instance, founded.coalitionId, 'coordinator', 'co@coalition.example');
    const drafter = await seat(instance, founded.coalitionId, 'drafter', 'dr@coalition.example');
    const as = ({ scope, who }: Seat, role: Role) => inviteMember(instance, scope, { who, input: input(`${role}@new.example`, role) }, now);
    for (const role of ['owner', 'coordinator'] as const) {
      expect(await as(coordinator, role)).toEqual({ ok: false, reason: { place: 'role', reason: 'not-allowed' } });
    }
    for (const role of ['drafter', 'observer'] as const) expect((await as(coordinator, role)).ok).toBe(true);
    expect(await as(drafter, 'observer')).toEqual({ ok: false, reason: { place: 'role', reason: 'not-allowed' } });
    expect((await newestMail(instance)).count).toBe(2);
  });

  it('asks for a recent proof where the role leads, and for none where it does not', async () => {
    const instance = testInstance((await open()).store);
    const { scope, who } = ownerSeat(await foundTestCoalition(instance, now));
    const at = (role: Role, minutes: number) =>
      inviteMember(instance, scope, { who, input: input(`${role}${minutes}@new.example`, role) }, later(minutes));
    for (const role of ['owner', 'coordinator'] as const) {
      expect((await at(role, 5)).ok).toBe(true);
      expect(await at(role, 6)).toEqual({ ok: false, reason: 'prove-again' });
    }
    expect((await at('drafter', 60)).ok).toBe(true);
    expect((await newestMail(instance)).count).toBe(3);
  });

  it('is refused for a member and for an address that has an invitation waiting', async () => {
    const instance = testInstance((await open()).store);
    const { scope, who } = ownerSeat(await foundTestCoalition(instance, now));
    const invite = (email: string) => inviteMember(instance, scope, { who, input: input(email, 'observer') }, now);
    expect(await invite('Nila@coalition.example')).toEqual({ ok: false, reason: { place: 'email', reason: 'already-member' } });
    expect((await invite('bo@ferries.example')).ok).toBe(true);
    expect(await invite('Bo@Ferries.example')).toEqual({ ok: false, reason: { place: 'email', reason: 'already-invited' } });
  });

  it('shows what waits, renews its link and takes it back', async () => {
    const instance = testInstance((await open()).store);
    const founded = await foundTestCoalition(instance, now);
    const { scope, who } = ownerSeat(founded);
    const coordinator = await seat(instance, founded.coalitionId, 'coordinator', 'co@coalition.example');
    const observer = await seat(instance, founded.coalitionId, 'observer', 'ob@coalition.example');
    await inviteMember(instance, scope, { who, input: input('bo@ferries.example', 'coordinator') }, now);
    const [item] = await viewPending(instance, scope, now);
    expect(item).toMatchObject({ email: 'bo@ferries.example', role: 'coordinator', expired: false, managed: true });
    expect((await viewPending(instance, observer.scope, later(73 * 60)))[0]).toMatchObject({ email: null, expired: true, managed: false });
    const linkId = item?.id ?? '';
    expect(await resendMemberInvitation(instance, coordinator.scope, { who: coordinator.who, linkId }, now)).toMatchObject({
      reason: 'not-allowed',
    });
    expect(await resendMemberInvitation(instance, scope, { who, linkId }, later(6))).toMatchObject({ reason: 'prove-again' });
    expect((await resendMemberInvitation(instance, scope, { who, linkId }, later(1))).ok).toBe(true);
    const { tokens } = await newestMail(instance);
    const opened = await Promise.all(tokens.map((token) => viewMemberInvitation(instance, token, later(2))));
    expect(opened.filter((view) => view !== null)).toHaveLength(1);
    expect(await revokeMemberInvitation(instance, coordinator.scope, linkId, later(2))).toMatchObject({ reason: 'not-allowed' });
    expect((await revokeMemberInvitation(instance, scope, linkId, later(60))).ok).toBe(true);
    for (const token of tokens) expect(await viewMemberInvitation(instance, token, later(61))).toBeNull();
    expect(await viewPending(instance, scope, later(61))).toEqual([]);
    expect(await revokeMemberInvitation(instance, scope, linkId, later(62))).toMatchObject({ reason: 'not-found' });
  });

  it('reaches no invitation of another coalition', async () => {
    const instance = testInstance((await open()).store);
    const founded = await foundTestCoalition(instance, now);
    const { scope, who } = ownerSeat(founded);
    await inviteMember(instance, scope, { who, input: input('bo@ferries.example', 'drafter') }, now);
    const [item] = await viewPending(instance, scope, now);
    const { addCoalition } = await import('../../../lib/coalitions/founding.ts');
    const elsewhere = await instance.store.inTransaction((tx) => addCoalition(tx, instance, 'Dry Land League', now));
    const stranger = await seat(instance, elsewhere, 'owner', 'owner@elsewhere.example');
    const target = { memberId: founded.scope.memberId, who: stranger.who };
    expect(await revokeMemberInvitation(instance, stranger.scope, item?.id ?? '', now)).toMatchObject({ reason: 'not-found' });
    expect(await changeRole(instance, stranger.scope, { ...target, role: 'observer' }, now)).toMatchObject({ reason: 'not-found' });
    expect(await removeMember(instance, stranger.scope, target.memberId, now)).toMatchObject({ reason: 'not-found' });
    expect(await bringBack(instance, stranger.scope, target, now)).toMatchObject({ reason: 'not-found' });
    expect(await viewMember(instance, stranger.scope, target.memberId, now)).toBeNull();
  });
});

describeEachStore('changing members', (open) => {
  it('gives roles and removes by the table, whatever the scope says', async () => {
    const instance = testInstance((await open()).store);
    const founded = await foundTestCoalition(instance, now);
    const at = (role: Role, name: string) => seat(instance, founded.coalitionId, role, `${name}@coalition.example`);
    const actors = {
      owner: await at('owner', 'o2'),
      coordinator: await at('coordinator', 'c2'),
      drafter: await at('drafter', 'd2'),
      observer: await at('observer', 'b2'),
    };
    const roles = ['owner', 'coordinator', 'drafter', 'observer'] as const;
    const low: readonly Role[] = ['drafter', 'observer'];
    for (const actor of roles) {
      for (const from of roles) {
        const target = await at(from, `${actor}-${from}`);
        for (const to of roles) {
          const may = actor === 'owner' || (actor === 'coordinator' && low.includes(from) && low.includes(to));
          const { scope, who } = actors[actor];
          const changed = await changeRole(instance, scope, { who, memberId: target.memberId, role: to }, now);
          expect([actor, from, to, changed.ok]).toEqual([actor, from, to, may]);
          if (changed.ok) await changeRole(instance, founded.scope, { who: founded.owner, memberId: target.memberId, role: from }, now);
        }
        const removed = await removeMember(instance, actors[actor].scope, target.memberId, now);
        expect([actor, from, removed.ok]).toEqual([actor, from, actor === 'owner' || (actor === 'coordinator' && low.includes(from))]);
      }
    }
  });

  it('asks for a recent proof to raise somebody who then leads, never to lower', async () => {
    const instance = testInstance((await open()).store);
    const founded = await foundTestCoalition(instance, now);
    const { memberId } = await seat(instance, founded.coalitionId, 'drafter', 'dr@coalition.example');
    const to = (role: Role, minutes: number) => changeRole(instance, founded.scope, { who: founded.owner, memberId, role }, later(minutes));
    expect(await to('coordinator', 6)).toEqual({ ok: false, reason: 'prove-again' });
    expect((await to('coordinator', 5)).ok).toBe(true);
    expect(await to('owner', 6)).toEqual({ ok: false, reason: 'prove-again' });
    expect((await to('owner', 5)).ok).toBe(true);
    expect((await to('coordinator', 60)).ok).toBe(true);
    expect((await to('observer', 60)).ok).toBe(true);
    expect((await to('drafter', 60)).ok).toBe(true);
    expect((await typesOf(instance, founded.coalitionId)).filter((type) => type === 'role-changed')).toHaveLength(5);
  });

  it('is effective on the next request, and is taken back with the rights of adding', async () => {
    const instance = testInstance((await open()).store);
    const founded = await foundTestCoalition(instance, now);
    const { coalitionId } = founded;
    const coordinator = await seat(instance, coalitionId, 'coordinator', 'co@coalition.example', 'Harbour Forum');
    const drafter = await seat(instance, coalitionId, 'drafter', 'dr@coalition.example');
    const may = async ({ who }: Seat) => (await enterCoalition(instance.store.read, who, coalitionId, 'read')).ok;
    expect((await removeMember(instance, founded.scope, coordinator.memberId, now)).ok).toBe(true);
    expect(await may(coordinator)).toBe(false);
    // A scope from before the removal does nothing any more.
    expect(await removeMember(instance, coordinator.scope, drafter.memberId, now)).toEqual({ ok: false, reason: 'not-found' });
    expect(await inviteMember(instance, coordinator.scope, { who: coordinator.who, input: input('x@y.example', 'observer') }, now)).toEqual(
      {
        ok: false,
        reason: 'not-found',
      },
    );
    const back = (by: Seat, minutes: number, memberId = coordinator.memberId) =>
      bringBack(instance, by.scope, { who: by.who, memberId }, later(minutes));
    const other = await seat(instance, coalitionId, 'coordinator', 'c2@coalition.example');
    expect(await back(other, 1)).toEqual({ ok: false, reason: 'not-allowed' });
    expect(await back(ownerSeat(founded), 6)).toEqual({ ok: false, reason: 'prove-again' });
    expect(await viewMember(instance, founded.scope, coordinator.memberId, later(6))).toMatchObject({ removed: true, role: 'coordinator' });
    expect((await back(ownerSeat(founded), 5)).ok).toBe(true);
    expect(await may(coordinator)).toBe(true);
    expect(await viewMember(instance, founded.scope, coordinator.memberId, later(6))).toMatchObject({
      removed: false,
      organisation: 'Harbour Forum',
    });
    await removeMember(instance, founded.scope, drafter.memberId, now);
    expect(await back(other, 25 * 60, drafter.memberId)).toEqual({ ok: false, reason: 'too-late' });
    expect((await back(other, 23 * 60, drafter.memberId)).ok).toBe(true);
    expect(await typesOf(instance, coalitionId)).toEqual([
      'coalition-founded',
      'member-removed',
      'member-restored',
      'member-removed',
      'member-restored',
    ]);
  });

  it('ends the invitations that wait for whoever is removed', async () => {
    const instance = testInstance((await open()).store);
    const founded = await foundTestCoalition(instance, now);
    const { scope, who } = ownerSeat(founded);
    await inviteMember(instance, scope, { who, input: input('dr@coalition.example', 'coordinator') }, now);
    await inviteMember(instance, scope, { who, input: input('else@coalition.example', 'drafter') }, now);
    const drafter = await seat(instance, founded.coalitionId, 'drafter', 'dr@coalition.example');
    await removeMember(instance, scope, drafter.memberId, now);
    expect((await viewPending(instance, scope, now)).map(({ email }) => email)).toEqual(['else@coalition.example']);
  });

  it('ends what they offered with whoever is removed, leaves or is lowered below it', async () => {
    const instance = testInstance((await open()).store);
    const founded = await foundTestCoalition(instance, now);
    const { coalitionId } = founded;
    const ends = async (name: string, role: Role, end: (one: Seat) => Promise<{ ok: boolean }>) => {
      const one = await seat(instance, coalitionId, 'owner', `${name}@coalition.example`);
      await inviteMember(instance, one.scope, { who: one.who, input: input(`${name}@alias.example`, role) }, now);
      const to = ({ to: email }: { readonly to: string }) => email === `${name}@alias.example`;
      const { mails, tokens } = await newestMail(instance);
      const token = tokens[mails.findIndex(to)] ?? '';
      expect((await end(one)).ok).toBe(true);
      const joined = await joinCoalition(instance, { token, name: 'Alias', who: null }, later(1));
      return [joined.ok, await memberOf(instance, coalitionId, `${name}@alias.example`).then((member) => member?.role)];
    };
    const lower = (role: Role) => (one: Seat) =>
      changeRole(instance, founded.scope, { who: founded.owner, memberId: one.memberId, role }, now);
    expect(await ends('a', 'owner', (one) => removeMember(instance, founded.scope, one.memberId, now))).toEqual([false, undefined]);
    expect(await ends('b', 'observer', (one) => leaveCoalition(instance, one.scope, now))).toEqual([false, undefined]);
    expect(await ends('c', 'coordinator', lower('coordinator'))).toEqual([false, undefined]);
    expect(await ends('d', 'drafter', lower('coordinator'))).toEqual([true, 'drafter']);
    expect(await ends('e', 'observer', lower('drafter'))).toEqual([false, undefined]);
    expect(await viewPending(instance, founded.scope, later(1))).toEqual([]);
    // Also a link that was not taken back is worth what its maker may give when it is used.
    const { members } = instance.store.read.tables;
    const gone = await ends('f', 'owner', async ({ memberId }) => {
      await instance.store.inTransaction(
        async (tx) => void (await tx.update(members).set({ removedAt: now }).where(eq(members.id, memberId))),
      );
      return { ok: true };
    });
    expect(gone).toEqual([false, undefined]);
  });

  it('ends every other link to the address of whoever is lowered', async () => {
    const instance = testInstance((await open()).store);
    const founded = await foundTestCoalition(instance, now);
    const offer = { email: 'dr@coalition.example', role: 'owner' } as const;
    const offers = await instance.store.inTransaction(async (tx) => [
      await addInvitation(tx, instance, founded.coalitionId, offer, now),
      await addInvitation(tx, instance, founded.coalitionId, offer, now),
    ]);
    const { memberId } = await seat(instance, founded.coalitionId, 'coordinator', offer.email);
    await changeRole(instance, founded.scope, { who: founded.owner, memberId, role: 'observer' }, now);
    for (const { token } of offers) {
      expect(await joinCoalition(instance, { token, name: 'Dr', who: null }, later(1))).toEqual({ ok: false, reason: 'link-ended' });
    }
    expect((await memberOf(instance, founded.coalitionId, offer.email))?.role).toBe('observer');
  });

  it('lets everybody leave by themselves, and brings nobody back who did', async () => {
    const instance = testInstance((await open()).store);
    const founded = await foundTestCoalition(instance, now);
    const { coalitionId } = founded;
    expect(await leaveCoalition(instance, founded.scope, now)).toEqual({ ok: false, reason: 'last-owner' });
    for (const role of ['coordinator', 'drafter', 'observer'] as const) {
      const one = await seat(instance, coalitionId, role, `${role}@coalition.example`);
      expect((await leaveCoalition(instance, one.scope, now)).ok).toBe(true);
      expect(await leaveCoalition(instance, one.scope, now)).toEqual({ ok: false, reason: 'not-found' });
      expect(await bringBack(instance, founded.scope, { who: founded.owner, memberId: one.memberId }, now)).toMatchObject({
        reason: 'too-late',
      });
      expect(await viewMember(instance, founded.scope, one.memberId, now)).toBeNull();
      // Invited again they are a member like any other, whom a removal does not put out for good.
      const again = await seat(instance, coalitionId, role, `${role}@coalition.example`);
      await removeMember(instance, founded.scope, again.memberId, now);
      expect((await bringBack(instance, founded.scope, { who: founded.owner, memberId: one.memberId }, now)).ok).toBe(true);
    }
    const second = await seat(instance, coalitionId, 'owner', 'o2@coalition.example');
    expect((await leaveCoalition(instance, founded.scope, now)).ok).toBe(true);
    expect(await leaveCoalition(instance, second.scope, now)).toEqual({ ok: false, reason: 'last-owner' });
  });

  it('keeps an owner, also of two who lower, remove or leave at the same moment', async () => {
    const instance = testInstance((await open()).store);
    const founded = await foundTestCoalition(instance, now);
    const { coalitionId } = founded;
    const alone = { who: founded.owner, memberId: founded.scope.memberId };
    expect(await changeRole(instance, founded.scope, { ...alone, role: 'observer' }, now)).toEqual({ ok: false, reason: 'last-owner' });
    expect(await removeMember(instance, founded.scope, alone.memberId, now)).toEqual({ ok: false, reason: 'last-owner' });
    const { members } = instance.store.read.tables;
    const owners = async () =>
      (await instance.store.read.select().from(members)).filter(({ role, removedAt }) => role === 'owner' && removedAt === null);
    const lower = (by: Seat, whom: Seat) => changeRole(instance, by.scope, { who: by.who, memberId: whom.memberId, role: 'observer' }, now);
    const remove = (by: Seat, whom: Seat) => removeMember(instance, by.scope, whom.memberId, now);
    const go = (by: Seat) => leaveCoalition(instance, by.scope, now);
    const duels: readonly ((a: Seat, b: Seat) => Promise<{ ok: boolean }>[])[] = [
      (a, b) => [lower(a, b), lower(b, a)],
      (a, b) => [remove(a, b), remove(b, a)],
      (a, b) => [go(a), go(b)],
      (a, b) => [lower(a, a), remove(b, b)],
      (a, b) => [remove(a, b), go(a)],
    ];
    let last: Seat = ownerSeat(founded);
    for (let round = 0; round < 10; round++) {
      const rival = await seat(instance, coalitionId, 'owner', `rival${round}@coalition.example`);
      const results = await Promise.all(duels[round % duels.length]?.(last, rival) ?? []);
      expect([round, results.filter(({ ok }) => ok).length]).toEqual([round, 1]);
      const left = await owners();
      expect([round, left.length]).toEqual([round, 1]);
      last = left[0]?.id === last.memberId ? last : rival;
    }
  });

  it('keeps the name and organisation that its owner gives, and says so in the log', async () => {
    const instance = testInstance((await open()).store);
    const founded = await foundTestCoalition(instance, now);
    expect((await changeOwnOrganisation(instance, founded.scope, 'River Watch', now)).ok).toBe(true);
    await changeOwnName(instance, founded.owner, 'Nila F. Ferro', now);
    const [first] = (await viewMembers(instance, founded.scope, null)).members;
    expect(first).toMatchObject({ name: 'Nila F. Ferro', organisation: 'River Watch', email: 'nila@coalition.example', self: true });
    await changeOwnOrganisation(instance, founded.scope, 'River Watch', now);
    expect(await typesOf(instance, founded.coalitionId)).toEqual(['coalition-founded', 'member-changed', 'member-changed']);
  });
});

describeEachStore('the list of members', (open) => {
  it('shows fifty a page, and addresses only to whoever may read them', async () => {
    const instance = testInstance((await open()).store);
    const founded = await foundTestCoalition(instance, now);
    const drafter = await seat(instance, founded.coalitionId, 'drafter', 'dr@coalition.example');
    for (let number = 0; number < 60; number++) await seat(instance, founded.coalitionId, 'observer', `m${number}@coalition.example`);
    const seen: string[] = [];
    let after: string | null = null;
    do {
      const page = await viewMembers(instance, drafter.scope, readMemberCursor(after));
      expect(page.members.length).toBeLessThanOrEqual(50);
      expect(page.members.filter(({ email, self }) => email !== null && !self)).toEqual([]);
      seen.push(...page.members.map(({ id }) => id));
      after = page.next;
    } while (after !== null);
    expect(new Set(seen).size).toBe(62);
    expect(seen).toHaveLength(62);
    expect((await viewMembers(instance, founded.scope, null)).members.every(({ email }) => email !== null)).toBe(true);
    for (const odd of [null, '', '1.mem_x', `99999999999999999.mem_${'A'.repeat(22)}`, '\0']) expect(readMemberCursor(odd)).toBeNull();
  });

  it('opens the row of a member from before organisations were asked for', async () => {
    const instance = testInstance((await open()).store);
    const founded = await foundTestCoalition(instance, now);
    const { members } = instance.store.read.tables;
    await instance.store.inTransaction(async (tx) => void (await tx.update(members).set({ sealed: null })));
    expect((await viewMembers(instance, founded.scope, null)).members[0]?.organisation).toBe('');
    expect((await findMemberAndPerson(instance.store.read, founded.coalitionId, founded.scope.memberId))?.member.sealed).toBeNull();
  });
});
