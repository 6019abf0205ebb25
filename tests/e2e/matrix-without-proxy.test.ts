import { rmSync } from 'node:fs';
import { afterAll, beforeAll } from 'vitest';
import { describeDoors } from '../support/doors.ts';
import { copyProject } from '../support/project-copy.ts';
import { sampled } from '../support/property.ts';
import { populate, type World } from '../support/roles.ts';
import { rows } from './matrix.ts';

let world: World;
let root: string;

beforeAll(async () => {
  root = copyProject('without-proxy', { without: ['proxy.ts'] });
  world = await populate({}, root);
}, 400_000);
afterAll(async () => {
  await world?.close();
  rmSync(root, { recursive: true, force: true });
});

// Rights are decided where a row is read or written: the proxy guards nothing, and nothing may come to rest on it.
// With it every door is asked at each commit, without it a sixth of them at every fourth, and all in the long run.
describeDoors('who may come in, with proxy.ts deleted', () => world, sampled(rows, 6));
