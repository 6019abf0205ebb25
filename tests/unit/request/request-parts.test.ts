import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { formView } from '../../../app/_components/ui/form-view.ts';
import { checkBodyHead, parseBody, readBytes } from '../../../app/_request/body.ts';
import { clientAddress, networkOf, SOCKET_HEADER } from '../../../app/_request/client-address.ts';
import { contentPolicy, inlineStyles, runsScripts } from '../../../app/_request/content-policy.ts';
import { readCookie, setCookie } from '../../../app/_request/cookies.ts';
import { faultSentence } from '../../../app/_request/fault-sentence.ts';
import { faultsOf } from '../../../app/_request/faults.ts';
import { land, landStanding } from '../../../app/_request/link.ts';
import { openNotice, sealNotice } from '../../../app/_request/notice.ts';
import { translator } from '../../../lib/i18n/translator.ts';
import { runs } from '../../support/property.ts';
import { testInstance } from './instance.ts';

const urlencoded = (text: string) => parseBody(Buffer.from(text), 'urlencoded', '');

describe('body', () => {
  it('gathers fields: lists, line ends, odd names', async () => {
    expect(await urlencoded('a=1&b=x%0D%0Ay%0Dz&a=2&a=3&__proto__=p')).toEqual({
      ok: true,
      value: Object.fromEntries([
        ['a', ['1', '2', '3']],
        ['b', 'x\ny\nz'],
        ['__proto__', 'p'],
      ]),
    });
    expect(Object.getPrototypeOf(((await urlencoded('__proto__=p')) as { value: object }).value)).toBe(Object.prototype);
  });

  it('brings any text through unchanged but for line ends', () =>
    fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme' }), async (text) => {
        const read = await urlencoded(new URLSearchParams({ text }).toString());
        expect(read).toEqual({ ok: true, value: { text: text.replaceAll(/\r\n?/g, '\n') } });
      }),
      { numRuns: runs(100) },
    ));

  it('refuses a flood of fields', async () => {
    expect(await urlencoded('a=1&'.repeat(501))).toEqual({ ok: false, reason: 'malformed' });
  });

  it('reads files of a multipart form', async () => {
    const form = new FormData();
    form.append('table', new File(['name\nÁgnes'], 'names.csv'));
    form.append('note', 'two\r\nlines');
    const sent = new Response(form);
    const bytes = Buffer.from(await sent.clone().arrayBuffer());
    const read = await parseBody(bytes, 'multipart', sent.headers.get('content-type') ?? '');
    const { table, note } = (read as { value: { table: File; note: string } }).value;
    expect([await table.text(), table.name, note]).toEqual(['name\nÁgnes', 'names.csv', 'two\nlines']);
  });

  it('stops reading at the limit, whatever was declared', async () => {
    let pulled = 0;
    const endless = new ReadableStream<Uint8Array>({
      pull(controller) {
        pulled += 1;
        controller.enqueue(new Uint8Array(1_000));
      },
    });
    expect(await readBytes(endless, 10, 5_000)).toEqual({ ok: false, reason: 'too-large' });
    expect(pulled).toBeLessThan(10);
  });

  it('takes a type with parameters and in capitals', () => {
    const headers = new Headers({ 'content-length': '3', 'content-type': 'Application/X-WWW-Form-Urlencoded; charset=UTF-8' });
    expect(checkBodyHead(headers, 10, false)).toEqual({ ok: true, value: { kind: 'urlencoded', length: 3 } });
    for (const length of ['-1', '1e3', '0x10', '', ' ']) {
      expect(checkBodyHead(new Headers({ 'content-length': length, 'content-type': 'application/json' }), 10, false).ok).toBe(false);
    }
  });
});

