import { describe, expect, it } from 'vitest';
import { type Row, rows } from '../e2e/matrix.ts';
import { type Received, send } from './request.ts';
import { type Role, roles, SECRET_WORDS, settled, type World } from './roles.ts';
import { snapshot } from './snapshot.ts';

/** Where a row of the matrix leads in a world. */
export const addressOf = (world: World, { path, letter = 'open' }: Pick<Row, 'path' | 'letter'>): string =>
  path
    .replace('/l/[slug]', `/l/${world.released.slug}`)
    .replace('[fingerprint]', world.released.fingerprint)
    .replace('[coalitionId]', world.coalition)
    .replace('[letterId]', world[letter])
    .replace('[language]', 'en')
    .replace('[invitationId]', world.invitation)
    .replace('[signatureId]', world.signature)
    .replace('[commentId]', 'cmt_AAAAAAAAAAAAAAAAAAAAAA')
    .replace('[memberId]', world.member)
    .replace('[linkId]', world.memberInvitation)
    .replace('[mailId]', 'out_AAAAAAAAAAAAAAAAAAAAAA')
    .replace('[slug]', world.slug)
    .replace('[openLinkId]', world.openLink)
    .replace('[token]', `xx_${'A'.repeat(43)}`);

const visit = (world: World, row: Row, role: Role, method: string): Promise<Received> => {
  const posts = method === 'POST';
  const said = posts ? { 'content-type': 'application/json', origin: world.app.origin, accept: 'application/json' } : {};
  return send(world.app.origin, {
    method,
    path: addressOf(world, row),
    headers: { host: new URL(world.app.origin).host, cookie: world.cookies[role], ...said },
    ...(posts ? { body: JSON.stringify(row.body ?? {}) } : {}),
  });
};

/** What is given to somebody whom a row does not let in. */
function refusals(world: World, { kind, path }: Row, role: Role): readonly number[] {
  const hasSession = world.cookies[role].startsWith('session=');
  if (path.startsWith('/i/') || path.startsWith('/own') || path.startsWith('/confirm')) {
    return { file: [303], page: [307], post: [401], landing: [303] }[kind];
  }
  if (kind === 'page') return hasSession ? [404] : [307];
  if (!hasSession) return kind === 'file' ? [303] : [401];
  return role === 'removed' || role === 'other-owner' ? [404] : [403];
}

const granted = ({ kind, status }: Row): readonly number[] => status ?? (kind === 'landing' ? [303] : kind === 'post' ? [200, 422] : [200]);

const leaksIn = (text: string): readonly string[] => SECRET_WORDS.filter((word) => text.includes(word));

/** Every role at every door of the matrix: in, or out without a trace and without a word of what is inside. */
export function describeDoors(name: string, open: () => World, among: readonly Row[] = rows): void {
  describe(name, () => {
    it.each(among)('$kind $path', async (row) => {
      const world = open();
      const method = row.kind === 'post' ? 'POST' : 'GET';
      const before = await snapshot(world.instance.store.read);
      for (const role of roles.filter((one) => !row.may.includes(one))) {
        const { status, text } = await visit(world, row, role, method);
        expect({ role, status }).toEqual({ role, status: expect.toBeOneOf([...(row.others ? [200] : refusals(world, row, role))]) });
        expect({ role, leaks: leaksIn(text) }).toEqual({ role, leaks: [] });
      }
      expect(await snapshot(world.instance.store.read)).toEqual(before);
      for (const role of row.may) {
        const { status } = await visit(world, row, role, method);
        expect({ role, status }).toEqual({ role, status: expect.toBeOneOf([...granted(row)]) });
        if (row.kind !== 'post') expect(await snapshot(world.instance.store.read)).toEqual(before);
        // Signing out ends the session that the next row would need.
        if (row.path === '/api/auth/sign-out') break;
      }
      await settled(world.instance);
    });
  });
}
