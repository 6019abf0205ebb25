import { expect, it } from 'vitest';
import { noteAsked } from '../../../lib/auth/asked.ts';
import { personIndex } from '../../../lib/auth/person.ts';
import { endSessionForm } from '../../../lib/auth/schema.ts';
import { endOwnSession, findSignedIn, viewSessions } from '../../../lib/auth/session.ts';
import {
  askOverLimit,
  askToSignIn,
  confirmSignIn,
  SIGN_IN_MAIL_EVERY_MINUTES,
  SIGN_IN_MAILS_AT_ONCE,
  signInClaim,
  signOut,
} from '../../../lib/auth/sign-in.ts';
import type { MailMessage } from '../../../lib/email/message.ts';
import { translator } from '../../../lib/i18n/translator.ts';
import type { Instance } from '../../../lib/instance.ts';
import { readMail } from '../../../lib/outbox/read.ts';
import { storedRates } from '../../../lib/rates/stored-rates.ts';
import { address, foundTestCoalition } from '../../support/coalition.ts';
import { describeEachStore, testInstance } from '../../support/stores.ts';

const now = new Date('2026-03-02T10:00:00Z');
const later = (minutes: number) => new Date(now.getTime() + minutes * 60_000);
const noBrowser = null;
const t = translator('en');
const MEMBER = 'nila@coalition.example';

async function mails(instance: Instance): Promise<readonly MailMessage[]> {
  const rows = await instance.store.read.select().from(instance.store.read.tables.outbox);
  return rows.map((row) => {
    const mail = readMail(instance, row);
    if (!mail.ok) throw new Error('a mail cannot be opened');
    return mail.value;
  });
}

/** The links mailed so far. */
async function tokens(instance: Instance): Promise<readonly string[]> {
  const text = (await mails(instance)).map((mail) => mail.text).join('\n');
  return [...text.matchAll(/\/sign-in\/link\/(lg_[\w-]{43})/g)].map(([, token = '']) => token);
}

/** Asks; gives the link that is new, if one was mailed, and the asking browser's cookie. */
async function ask(instance: Instance, at = now, from: string | null = noBrowser, email = MEMBER) {
  const before = await tokens(instance);
  const asked = await askToSignIn(instance, { email, browser: from, t }, at);
  if (!asked.ok) throw new Error(asked.reason);
  return { token: (await tokens(instance)).find((token) => !before.includes(token)) ?? '', browser: asked.value.browser };
}

