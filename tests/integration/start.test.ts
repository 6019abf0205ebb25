import { randomBytes } from 'node:crypto';
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { newKeyRing } from '../../lib/crypto/keys.ts';
import { createKeysFile } from '../../lib/crypto/keys-file.ts';
import { type App, type Ended, launch, ROOT, startApp } from '../support/app.ts';
import { freePort } from '../support/free-port.ts';

let folder: string;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'undersigned-start-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

async function refused(settings: Record<string, string>): Promise<Ended> {
  const ended = await launch({ DATA_DIR: folder, PORT: String(await freePort()), ...settings }).ended;
  expect(ended.code).toBe(1);
  expect(ended.errors).not.toContain('    at ');
  return ended;
}

describe('a start that cannot be', () => {
  it.each([
    [{ PORT: 'many' }, 'PORT must be a whole number from 1 to 65535; it is "many".\n'],
    [{ APP_ORIGIN: 'https://localhost' }, /^TRUSTED_HOPS must say how many proxies of yours stand in front.*\n$/],
    [{ APP_ORIGIN: 'https://letters.example.org', TRUSTED_HOPS: '1' }, /^SMTP_URL must name a mail server .*\n$/],
    [{ APP_ORIGIN: 'http://letters.example.org', SMTP_URL: 'smtp://mail.example.org' }, /^APP_ORIGIN must begin with https.*\n$/],
    [{ KEYS_FILE: `/tmp/${'k'.repeat(250)}` }, /^The keys file \/tmp\/k+ cannot be made: .*\n$/],
    [{ KEYS_FILE: '/dev/null' }, /^The keys file \/dev\/null is open to other users.*\n$/],
  ])('says so in one line: %j', async (settings, sentence) => {
    const { errors } = await refused(settings);
    if (typeof sentence === 'string') expect(errors).toBe(sentence);
    else expect(errors).toMatch(sentence);
    expect(readdirSync(folder).filter((name) => name !== 'app.lock')).toEqual([]);
  });

  it('names a data folder that cannot be used', async () => {
    const file = join(folder, 'file');
    writeFileSync(file, '');
    const { errors } = await refused({ DATA_DIR: join(file, 'data') });
    expect(errors).toBe(
      `The data folder ${join(file, 'data')} cannot be used: ${file} is a file, not a folder. Set DATA_DIR to a folder.\n`,
    );
  });

  it('names a port in use', async () => {
    const port = await freePort();
    const server: Server = createServer();
    await new Promise<void>((listening) => server.listen(port, '127.0.0.1', listening));
    try {
      const { errors } = await refused({ PORT: String(port) });
      expect(errors).toBe(`Port ${port} is in use by another program: stop it, or set PORT to another number.\n`);
      expect(existsSync(join(folder, 'undersigned.db'))).toBe(false);
    } finally {
      server.close();
    }
  });

  it('makes no new keys for a database that is there', async () => {
    writeFileSync(join(folder, 'undersigned.db'), '');
    const { errors } = await refused({});
    expect(errors).toMatch(/^The keys file .*keys\.json is missing although there is a database: .*\n$/);
    expect(existsSync(join(folder, 'keys.json'))).toBe(false);
  });

  it('leaves damaged or open keys as they are', async () => {
    const file = join(folder, 'keys.json');
    writeFileSync(file, '{"format":', { mode: 0o600 });
    expect((await refused({})).errors).toMatch(/^The keys file .* is damaged: .*\n$/);
    chmodSync(file, 0o644);
    expect((await refused({})).errors).toMatch(/^The keys file .* is open to other users: .*\n$/);
    expect(readFileSync(file, 'utf8')).toBe('{"format":');
  });

  it('leaves a database of a newer version as it is', async () => {
    createKeysFile(join(folder, 'keys.json'), newKeyRing(new Date(), randomBytes));
    const file = join(folder, 'undersigned.db');
    const newer = new Database(file);
    newer.exec('create table __drizzle_migrations (id integer primary key, hash text not null, created_at numeric)');
    newer.exec(`insert into __drizzle_migrations (hash, created_at) values ('later', ${Date.now() + 1e12})`);
    newer.close();
    expect((await refused({})).errors).toMatch(/^The database was written by a newer version of Undersigned .*\n$/);
    const after = new Database(file, { readonly: true });
    const tables = after.prepare(`select name from sqlite_master where type = 'table'`).all();
    after.close();
    expect(tables).toEqual([{ name: '__drizzle_migrations' }]);
  });

  it('says plainly that a file is no database', async () => {
    createKeysFile(join(folder, 'keys.json'), newKeyRing(new Date(), randomBytes));
    writeFileSync(join(folder, 'undersigned.db'), 'a text, long enough not to look like an empty file '.repeat(100));
    expect((await refused({})).errors).toMatch(/^The database cannot be opened: .*\n$/);
  });
});

describe('a start', () => {
  it('serves, keeps to one process, and goes on with the same data', async () => {
    const first: App = await startApp({ DATA_DIR: folder });
    expect((await fetch(`${first.origin}/api/health`)).status).toBe(200);
    expect((await fetch(first.origin)).status).toBe(200);
    const keys = readFileSync(join(folder, 'keys.json'), 'utf8');
    expect(first.setUpLink).toMatch(new RegExp(`^${first.origin}/set-up/su_[A-Za-z0-9_-]{43}$`));

    const second = await refused({});
    expect(second.errors).toBe(`Another Undersigned already runs on ${folder}: stop it first, or set DATA_DIR to another folder.\n`);

    // Killed outright, the launcher takes its server with it and leaves nothing that would stop the next start.
    await first.stop('SIGKILL');
    const again = await startApp({ DATA_DIR: folder, PORT: new URL(first.origin).port });
    expect((await fetch(`${again.origin}/api/health`)).status).toBe(200);
    expect(readFileSync(join(folder, 'keys.json'), 'utf8')).toBe(keys);
    expect(again.setUpLink).not.toBe(first.setUpLink);
    await again.stop();
    expect(await fetch(again.origin).catch(() => 'gone')).toBe('gone');
  });

  it('puts neither settings nor data into the build', () => {
    const built = readdirSync(join(ROOT, '.next/standalone'));
    expect(built.filter((name) => !['.next', 'db', 'lib', 'node_modules', 'package.json', 'public', 'server.js'].includes(name))).toEqual(
      [],
    );
  });
});
