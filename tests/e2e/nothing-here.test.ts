import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { send } from '../support/request.ts';
import { populate, type Role, type World } from '../support/roles.ts';

let world: World;

beforeAll(async () => {
  world = await populate();
}, 240_000);
afterAll(() => world?.close());

const visit = (path: string, role: Role, method = 'GET', more: Readonly<Record<string, string>> = {}) =>
  send(world.app.origin, { method, path, headers: { host: new URL(world.app.origin).host, cookie: world.cookies[role], ...more } });

// Red where a page that throws goes out as Next makes it: an empty document, to be filled by scripts that are forbidden.
describe('a page that is not there', () => {
  const nowhere = '/letters/let_AAAAAAAAAAAAAAAAAAAAAA';

  it('says so without a script', async () => {
    const answer = await visit(nowhere, 'owner');
    expect(answer.status).toBe(404);
    expect(answer.text).toContain('<h1>There is nothing here</h1>');
    expect(answer.text).not.toContain('<script');
    expect((await visit(nowhere, 'owner', 'GET', { 'accept-encoding': 'gzip' })).text).toBe(answer.text);
  });

  it('is the same, whether it is nowhere or not open to whoever asks', async () => {
    const { text } = await visit('/nowhere', 'observer');
    for (const path of [nowhere, `/letters/${world.open}`, `/coalitions/${world.coalition}`]) {
      expect((await visit(path, 'other-owner')).text).toBe(text);
    }
  });

  it('speaks the language of whoever asks', async () => {
    const answer = await visit(nowhere, 'owner', 'GET', { 'accept-language': 'fa' });
    expect(answer.text).toContain('dir="rtl"');
  });

  it('has a head and no body for HEAD, and leaves the connection whole', async () => {
    const answer = await visit(nowhere, 'owner', 'HEAD');
    expect({ status: answer.status, text: answer.text }).toEqual({ status: 404, text: '' });
    expect((await visit('/sign-in', 'anonymous')).status).toBe(200);
  });
});
