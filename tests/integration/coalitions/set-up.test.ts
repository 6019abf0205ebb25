import { eq } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { listAuditEntries } from '../../../db/queries/audit.ts';
import { findCoalition } from '../../../db/queries/coalitions.ts';
import { findSignedIn, type SignedIn } from '../../../lib/auth/session.ts';
import { signOut } from '../../../lib/auth/sign-in.ts';
import { enterCoalition } from '../../../lib/coalitions/access.ts';
import { inviteCoordinator, joinCoalition, viewMemberInvitation } from '../../../lib/coalitions/invite.ts';
import { ensureSetUpLink, foundCoalition, isSetUpLink } from '../../../lib/coalitions/set-up.ts';
import type { Instance } from '../../../lib/instance.ts';
import { address, foundTestCoalition, memberOf } from '../../support/coalition.ts';
import { describeEachStore, testInstance } from '../../support/stores.ts';

const now = new Date('2026-03-02T10:00:00Z');
const later = (hours: number) => new Date(now.getTime() + hours * 3_600_000);
const tokenOf = (link: string | null) => link?.split('/').at(-1) ?? '';

const founding = (token: string) => ({
  token,
  coalitionName: 'Clear Water Alliance',
  name: 'Nila Ferro',
  email: address('nila@coalition.example'),
});

describeEachStore('founding the first coalition', (open) => {
  it('gives one owner and one session to a button pressed twenty times at once, and to each press that session', async () => {
    const instance = testInstance((await open()).store);
    const token = tokenOf(await ensureSetUpLink(instance, now));
    const results = await Promise.all(Array.from({ length: 20 }, () => foundCoalition(instance, founding(token), now)));
    expect(new Set(results.map((result) => JSON.stringify(result))).size).toBe(1);
    const { coalitions, people, sessions } = instance.store.read.tables;
    for (const table of [coalitions, people, sessions]) expect(await instance.store.read.select().from(table)).toHaveLength(1);
    const [first] = results;
    if (!first?.ok) throw new Error('nobody founded it');
    const entries = await listAuditEntries(instance.store.read, first.value.coalitionId);
    expect(entries.map(({ entry }) => entry.type)).toEqual(['coalition-founded']);
    expect((await findSignedIn(instance, first.value.session, now))?.person.name).toBe('Nila Ferro');
  });

  it('is pressed again for a minute, for the same address, and while the session it opened lives', async () => {
    const instance = testInstance((await open()).store);
    const token = tokenOf(await ensureSetUpLink(instance, now));
    const first = await foundCoalition(instance, founding(token), now);
    if (!first.ok) throw new Error(first.reason);
    const seconds = (count: number) => new Date(now.getTime() + count * 1_000);
    const ended = { ok: false, reason: 'link-ended' };
    expect(await foundCoalition(instance, founding(token), seconds(59))).toEqual(first);
    expect(await foundCoalition(instance, founding(token), seconds(60))).toEqual(ended);
    expect(await foundCoalition(instance, { ...founding(token), email: address('bo@coalition.example') }, seconds(1))).toEqual(ended);
    await signOut(instance, first.value.session);
    expect(await foundCoalition(instance, founding(token), seconds(2))).toEqual(ended);
    expect(await instance.store.read.select().from(instance.store.read.tables.sessions)).toEqual([]);
  });

  it('ends the last link at each start, and makes none once there is a coalition', async () => {
    const instance = testInstance((await open()).store);
    const first = tokenOf(await ensureSetUpLink(instance, now));
    const second = tokenOf(await ensureSetUpLink(instance, later(1)));
    expect(await isSetUpLink(instance, first, later(1))).toBe(false);
    expect(await isSetUpLink(instance, second, later(1))).toBe(true);
    expect(await foundCoalition(instance, founding(first), later(1))).toEqual({ ok: false, reason: 'link-ended' });
    expect((await foundCoalition(instance, founding(second), later(1))).ok).toBe(true);
    expect(await isSetUpLink(instance, second, later(1))).toBe(false);
    expect(await ensureSetUpLink(instance, later(2))).toBeNull();
  });

  it('stores no link, no address and no name that could be read', async () => {
    const instance = testInstance((await open()).store);
    const link = await ensureSetUpLink(instance, now);
    const { links, people, sessions } = instance.store.read.tables;
    const stolen = await instance.store.read.select().from(links);
    for (const { tokenHash } of stolen) {
      expect(await isSetUpLink(instance, `su_${tokenHash.toString('base64url')}`, now)).toBe(false);
    }
    const { session } = await foundTestCoalition(instance, now);
    const rows = JSON.stringify([
      await instance.store.read.select().from(links),
      await instance.store.read.select().from(people),
      await instance.store.read.select().from(sessions),
    ]);
    for (const secret of [tokenOf(link), session, 'nila', 'Ferro']) expect(rows).not.toContain(secret);
  });
});

