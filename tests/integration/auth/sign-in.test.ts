import { expect, it } from 'vitest';
import { endOwnSession, findSignedIn, viewSessions } from '../../../lib/auth/session.ts';
import { askToSignIn, confirmSignIn, SIGN_IN_MAILS_AN_HOUR, signInClaim, signOut } from '../../../lib/auth/sign-in.ts';
import { unseal } from '../../../lib/crypto/seal.ts';
import type { MailMessage } from '../../../lib/email/message.ts';
import { translator } from '../../../lib/i18n/translator.ts';
import type { Instance } from '../../../lib/instance.ts';
import { mailPlace } from '../../../lib/outbox/queue.ts';
import { storedRates } from '../../../lib/rates/stored-rates.ts';
import { address, foundTestCoalition } from '../../support/coalition.ts';
import { describeEachStore, testInstance } from '../../support/stores.ts';

const now = new Date('2026-03-02T10:00:00Z');
const later = (minutes: number) => new Date(now.getTime() + minutes * 60_000);
const browser = 'browser-one';
const t = translator('en');
const MEMBER = 'nila@coalition.example';

async function mails(instance: Instance): Promise<readonly MailMessage[]> {
  const rows = await instance.store.read.select().from(instance.store.read.tables.outbox);
  return rows.map((row) => {
    const opened = row.sealed && unseal(instance.keys, mailPlace(row.id), row.sealed);
    if (!opened?.ok) throw new Error('a mail cannot be opened');
    return opened.value as MailMessage;
  });
}

async function askedToken(instance: Instance, at = now, from = browser): Promise<string> {
  const asked = await askToSignIn(instance, { email: MEMBER, browser: from, t }, at);
  expect(asked).toEqual({ ok: true, value: null });
  const text = (await mails(instance)).map((mail) => mail.text).join('\n');
  return [...text.matchAll(/\/sign-in\/link\/(lg_[\w-]{43})/g)].at(-1)?.[1] ?? '';
}

