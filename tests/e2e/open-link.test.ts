import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { alertIn, openBrowser, openVisitor, shownText, type Visiting } from '../support/browser.ts';
import { letterRow } from '../support/invited.ts';
import { mailTokens } from '../support/open-signed.ts';
import { send } from '../support/request.ts';
import { populate, type World } from '../support/roles.ts';
import { settledSnapshot, snapshot } from '../support/snapshot.ts';
import { hasTool } from '../support/tools.ts';

/** Signing by an address that is handed around, without a script, from the letter to the own page. */
describe.skipIf(!hasTool('chromium'))('an open link', () => {
  let world: World;
  let browser: Browser;
  const visitors: Visiting[] = [];

  beforeAll(async () => {
    world = await populate();
    browser = await openBrowser();
  }, 240_000);
  afterAll(async () => {
    for (const { foreign } of visitors) expect(foreign).toEqual([]);
    await browser?.close();
    await world?.close();
  });

  const visitor = async (javaScript = false): Promise<Page> => {
    const visiting = await openVisitor(browser, world.app.origin, { width: 360, javaScript });
    visitors.push(visiting);
    return visiting.page;
  };
  const pathOf = (page: Page) => new URL(page.url()).pathname;
  const heading = (page: Page, name: string) => page.getByRole('heading', { name }).waitFor();
  const newestLink = async () => `/confirm/${(await mailTokens(world.instance, 'confirmation')).at(-1)}`;

  async function fillIn(page: Page, name: string, email: string): Promise<void> {
    await page.getByLabel('Only for myself').check();
    await page.getByLabel('Your name', { exact: true }).fill(name);
    await page.getByLabel('Your e-mail address').fill(email);
    await page.getByLabel('Everybody', { exact: true }).check();
  }

  it('leads without a script from the letter through the mail to the own page', async () => {
    const page = await visitor();
    await page.goto(`/sign/${world.slug}`);
    await heading(page, 'Herons of the lower quay');
    // What is missing is said at its field, and what was typed stays.
    await page.getByLabel('Only for myself').check();
    await page.getByLabel('Your name', { exact: true }).fill('Édua Nagy');
    await page.getByRole('button', { name: 'Check the entry' }).click();
    expect(await shownText(alertIn(page))).toContain('the link to confirm goes there');
    expect(await page.getByLabel('Your name', { exact: true }).inputValue()).toBe('Édua Nagy');
    await fillIn(page, 'Édua Nagy', 'edua@home.example');
    await page.getByRole('button', { name: 'Check the entry' }).click();
    await heading(page, 'Check and sign');
    expect(await shownText(page.locator('main'))).toContain('edua@home.example');
    // Whoever is quicker than a person is asked to look once more.
    await page.waitForTimeout(3_000);
    await page.getByRole('button', { name: 'Send me the link to confirm' }).click();
    await heading(page, 'Now look into your mail');
    expect(await shownText(page.locator('main'))).not.toContain('edua@home.example');

    const before = await settledSnapshot(world.instance.store.read);
    await page.goto(await newestLink());
    expect(pathOf(page)).toBe('/confirm');
    await heading(page, 'Was it you who signed?');
    const said = await shownText(page.locator('main'));
    for (const words of ['Édua Nagy', 'edua@home.example', 'Everybody sees the name']) expect(said).toContain(words);
    expect(await snapshot(world.instance.store.read)).toEqual(before);
    await page.getByRole('button', { name: 'Yes, it was me: sign' }).click();
    await page.waitForURL(/\/own$/);
    expect(await shownText(page.locator('main'))).toContain('Édua Nagy');
    // The same link again leads back to it.
    await page.goto(await newestLink());
    await heading(page, 'You have confirmed this already');
    await page.getByRole('button', { name: 'To my page' }).click();
    await page.waitForURL(/\/own$/);
  });

  const scanners: readonly {
    readonly name: string;
    readonly methods: readonly string[];
    readonly headers?: Readonly<Record<string, string>>;
  }[] = [
    { name: 'asks for the head', methods: ['HEAD'] },
    { name: 'opens it', methods: ['GET'] },
    { name: 'opens it twice', methods: ['GET', 'GET'] },
    { name: 'asks, then opens', methods: ['HEAD', 'GET'] },
    { name: 'opens it five times', methods: ['GET', 'GET', 'GET', 'GET', 'GET'] },
    { name: 'prefetches', methods: ['GET'], headers: { purpose: 'prefetch' } },
    { name: 'prefetches as browsers now do', methods: ['GET'], headers: { 'sec-purpose': 'prefetch' } },
    { name: 'prerenders', methods: ['GET'], headers: { 'sec-purpose': 'prefetch;prerender' } },
    { name: 'prefetches as Firefox does', methods: ['GET'], headers: { 'x-moz': 'prefetch' } },
    { name: 'previews as Safari does', methods: ['GET'], headers: { 'x-purpose': 'preview' } },
    { name: 'is a mail gateway', methods: ['HEAD', 'GET'], headers: { 'user-agent': 'Mozilla/5.0 (compatible; MailScanner)' } },
    { name: 'shows a link in a chat', methods: ['GET'], headers: { 'user-agent': 'ChatPreviewBot/1.0', accept: '*/*' } },
    { name: 'says it is a phone', methods: ['GET'], headers: { 'user-agent': 'Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X)' } },
    { name: 'asks for JSON', methods: ['GET'], headers: { accept: 'application/json' } },
    { name: 'asks for a part', methods: ['GET'], headers: { range: 'bytes=0-1023' } },
    {
      name: 'has the page already',
      methods: ['GET'],
      headers: { 'if-modified-since': 'Sun, 22 Nov 2026 00:00:00 GMT', 'if-none-match': '*' },
    },
    { name: 'asks as the router does', methods: ['GET'], headers: { rsc: '1', 'next-router-prefetch': '1' } },
    { name: 'asks what is allowed', methods: ['OPTIONS', 'GET'] },
    { name: 'sends the method it means in a header', methods: ['GET'], headers: { 'x-http-method-override': 'POST' } },
  ];

  it.each(scanners)('is left as it is by a scanner that $name', async ({ methods, headers = {} }) => {
    const host = new URL(world.app.origin).host;
    const before = await settledSnapshot(world.instance.store.read);
    const { confirming } = world.cookies;
    for (const method of methods) {
      const landed = await send(world.app.origin, {
        method,
        path: confirming.replace('confirmation=', '/confirm/'),
        headers: { host, ...headers },
      });
      expect(landed.status).toBeOneOf([303, 307, 204]);
      for (const path of ['/confirm', '/confirm/press', '/confirm/not-me', `/sign/${world.slug}`, `/sign/${world.slug}/send`])
        expect((await send(world.app.origin, { method, path, headers: { host, cookie: confirming, ...headers } })).status).toBeLessThan(
          500,
        );
    }
    expect(await snapshot(world.instance.store.read)).toEqual(before);
  });

  it('is left as it is by a scanner that runs scripts, and its owner’s press still counts', async () => {
    const before = await settledSnapshot(world.instance.store.read);
    const scanner = await visitor(true);
    for (let times = 0; times < 2; times++) {
      await scanner.goto(world.cookies.confirming.replace('confirmation=', '/confirm/'), { waitUntil: 'networkidle' });
      await heading(scanner, 'Was it you who signed?');
    }
    expect(await snapshot(world.instance.store.read)).toEqual(before);
    const answer = await scanner.reload();
    expect(answer?.headers()['content-security-policy']).toContain("script-src 'none'");
    const page = await visitor();
    await page.goto(world.cookies.confirming.replace('confirmation=', '/confirm/'));
    await page.getByRole('button', { name: 'Yes, it was me: sign' }).click();
    await page.waitForURL(/\/own$/);
    expect(await shownText(page.locator('main'))).toContain('Nuri Salcedo');
  });

  it('works in the background for whoever has scripts, and lets a crowd behind one network in', async () => {
    const page = await visitor(true);
    await page.goto(`/sign/${world.slug}`);
    await fillIn(page, 'Ferran Oduya', `ferran@${'subdomain.of.a.'.repeat(5)}home.example`);
    await page.getByRole('button', { name: 'Check the entry' }).click();
    await heading(page, 'Check and sign');
    // A long address breaks: nothing makes the page wider than the telephone.
    expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBeLessThanOrEqual(0);
    await page.waitForFunction(() => (document.querySelector<HTMLInputElement>('input[name="proof"]')?.value ?? '') !== '');
    await page.waitForTimeout(2_500);
    await page.getByRole('button', { name: 'Send me the link to confirm' }).click();
    await heading(page, 'Now look into your mail');
    // Its proof was used, and only once.
    const { rateCounters } = world.instance.store.read.tables;
    expect(await world.instance.store.read.select().from(rateCounters)).not.toEqual([]);
  });

  it('deletes what somebody else signed, and says so', async () => {
    const page = await visitor();
    const link = await newestLink();
    await page.goto(link);
    await page.getByRole('button', { name: 'It was not me' }).click();
    await page.getByRole('status').waitFor();
    expect(await shownText(page.getByRole('status'))).toContain('Nothing was signed');
    await page.goto(link);
    await heading(page, 'This link no longer opens');
    await page.getByRole('button', { name: 'Send a fresh link' }).click();
    await page.getByRole('status').waitFor();
  });

  it.each([
    ['an invitation', '/i/iv_'],
    ['what somebody signed', '/own/op_'],
    ['a confirmation', '/confirm/cf_'],
  ])('that leads to %s and is dead offers a fresh one, and says no address', async (_, link) => {
    const page = await visitor();
    await page.goto(`${link}${Buffer.alloc(32, 9).toString('base64url')}`);
    await heading(page, 'This link no longer opens');
    await page.getByRole('button', { name: 'Send a fresh link' }).click();
    expect(await shownText(page.getByRole('status'))).toContain('a fresh one is on its way to the address');
  });

  it('is made, counted and closed on the desk', async () => {
    const page = await visitor();
    await page.context().addCookies([{ url: world.app.origin, name: 'session', value: world.cookies.coordinator.replace('session=', '') }]);
    await page.goto(`/letters/${world.anyone}`);
    await page.getByRole('link', { name: 'Open links' }).click();
    await page.getByLabel('What it is for').fill('Conference');
    await page.getByLabel('At most so many signatures').fill('none');
    await page.getByRole('button', { name: 'Make the link' }).click();
    expect(await shownText(alertIn(page))).toContain('whole number');
    await page.getByLabel('At most so many signatures').fill('30');
    await page.getByRole('button', { name: 'Make the link' }).click();
    const row = page.getByRole('row').filter({ hasText: 'Conference' });
    expect(await shownText(row)).toContain('0 of 30');
    const address = await row.getByLabel('Address of the link').inputValue();
    await row.getByRole('button', { name: 'Close' }).click();
    await page.getByRole('status').waitFor();
    expect(await shownText(row)).toContain('Ended');
    await row.getByRole('link', { name: 'Make anew' }).click();
    expect(await page.getByLabel('What it is for').inputValue()).toBe('Conference');
    await page.goto(address);
    expect(await shownText(page.locator('main'))).toContain('This link takes no more signatures');
    // Where a letter is signed by invitation, the page says so.
    await page.goto(`/letters/${world.open}/links`);
    expect(await shownText(page.locator('main'))).toContain('This letter is signed by invitation');
  });

  it('answers known and unknown addresses, traps and limits by the same status and bytes', async () => {
    const form = await send(world.app.origin, {
      method: 'GET',
      path: `/sign/${world.slug}`,
      headers: { host: new URL(world.app.origin).host },
    });
    const field = (name: string) => new RegExp(`name="${name}" value="([^"]*)"`).exec(form.text)?.[1] ?? '';
    const typed = { opened: field('opened'), fingerprint: field('fingerprint'), language: 'en', signer: 'personal', publication: 'public' };
    await new Promise((done) => setTimeout(done, 3_000));
    const sent = async (more: object) => {
      const body = new URLSearchParams({ ...typed, step: 'sign', name: 'Odile Marchetti', ...more }).toString();
      const headers = {
        host: new URL(world.app.origin).host,
        origin: world.app.origin,
        'content-type': 'application/x-www-form-urlencoded',
      };
      const answer = await send(world.app.origin, { method: 'POST', path: `/sign/${world.slug}/send`, headers, body });
      return { status: answer.status, to: answer.headers['location'], cookies: answer.headers['set-cookie'] ?? null, text: answer.text };
    };
    const listed = (await letterRow({ ...world.letter, letterId: world.anyone })).personCount;
    const known = await sent({ email: 'odile@home.example' });
    expect(known).toEqual({ status: 303, to: `/sign/${world.slug}/sent`, cookies: null, text: '' });
    const before = (await snapshot(world.instance.store.read)) as unknown;
    for (const more of [
      { email: 'stranger@elsewhere.example' },
      // Over the limit of its address, and what nobody sees filled in.
      { email: 'odile@home.example' },
      { email: 'machine@elsewhere.example', topic: 'Best prices' },
    ])
      expect(await sent(more)).toEqual(known);
    expect(await snapshot(world.instance.store.read)).not.toEqual(before);
    const { signings } = world.instance.store.read.tables;
    const addresses = await world.instance.store.read.select().from(signings);
    expect(addresses.length).toBeGreaterThan(3);
    // Without a proof of work ten an hour get in from one network; the hour of the clock may end in between.
    let status = 0;
    for (let times = 0; times < 22 && status !== 429; times++) ({ status } = await sent({ email: `n${times}@elsewhere.example` }));
    expect(status).toBe(429);
    expect((await letterRow({ ...world.letter, letterId: world.anyone })).personCount).toBe(listed);
  });
});
