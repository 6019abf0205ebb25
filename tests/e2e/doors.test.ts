import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type App, startApp } from '../support/app.ts';
import { alertIn, openBrowser, openVisitor, shownText, type Visiting } from '../support/browser.ts';
import { inviteTo, linkInMail, openLetter, setUp } from '../support/desk.ts';
import { send } from '../support/request.ts';
import { hasTool } from '../support/tools.ts';

const soon = () => new Date(Date.now() + 20 * 86_400_000).toISOString().slice(0, 10);

/** The ways in by a link, and what somebody typed who loses theirs. */
describe.skipIf(!hasTool('chromium'))('the doors that a link opens', () => {
  let app: App;
  let browser: Browser;
  let desk: Visiting;
  const links: Record<string, string> = {};
  const visitors: Visiting[] = [];

  beforeAll(async () => {
    app = await startApp();
    browser = await openBrowser();
    desk = await openVisitor(browser, app.origin);
  }, 240_000);
  afterAll(async () => {
    for (const { foreign } of visitors) expect(foreign).toEqual([]);
    await browser?.close();
    await app?.stop();
    app?.clear();
  });

  const visit = async (link: string): Promise<Page> => {
    const visitor = await openVisitor(browser, app.origin, { width: 360 });
    visitors.push(visitor);
    await visitor.page.goto(link);
    return visitor.page;
  };
  const pathOf = (page: Page) => new URL(page.url()).pathname;
  const get = (path: string, headers: Readonly<Record<string, string>> = {}) =>
    send(app.origin, { method: 'GET', path, headers: { host: new URL(app.origin).host, ...headers } });

  it('gives the short page of a handler its style', async () => {
    const visitor = await openVisitor(browser, app.origin, { width: 360 });
    visitors.push(visitor);
    const { page } = visitor;
    // The set-up link's page shows to whatever does not say that it navigates.
    await page.route('**/set-up/*', async (route) => route.fulfill({ response: await route.fetch({ headers: { accept: 'text/html' } }) }));
    await page.goto(app.setUpLink ?? '');
    expect(await page.locator('body').evaluate((element) => getComputedStyle(element).maxInlineSize)).toBe('608px');
  });

  it('answers the set-up link 200, and leaves no token in the address or the page of its form', async () => {
    const path = new URL(app.setUpLink ?? '').pathname;
    const token = path.split('/').at(-1) ?? '';
    const plain = await get(path);
    expect(plain.status).toBe(200);
    expect(plain.text).not.toContain(token);
    expect(String(plain.headers['set-cookie'])).toMatch(new RegExp(`^set-up=${token}; Path=/; Max-Age=14400; HttpOnly; SameSite=Lax`));
    // By its own link, without a redirect: for whatever does not say that it navigates.
    const formPath = /<a rel="noreferrer" href="([^"]+)"/.exec(plain.text)?.[1] ?? '';
    const form = await get(formPath, { cookie: `set-up=${token}` });
    expect([form.status, form.text.includes('action="/set-up/found"'), form.text.includes(token)]).toEqual([200, true, false]);
    const without = await get(formPath);
    expect([without.status, without.text.includes('This set-up link has ended')]).toEqual([200, true]);

    const page = await visit(app.setUpLink ?? '');
    expect(pathOf(page)).toBe('/set-up');
    expect(await page.content()).not.toContain(token);
    // A fault comes back to the same address, with what was typed.
    await page.getByLabel('Your name').fill('Nila Ferro');
    await page.getByRole('button', { name: 'Start' }).click();
    await alertIn(page).waitFor();
    expect([pathOf(page), await page.getByLabel('Your name').inputValue()]).toEqual(['/set-up', 'Nila Ferro']);
    await setUp(desk.page, app.setUpLink ?? '');
    // Whoever is second with the same link founds nothing.
    await page.getByLabel('Name of your coalition').fill('Seed Keepers');
    await page.getByLabel('Your e-mail address').fill('second@coalition.example');
    await page.getByRole('button', { name: 'Start' }).click();
    await page.getByRole('heading', { name: 'It is set up' }).waitFor();
    expect(await page.getByRole('main').getByRole('link', { name: 'Sign in' }).getAttribute('href')).toBe('/sign-in');
  });

  it('gives no failure for a token of any bytes', async () => {
    const odd = [
      '%00',
      '%ff',
      '%c3%28',
      '%ED%A0%80',
      '%2e%2e%2f',
      '%2F%2Fevil.example',
      '%0d%0aset-cookie:x=1',
      '%5C',
      'a'.repeat(10_000),
      '%F0%9F%98%80',
    ];
    for (const door of ['/i/', '/join/', '/sign-in/link/', '/set-up/']) {
      for (const token of odd) {
        for (const headers of [{}, { 'sec-fetch-mode': 'navigate' }]) {
          const { status, headers: said } = await get(`${door}${token}`, headers);
          expect({ door, token: token.slice(0, 30), status }).toEqual({
            door,
            token: token.slice(0, 30),
            status: expect.toBeOneOf([200, 303, 400, 404, 414, 431]),
          });
          if (status === 303) expect(said['location']).toBeOneOf(['/i', '/join', '/sign-in/confirm', '/set-up']);
        }
      }
    }
    for (const path of ['/letters/%00', '/letters/%ff/edit', '/mail/%00', '/letters/%5C%5Cevil.example'])
      expect((await get(path)).status).toBeLessThan(500);
    const session = (await desk.context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
    for (const path of ['/letters/%00/edit/save', '/letters/%20x/edit/save', '/account/end-session']) {
      const headers = {
        host: new URL(app.origin).host,
        origin: app.origin,
        cookie: session,
        'content-type': 'application/x-www-form-urlencoded',
      };
      const { status } = await send(app.origin, { method: 'POST', path, headers, body: 'session=ses_%00&revision=0' });
      expect({ path, status }).toEqual({ path, status: expect.toBeOneOf([303, 404, 400]) });
    }
  });

  it('keeps what was typed when the link’s cookie ends, for its own invitation alone', async () => {
    const { page } = desk;
    const letter = await openLetter(page, {
      to: 'Ms Ottoline Varga',
      headline: 'The river belongs to everyone',
      body: 'We ask you to open the banks again.',
      deadline: soon(),
    });
    await inviteTo(page, letter, { organisation: 'Harbour Forum', email: 'ilse@harbour.example' });
    await inviteTo(page, letter, { name: 'Tomas Ardelean', email: 'tomas@home.example' });
    for (const email of ['ilse@harbour.example', 'tomas@home.example']) links[email] = await linkInMail(page, email);

    const forum = await visit(links['ilse@harbour.example'] ?? '');
    const fill = async () => {
      await forum.getByLabel('For Harbour Forum').check();
      await forum.getByLabel('Your name').fill('Ilse Okoye');
      await forum.getByLabel('Your role or title').fill('Director');
      await forum.getByLabel('Everybody', { exact: true }).check();
    };
    await fill();
    const context = forum.context();
    await context.clearCookies({ name: 'invitation' });
    await forum.getByRole('button', { name: 'Check the entry' }).click();
    await forum.getByRole('heading', { name: 'Please open your link again' }).waitFor();
    expect(await shownText(forum.locator('main'))).toContain('Nothing was sent yet');
    expect(await forum.content()).not.toContain('Ilse Okoye');

    // Somebody else's link, in the same browser, shows nothing of it.
    await forum.goto(links['tomas@home.example'] ?? '');
    expect(await forum.getByLabel('Your name').inputValue()).toBe('Tomas Ardelean');
    expect(await forum.getByLabel('Your role or title').inputValue()).toBe('');
    expect(await forum.content()).not.toContain('Ilse Okoye');

    await forum.goto(links['ilse@harbour.example'] ?? '');
    expect(await shownText(alertIn(forum))).toContain('What you typed is here again');
    expect(await forum.getByLabel('Your role or title').inputValue()).toBe('Director');
    expect(await forum.getByLabel('Everybody', { exact: true }).isChecked()).toBe(true);
    await forum.getByRole('button', { name: 'Check the entry' }).click();
    await forum.getByLabel('I am authorised to sign for Harbour Forum').check();

    // And once more at the very last step.
    await context.clearCookies({ name: 'invitation' });
    await forum.getByRole('button', { name: 'Sign' }).click();
    await forum.getByRole('heading', { name: 'Please open your link again' }).waitFor();
    await forum.goto(links['ilse@harbour.example'] ?? '');
    expect(await forum.getByLabel('Your name').inputValue()).toBe('Ilse Okoye');
    await forum.getByRole('button', { name: 'Check the entry' }).click();
    await forum.getByLabel('I am authorised to sign for Harbour Forum').check();
    await forum.getByRole('button', { name: 'Sign' }).click();
    await forum.getByRole('heading', { name: 'You have signed' }).waitFor();
    expect((await context.cookies()).map(({ name }) => name)).not.toContain('answer-form');
  });

  it('keeps what was typed too often', async () => {
    const person = await visit(links['tomas@home.example'] ?? '');
    const decline = async (words: string) => {
      await person.locator('summary', { hasText: 'not sign' }).click();
      await person.getByLabel('Why?').fill(words);
    };
    await decline('Too early.');
    const invitation = await person.locator('form[action="/i/decline"] input[name="invitation"]').inputValue();
    const cookie = (await person.context().cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
    const headers = { host: new URL(app.origin).host, origin: app.origin, cookie, 'content-type': 'application/x-www-form-urlencoded' };
    const body = new URLSearchParams({ invitation: `${invitation}x`, reason: 'Too early.' }).toString();
    // The limit counts by the minute of the clock: not over its end.
    const second = new Date().getSeconds();
    if (second > 45) await person.waitForTimeout((61 - second) * 1_000);
    let status = 0;
    for (let times = 0; times < 45 && status !== 429; times++)
      ({ status } = await send(app.origin, { method: 'POST', path: '/i/decline', headers, body }));
    expect(status).toBe(429);
    const [answered] = await Promise.all([person.waitForResponse(/decline/), person.getByRole('button', { name: 'Decline' }).click()]);
    expect(answered.status()).toBe(429);
    await person.getByRole('link', { name: 'Back to the form, with what you typed' }).click();
    expect(await shownText(alertIn(person))).toContain('tried too often');
    expect(await person.getByLabel('Why?').inputValue()).toBe('Too early.');
  });
});