describe('faultsOf', () => {
  it('names places and reasons', () => {
    const schema = z.object({
      name: z.string().min(1),
      role: z.string().min(3).max(5),
      mail: z.email(),
      link: z.url(),
      capacity: z.enum(['organisation', 'personal']),
      people: z.array(z.object({ role: z.string().max(2) })),
      lines: z.array(z.string()).max(1),
      line: z.string().refine((text) => !text.includes('\n'), { params: { reason: 'line-break', line: 2 } }),
      gone: z.string(),
    });
    const input = {
      name: '',
      role: 'abcdefg',
      mail: 'x',
      link: 'x',
      capacity: 'both',
      people: [{ role: 'a' }, { role: 'abc' }],
      lines: ['a', 'b'],
      line: 'a\nb',
    };
    const parsed = schema.safeParse(input, { reportInput: true });
    expect(parsed.success ? [] : faultsOf(parsed.error)).toEqual([
      { place: 'name', reason: 'required' },
      { place: 'role', reason: 'too-long', values: { maximum: 5 } },
      { place: 'mail', reason: 'not-an-address' },
      { place: 'link', reason: 'not-a-link' },
      { place: 'capacity', reason: 'not-offered' },
      { place: 'people[1].role', reason: 'too-long', values: { maximum: 2 } },
      { place: 'lines', reason: 'too-many', values: { maximum: 1 } },
      { place: 'line', reason: 'line-break', values: { line: 2 } },
      { place: 'gone', reason: 'required' },
    ]);
  });

  it('has a sentence for each, and a general one for what nobody wrote a sentence for', () => {
    const t = translator('en');
    expect(faultSentence(t, 'sign', { place: 'people[3].role', reason: 'too-long', values: { maximum: 2 } })).toBe(
      'Use at most 2 characters.',
    );
    expect(faultSentence(t, 'sign', { place: 'others[1].authorised', reason: 'required' })).toContain('Tick this box');
    expect(faultSentence(t, 'sign', { place: 'x', reason: 'unheard-of' })).toBe('Check what you entered here.');
  });
});

describe('clientAddress', () => {
  const headers = (forwarded: string, socket = '::ffff:203.0.113.9') =>
    new Headers({ 'x-forwarded-for': forwarded, [SOCKET_HEADER]: socket });

  it('takes the socket’s, or the hop counted from the right, never the sender’s claim', () => {
    expect(clientAddress(headers('1.1.1.1'), 0, true)).toBe('203.0.113.9');
    expect(clientAddress(headers('1.1.1.1'), 0, false)).toBeNull();
    expect(clientAddress(headers('1.1.1.1, 192.0.2.7'), 1, true)).toBe('192.0.2.7');
    expect(clientAddress(headers('1.1.1.1, 192.0.2.7, 10.0.0.1'), 2, true)).toBe('192.0.2.7');
    expect(clientAddress(headers('192.0.2.7'), 2, true)).toBeNull();
    expect(clientAddress(headers('unknown'), 1, true)).toBeNull();
  });

  it('groups addresses into networks', () => {
    expect(networkOf('192.0.2.77')).toBe('192.0.2.0/24');
    expect(networkOf('2001:db8:0:1::9')).toBe('2001:db8:0::/48');
    expect(networkOf('2001:0db8::1')).toBe(networkOf('2001:db8:0:ffff::2'));
    expect(networkOf('::1')).toBe('0:0:0::/48');
    expect(networkOf('fe80::1%eth0')).toBe('fe80:0:0::/48');
  });
});

describe('cookies', () => {
  it('bear __Host- and Secure on https only', () => {
    expect(setCookie('session', 'abc', { secure: true })).toBe('__Host-session=abc; Path=/; HttpOnly; SameSite=Lax; Secure');
    expect(setCookie('session', 'abc', { secure: false, maxAge: 60 })).toBe('session=abc; Path=/; Max-Age=60; HttpOnly; SameSite=Lax');
    expect(() => setCookie('lang', 'a; Domain=evil', { secure: false })).toThrow();
  });

  it('are read by their exact name', () => {
    expect(readCookie('a=1; __Host-session=x=y; session=plain', 'session', true)).toBe('x=y');
    expect(readCookie('__Host-session=x', 'session', false)).toBeNull();
    expect(readCookie(null, 'session', false)).toBeNull();
  });
});

