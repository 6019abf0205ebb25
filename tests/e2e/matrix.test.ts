import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from '../support/app.ts';
import { type Received, send } from '../support/request.ts';
import { populate, type Role, roles, SECRET_WORDS, settled, type World } from '../support/roles.ts';
import { snapshot } from '../support/snapshot.ts';
import { furniture, type Row, rows } from './matrix.ts';

let world: World;

beforeAll(async () => {
  world = await populate();
}, 240_000);
afterAll(() => world?.close());

const addressOf = ({ path, letter = 'open' }: Row): string =>
  path
    .replace('[coalitionId]', world.coalition)
    .replace('[letterId]', world[letter])
    .replace('[language]', 'en')
    .replace('[invitationId]', world.invitation)
    .replace('[commentId]', 'cmt_AAAAAAAAAAAAAAAAAAAAAA')
    .replace('[memberId]', world.member)
    .replace('[linkId]', world.memberInvitation)
    .replace('[mailId]', 'out_AAAAAAAAAAAAAAAAAAAAAA')
    .replace('[token]', `xx_${'A'.repeat(43)}`);

const visit = (row: Row, role: Role, method: string, more: Readonly<Record<string, string>> = {}): Promise<Received> => {
  const posts = method !== 'GET' && method !== 'HEAD' && method !== 'OPTIONS';
  const said = posts ? { 'content-type': 'application/json', origin: world.app.origin, accept: 'application/json' } : {};
  return send(world.app.origin, {
    method,
    path: addressOf(row),
    headers: { host: new URL(world.app.origin).host, cookie: world.cookies[role], ...said, ...more },
    ...(posts ? { body: JSON.stringify(row.body ?? {}) } : {}),
  });
};

/** What is given to somebody whom a row does not let in. */
function refusals({ kind, path }: Row, role: Role): readonly number[] {
  const hasSession = world.cookies[role].startsWith('session=');
  if (path.startsWith('/i')) return kind === 'file' ? [303] : [401];
  if (kind === 'page') return hasSession ? [404] : [307];
  if (!hasSession) return kind === 'file' ? [303] : [401];
  return role === 'removed' || role === 'other-owner' ? [404] : [403];
}

const granted = ({ kind, status }: Row): readonly number[] => status ?? (kind === 'landing' ? [303] : kind === 'post' ? [200, 422] : [200]);

const leaksIn = (text: string): readonly string[] => SECRET_WORDS.filter((word) => text.includes(word));

describe('the doors of the build', () => {
  const manifest = (name: string) => JSON.parse(readFileSync(join(ROOT, '.next/server', name), 'utf8')) as Record<string, unknown>;

  it('have a row each, and no row is of a door that is not there', () => {
    const built = Object.keys(manifest('app-paths-manifest.json')).map((name) => ({
      path: name.replace(/\/\([\w-]+\)/g, '').replace(/\/(?:page|route)$/, '') || '/',
      kind: name.endsWith('/page') ? 'page' : 'route',
    }));
    const doors = built.filter(({ path }) => !furniture.includes(path));
    const listed = rows.map(({ path, kind }) => ({ path, kind: kind === 'page' ? 'page' : 'route' }));
    const names = (list: readonly { path: string; kind: string }[]) => list.map(({ path, kind }) => `${kind} ${path}`).sort();
    expect(names(doors)).toEqual(names(listed));
  });

  it('are no server actions', () => {
    const { node, edge } = manifest('server-reference-manifest.json');
    expect({ node, edge }).toEqual({ node: {}, edge: {} });
  });
});

describe('who may come in', () => {
  it.each(rows)('$kind $path', async (row) => {
    const method = row.kind === 'post' ? 'POST' : 'GET';
    const before = await snapshot(world.instance.store.read);
    for (const role of roles.filter((one) => !row.may.includes(one))) {
      const answer = await visit(row, role, method);
      expect({ role, status: answer.status }).toEqual({ role, status: expect.toBeOneOf([...(row.others ? [200] : refusals(row, role))]) });
      expect({ role, leaks: leaksIn(answer.text) }).toEqual({ role, leaks: [] });
    }
    expect(await snapshot(world.instance.store.read)).toEqual(before);
    for (const role of row.may) {
      const answer = await visit(row, role, method);
      expect({ role, status: answer.status }).toEqual({ role, status: expect.toBeOneOf([...granted(row)]) });
      if (row.kind !== 'post') expect(await snapshot(world.instance.store.read)).toEqual(before);
      // Signing out ends the session that the next row would need.
      if (row.path === '/api/auth/sign-out') break;
    }
    await settled(world.instance);
  });
});
