import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { NextRequest } from 'next/server';
import { describe, expect, it, vi } from 'vitest';
import { LOCALE_HEADER, NOTICE_HEADER } from '../../../app/_request/handed-on.ts';
import { NO_PAGE_POLICY, STYLE } from '../../../app/_request/refusal-page.ts';
import { PREVIEW_POLICY, SHOWN_FILE_POLICY } from '../../../app/_request/shown-policy.ts';

vi.stubEnv('APP_ORIGIN', 'https://letters.example.org');
vi.stubEnv('SMTP_URL', 'smtp://mail.example.org');
vi.stubEnv('TRUSTED_HOPS', '1');
const { proxy } = await import('../../../proxy.ts');

const visit = (path: string, headers: Record<string, string> = {}) =>
  proxy(new NextRequest(`https://letters.example.org${path}`, { headers }));
const policyOf = (path: string) => visit(path).headers.get('content-security-policy') ?? '';
/** What the page is told: Next carries changed request headers in the answer under this name. */
const handedOn = (response: Response, name: string) => response.headers.get(`x-middleware-request-${name}`);

describe('proxy', () => {
  it('forbids scripts on pages of signatories and the public', () => {
    for (const path of ['/', '/l/river', '/sign', '/confirm', '/own', '/not-there']) expect(policyOf(path)).toContain("script-src 'none'");
    expect(policyOf('/')).toContain('upgrade-insecure-requests');
    expect(visit('/').headers.get('strict-transport-security')).toBe('max-age=63072000; includeSubDomains');
  });

  it('gives each answer of the desk a nonce of its own, and the page the same one', () => {
    const nonces = new Set(Array.from({ length: 500 }, () => /'nonce-([^']+)'/.exec(policyOf('/desk'))?.[1] ?? ''));
    expect(nonces.size).toBe(500);
    for (const nonce of nonces) expect(Buffer.from(nonce, 'base64')).toHaveLength(16);
    const answer = visit('/desk');
    expect(handedOn(answer, 'content-security-policy')).toBe(answer.headers.get('content-security-policy'));
  });

  it('takes no policy, nonce, notice or language from a sender’s headers', () => {
    const forged = {
      'content-security-policy': "script-src 'nonce-evil'",
      'x-nonce': 'evil',
      [NOTICE_HEADER]: 'evil',
      [LOCALE_HEADER]: 'evil',
    };
    const answer = visit('/desk', forged);
    expect(handedOn(answer, 'content-security-policy')).not.toContain('evil');
    const told = answer.headers.get('x-middleware-override-headers')?.split(',') ?? [];
    expect(told.filter((name) => ['x-nonce', NOTICE_HEADER, LOCALE_HEADER].includes(name))).toEqual([]);
  });

  it('hands a notice on once, but not to a prefetch', () => {
    const cookie = '__Host-notice=abc';
    expect(handedOn(visit('/', { cookie }), NOTICE_HEADER)).toBe('abc');
    expect(visit('/', { cookie }).headers.getSetCookie()[0]).toMatch(/^__Host-notice=; .*Max-Age=0/);
    for (const prefetch of [{ 'next-router-prefetch': '1' }, { purpose: 'prefetch' }, { 'sec-purpose': 'prefetch;prerender' }]) {
      expect(visit('/', { cookie, ...prefetch }).headers.getSetCookie()).toEqual([]);
    }
  });

  it('lets the style of a handler’s own short page in, wherever it answers', () => {
    const hash = createHash('sha256').update(STYLE).digest('base64');
    for (const path of ['/i/pdf', '/set-up/su_a', '/desk', '/l/river'])
      expect(policyOf(path)).toContain(`style-src 'self' 'sha256-${hash}'`);
  });

  it('keeps a chosen language, and only one there is', () => {
    expect(visit('/?lang=fa').headers.getSetCookie()[0]).toMatch(/^__Host-lang=fa; /);
    expect(handedOn(visit('/?lang=fa'), LOCALE_HEADER)).toBe('fa');
    expect(visit('/?lang=fa', { cookie: '__Host-lang=fa' }).headers.getSetCookie()).toEqual([]);
    expect(visit('/?lang=xx').headers.getSetCookie()).toEqual([]);
    expect(handedOn(visit('/?lang=%0D%0Aset-cookie'), LOCALE_HEADER)).toBeNull();
  });
});

describe('the policy of what is no page', () => {
  it('lets the refusal page’s own style in, and is the same in the configuration', () => {
    expect(NO_PAGE_POLICY).toContain(`'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`);
    const nextConfig = readFileSync(join(import.meta.dirname, '../../../next.config.ts'), 'utf8');
    expect(nextConfig).toContain(NO_PAGE_POLICY);
    for (const policy of [PREVIEW_POLICY, SHOWN_FILE_POLICY]) expect(nextConfig).toContain(`value: "${policy}"`);
  });
});