describeEachStore('inviting a coordinator', (open) => {
  it('founds a coalition for its first owner, and lets a second person in as coordinator', async () => {
    const instance = testInstance((await open()).store);
    const first = await inviteCoordinator(instance, { email: 'a@coalition.example', coalitionName: 'Seed Keepers' }, now);
    if (!first.ok) throw new Error(first.reason);
    expect(first.value).toMatchObject({ role: 'owner', founded: true });
    expect(await viewMemberInvitation(instance, tokenOf(first.value.link), now)).toEqual({
      coalitionName: 'Seed Keepers',
      email: 'a@coalition.example',
      role: 'owner',
      organisation: '',
    });
    const joined = await joinCoalition(instance, { token: tokenOf(first.value.link), name: 'Ada Orr', who: null }, later(71));
    if (!joined.ok) throw new Error(joined.reason);
    const again = (at: Date) => joinCoalition(instance, { token: tokenOf(first.value.link), name: 'Ada Orr', who: null }, at);
    expect(await Promise.all([again(later(71)), again(later(71))])).toEqual([joined, joined]);
    expect(await again(new Date(later(71).getTime() + 60_000))).toEqual({ ok: false, reason: 'link-ended' });
    expect(await instance.store.read.select().from(instance.store.read.tables.sessions)).toHaveLength(1);
    const second = await inviteCoordinator(instance, { email: 'b@coalition.example', coalitionName: 'Seed Keepers' }, now);
    if (!second.ok) throw new Error(second.reason);
    expect(second.value).toMatchObject({ role: 'coordinator', founded: false });
    expect((await joinCoalition(instance, { token: tokenOf(second.value.link), name: 'Bo Lind', who: null }, later(1))).ok).toBe(true);
    expect((await memberOf(instance, joined.value.coalitionId, 'b@coalition.example'))?.role).toBe('coordinator');
  });

  it('ends after three days, and names a bad address or coalition', async () => {
    const instance = testInstance((await open()).store);
    const invited = await inviteCoordinator(instance, { email: 'a@coalition.example', coalitionName: 'Seed Keepers' }, now);
    if (!invited.ok) throw new Error(invited.reason);
    const token = tokenOf(invited.value.link);
    expect(await viewMemberInvitation(instance, token, later(72))).toBeNull();
    expect(await joinCoalition(instance, { token, name: 'Ada Orr', who: null }, later(72))).toEqual({ ok: false, reason: 'link-ended' });
    expect(await inviteCoordinator(instance, { email: 'nobody', coalitionName: 'Seed Keepers' }, now)).toEqual({
      ok: false,
      reason: 'not-one-address',
    });
    expect(await inviteCoordinator(instance, { email: 'a@b.example', coalitionName: ' ' }, now)).toEqual({
      ok: false,
      reason: 'coalition-name',
    });
  });

  const inviteTo = async (instance: Instance, email: string, coalitionName: string) => {
    const invited = await inviteCoordinator(instance, { email, coalitionName }, now);
    if (!invited.ok) throw new Error(invited.reason);
    return tokenOf(invited.value.link);
  };
  const join = async (instance: Instance, email: string, coalitionName: string, who: SignedIn | null) => {
    const joined = await joinCoalition(instance, { token: await inviteTo(instance, email, coalitionName), name: 'Ada Orr', who }, later(1));
    if (!joined.ok) throw new Error(joined.reason);
    return joined.value;
  };

  it('signs nobody in as a person who was there before, and lets them join all the same', async () => {
    const instance = testInstance((await open()).store);
    const { owner } = await foundTestCoalition(instance, now);
    const { sessions } = instance.store.read.tables;
    const before = await instance.store.read.select().from(sessions);

    const byLinkAlone = await join(instance, owner.person.email, 'Seed Keepers', null);
    expect(byLinkAlone.entry).toEqual({ kind: 'sign-in' });
    expect((await memberOf(instance, byLinkAlone.coalitionId, owner.person.email))?.role).toBe('owner');
    expect((await join(instance, owner.person.email, 'River Watch', owner)).entry).toEqual({ kind: 'signed-in' });
    expect(await instance.store.read.select().from(sessions)).toEqual(before);

    const bo = await join(instance, 'bo@coalition.example', 'Seed Keepers', owner);
    if (bo.entry.kind !== 'session') throw new Error(bo.entry.kind);
    expect((await findSignedIn(instance, bo.entry.session, later(1)))?.person.email).toBe('bo@coalition.example');
    expect(
      (await join(instance, owner.person.email, 'Field Notes', await findSignedIn(instance, bo.entry.session, later(1)))).entry,
    ).toEqual({
      kind: 'sign-in',
    });
  });

  it('lets twenty presses of one button at once join once, with one session', async () => {
    const instance = testInstance((await open()).store);
    const token = await inviteTo(instance, 'a@coalition.example', 'Seed Keepers');
    const results = await Promise.all(
      Array.from({ length: 20 }, () => joinCoalition(instance, { token, name: 'Ada Orr', who: null }, now)),
    );
    expect(new Set(results.map((result) => JSON.stringify(result))).size).toBe(1);
    expect(results[0]).toMatchObject({ ok: true, value: { entry: { kind: 'session' } } });
    const { sessions, members } = instance.store.read.tables;
    for (const table of [sessions, members]) expect(await instance.store.read.select().from(table)).toHaveLength(1);
  });

  it('makes one owner of two that were invited before there was one', async () => {
    const instance = testInstance((await open()).store);
    const tokens = [];
    for (const who of ['a', 'b', 'c']) tokens.push(await inviteTo(instance, `${who}@coalition.example`, 'Seed Keepers'));
    const roleIn = async (token: string) => (await viewMemberInvitation(instance, token, now))?.role;
    expect(await Promise.all(tokens.map(roleIn))).toEqual(['owner', 'owner', 'owner']);
    const [first = '', ...others] = tokens;
    const both = await Promise.all(
      [first, others[0] ?? ''].map((token) => joinCoalition(instance, { token, name: 'Ada Orr', who: null }, later(1))),
    );
    expect(both.map(({ ok }) => ok)).toEqual([true, true]);
    const last = others[1] ?? '';
    expect(await roleIn(last)).toBe('coordinator');
    expect((await joinCoalition(instance, { token: last, name: 'Cy Dahl', who: null }, later(1))).ok).toBe(true);
    const { members } = instance.store.read.tables;
    const rows = await instance.store.read.select({ role: members.role }).from(members);
    expect(rows.map(({ role }) => role).sort()).toEqual(['coordinator', 'coordinator', 'owner']);
  });

  it('raises a live drafter or observer at once, says so and logs it; whoever is more stays it', async () => {
    const instance = testInstance((await open()).store);
    const { coalitionId } = await foundTestCoalition(instance, now);
    const name = (await findCoalition(instance.store.read, coalitionId))?.name ?? '';
    const outstanding = await inviteTo(instance, 'bo@coalition.example', name);
    await join(instance, 'bo@coalition.example', name, null);
    const { members } = instance.store.read.tables;
    const bo = await memberOf(instance, coalitionId, 'bo@coalition.example');
    const becomesObserver = () =>
      instance.store.inTransaction(async (tx) => {
        await tx
          .update(members)
          .set({ role: 'observer' })
          .where(eq(members.id, bo?.id ?? ''));
      });
    const changes = async () =>
      (await listAuditEntries(instance.store.read, coalitionId)).filter(({ entry }) => entry.type === 'role-changed').length;
    const invite = (email: string) => inviteCoordinator(instance, { email, coalitionName: name }, now);

    await becomesObserver();
    expect(await invite('bo@coalition.example')).toEqual({
      ok: true,
      value: { link: null, role: 'coordinator', was: 'observer', founded: false },
    });
    expect((await memberOf(instance, coalitionId, 'bo@coalition.example'))?.role).toBe('coordinator');
    expect(await changes()).toBe(1);
    for (const [email, role] of [
      ['bo@coalition.example', 'coordinator'],
      ['nila@coalition.example', 'owner'],
    ] as const) {
      expect(await invite(email)).toEqual({ ok: true, value: { link: null, role, was: role, founded: false } });
    }
    expect(await changes()).toBe(1);

    await becomesObserver();
    expect((await joinCoalition(instance, { token: outstanding, name: 'Bo Lind', who: null }, later(1))).ok).toBe(true);
    expect(await memberOf(instance, coalitionId, 'bo@coalition.example')).toMatchObject({ id: bo?.id, role: 'coordinator' });
    expect(await changes()).toBe(2);
  });

  it('leaves a live member as they are, and lets a removed one in again', async () => {
    const instance = testInstance((await open()).store);
    const { owner, scope } = await foundTestCoalition(instance, now);
    const { coalitionId } = scope;
    const coalition = await findCoalition(instance.store.read, coalitionId);
    const typesOf = async () => (await listAuditEntries(instance.store.read, coalitionId)).map(({ entry }) => entry.type);
    const offered = await inviteCoordinator(instance, { email: owner.person.email, coalitionName: coalition?.name ?? '' }, now);
    expect(offered).toMatchObject({ value: { link: null, role: 'owner' } });
    expect(await memberOf(instance, coalitionId, owner.person.email)).toMatchObject({ id: scope.memberId, role: 'owner', removedAt: null });
    expect(await typesOf()).not.toContain('member-joined');

    await join(instance, 'bo@coalition.example', coalition?.name ?? '', null);
    const { members } = instance.store.read.tables;
    const bo = await memberOf(instance, coalitionId, 'bo@coalition.example');
    await instance.store.inTransaction(async (tx) => {
      await tx
        .update(members)
        .set({ removedAt: now, role: 'observer' })
        .where(eq(members.id, bo?.id ?? ''));
    });
    await join(instance, 'bo@coalition.example', coalition?.name ?? '', null);
    expect(await memberOf(instance, coalitionId, 'bo@coalition.example')).toEqual({ ...bo, sealed: expect.any(Buffer) });
    expect((await typesOf()).filter((type) => type === 'member-joined')).toHaveLength(2);
  });

  it('is refused to a removed member on the next request', async () => {
    const instance = testInstance((await open()).store);
    const { owner, scope } = await foundTestCoalition(instance, now);
    expect((await enterCoalition(instance.store.read, owner, scope.coalitionId, 'run')).ok).toBe(true);
    const { members } = instance.store.read.tables;
    await instance.store.inTransaction(async (tx) => void (await tx.update(members).set({ removedAt: now })));
    expect(await enterCoalition(instance.store.read, owner, scope.coalitionId, 'run')).toEqual({ ok: false, reason: 'not-found' });
    expect(scope.role).toBe('owner');
  });
});
