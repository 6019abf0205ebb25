import fc from 'fast-check';
import { expect, it } from 'vitest';
import { listAuditEntries } from '../../../db/queries/audit.ts';
import { findMemberAndPerson } from '../../../db/queries/members.ts';
import type { Role } from '../../../db/schema/values.ts';
import { type CoalitionScope, mintCoalitionScope } from '../../../lib/access/scope.ts';
import { verifyLog } from '../../../lib/audit/verify.ts';
import { ensurePerson } from '../../../lib/auth/person.ts';
import type { SignedIn } from '../../../lib/auth/session.ts';
import type { For } from '../../../lib/coalitions/access.ts';
import { addCoalition, addMember } from '../../../lib/coalitions/founding.ts';
import { inviteMember } from '../../../lib/coalitions/member-invitations.ts';
import { openMember } from '../../../lib/coalitions/member-record.ts';
import { bringBack, changeRole, leaveCoalition, removeMember } from '../../../lib/coalitions/members.ts';
import type { Instance } from '../../../lib/instance.ts';
import { address } from '../../support/coalition.ts';
import { runs, runTime } from '../../support/property.ts';
import { describeEachStore, testInstance } from '../../support/stores.ts';

const start = new Date('2026-03-02T10:00:00Z');
const PEOPLE = 4;

const person = fc.nat(PEOPLE - 1);
const role = fc.constantFrom<Role>('owner', 'owner', 'coordinator', 'drafter', 'observer');
const step = fc.record({
  act: fc.constantFrom('role', 'role', 'role', 'remove', 'remove', 'back', 'back', 'leave', 'invite'),
  by: person,
  whom: person,
  role,
  /** Hours that go by before. */
  hours: fc.constantFrom(0, 0, 0, 0, 1, 30),
  /** Minutes since whoever acts proved their address. */
  proved: fc.constantFrom(0, 0, 5, 6),
});
type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;

/** What should be true of one person: written from the table of the design, not from the code it is held against. */
interface Expected {
  role: Role;
  state: 'member' | 'removed' | 'left';
  removedAt: number;
}

const leads = (one: Role) => one === 'owner' || one === 'coordinator';
const may = (actor: Role, of: Role) => actor === 'owner' || (actor === 'coordinator' && !leads(of));
const order: readonly Role[] = ['owner', 'coordinator', 'drafter', 'observer'];

/** Whether a step is allowed; makes its change where it is. */
function follow(people: Expected[], { act, by, whom, role: to, proved }: Step, at: number): boolean {
  const actor = people[by] as Expected;
  const target = people[whom] as Expected;
  const isLast = (one: Expected) =>
    one.role === 'owner' && people.filter((each) => each.state === 'member' && each.role === 'owner').length === 1;
  const recent = proved <= 5;
  if (actor.state !== 'member') return false;
  if (act === 'leave') {
    if (isLast(actor)) return false;
    Object.assign(actor, { state: 'left', removedAt: at });
    return true;
  }
  if (act === 'invite') return may(actor.role, to) && (recent || !leads(to));
  if (!may(actor.role, target.role)) return false;
  if (act === 'back') {
    if (target.state === 'member') return true;
    if (target.state === 'left' || at - target.removedAt > 24) return false;
    if (leads(target.role) && !recent) return false;
    target.state = 'member';
    return true;
  }
  if (target.state !== 'member') return false;
  if (act === 'remove') {
    if (isLast(target)) return false;
    Object.assign(target, { state: 'removed', removedAt: at });
    return true;
  }
  if (!may(actor.role, to)) return false;
  if (target.role === to) return true;
  if (order.indexOf(to) < order.indexOf(target.role) && leads(to) && !recent) return false;
  if (isLast(target)) return false;
  target.role = to;
  return true;
}

async function found(instance: Instance, roles: readonly Role[]) {
  return await instance.store.inTransaction(async (tx) => {
    const coalitionId = await addCoalition(tx, instance, 'Clear Water Alliance', start);
    const seats: { readonly memberId: string; readonly who: SignedIn }[] = [];
    for (const [index, each] of roles.entries()) {
      const email = `p${index}@coalition.example`;
      const { id: personId } = await ensurePerson(tx, instance, { email: address(email), name: `P${index}` }, start);
      const { id: memberId } = await addMember(tx, instance, { coalitionId, personId, role: each }, start);
      seats.push({ memberId, who: { sessionId: '', person: { id: personId, email, name: `P${index}` }, provedAt: start } });
    }
    return { coalitionId, seats };
  });
}

describeEachStore('any sequence of what members do to members', (open, engine) => {
  it(
    'stays within the table, and leaves an owner and a whole log',
    async () => {
      const instance = testInstance((await open()).store);
      let invited = 0;
      await fc.assert(
        fc.asyncProperty(fc.tuple(role, role, role), fc.array(step, { minLength: 1, maxLength: 14 }), async (others, steps) => {
          const roles: readonly Role[] = ['owner', ...others];
          const { coalitionId, seats } = await found(instance, roles);
          const people = roles.map((each): Expected => ({ role: each, state: 'member', removedAt: 0 }));
          let hours = 0;
          for (const one of steps) {
            hours += one.hours;
            const now = new Date(start.getTime() + hours * 3_600_000);
            const { memberId, who: stale } = seats[one.by] ?? { memberId: '', who: null };
            const target = seats[one.whom]?.memberId ?? '';
            if (!stale) throw new Error('nobody');
            const who = { ...stale, provedAt: new Date(now.getTime() - one.proved * 60_000) };
            // A scope that claims everything: what counts is decided inside the command.
            const scope = mintCoalitionScope({ coalitionId, memberId, role: 'owner' }) as For<CoalitionScope, never>;
            const input = {
              email: address(`new${invited++}@coalition.example`),
              role: one.role,
              organisation: '',
              language: 'en' as const,
            };
            const result = await {
              role: () => changeRole(instance, scope, { who, memberId: target, role: one.role }, now),
              remove: () => removeMember(instance, scope, target, now),
              back: () => bringBack(instance, scope, { who, memberId: target }, now),
              leave: () => leaveCoalition(instance, scope, now),
              invite: () => inviteMember(instance, scope, { who, input }, now),
            }[one.act]();
            expect({ one, ok: result.ok }).toEqual({ one, ok: follow(people, one, hours) });
          }
          for (const [index, { memberId }] of seats.entries()) {
            const { member } = (await findMemberAndPerson(instance.store.read, coalitionId, memberId)) ?? {};
            if (!member) throw new Error('a member without a row');
            const left = openMember(instance.keys, member).left === true;
            const state = member.removedAt === null ? 'member' : left ? 'left' : 'removed';
            expect({ role: member.role, state }).toEqual({ role: people[index]?.role, state: people[index]?.state });
          }
          expect(people.some((one) => one.state === 'member' && one.role === 'owner')).toBe(true);
          const log = await verifyLog(instance.store.read, instance.keys, { kind: 'coalition', id: coalitionId });
          expect(log).toMatchObject({ ok: true, value: { size: (await listAuditEntries(instance.store.read, coalitionId)).length } });
        }),
        { numRuns: runs(engine === 'SQLite' ? 50 : 12, engine === 'SQLite' ? 2_000 : 400) },
      );
    },
    runTime(60_000),
  );
});
