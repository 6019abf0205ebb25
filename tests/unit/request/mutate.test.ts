import { beforeEach, describe, expect, it } from 'vitest';
import { z } from 'zod';
import { longFormCookies, readCookie } from '../../../app/_request/cookies.ts';
import {
  findForm,
  formCookie,
  isJustRefused,
  KEPT_LIKE_A_LINK,
  KEPT_OVER_SIGN_IN,
  MOST_LONG_FORMS,
} from '../../../app/_request/form-drafts.ts';
import { type Mutation, mutate } from '../../../app/_request/mutate.ts';
import { openNotice } from '../../../app/_request/notice.ts';
import { PROVE_AGAIN } from '../../../lib/auth/step-up.ts';
import { refusal, success } from '../../../lib/shared/result.ts';
import { cookiesOf, NOW, ORIGIN, post, testInstance } from './instance.ts';

const schema = z.object({ headline: z.string().trim().min(1).max(20), lines: z.array(z.string()).default([]) });
const PLACE = { form: 'headline', path: '/letters/let_1/edit' };

const context = { params: Promise.resolve({ letter: 'let_1' }) };
let runs: string[] = [];
let host = testInstance();

beforeEach(() => {
  runs = [];
  host = testInstance();
});

function handler(changes: Partial<Mutation<typeof schema, { letterId: string }, string>> = {}) {
  return mutate(
    {
      name: 'headline',
      schema,
      limit: 5_000,
      secrets: ['code'],
      who: async ({ params }) => success({ letterId: params['letter'] ?? '' }),
      command: async ({ scope, input }) => {
        runs.push(`${scope.letterId} ${input.headline}`);
        return success(input.headline);
      },
      done: () => ({ to: '/letters/let_1', notice: { key: 'ui.success' } }),
      form: ({ params }) => `/letters/${params['letter']}/edit`,
      ...changes,
    },
    () => host,
  );
}

const kept = (response: Response) => findForm(host.keys, host.drafts, PLACE, readCookie(cookiesOf(response), 'form', true), NOW);

