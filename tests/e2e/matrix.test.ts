import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ROOT } from '../support/app.ts';
import { describeDoors } from '../support/doors.ts';
import { populate, type World } from '../support/roles.ts';
import { furniture, rows } from './matrix.ts';

let world: World;

beforeAll(async () => {
  world = await populate();
}, 240_000);
afterAll(() => world?.close());

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

describeDoors('who may come in', () => world);