describe('land', () => {
  it('moves the token out of the address and clears what the last visitor typed', () => {
    const answer = land({ cookie: 'invitation', token: 'iv_abc', to: '/sign', secure: true, maxAge: 1_800 });
    expect([answer.status, answer.headers.get('location'), answer.headers.get('cache-control')]).toEqual([303, '/sign', 'no-store']);
    expect(answer.headers.getSetCookie().map((line) => line.split('; ').slice(0, 3).join('; '))).toEqual([
      '__Host-invitation=iv_abc; Path=/; Max-Age=1800',
      '__Host-form=; Path=/; Max-Age=0',
      '__Host-notice=; Path=/; Max-Age=0',
    ]);
  });

  it('says the same with 200 on a page without the token, whose link tells no address', async () => {
    const landing = { cookie: 'set-up', token: 'su_abc', to: '/set-up', secure: true, maxAge: 60 } as const;
    const words = { title: 'set-up.title', text: 'set-up.landed', button: 'set-up.landed.button' } as const;
    const answer = landStanding(landing, translator('en'), words);
    expect([answer.status, answer.headers.get('location'), answer.headers.get('cache-control')]).toEqual([200, null, 'no-store']);
    expect(answer.headers.getSetCookie()).toEqual(land(landing).headers.getSetCookie());
    const page = await answer.text();
    expect(page).toContain('<a rel="noreferrer" href="/set-up">Go on to the form</a>');
    expect(page).not.toContain('su_abc');
  });
});

describe('contentPolicy', () => {
  it('lets in the style of a preview by its hash, and no other, where letters are written', () => {
    const [standing, preview] = inlineStyles('/letters/let_a/texts/en');
    expect(preview).toMatch(/^'sha256-[\w+/]{43}='$/);
    const policyOf = (path: string) => contentPolicy({ nonce: 'abc', https: true, development: false, styles: inlineStyles(path) });
    expect(policyOf('/letters/let_a/texts/en')).toContain(`style-src 'self' ${standing} ${preview};`);
    expect(policyOf('/desk')).toContain(`style-src 'self' ${standing};`);
    expect(preview).not.toBe(standing);
  });

  it('lets no script run without a nonce', () => {
    const policy = contentPolicy({ nonce: null, https: true, development: false });
    expect(policy).toContain("script-src 'none'");
    expect(policy).not.toMatch(/unsafe|https?:|\*/);
    expect(contentPolicy({ nonce: 'abc', https: false, development: false })).toContain("script-src 'nonce-abc' 'strict-dynamic';");
  });

  it('runs scripts only where listed', () => {
    expect(['/desk', '/desk/letters', '/sign/aB3_-x9'].every(runsScripts)).toBe(true);
    expect(['/', '/l/slug', '/sign', '/sign/aB3_-x9/sent', '/sign-in', '/desktop', '/confirm'].some(runsScripts)).toBe(false);
    expect(['/letters/let_a/texts/zh-Hans', '/coalitions/coa_a/letters/new'].every(runsScripts)).toBe(true);
    expect(['/letters/let_a', '/letters/let_a/texts', '/letters/let_a/texts/en/x', '/letters/a/b/texts/en'].some(runsScripts)).toBe(false);
  });
});

describe('notice', () => {
  it('opens only what this instance sealed', () => {
    const { keys } = testInstance();
    expect(openNotice(keys, sealNotice(keys, { key: 'ui.success' }))).toEqual({ key: 'ui.success', values: {} });
    expect(openNotice(testInstance().keys, sealNotice(keys, { key: 'ui.success' }))).toBeNull();
    for (const forged of ['', 'AAAA', 'x'.repeat(4_000), null]) expect(openNotice(keys, forged)).toBeNull();
  });
});

describe('formView', () => {
  it('gives values, ticks and errors, and nothing inherited', () => {
    const form = formView('sign', { name: 'Ž', see: ['all', 'some'], none: null }, [{ place: 'name', message: 'Too short' }]);
    expect([form.value('name'), form.value('none'), form.value('constructor'), form.error('name'), form.error('see')]).toEqual([
      'Ž',
      '',
      '',
      'Too short',
      null,
    ]);
    expect([form.holds('see', 'some'), form.holds('see', 'none')]).toEqual([true, false]);
  });
});