describeEachStore('signing in by mail', (open) => {
  const start = async () => {
    const instance = testInstance((await open()).store);
    return { instance, ...(await foundTestCoalition(instance, now)) };
  };

  it('opens a session once, in the browser that asked, within ten minutes', async () => {
    const { instance } = await start();
    const token = await askedToken(instance);
    expect(await confirmSignIn(instance, { token, browser: 'another', previous: null }, later(1))).toEqual({
      ok: false,
      reason: 'link-ended',
    });
    const confirmed = await confirmSignIn(instance, { token, browser, previous: null }, later(9));
    if (!confirmed.ok) throw new Error(confirmed.reason);
    expect((await findSignedIn(instance, confirmed.value, later(9)))?.person.email).toBe(MEMBER);
    expect(await confirmSignIn(instance, { token, browser, previous: null }, later(9))).toEqual({ ok: false, reason: 'link-ended' });
  });

  it('refuses an expired link, and anything that is none', async () => {
    const { instance } = await start();
    const token = await askedToken(instance);
    expect(await confirmSignIn(instance, { token, browser, previous: null }, later(10))).toEqual({ ok: false, reason: 'link-ended' });
    for (const text of ['', 'lg_', token.slice(0, -1), token.replace('lg_', 'se_'), `${token}A`]) {
      expect(await confirmSignIn(instance, { token: text, browser, previous: null }, later(1))).toEqual({
        ok: false,
        reason: 'link-ended',
      });
    }
  });

  it('gives one session to twenty that press the button at once', async () => {
    const { instance } = await start();
    const token = await askedToken(instance);
    const results = await Promise.all(
      Array.from({ length: 20 }, () => confirmSignIn(instance, { token, browser, previous: null }, later(1))),
    );
    expect(results.filter((result) => result.ok)).toHaveLength(1);
  });

  it('answers an unknown address alike, with as many statements, and sends it nothing', async () => {
    const { instance, owner } = await start();
    const counted = (spied: Instance): { instance: Instance; count: () => number } => {
      let statements = 0;
      const store: Instance['store'] = {
        ...spied.store,
        inTransaction: (work) =>
          spied.store.inTransaction((tx) => {
            const note = (target: object): unknown =>
              new Proxy(target, {
                get: (from, name) => {
                  if (['select', 'insert', 'update', 'delete'].includes(String(name))) statements += 1;
                  return Reflect.get(from, name) as unknown;
                },
              });
            return work(note(tx) as typeof tx);
          }),
      };
      return { instance: { ...spied, store }, count: () => statements };
    };
    const known = counted(instance);
    const unknown = counted(instance);
    const answers = [
      await askToSignIn(known.instance, { email: MEMBER, browser, t }, now),
      await askToSignIn(unknown.instance, { email: 'stranger@elsewhere.example', browser, t }, now),
    ];
    expect(answers[1]).toEqual(answers[0]);
    expect(known.count()).toBeGreaterThan(3);
    expect(unknown.count()).toBe(known.count());
    expect((await mails(instance)).map((mail) => mail.to)).toEqual([MEMBER]);

    const { members } = instance.store.read.tables;
    await instance.store.inTransaction(async (tx) => void (await tx.update(members).set({ removedAt: now })));
    await askToSignIn(instance, { email: MEMBER, browser, t }, later(1));
    expect(await mails(instance)).toHaveLength(1);
    expect(owner.person.email).toBe(MEMBER);
  });

  it('tells the link of a kept mail once it is stored, and none where nothing was', async () => {
    const { instance } = await start();
    const told: string[] = [];
    const onKept = (link: string) => void told.push(link);
    let stored = false;
    const watched = (fails: boolean): Instance => ({
      ...instance,
      store: {
        ...instance.store,
        inTransaction: async (work) => {
          const value = await instance.store.inTransaction(async (tx) => {
            const done = await work(tx);
            if (fails) throw new Error('the disk is full');
            return done;
          });
          stored = true;
          return value;
        },
      },
    });
    await expect(askToSignIn(watched(true), { email: MEMBER, browser, t, onKept }, now)).rejects.toThrow('the disk is full');
    expect(told).toEqual([]);
    await askToSignIn(watched(false), { email: MEMBER, browser, t, onKept: (link) => void told.push(`${stored} ${link}`) }, now);
    expect(told).toEqual([expect.stringMatching(/^true .*\/sign-in\/link\/lg_[\w-]{43}$/)]);
  });

  it('sends a few links an hour to one address and no more', async () => {
    const { instance } = await start();
    for (let asked = 0; asked < SIGN_IN_MAILS_AN_HOUR + 3; asked += 1)
      await askToSignIn(instance, { email: MEMBER, browser, t }, later(asked));
    expect(await mails(instance)).toHaveLength(SIGN_IN_MAILS_AN_HOUR);
    await askToSignIn(instance, { email: ` ${MEMBER.toUpperCase()}`, browser, t }, later(61));
    expect(await mails(instance)).toHaveLength(SIGN_IN_MAILS_AN_HOUR + 1);
  });

  it('lets nobody lock a member out by asking in their place', async () => {
    const { instance } = await start();
    const rates = storedRates(instance);
    let asked = 0;
    const askFrom = async (network: string, from: string) => {
      asked += 1;
      const taken = await rates.take(signInClaim(network, address(MEMBER)), now);
      if (taken.ok) await askToSignIn(instance, { email: MEMBER, browser: from, t }, now);
      return taken.ok;
    };
    while (asked < 20 && (await askFrom('203.0.113.0/24', `theirs-${asked}`))) {}
    const sent = (await mails(instance)).length;
    expect(sent).toBe(3);
    expect(await askFrom('192.0.2.0/24', browser)).toBe(true);
    expect(await mails(instance)).toHaveLength(sent + 1);
    expect((await rates.take(signInClaim('203.0.113.0/24', address('another@coalition.example')), now)).ok).toBe(true);
  });

  it.each([
    'nila＠coalition.example',
    'nila@coalition.example,x@evil.example',
    '"nila"@coalition.example',
    'nila@coalition.example\r\nBcc: x',
  ])('refuses %j as no single address', async (email) => {
    const { instance } = await start();
    expect((await askToSignIn(instance, { email, browser, t }, now)).ok).toBe(false);
    expect(await mails(instance)).toHaveLength(0);
  });

  it('makes nothing of a stolen database: no stored value opens a session or a link', async () => {
    const { instance } = await start();
    await askedToken(instance);
    const { sessions, signInTokens } = instance.store.read.tables;
    const hashes = [
      ...(await instance.store.read.select({ hash: sessions.tokenHash }).from(sessions)),
      ...(await instance.store.read.select({ hash: signInTokens.tokenHash }).from(signInTokens)),
    ];
    expect(hashes).toHaveLength(2);
    for (const { hash } of hashes) {
      const text = hash.toString('base64url');
      expect(await findSignedIn(instance, `se_${text}`, now)).toBeNull();
      expect((await confirmSignIn(instance, { token: `lg_${text}`, browser, previous: null }, now)).ok).toBe(false);
    }
  });

  it('ends a session after twelve hours, after two idle ones, at sign-out and when its owner ends it', async () => {
    const { instance, session, owner } = await start();
    for (let hours = 1; hours < 12; hours += 1) expect(await findSignedIn(instance, session, later(hours * 60))).not.toBeNull();
    expect(await findSignedIn(instance, session, later(12 * 60))).toBeNull();

    const idle = await confirmSignIn(instance, { token: await askedToken(instance), browser, previous: null }, now);
    if (!idle.ok) throw new Error(idle.reason);
    expect(await findSignedIn(instance, idle.value, later(119))).not.toBeNull();
    expect(await findSignedIn(instance, idle.value, later(119 + 120))).toBeNull();

    const out = await confirmSignIn(instance, { token: await askedToken(instance), browser, previous: null }, now);
    if (!out.ok) throw new Error(out.reason);
    await signOut(instance, out.value);
    expect(await findSignedIn(instance, out.value, now)).toBeNull();

    const other = await confirmSignIn(instance, { token: await askedToken(instance), browser, previous: null }, now);
    if (!other.ok) throw new Error(other.reason);
    const ended = (await viewSessions(instance, owner, now)).find((one) => !one.current && one.createdAt.getTime() === now.getTime());
    expect(await endOwnSession(instance, { ...owner, person: { ...owner.person, id: 'per_other' } }, ended?.id ?? '')).toBe(false);
    for (const one of await viewSessions(instance, owner, now)) await endOwnSession(instance, owner, one.id);
    expect(await findSignedIn(instance, other.value, now)).toBeNull();
  });

  it('ends the session that the browser had before', async () => {
    const { instance, session } = await start();
    const token = await askedToken(instance);
    const confirmed = await confirmSignIn(instance, { token, browser, previous: session }, later(1));
    expect(confirmed.ok).toBe(true);
    expect(await findSignedIn(instance, session, later(1))).toBeNull();
  });
});
