import { describe, expect, it } from 'vitest';
import { type Config, readConfig } from '../../lib/config.ts';

const ROOT = '/srv/undersigned';
const ONLINE = { APP_ORIGIN: 'https://letters.example.org', SMTP_URL: 'smtps://post:secret@mail.example.org:465', TRUSTED_HOPS: '1' };

function accepted(env: Record<string, string>): Config {
  const read = readConfig(env, ROOT);
  if (!read.ok) throw new Error(read.reason.map((fault) => fault.sentence).join(' '));
  return read.value;
}

function sentences(env: Record<string, string>): string[] {
  const read = readConfig(env, ROOT);
  return read.ok ? [] : read.reason.map((fault) => fault.sentence);
}

describe('configuration', () => {
  it('serves one machine where nothing is set', () => {
    expect(accepted({})).toEqual({
      root: ROOT,
      origin: 'http://localhost:3000',
      loopback: true,
      secureCookies: false,
      port: 3000,
      bindAddress: '127.0.0.1',
      dataDir: '/srv/undersigned/data',
      keysFile: '/srv/undersigned/data/keys.json',
      databaseUrl: null,
      smtpUrl: null,
      mailFrom: 'undersigned@localhost',
      mailPerHour: null,
      trustedHops: 0,
      pseudoLocale: false,
    });
  });

  it('takes an empty value as not set', () => {
    expect(accepted({ PORT: '', APP_ORIGIN: ' ', DATABASE_URL: '', TRUSTED_HOPS: '' })).toEqual(accepted({}));
  });

  it('reads an instance behind a proxy', () => {
    const config = accepted({
      ...ONLINE,
      PORT: '8080',
      BIND_ADDRESS: '0.0.0.0',
      TRUSTED_HOPS: '1',
      DATA_DIR: '/var/lib/undersigned',
      KEYS_FILE: 'secret/keys.json',
    });
    expect(config).toMatchObject({
      origin: 'https://letters.example.org',
      loopback: false,
      secureCookies: true,
      port: 8080,
      bindAddress: '0.0.0.0',
      dataDir: '/var/lib/undersigned',
      keysFile: '/srv/undersigned/secret/keys.json',
      mailFrom: 'undersigned@letters.example.org',
      trustedHops: 1,
    });
  });

  it('lets port and local origin follow each other', () => {
    expect(accepted({ PORT: '4000' }).origin).toBe('http://localhost:4000');
    expect(accepted({ APP_ORIGIN: 'http://127.0.0.1:5000/' })).toMatchObject({ origin: 'http://127.0.0.1:5000', port: 5000 });
    expect(accepted({ APP_ORIGIN: 'http://[::1]:5000', BIND_ADDRESS: '::1' })).toMatchObject({ loopback: true, bindAddress: '::1' });
  });

  it.each([
    [{ PORT: '0' }, 'PORT must be a whole number from 1 to 65535; it is "0".'],
    [{ PORT: '70000' }, 'PORT must be a whole number from 1 to 65535; it is "70000".'],
    [{ PORT: 'abc' }, 'PORT must be a whole number from 1 to 65535; it is "abc".'],
    [{ PORT: '3000.5' }, 'PORT must be a whole number from 1 to 65535; it is "3000.5".'],
    [{ MAIL_PER_HOUR: '5' }, 'MAIL_PER_HOUR must be a whole number from 10 to 999999; it is "5".'],
    [{ TRUSTED_HOPS: '-1' }, 'TRUSTED_HOPS must be a whole number from 0 to 16; it is "-1".'],
    [{ BIND_ADDRESS: 'localhost' }, 'BIND_ADDRESS must be an IP address of this machine, such as 127.0.0.1 or 0.0.0.0; it is "localhost".'],
    [
      { APP_ORIGIN: 'letters.example.org' },
      'APP_ORIGIN must be an origin such as https://letters.example.org, without a path; it is "letters.example.org".',
    ],
    [
      { APP_ORIGIN: 'https://a.example/path' },
      'APP_ORIGIN must be an origin such as https://letters.example.org, without a path; it is "https://a.example/path".',
    ],
    [
      { APP_ORIGIN: 'https://user:pw@a.example' },
      'APP_ORIGIN must be an origin such as https://letters.example.org, without a path; it is "https://user:pw@a.example".',
    ],
    [
      { APP_ORIGIN: 'ftp://a.example' },
      'APP_ORIGIN must be an origin such as https://letters.example.org, without a path; it is "ftp://a.example".',
    ],
    [
      { MAIL_FROM: 'Letters <a@example.org>' },
      'MAIL_FROM must be one e-mail address, such as letters@example.org; it is "Letters <a@example.org>".',
    ],
    [{ DATABASE_URL: 'mysql://user:hidden@db/x' }, 'DATABASE_URL must begin with postgres:// and name a server and a database.'],
    [{ SMTP_URL: 'user:hidden@mail.example.org' }, 'SMTP_URL must begin with smtp:// or smtps:// and name a mail server.'],
    [{ SMTP_URL: 'smtp:hidden' }, 'SMTP_URL must begin with smtp:// or smtps:// and name a mail server.'],
    [
      { ...ONLINE, TRUSTED_HOPS: '0' },
      'TRUSTED_HOPS must say how many proxies of yours stand in front, 1 at least, while APP_ORIGIN is https://letters.example.org, since https ends at a proxy.',
    ],
    [
      { APP_ORIGIN: 'https://letters.example.org', TRUSTED_HOPS: '1' },
      'SMTP_URL must name a mail server while APP_ORIGIN is https://letters.example.org, since invitations and confirmations go out by mail.',
    ],
    [
      { ...ONLINE, APP_ORIGIN: 'http://letters.example.org' },
      'APP_ORIGIN must begin with https:// unless it is on this machine (http://localhost); it is "http://letters.example.org".',
    ],
    [
      { BIND_ADDRESS: '0.0.0.0' },
      'BIND_ADDRESS must be 127.0.0.1 while APP_ORIGIN is http://localhost:3000, since plain http may not leave this machine.',
    ],
  ])('refuses %j in one sentence', (env, sentence) => {
    expect(sentences(env)).toEqual([sentence]);
  });

  it('is not fooled by hosts that only look local', () => {
    for (const host of ['localhost.example.org', '127.0.0.1.example.org', '192.168.1.5', '0.0.0.0', '[::]']) {
      expect(sentences({ ...ONLINE, APP_ORIGIN: `http://${host}` })).toHaveLength(1);
    }
  });

  it('names every bad variable at once', () => {
    expect(sentences({ PORT: 'x', TRUSTED_HOPS: 'y' })).toHaveLength(2);
  });

  it('runs in the odd zone, so that a forgotten one shows', () => {
    expect(new Date('2026-01-01T00:00:00Z').getTimezoneOffset()).toBe(-345);
  });
});
