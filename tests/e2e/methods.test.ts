import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addressOf } from '../support/doors.ts';
import { sampled } from '../support/property.ts';
import { type Received, send } from '../support/request.ts';
import { populate, type Role, type World } from '../support/roles.ts';
import { settledSnapshot, snapshot } from '../support/snapshot.ts';
import { rows } from './matrix.ts';

let world: World;

beforeAll(async () => {
  world = await populate();
}, 240_000);
afterAll(() => world?.close());

const ask = (path: string, role: Role, method: string, headers: Readonly<Record<string, string>>, body?: string): Promise<Received> =>
  send(world.app.origin, {
    method,
    path: addressOf(world, { path }),
    headers: { host: new URL(world.app.origin).host, cookie: world.cookies[role], ...headers },
    ...(body === undefined ? {} : { body }),
  });

const posts = rows.filter(({ kind }) => kind === 'post');
const others = rows.filter(({ kind }) => kind !== 'post');
/** The two whose cookies open the most. */
const strong: readonly Role[] = ['owner', 'signatory'];

describe('a request that does not come from a page of this instance', () => {
  const foreign = (origin: string): Readonly<Record<string, Readonly<Record<string, string>>>> => ({
    'no origin': {},
    'a null origin': { origin: 'null' },
    'another origin': { origin: 'https://evil.example' },
    'another port': { origin: origin.replace(/\d+$/, '1') },
    'https for http': { origin: origin.replace('http:', 'https:') },
    'a host that agrees': { origin: 'http://evil.example', host: 'evil.example', 'x-forwarded-host': 'evil.example' },
    'another site': { origin, 'sec-fetch-site': 'cross-site' },
    'a sister site': { origin, 'sec-fetch-site': 'same-site' },
    'no site': { origin, 'sec-fetch-site': 'none' },
  });

  it.each(sampled(posts, 4))('$path', async ({ path }) => {
    const before = await settledSnapshot(world.instance.store.read);
    for (const [name, headers] of Object.entries(foreign(world.app.origin))) {
      for (const role of strong) {
        const type = { 'content-type': 'application/x-www-form-urlencoded' };
        const { status } = await ask(path, role, 'POST', { ...type, ...headers }, 'sure=yes');
        expect({ name, role, status }).toEqual({ name, role, status: 403 });
      }
    }
    expect(await snapshot(world.instance.store.read)).toEqual(before);
  });
});

describe('a body that is not understood', () => {
  it.each(sampled(posts, 4, 1))('$path', async ({ path }) => {
    const before = await settledSnapshot(world.instance.store.read);
    const ours = { origin: world.app.origin };
    for (const role of strong) {
      const plain = await ask(path, role, 'POST', { ...ours, 'content-type': 'text/plain' }, '{}');
      expect(plain.status).toBe(415);
      const endless = await ask(
        path,
        role,
        'POST',
        { ...ours, 'content-type': 'application/json', 'transfer-encoding': 'chunked' },
        undefined,
      );
      expect(endless.status).toBe(411);
    }
    expect(await snapshot(world.instance.store.read)).toEqual(before);
  });
});

describe('a method that a door does not have', () => {
  const said = () => ({ origin: world.app.origin, 'content-type': 'application/json', accept: 'application/json' });

  it.each(posts)('changes nothing at $path', async ({ path }) => {
    const before = await settledSnapshot(world.instance.store.read);
    for (const method of ['GET', 'HEAD', 'OPTIONS']) expect((await ask(path, 'owner', method, {})).status).toBeOneOf([204, 405]);
    for (const method of ['PUT', 'PATCH', 'DELETE']) expect((await ask(path, 'owner', method, said(), '{}')).status).toBe(405);
    const overridden = await ask(`${path}?_method=POST`, 'owner', 'GET', { 'x-http-method-override': 'POST' });
    expect(overridden.status).toBe(405);
    expect(await snapshot(world.instance.store.read)).toEqual(before);
  });

  it.each(others)('changes nothing at $path', async ({ path }) => {
    const before = await settledSnapshot(world.instance.store.read);
    for (const role of strong) {
      for (const method of ['HEAD', 'OPTIONS']) expect((await ask(path, role, method, {})).status).toBeLessThan(500);
      for (const method of ['POST', 'PUT', 'PATCH', 'DELETE'])
        expect((await ask(path, role, method, said(), '{}')).status).toBeLessThan(500);
    }
    expect(await snapshot(world.instance.store.read)).toEqual(before);
  });
});

describe('a scanner that opens every link of a mail', () => {
  const token = () => world.cookies.signatory.replace('invitation=', '');

  it.each(['GET', 'HEAD'])('changes nothing by %s, follows to a page with no form token, and the link still opens', async (method) => {
    const before = await settledSnapshot(world.instance.store.read);
    for (let visits = 0; visits < 3; visits++) {
      const landed = await ask(`/i/${token()}`, 'anonymous', method, { purpose: 'prefetch', 'user-agent': 'LinkScanner' });
      expect(landed.status).toBe(303);
      expect(landed.headers['location']).toBe('/i');
      const cookies = [landed.headers['set-cookie'] ?? []].flat();
      expect(cookies.find((cookie) => cookie.startsWith('invitation='))).toMatch(/; Path=\/; Max-Age=\d+; HttpOnly; SameSite=Lax$/);
      const page = await ask('/i', 'signatory', method, {});
      expect(page.status).toBe(200);
      expect(page.text).not.toContain(token());
      expect(String(page.headers['content-security-policy'])).toContain("script-src 'none'");
      expect(String(page.headers['cache-control'])).toMatch(/no-store/);
    }
    expect(await snapshot(world.instance.store.read)).toEqual(before);
  });

  it('gives the same answer for a dead link and for none that ever was', async () => {
    const texts = [];
    for (const cookie of [world.cookies['revoked-link'], `invitation=iv_${Buffer.alloc(32, 7).toString('base64url')}`]) {
      const headers = { cookie, origin: world.app.origin, 'content-type': 'application/x-www-form-urlencoded', accept: 'application/json' };
      const asked = await ask('/i/fresh', 'anonymous', 'POST', headers, '');
      const page = await ask('/i', 'anonymous', 'GET', { cookie });
      texts.push([asked.status, asked.text, page.text.replaceAll(/[A-Za-z0-9+/=_-]{20,}/g, '')]);
    }
    expect(texts[0]).toEqual(texts[1]);
  });
});
