import type { APIResponse, Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { listMembers } from '../../db/queries/members.ts';
import { ensurePerson } from '../../lib/auth/person.ts';
import { addCoalition, addMember } from '../../lib/coalitions/founding.ts';
import { readConfig } from '../../lib/config.ts';
import { type Instance, openInstance } from '../../lib/instance.ts';
import { type App, ROOT, startApp } from '../support/app.ts';
import { alertIn, openBrowser, openVisitor, shownText, type Visiting } from '../support/browser.ts';
import { address } from '../support/coalition.ts';
import { linkInMail, setUp } from '../support/desk.ts';
import { testPng } from '../support/pictures.ts';
import { send } from '../support/request.ts';
import { hasTool } from '../support/tools.ts';

describe.skipIf(!hasTool('chromium'))('two members of different organisations', () => {
  let app: App;
  let browser: Browser;
  let instance: Instance;
  let nila: Visiting;
  let bo: Visiting;
  let coalition = '';

  beforeAll(async () => {
    app = await startApp();
    const config = readConfig({ DATA_DIR: app.dataDir, APP_ORIGIN: app.origin }, ROOT);
    if (!config.ok) throw new Error('the test configuration is refused');
    instance = await openInstance(config.value);
    browser = await openBrowser();
    nila = await openVisitor(browser, app.origin);
    bo = await openVisitor(browser, app.origin, { width: 360 });
  }, 240_000);
  afterAll(async () => {
    await browser?.close();
    await instance?.store.close();
    await app?.stop();
    app?.clear();
  });

  /** As if everybody had signed in so long ago. */
  const wait = (minutes: number) =>
    instance.store.inTransaction(async (tx) => {
      await tx.update(tx.tables.sessions).set({ provedAt: new Date(Date.now() - minutes * 60_000) });
    });
  const said = async (page: Page) => shownText(page.getByRole('status'));
  const invite = async (page: Page, email: string, role: string, organisation: string) => {
    await page.goto(`${coalition}/members`);
    await page.getByLabel('E-mail address').fill(email);
    await page.getByLabel(role, { exact: true }).check();
    await page.getByLabel('Organisation they come from').fill(organisation);
    await page.getByRole('button', { name: 'Send the invitation' }).click();
  };

  it('are invited by mail, join with their organisation, and draft', async () => {
    await setUp(nila.page, app.setUpLink ?? '');
    coalition = new URL(nila.page.url()).pathname;
    await invite(nila.page, 'bo@ferries.example', 'Drafter', 'Ferry Workers');
    expect(await said(nila.page)).toContain('The invitation is on its way.');
    expect(await shownText(nila.page.getByRole('row').filter({ hasText: 'bo@ferries.example' }))).toContain('Drafter');

    await bo.page.goto(await linkInMail(nila.page, 'bo@ferries.example', 'join'));
    expect(new URL(bo.page.url()).pathname).toBe('/join');
    expect(await shownText(bo.page.locator('main'))).toContain('Writes and changes drafts.');
    expect(await bo.page.getByLabel('Organisation you come from').inputValue()).toBe('Ferry Workers');
    await bo.page.getByLabel('Your name').fill('Bo Lind');
    await bo.page.getByLabel('Organisation you come from').fill('Ferry Workers Union');
    await bo.page.getByRole('button', { name: 'Join' }).click();
    await bo.page.waitForURL((url) => url.pathname === coalition);

    await bo.page.goto(`${coalition}/letters/new`);
    await bo.page.getByLabel('To', { exact: true }).fill('Ms Ottoline Varga');
    await bo.page.getByLabel('Headline').fill('Ferries for the upper quay');
    await bo.page.getByLabel('Text', { exact: true }).fill('We ask for two more ferries.');
    await bo.page.getByRole('button', { name: 'Save the draft' }).click();
    await bo.page.waitForURL(/\/letters\/let_/);
    await nila.page.goto(coalition);
    await nila.page.getByRole('link', { name: 'Ferries for the upper quay' }).waitFor();

    await bo.page.goto(`${coalition}/members`);
    const list = await shownText(bo.page.locator('main'));
    expect(list).toContain('Nila Ferro');
    expect(list).toContain('Ferry Workers Union');
    expect(list).not.toContain('nila@coalition.example');
    expect(await bo.page.getByRole('button', { name: 'Send the invitation' }).count()).toBe(0);
  });

  it('asks for a fresh proof to add somebody who leads, and comes back with what was typed', async () => {
    await wait(6);
    const { page } = nila;
    await invite(page, 'ilse@harbour.example', 'Coordinator', 'Harbour Forum');
    expect(new URL(page.url()).pathname).toBe('/account/prove');
    await page.getByRole('button', { name: 'Mail me the link' }).click();
    await page.waitForURL((url) => url.pathname === '/sign-in/sent');
    await page.goto(await linkInMail(page, 'nila@coalition.example', 'sign-in'));
    await page.getByRole('button', { name: 'Sign in' }).click();
    await page.waitForURL((url) => url.pathname === `${coalition}/members`);
    expect(await page.getByLabel('E-mail address').inputValue()).toBe('ilse@harbour.example');
    expect(await page.getByLabel('Coordinator', { exact: true }).isChecked()).toBe(true);
    expect(await page.getByLabel('Organisation they come from').inputValue()).toBe('Harbour Forum');
    await page.getByRole('button', { name: 'Send the invitation' }).click();
    expect(await said(page)).toContain('The invitation is on its way.');
    expect(await page.getByLabel('E-mail address').inputValue()).toBe('');
  });

  it('lose a right on their next request, are removed and brought back', async () => {
    const statusOf = async (path: string) => (await bo.page.goto(path))?.status();
    expect(await statusOf(`${coalition}/letters/new`)).toBe(200);
    const { page } = nila;
    await page.goto(`${coalition}/members`);
    await page.getByRole('row').filter({ hasText: 'Bo Lind' }).getByRole('link', { name: 'Change' }).click();
    await page.getByLabel('Observer', { exact: true }).check();
    await page.getByRole('button', { name: 'Save the role' }).click();
    expect(await said(page)).toContain('It holds from their next click on.');
    expect(await statusOf(`${coalition}/letters/new`)).toBe(404);
    expect(await statusOf(coalition)).toBe(200);

    await page.getByRole('row').filter({ hasText: 'Bo Lind' }).getByRole('link', { name: 'Change' }).click();
    await page.getByRole('button', { name: 'Remove Bo Lind' }).click();
    await page.getByText('Bo Lind is removed').waitFor();
    expect(await statusOf(coalition)).toBe(404);
    await page.getByRole('button', { name: 'Bring Bo Lind back' }).click();
    expect(await said(page)).toContain('They are a member again');
    expect(await statusOf(coalition)).toBe(200);
  });

  it('see the settings, which the owner alone changes, and the logo', async () => {
    const { page } = nila;
    await page.goto(`${coalition}/settings`);
    await page.getByLabel('Reply address').fill('nobody');
    await page.getByLabel('Letterhead', { exact: false }).first().fill('River House\nQuay 1');
    await page.getByRole('button', { name: 'Save the settings' }).click();
    await alertIn(page).waitFor();
    await page.getByLabel('Reply address').fill('desk@river.example');
    await page.getByRole('button', { name: 'Save the settings' }).click();
    expect(await said(page)).toContain('The settings are saved.');
    const picture = (buffer: Buffer) => ({ name: 'logo.png', mimeType: 'image/png', buffer });
    await page.getByLabel('Choose a picture').setInputFiles(picture(Buffer.from('GIF89a')));
    await page.getByLabel('Sender', { exact: false }).first().fill('River desk');
    await page.getByRole('button', { name: 'Save the settings' }).click();
    expect(await shownText(alertIn(page))).toContain('This is no PNG and no JPEG');
    expect(await page.getByLabel('Sender', { exact: false }).first().inputValue()).toBe('River desk');
    await page.getByLabel('Choose a picture').setInputFiles(picture(testPng({ colourType: 6 })));
    await page.getByRole('button', { name: 'Save the settings' }).click();
    expect(await said(page)).toContain('The settings are saved.');
    expect(await page.getByLabel('The logo stands above the letterhead').isChecked()).toBe(true);
    expect(await page.getByLabel('Sender', { exact: false }).first().inputValue()).toBe('River desk');

    await bo.page.goto(`${coalition}/settings`);
    expect(await shownText(bo.page.locator('main'))).toContain('desk@river.example');
    expect(await bo.page.getByRole('button', { name: 'Save the settings' }).count()).toBe(0);
    const logo = bo.page.getByRole('img', { name: 'Logo' });
    const picked = await bo.page.request.get((await logo.getAttribute('src')) ?? '');
    expect([picked.status(), picked.headers()['content-type']]).toEqual([200, 'image/png']);
    await bo.page.goto(coalition);
    await bo.page.getByRole('link', { name: 'Ferries for the upper quay' }).click();
    const letter = new URL(bo.page.url()).pathname;
    await bo.page.goto(`${letter}/preview`);
    expect(await shownText(bo.page.locator('.letterhead'))).toContain('River House');
    const pictureIn = (head: Locator) =>
      expect
        .poll(() => head.locator('img').evaluate((image: HTMLImageElement) => image.naturalWidth), { timeout: 10_000 })
        .toBeGreaterThan(0);
    // The frame has the policy of the page around it: the picture must be let through.
    const live = await openVisitor(browser, app.origin, { javaScript: true });
    await live.context.addCookies(await page.context().cookies());
    await live.page.goto(`${letter}/texts/en`);
    const typed = live.page.frameLocator('.live-preview__box iframe:not([data-waiting])').locator('.letterhead');
    await typed.getByText('River House').waitFor();
    await pictureIn(typed);
    // What a button without scripts opens.
    const [opened] = await Promise.all([
      live.context.waitForEvent('page'),
      live.page.getByRole('button', { name: 'Preview', exact: true }).click(),
    ]);
    const head = opened.locator('.letterhead');
    await head.getByText('Quay 1').waitFor();
    await pictureIn(head);
    const policyOf = (answer: APIResponse) => answer.headers()['content-security-policy'];
    const file = (asked: string) => live.page.request.get(`/api/files${letter}/pdf${asked}`);
    expect(policyOf(await file('?show=1'))).toMatch(/^default-src 'none'; style-src 'unsafe-inline'; img-src data:/);
    expect(policyOf(await file(''))).toMatch(/^default-src 'none'; style-src 'sha256-/);
    await live.context.close();
  });

  it('cannot tell a coalition they are not in from one that is not there', async () => {
    const now = new Date();
    const elsewhere = await instance.store.inTransaction(async (tx) => {
      const id = await addCoalition(tx, instance, 'Dry Land League', now);
      const { id: personId } = await ensurePerson(tx, instance, { email: address('owner@elsewhere.example'), name: 'Ada Orr' }, now);
      await addMember(tx, instance, { coalitionId: id, personId, role: 'owner' }, now);
      return id;
    });
    const [there] = await listMembers(instance.store.read, elsewhere, null, 1);
    const member = there?.member.id ?? '';
    const nobody = `mem_${'A'.repeat(22)}`;
    const nowhere = `coa_${'A'.repeat(22)}`;
    const cookie = (await bo.context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ');
    const host = new URL(app.origin).host;
    const headers = { host, cookie, origin: app.origin, accept: 'application/json', 'content-type': 'application/json' };
    const look = async (method: 'GET' | 'POST', path: string, coalitionId: string, memberId: string) => {
      const asked = path.replace('COALITION', coalitionId).replace('MEMBER', memberId);
      const answer = await send(app.origin, {
        method,
        path: asked,
        headers: method === 'GET' ? { host, cookie } : headers,
        ...(method === 'GET' ? {} : { body: '{}' }),
      });
      const { date: _date, ...rest } = answer.headers;
      // What every answer draws anew, and what whoever asks has said themself.
      const plain = (text: string) =>
        text
          .replaceAll(/[\w+/]{22}==/g, 'NONCE')
          .replaceAll(coalitionId, 'COALITION')
          .replaceAll(memberId, 'MEMBER');
      return { status: answer.status, told: plain(JSON.stringify(rest) + answer.text) };
    };
    const pages = ['', '/members', '/members/own', '/members/MEMBER', '/settings', '/letters/new'].map(
      (part) => `/coalitions/COALITION${part}`,
    );
    for (const path of [...pages, '/api/files/coalitions/COALITION/logo']) {
      const real = await look('GET', path, elsewhere, member);
      expect(real.status).toBe(404);
      expect([path, real.told === (await look('GET', path, nowhere, nobody)).told]).toEqual([path, true]);
    }
    const changes = ['invite', 'leave', 'organisation', 'MEMBER/role', 'MEMBER/remove', 'MEMBER/restore'].map((part) => `members/${part}`);
    for (const part of [...changes, 'settings/save', 'settings/logo/remove', 'letters/new/create', 'sample']) {
      const path = `/coalitions/COALITION/${part}`;
      const real = await look('POST', path, elsewhere, member);
      expect(real.status).toBe(404);
      expect(real).toEqual(await look('POST', path, nowhere, nobody));
    }
  });

  it('choose between their coalitions where they have several, and leave one', async () => {
    const invited = await instance.store.inTransaction(async (tx) => {
      const { id: personId } = await ensurePerson(tx, instance, { email: address('bo@ferries.example'), name: '' }, new Date());
      const id = await addCoalition(tx, instance, 'River Watch', new Date());
      await addMember(tx, instance, { coalitionId: id, personId, role: 'observer' }, new Date());
      return id;
    });
    const { page } = bo;
    await page.goto('/desk');
    expect(await shownText(page.getByRole('row').filter({ hasText: 'River Watch' }))).toContain('Observer');
    await page.goto(`/coalitions/${invited}/members/own`);
    await page.getByRole('button', { name: 'Leave' }).click();
    expect(await shownText(alertIn(page))).toContain('Tick this box');
    await page.getByLabel('Yes, I want to leave River Watch').check();
    await page.getByRole('button', { name: 'Leave' }).click();
    await page.waitForURL((url) => url.pathname === coalition);
    expect((await page.goto(`/coalitions/${invited}`))?.status()).toBe(404);
    await page.goto('/account');
    await page.getByLabel('Your name').fill('Bo A. Lind');
    await page.getByRole('button', { name: 'Save the name' }).click();
    expect(await said(page)).toContain('Your name is changed.');
    await nila.page.goto(`${coalition}/members`);
    await nila.page.getByText('Bo A. Lind').first().waitFor();
    for (const { foreign } of [nila, bo]) expect(foreign).toEqual([]);
  });
});