describe('mutate', () => {
  it('runs the command and sends the visitor on, with a notice', async () => {
    const answer = await handler()(post('headline=Open+the+river'), context);
    expect([answer.status, answer.headers.get('location'), runs]).toEqual([303, '/letters/let_1', ['let_1 Open the river']]);
    expect(answer.headers.get('cache-control')).toBe('no-store');
    expect(openNotice(host.keys, readCookie(cookiesOf(answer), 'notice', true))).toEqual({ key: 'ui.success', values: {} });
  });

  it('has just refused a form for two minutes: a page that is opened later shows what was typed and no fault of then', () => {
    const still = (seconds: number) => isJustRefused({ keptAt: NOW }, new Date(NOW.getTime() + seconds * 1_000));
    expect([still(0), still(119), still(120)]).toEqual([true, true, false]);
  });

  it('leads whoever has to prove their address anew by way of that page, and keeps what they typed over the sign-in', async () => {
    const asking = handler({ kept: KEPT_OVER_SIGN_IN, command: async () => refusal(PROVE_AGAIN) });
    const answer = await asking(post('headline=Open+the+river&code=1234'), context);
    expect([answer.status, answer.headers.get('location')]).toEqual([303, '/account/prove?to=%2Fletters%2Flet_1%2Fedit']);
    expect(await findForm(host.keys, host.drafts, PLACE, readCookie(cookiesOf(answer), formCookie(PLACE, 'long-form'), true), NOW)).toEqual(
      {
        values: { headline: 'Open the river' },
        faults: [{ place: '', reason: 'prove-again' }],
        keptAt: NOW,
      },
    );
    const json = await asking(post('headline=Open+the+river', { accept: 'application/json' }), context);
    expect([json.status, await json.json()]).toEqual([
      403,
      expect.objectContaining({ reason: 'prove-again', to: '/account/prove?to=%2Fletters%2Flet_1%2Fedit' }),
    ]);
  });

  it('keeps the long forms of several tabs apart, and of very many the last', async () => {
    const at = (page: string) => ({ form: 'headline', path: `/letters/${page}/edit` });
    const jar = new Map<string, string>();
    const header = () => [...jar].map(([name, value]) => `${name}=${value}`).join('; ');
    const send = async (page: string, headline: string) => {
      const params = { params: Promise.resolve({ letter: page }) };
      const answer = await handler({ kept: KEPT_OVER_SIGN_IN })(
        post(`headline=${headline}`, jar.size > 0 ? { cookie: header() } : {}),
        params,
      );
      for (const line of answer.headers.getSetCookie()) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(line) ?? [];
        if (value === '' || name === '__Host-notice') jar.delete(name);
        else jar.set(name, value);
      }
    };
    const shown = async (page: string, on = at(page)) =>
      (await findForm(host.keys, host.drafts, at(page), readCookie(header(), formCookie(on, 'long-form'), true), NOW))?.values['headline'];
    await send('one', 'One+of+a+headline+that+is+too+long');
    const long = 'x'.repeat(2000);
    await send('two', long);
    expect([await shown('one'), await shown('two')]).toEqual(['One of a headline that is too long', long]);
    // Only the longer one waits in a draft row, and neither shows on the page of the other.
    expect([...jar.values()].map((value) => value.slice(0, 2))).toEqual(['v.', 'd.']);
    expect(await shown('one', at('two'))).toBeUndefined();
    await send('two', 'Short');
    expect([await shown('one'), await shown('two')]).toEqual(['One of a headline that is too long', undefined]);

    for (let page = 1; page <= MOST_LONG_FORMS; page++) await send(`p${page}`, long);
    expect(jar.size).toBe(MOST_LONG_FORMS);
    expect([await shown('one'), await shown('p1'), await shown(`p${MOST_LONG_FORMS}`)]).toEqual([undefined, long, long]);
    expect(longFormCookies(`lang=fa; ${header()}; long-form.x=1`, true)).toEqual(
      [...jar.keys()].map((name) => name.slice('__Host-'.length)),
    );
    expect(Buffer.byteLength(header())).toBeLessThan(8000);

    // What was first kept longest ago and typed again just now is not the one that goes.
    await send('p1', 'y'.repeat(2000));
    await send('last', long);
    expect([await shown('p1'), await shown('p2'), await shown('last')]).toEqual(['y'.repeat(2000), undefined, long]);
  });

  it('sends a refused form back with its faults and what was typed, but no secret', async () => {
    const answer = await handler()(post('headline=+&code=1234&lines=a&lines=b'), context);
    expect([answer.status, answer.headers.get('location'), runs]).toEqual([303, '/letters/let_1/edit', []]);
    expect(await kept(answer)).toEqual({
      values: { headline: ' ', lines: ['a', 'b'] },
      faults: [{ place: 'headline', reason: 'required' }],
      keptAt: NOW,
    });
    const line = answer.headers.getSetCookie()[0] ?? '';
    expect(line).toMatch(/^__Host-form=v\.[\w-]+; Path=\/; Max-Age=600; HttpOnly; SameSite=Lax; Secure$/);
    expect(line).not.toContain('1234');
  });

  it('keeps long input in a draft, and drops the draft once the form went through', async () => {
    const long = 'wörds '.repeat(700);
    const answer = await handler()(post(`headline=${encodeURIComponent(long)}`, {}), context);
    expect(answer.status).toBe(413);
    const roomy = handler({ limit: 50_000 });
    const refused = await roomy(post(`headline=${encodeURIComponent(long)}`), context);
    expect(cookiesOf(refused)).toMatch(/^__Host-form=d\.fd_[\w-]{22}$/);
    expect((await kept(refused))?.values['headline']).toBe(long);
    const done = await roomy(post('headline=Short', { cookie: cookiesOf(refused) }), context);
    expect(done.headers.getSetCookie()).toContain('__Host-form=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax; Secure');
    expect(await kept(refused)).toBeNull();
  });

  it('stores a bounded number of drafts for one network, and says what it leaves out', async () => {
    let stored = 0;
    const drafts = { ...host.drafts, keep: async () => void stored++ };
    host = testInstance({ drafts });
    const long = 'wörds '.repeat(700);
    const body = `headline=&code=1234&lines=a&lines=b&body=${encodeURIComponent(long)}`;
    const ask = (address: string) => handler({ limit: 50_000 })(post(body, { 'x-forwarded-for': address }), context);
    for (let times = 0; times < 120; times++) await ask('192.0.2.7');
    expect(stored).toBe(120);
    const refused = await ask('192.0.2.8');
    expect([refused.status, stored]).toEqual([303, 120]);
    expect(await kept(refused)).toEqual({
      values: { headline: '', lines: ['a', 'b'] },
      faults: [
        { place: '', reason: 'not-kept' },
        { place: 'headline', reason: 'required' },
      ],
      keptAt: NOW,
    });
    await ask('198.51.100.1');
    expect(stored).toBe(121);
  });

  it('opens kept input only at its own page and for ten minutes', async () => {
    const cookie = readCookie(cookiesOf(await handler()(post('headline='), context)), 'form', true);
    const find = (path: string, now: Date) => findForm(host.keys, host.drafts, { form: 'headline', path }, cookie, now);
    expect(await find('/letters/let_2/edit', NOW)).toBeNull();
    expect(await find(PLACE.path, new Date(NOW.getTime() + 600_000))).toBeNull();
    expect(await find(PLACE.path, new Date(NOW.getTime() + 599_000))).not.toBeNull();
  });

  it('answers fetch in JSON', async () => {
    const json = { accept: 'application/json', 'content-type': 'application/json' };
    const good = await handler()(post('{"headline":"Open"}', json), context);
    expect([good.status, await good.json()]).toEqual([200, { to: '/letters/let_1' }]);
    const bad = await handler()(post('{"headline":7}', json), context);
    expect([bad.status, await bad.json()]).toEqual([
      422,
      { faults: [{ place: 'headline', reason: 'invalid', message: 'Check what you entered here.' }] },
    ]);
  });

  it('hands a command’s refusal to the form', async () => {
    const stale = await handler({ command: async () => refusal('stale') })(post('headline=Open'), context);
    expect((await kept(stale))?.faults).toEqual([{ place: '', reason: 'stale' }]);
    const fault = { place: 'headline', reason: 'too-long', values: { maximum: 5 } };
    expect((await kept(await handler({ command: async () => refusal([fault]) })(post('headline=Open'), context)))?.faults).toEqual([fault]);
  });

  it.each([
    ['no origin', { origin: null }, 403],
    ['a null origin', { origin: 'null' }, 403],
    ['another origin', { origin: 'https://evil.example' }, 403],
    ['a subdomain', { origin: 'https://a.letters.example.org' }, 403],
    ['another port', { origin: `${ORIGIN}:8443` }, 403],
    ['plain http', { origin: 'http://letters.example.org' }, 403],
    ['a cross-site fetch', { 'sec-fetch-site': 'cross-site' }, 403],
    ['a same-site fetch', { 'sec-fetch-site': 'same-site' }, 403],
    ['a forged host', { origin: 'https://evil.example', host: 'evil.example', 'x-forwarded-host': 'evil.example' }, 403],
    ['text/plain', { 'content-type': 'text/plain' }, 415],
    ['multipart where no file is asked for', { 'content-type': 'multipart/form-data; boundary=x' }, 415],
    ['no type', { 'content-type': '' }, 415],
    ['no length', { 'content-length': null }, 411],
    ['a length over the limit', { 'content-length': '5001' }, 413],
    ['a body shorter than said', { 'content-length': '400' }, 400],
    ['a body longer than said', { 'content-length': '3' }, 400],
  ])('refuses %s before the gate or the command runs', async (_what, headers, status) => {
    const answer = await handler()(post('headline=Open', headers), context);
    expect([answer.status, runs, answer.headers.getSetCookie()]).toEqual([status, [], []]);
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'");
  });

  it('refuses bytes that are no text, and broken JSON', async () => {
    expect((await handler()(post('{"headline":', { 'content-type': 'application/json' }), context)).status).toBe(400);
    const bytes = new Uint8Array([0x61, 0x3d, 0xff]);
    const request = new Request(`${ORIGIN}/x`, {
      method: 'POST',
      body: bytes,
      headers: { ...Object.fromEntries(post('abc').headers), 'content-length': '3' },
    });
    expect((await handler()(request, context)).status).toBe(400);
  });

  it('stops at the gate', async () => {
    const at = async (reason: 'sign-in' | 'not-allowed' | 'not-found' | 'gone', headers = {}) =>
      handler({ who: async () => refusal(reason) })(post('headline=Open', headers), context);
    expect((await at('sign-in')).headers.get('location')).toBe('/sign-in');
    const statuses = [
      await at('not-allowed'),
      await at('not-found'),
      await at('gone'),
      await at('sign-in', { accept: 'application/json' }),
    ];
    expect([statuses.map(({ status }) => status), runs]).toEqual([[403, 404, 410, 401], []]);
  });

  it('counts by network and says how long to wait', async () => {
    const rule = {
      name: 'headline',
      windows: [
        { seconds: 60, most: 2 },
        { seconds: 3_600, most: 10 },
      ],
    } as const;
    const limited = handler({ rates: ({ visitor }) => [{ rule, subject: visitor.network }] });
    const from = async (address: string) => limited(post('headline=Open', { 'x-forwarded-for': `1.2.3.4, ${address}` }), context);
    const answers = [await from('192.0.2.7'), await from('192.0.2.200'), await from('192.0.2.9'), await from('198.51.100.1')];
    expect(answers.map(({ status }) => status)).toEqual([303, 303, 429, 303]);
    expect(answers[2]?.headers.get('retry-after')).toBe('60');
  });

  it('keeps what was typed too often for the next try, but no secret', async () => {
    const rule = {
      name: 'headline',
      windows: [
        { seconds: 60, most: 0 },
        { seconds: 3_600, most: 0 },
      ],
    } as const;
    const spared = handler({
      rates: () => [{ rule, subject: 'all' }],
      overLimit: async (_, claim) => (claim.rule === rule ? 'as if' : null),
    });
    const limited = handler({ rates: () => [{ rule, subject: 'all' }] });
    const answer = await limited(post('headline=Open&code=1234'), context);
    expect([answer.status, runs]).toEqual([429, []]);
    const faults = [{ place: '', reason: 'too-often', values: { minutes: 60 } }];
    expect(await kept(answer)).toEqual({ values: { headline: 'Open' }, faults, keptAt: NOW });
    expect(await answer.text()).toContain('href="/letters/let_1/edit"');
    const json = await limited(post('headline=Open', { accept: 'application/json' }), context);
    expect([json.status, json.headers.getSetCookie(), json.headers.get('retry-after')]).toEqual([429, [], '3600']);
    const sparedAnswer = await spared(post('headline=Open'), context);
    expect([sparedAnswer.status, sparedAnswer.headers.get('location'), runs]).toEqual([303, '/letters/let_1', []]);
  });

  describe('a form that outlives its gate', () => {
    const closed = { kept: KEPT_LIKE_A_LINK, who: async () => refusal({ to: '/i' }) };
    const keptAnswer = (answer: Response, seconds: number) =>
      findForm(
        host.keys,
        host.drafts,
        PLACE,
        readCookie(cookiesOf(answer), 'answer-form', true),
        new Date(NOW.getTime() + seconds * 1_000),
      );

    it('keeps what was typed for four hours, runs nothing, and leads to the page that helps', async () => {
      const answer = await handler({ ...closed, outlivesGate: true })(post('headline=&lines=a&code=1234'), context);
      expect([answer.status, answer.headers.get('location'), runs]).toEqual([303, '/i', []]);
      const expected = { values: { headline: '', lines: 'a' }, faults: [{ place: '', reason: 'way-in-ended' }], keptAt: NOW };
      expect(await keptAnswer(answer, 4 * 3_600 - 1)).toEqual(expected);
      expect(await keptAnswer(answer, 4 * 3_600)).toBeNull();
      expect(answer.headers.getSetCookie()[0]).toMatch(
        /^__Host-answer-form=v\.[\w-]+; Path=\/; Max-Age=14400; HttpOnly; SameSite=Lax; Secure$/,
      );
    });

    it('is dropped where it does not say so, where the gate names no page, and for fetch', async () => {
      const dropped = [
        await handler(closed)(post('headline=Open'), context),
        await handler({ ...closed, outlivesGate: true, who: async () => refusal('not-allowed') })(post('headline=Open'), context),
        await handler({ ...closed, outlivesGate: true })(post('headline=Open', { accept: 'application/json' }), context),
      ];
      expect(dropped.map(({ status }) => status)).toEqual([303, 403, 401]);
      expect(dropped.flatMap(({ headers }) => headers.getSetCookie())).toEqual([]);
    });

    it('is bounded like any other, and read no further than its limit', async () => {
      const open = handler({ ...closed, outlivesGate: true });
      expect((await open(post(`headline=${'a'.repeat(5_000)}`), context)).status).toBe(413);
      let stored = 0;
      host = testInstance({ drafts: { ...host.drafts, keep: async () => void stored++ } });
      for (let times = 0; times < 125; times++) await open(post(`headline=${'a'.repeat(4_000)}`), context);
      expect(stored).toBe(120);
    });

    it('is gone once the answer was taken', async () => {
      const refused = await handler({ ...closed, outlivesGate: true })(post('headline=Open'), context);
      const done = await handler({ kept: KEPT_LIKE_A_LINK })(post('headline=Open', { cookie: cookiesOf(refused) }), context);
      expect(done.headers.getSetCookie()).toContain('__Host-answer-form=; Path=/; Max-Age=0; HttpOnly; SameSite=Lax; Secure');
    });
  });

  it('never redirects away, and answers a bug with a calm page', async () => {
    for (const to of ['https://evil.example', '//evil.example', '/\\evil.example', '/a\r\nset-cookie: x']) {
      expect((await handler({ done: () => to })(post('headline=Open'), context)).status).toBe(500);
    }
    const broken = await handler({ command: () => Promise.reject(new Error('secret@example.org')) })(post('headline=Open'), context);
    expect([broken.status, (await broken.text()).includes('secret@')]).toEqual([500, false]);
    expect(host.bugs).toHaveLength(5);
  });

  it('speaks the visitor’s language when it refuses', async () => {
    const answer = await handler()(post('headline=Open', { origin: 'null', cookie: '__Host-lang=fa' }), context);
    expect(await answer.text()).toContain('<html lang="fa" dir="rtl">');
  });
});
