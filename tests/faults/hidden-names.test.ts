import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { type CoalitionScope, mintCoalitionScope } from '../../lib/access/scope.ts';
import type { For } from '../../lib/coalitions/access.ts';
import { closeLetter, deliverLetter } from '../../lib/letters/ending.ts';
import { openInvitedSigning } from '../../lib/signatures/access.ts';
import { addOwnLink } from '../../lib/signatures/own-link-of.ts';
import { signByInvitation } from '../../lib/signatures/sign.ts';
import { type Row, rows } from '../e2e/matrix.ts';
import { type App, appEnvironment, ROOT, startApp } from '../support/app.ts';
import { addressOf } from '../support/doors.ts';
import { answer, asOrganisation, asPerson, type Invited, invite, type OpenLetter, openLetterIn } from '../support/invited.ts';
import { letterInput } from '../support/letters.ts';
import { textOf } from '../support/pdf.ts';
import { type PostgresServer, startPostgres } from '../support/postgres.ts';
import { send } from '../support/request.ts';
import { populate, type Role, settled, type World } from '../support/roles.ts';
import { hasTool } from '../support/tools.ts';

/*
 * Two servers of the built app on one PostgreSQL database, as behind a balancer. The embedded database has no second process to try:
 * it is held by one app (`scripts/launch/app-lock.ts`).
 */

const NAMES = ['Ottavia Brandt', 'Lantern Keepers'];

/** One who may see everything, one who only reads, one who signed. Whoever signed sees their own entry, which is not among the names. */
type Watcher = Extract<Role, 'owner' | 'observer' | 'signatory' | 'own-page'>;
const WATCHERS: readonly Watcher[] = ['owner', 'observer', 'signatory', 'own-page'];

interface Look {
  readonly who: Watcher;
  /** As the build names it, with the status of its letter. */
  readonly name: string;
  readonly path: string;
  readonly body?: object;
}

/** Where names stand while they show. */
const FILES = ['pdf', 'html', 'md', 'txt', 'csv', 'list'].map((format) => `/api/files/letters/[letterId]/${format}`);
const PAGES = ['/letters/[letterId]', '/letters/[letterId]/invitations', '/letters/[letterId]/list', '/letters/[letterId]/preview'];
/** Where those who run the letter see them all the same: they must be able to approve, correct and tell people. */
const DESK = ['/letters/[letterId]', '/letters/[letterId]/invitations', '/letters/[letterId]/list'];

const STATUSES = ['delivered', 'open'] as const;
const looksAt = (who: Watcher, paths: readonly string[], statuses: readonly string[] = STATUSES) =>
  statuses.flatMap((status) => paths.map((path) => `${who} ${path} (${status})`));
const SHOWN = [
  'own-page /own/pdf',
  ...looksAt('owner', [...FILES, ...PAGES, '/letters/[letterId]/block/preview']),
  ...looksAt('owner', ['/letters/[letterId]/block', '/letters/[letterId]/block/order'], ['open']),
  ...looksAt('observer', [...FILES, ...PAGES]),
  // Who has signed so far.
  'signatory /i',
].sort();
const HIDDEN = looksAt('owner', DESK).sort();

/** The local mail page holds letters that went out long before: nothing takes their names back. */
const isLookedAt = ({ path, kind }: Row) => (kind === 'page' || kind === 'file') && !path.startsWith('/mail');

async function signs(letter: OpenLetter, as: object, email: string, now: Date): Promise<Invited> {
  const party = 'organisation' in as ? { organisation: String(as.organisation) } : { person: String('name' in as ? as.name : '') };
  const invited = await invite(letter, party, email, now);
  const signed = await signByInvitation(letter.instance, invited.scope, answer(letter, invited, as), now);
  if (!signed.ok) throw new Error(JSON.stringify(signed.reason));
  return invited;
}

/** Names on the open letter, and another one that was delivered with them; who signed that one holds its final PDF. */
async function sign(
  world: World,
): Promise<{ readonly delivered: string; readonly own: { readonly signatory: string; readonly 'own-page': string } }> {
  const now = new Date();
  const later = letterInput({ headline: 'Lamps along the towpath', deadlineAt: new Date(now.getTime() + 86_400_000) });
  const delivered = await openLetterIn(world.instance, mintCoalitionScope(world.letter.letter) as For<CoalitionScope, never>, later, now);
  for (const [index, letter] of [world.letter, delivered].entries()) {
    await signs(letter, asPerson('Ottavia Brandt'), `ottavia-${index}@home.example`, now);
    await signs(letter, asOrganisation('Lantern Keepers'), `keepers-${index}@lantern.example`, now);
  }
  const own = await signs(delivered, asPerson('Bruno Ekwall'), 'bruno@home.example', now);
  for (const move of [closeLetter, deliverLetter]) expect((await move(world.instance, delivered.letter, now)).ok).toBe(true);
  await settled(world.instance);
  const signing = await openInvitedSigning(world.instance, own.token);
  if (!signing.ok) throw new Error(signing.reason);
  const link = await world.instance.store.inTransaction((tx) => addOwnLink(tx, world.instance, signing.value, now));
  return { delivered: delivered.letterId, own: { signatory: `invitation=${own.token}`, 'own-page': `own-page=${link}` } };
}