describeEachStore('signing in by mail', (open) => {
  const start = async () => {
    const instance = testInstance((await open()).store);
    return { instance, ...(await foundTestCoalition(instance, now)) };
  };

  it('opens a session once, in the browser that asked, within ten minutes', async () => {
    const { instance } = await start();
    const { token, browser } = await ask(instance);
    const strangers = await ask(instance, now, noBrowser, 'stranger@elsewhere.example');
    for (const other of [null, '', 'another', strangers.browser]) {
      const tried = await confirmSignIn(instance, { token, browser: other, previous: null }, later(1));
      expect(tried).toEqual({ ok: false, reason: 'link-ended' });
    }
    const confirmed = await confirmSignIn(instance, { token, browser, previous: null }, later(9));
    if (!confirmed.ok) throw new Error(confirmed.reason);
    expect((await findSignedIn(instance, confirmed.value, later(9)))?.person.email).toBe(MEMBER);
    expect(await confirmSignIn(instance, { token, browser, previous: null }, later(10))).toEqual({ ok: false, reason: 'link-ended' });
    for (const other of [null, strangers.browser]) {
      const tried = await confirmSignIn(instance, { token, browser: other, previous: null }, later(9));
      expect(tried).toEqual({ ok: false, reason: 'link-ended' });
    }
  });

  it('refuses an expired link, and anything that is none', async () => {
    const { instance } = await start();
    const { token, browser } = await ask(instance);
    expect(await confirmSignIn(instance, { token, browser, previous: null }, later(10))).toEqual({ ok: false, reason: 'link-ended' });
    for (const text of ['', 'lg_', token.slice(0, -1), token.replace('lg_', 'se_'), `${token}A`]) {
      expect(await confirmSignIn(instance, { token: text, browser, previous: null }, later(1))).toEqual({
        ok: false,
        reason: 'link-ended',
      });
    }
  });

  it('gives one session, and the same to each, to twenty that press the button at once', async () => {
    const { instance } = await start();
    const { token, browser } = await ask(instance);
    const results = await Promise.all(
      Array.from({ length: 20 }, () => confirmSignIn(instance, { token, browser, previous: null }, later(1))),
    );
    expect(results[0]?.ok).toBe(true);
    expect(new Set(results.map((result) => JSON.stringify(result))).size).toBe(1);
    const { sessions } = instance.store.read.tables;
    // That of the coalition's founder, and this one.
    expect(await instance.store.read.select().from(sessions)).toHaveLength(2);
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
      await askToSignIn(known.instance, { email: MEMBER, browser: null, t }, now),
      await askToSignIn(unknown.instance, { email: 'stranger@elsewhere.example', browser: null, t }, now),
    ];
    const lengths = answers.map((answer) => (answer.ok ? answer.value.browser.length : answer.reason));
    expect(lengths).toEqual([expect.any(Number), lengths[0]]);
    expect(known.count()).toBeGreaterThan(3);
    expect(unknown.count()).toBe(known.count());
    expect((await mails(instance)).map((mail) => mail.to)).toEqual([MEMBER]);
    // Asked for more often than mails go out, the two still do not differ.
    for (let times = 0; times < 6; times += 1) {
      await askToSignIn(known.instance, { email: MEMBER, browser: null, t }, now);
      await askToSignIn(unknown.instance, { email: 'stranger@elsewhere.example', browser: null, t }, now);
      expect(unknown.count()).toBe(known.count());
    }
    const sent = (await mails(instance)).length;
    expect(sent).toBe(SIGN_IN_MAILS_AT_ONCE);

    const { members } = instance.store.read.tables;
    await instance.store.inTransaction(async (tx) => void (await tx.update(members).set({ removedAt: now })));
    await askToSignIn(instance, { email: MEMBER, browser: null, t }, later(30));
    expect(await mails(instance)).toHaveLength(sent);
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
    await expect(askToSignIn(watched(true), { email: MEMBER, browser: null, t, onKept }, now)).rejects.toThrow('the disk is full');
    expect(told).toEqual([]);
    await askToSignIn(watched(false), { email: MEMBER, browser: null, t, onKept: (link) => void told.push(`${stored} ${link}`) }, now);
    expect(told).toEqual([expect.stringMatching(/^true .*\/sign-in\/link\/lg_[\w-]{43}$/)]);
  });

  it('sends a few links at once, then one every five minutes, however often somebody asks', async () => {
    const { instance } = await start();
    const sentAt: number[] = [];
    for (let minute = 0; minute < 80; minute += 0.5) {
      if ((await ask(instance, later(minute))).token !== '') sentAt.push(minute);
    }
    expect(sentAt.slice(0, SIGN_IN_MAILS_AT_ONCE + 2)).toEqual([0, 0.5, 1, 6, 11]);
    const inAnHour = sentAt.map((from) => sentAt.filter((at) => at >= from && at < from + 60).length);
    expect(Math.max(...inAnHour)).toBeLessThanOrEqual(14);
    const pauses = sentAt.slice(1).map((at, index) => at - (sentAt[index] ?? 0));
    expect(Math.max(...pauses)).toBeLessThanOrEqual(SIGN_IN_MAIL_EVERY_MINUTES);
    expect((await ask(instance, later(80), null, ` ${MEMBER.toUpperCase()}`)).token).toBe('');
  });

  it('lets nobody lock a member out by asking in their place, however often and from wherever', async () => {
    const { instance } = await start();
    for (let minute = 0; minute < 40; minute += 1) {
      for (let network = 0; network < 3; network += 1) await ask(instance, later(minute));
      if (minute % 7 !== 3) continue;
      const own = await ask(instance, later(minute));
      expect(own.token).toBe('');
      // The newest mail of those that came for others.
      const token = (await tokens(instance)).at(-1) ?? '';
      const confirmed = await confirmSignIn(instance, { token, browser: own.browser, previous: null }, later(minute + 5));
      expect(confirmed.ok).toBe(true);
    }
  });

  it('still bounds what one network sends to one address', async () => {
    const { instance } = await start();
    const rates = storedRates(instance);
    const claim = (network: string, email = MEMBER) => rates.take([signInClaim(network, address(email))], now);
    for (let times = 0; times < 3; times += 1) expect((await claim('203.0.113.0/24')).ok).toBe(true);
    expect((await claim('203.0.113.0/24')).ok).toBe(false);
    expect((await claim('192.0.2.0/24')).ok).toBe(true);
    expect((await claim('203.0.113.0/24', 'another@coalition.example')).ok).toBe(true);
  });

  it('answers a wish over that limit as any other while a link is young, and mails nothing', async () => {
    const { instance } = await start();
    const over = (email: string, at: Date) => askOverLimit(instance, { email: address(email), browser: null }, at);
    const STRANGER = 'stranger@elsewhere.example';
    for (const email of [MEMBER, STRANGER]) expect(await over(email, now)).toBeNull();
    const { token } = await ask(instance);
    await ask(instance, now, noBrowser, STRANGER);
    const [known, unknown] = [await over(MEMBER, later(4)), await over(STRANGER, later(4))];
    expect(unknown?.browser).toHaveLength(known?.browser.length ?? 0);
    expect(await tokens(instance)).toEqual([token]);
    for (const email of [MEMBER, STRANGER]) expect(await over(email, later(SIGN_IN_MAIL_EVERY_MINUTES))).toBeNull();
    const proof = { token, browser: known?.browser ?? null, previous: null };
    expect((await confirmSignIn(instance, proof, later(5))).ok).toBe(true);
    // A link that only a member can use must not tell that one did.
    expect(await over(MEMBER, later(4))).not.toBeNull();
  });

  it('opens every unused link in a browser that asked for its address, for a day and for up to four addresses', async () => {
    const { instance } = await start();
    const first = await ask(instance);
    const again = await ask(instance, later(1), first.browser);
    let { browser } = again;
    for (const other of ['b', 'c', 'd']) ({ browser } = await ask(instance, later(2), browser, `${other}@elsewhere.example`));
    expect((await confirmSignIn(instance, { token: first.token, browser, previous: null }, later(3))).ok).toBe(true);
    ({ browser } = await ask(instance, later(2), browser, 'e@elsewhere.example'));
    expect((await confirmSignIn(instance, { token: again.token, browser, previous: null }, later(3))).ok).toBe(false);
    const index = personIndex(instance.keys, address(MEMBER));
    const yesterday = noteAsked(instance.keys, null, index, later(3 - 24 * 60));
    expect((await confirmSignIn(instance, { token: again.token, browser: yesterday, previous: null }, later(3))).ok).toBe(false);
    const asked = noteAsked(instance.keys, yesterday, index, later(3));
    expect((await confirmSignIn(instance, { token: again.token, browser: asked, previous: null }, later(3))).ok).toBe(true);
  });

  it('takes no odd id for a session’s', async () => {
    const { instance, owner } = await start();
    for (const session of ['', '\u0000', 'ses_\u0000', `ses_${'A'.repeat(23)}`, owner.sessionId.replace('ses_', 'let_'), 'ses_\ud800']) {
      expect(endSessionForm.safeParse({ session }).success).toBe(false);
    }
    expect(endSessionForm.parse({ session: owner.sessionId })).toEqual({ session: owner.sessionId });
    expect(await endOwnSession(instance, owner, `ses_${'A'.repeat(22)}`)).toBe(false);
  });

  it.each([
    'nila＠coalition.example',
    'nila@coalition.example,x@evil.example',
    '"nila"@coalition.example',
    'nila@coalition.example\r\nBcc: x',
  ])('refuses %j as no single address', async (email) => {
    const { instance } = await start();
    expect((await askToSignIn(instance, { email, browser: null, t }, now)).ok).toBe(false);
    expect(await mails(instance)).toHaveLength(0);
  });

  it('makes nothing of a stolen database: no stored value opens a session or a link', async () => {
    const { instance } = await start();
    const { browser } = await ask(instance);
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

    const idle = await confirmSignIn(instance, { ...(await ask(instance)), previous: null }, now);
    if (!idle.ok) throw new Error(idle.reason);
    expect(await findSignedIn(instance, idle.value, later(119))).not.toBeNull();
    // What a page that nobody sits before asks by itself keeps nothing from ending.
    expect(await findSignedIn(instance, idle.value, later(119 + 119), 'page')).not.toBeNull();
    expect(await findSignedIn(instance, idle.value, later(119 + 120))).toBeNull();

    const out = await confirmSignIn(instance, { ...(await ask(instance)), previous: null }, now);
    if (!out.ok) throw new Error(out.reason);
    await signOut(instance, out.value);
    expect(await findSignedIn(instance, out.value, now)).toBeNull();

    const other = await confirmSignIn(instance, { ...(await ask(instance)), previous: null }, now);
    if (!other.ok) throw new Error(other.reason);
    const ended = (await viewSessions(instance, owner, now)).find((one) => !one.current && one.createdAt.getTime() === now.getTime());
    expect(await endOwnSession(instance, { ...owner, person: { ...owner.person, id: 'per_other' } }, ended?.id ?? '')).toBe(false);
    for (const one of await viewSessions(instance, owner, now)) await endOwnSession(instance, owner, one.id);
    expect(await findSignedIn(instance, other.value, now)).toBeNull();
  });

  it('ends the session that the browser had before', async () => {
    const { instance, session } = await start();
    const confirmed = await confirmSignIn(instance, { ...(await ask(instance)), previous: session }, later(1));
    expect(confirmed.ok).toBe(true);
    expect(await findSignedIn(instance, session, later(1))).toBeNull();
  });
});