function looks(world: World, delivered: string): readonly Look[] {
  const settings = Object.fromEntries(
    ['initiators', 'organisations', 'personal'].flatMap((section) => [
      [`${section}Order`, 'signing'],
      [`${section}Form`, 'stacked'],
      [`${section}Columns`, '1'],
    ]),
  );
  const preview: Row & { readonly body: object } = {
    kind: 'post',
    path: '/letters/[letterId]/block/preview',
    may: ['owner'],
    letter: 'open',
    body: { ...settings, revision: '1' },
  };
  return [...rows.filter(isLookedAt), preview].flatMap((row) => {
    // A draft has no names; its pages are asked about a letter that has.
    const at = row.letter === 'draft' || !row.path.includes('[letterId]') ? (['open'] as const) : STATUSES;
    const looking = at.map((status) => ({
      name: row.path.includes('[letterId]') ? `${row.path} (${status})` : row.path,
      path: addressOf({ ...world, open: status === 'open' ? world.open : delivered }, { path: row.path }),
      ...(row === preview ? { body: preview.body } : {}),
    }));
    // A page for everybody is one and the same.
    const watchers = row.may.includes('anonymous') ? WATCHERS.slice(0, 1) : WATCHERS.filter((who) => row.may.includes(who));
    return watchers.flatMap((who) => looking.map((look) => ({ who, ...look })));
  });
}

/** Every look whose answer holds a name. */
async function namesAt(app: App, cookies: Readonly<Record<Watcher, string>>, all: readonly Look[]): Promise<readonly string[]> {
  const found: string[] = [];
  for (const { who, name, path, body } of all) {
    const posted = { 'content-type': 'application/json', origin: app.origin };
    const headers = { host: new URL(app.origin).host, cookie: cookies[who], ...(body ? posted : {}) };
    const answered = await send(app.origin, {
      method: body ? 'POST' : 'GET',
      path,
      headers,
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    expect({ name, status: answered.status }).toEqual({ name, status: expect.toBeOneOf([200, 303, 307, 404]) });
    const isPdf = answered.headers['content-type'] === 'application/pdf';
    const text = isPdf ? textOf(answered.bytes) : answered.text;
    if (NAMES.some((word) => text.includes(word))) found.push(`${who} ${name}`);
  }
  return found.sort();
}

async function post(app: App, cookie: string, path: string): Promise<void> {
  const headers = {
    host: new URL(app.origin).host,
    cookie,
    origin: app.origin,
    'content-type': 'application/json',
    accept: 'application/json',
  };
  expect((await send(app.origin, { method: 'POST', path, headers, body: '{}' })).status).toBe(200);
}

/** A process that comes and goes. */
const exported = (settings: Readonly<Record<string, string>>, letterId: string): string =>
  execFileSync(process.execPath, [join(ROOT, 'bin/undersigned.js'), 'export', letterId, '--format', 'csv'], {
    stdio: 'pipe',
    env: appEnvironment(settings),
    encoding: 'utf8',
  });

it.skipIf(!hasTool('initdb') || !hasTool('pdftotext'))(
  'names that are hidden through one server are on no page and in no file of another from its next request on',
  { timeout: 180_000 },
  async () => {
    let server: PostgresServer | undefined;
    let world: World | undefined;
    let other: App | undefined;
    try {
      server = await startPostgres();
      const settings = { DATABASE_URL: server.newDatabase() };
      world = await populate(settings);
      const { app, cookies: all } = world;
      const { delivered, own } = await sign(world);
      const shared = { ...settings, DATA_DIR: app.dataDir };
      other = await startApp(shared);
      const cookies = { owner: all.owner, observer: all.observer, ...own };
      const everything = looks(world, delivered);
      const letters = [world.open, delivered];
      const turn = async (to: 'hide-names' | 'show-names', through: App) => {
        for (const letter of letters) await post(through, cookies.owner, `/letters/${letter}/${to}`);
      };

      // Whatever either remembers is filled: orders, finished PDFs, which the second who asks is given again.
      for (const each of [other, app]) expect(await namesAt(each, cookies, everything)).toEqual(SHOWN);
      expect(exported(shared, delivered)).toContain(NAMES[0]);

      await turn('hide-names', app);
      expect(await namesAt(other, cookies, everything)).toEqual(HIDDEN);
      expect(exported(shared, delivered)).not.toContain(NAMES[0]);

      await turn('show-names', other);
      expect(await namesAt(app, cookies, everything)).toEqual(SHOWN);
      await turn('hide-names', other);
      expect(await namesAt(app, cookies, everything)).toEqual(HIDDEN);

      // What was kept from before must not come back with the flag.
      await turn('show-names', app);
      await turn('hide-names', app);
      expect(await namesAt(other, cookies, everything)).toEqual(HIDDEN);
    } finally {
      await other?.stop();
      await world?.close();
      server?.stop();
    }
  },
);
