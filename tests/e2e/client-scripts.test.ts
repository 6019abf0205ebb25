import { gzipSync } from 'node:zlib';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type App, startApp } from '../support/app.ts';
import { openBrowser, openVisitor, type Visiting } from '../support/browser.ts';
import { openLetter, setUp } from '../support/desk.ts';
import { hasTool } from '../support/tools.ts';

const BUDGET = 250_000;
const deadline = new Date(Date.now() + 20 * 86_400_000).toISOString().slice(0, 10);

/** Bytes, gzipped, of every script that a page fetches, also later by itself, and of those that stand in it. */
async function scriptBytes(page: Page, path: string): Promise<number> {
  const bodies: Promise<Buffer>[] = [];
  const take = (response: import('playwright-core').Response) => {
    if (response.request().resourceType() === 'script') bodies.push(response.body());
  };
  page.on('response', take);
  const answer = await page.goto(path, { waitUntil: 'networkidle' });
  page.off('response', take);
  expect(answer?.status(), path).toBe(200);
  const inline = await page.locator('script:not([src])').allTextContents();
  return [...(await Promise.all(bodies)), Buffer.from(inline.join('\n'))].reduce((sum, body) => sum + gzipSync(body).length, 0);
}

describe.skipIf(!hasTool('chromium'))('the scripts of the desk', () => {
  let app: App;
  let browser: Browser;
  let desk: Visiting;
  let coalition: string;

  beforeAll(async () => {
    app = await startApp();
    browser = await openBrowser();
    desk = await openVisitor(browser, app.origin, { javaScript: true });
    await setUp(desk.page, app.setUpLink ?? '');
    coalition = new URL(desk.page.url()).pathname;
  }, 240_000);
  afterAll(async () => {
    await browser?.close();
    await app?.stop();
    app?.clear();
  });

  it('are 250 kB at most on every kind of page, and none comes from elsewhere', async () => {
    const { page } = desk;
    const write = { to: 'The Mayor', body: 'We ask you to open the banks again.', deadline };
    const open = await openLetter(page, { ...write, headline: 'The river belongs to everyone' });
    await page.goto(`${coalition}/letters/new`);
    await page.getByLabel('Headline').fill('Keep the ferry running');
    await page.getByRole('button', { name: 'Save the draft' }).click();
    await page.waitForURL(/\/letters\/let_/);
    const draft = new URL(page.url()).pathname;
    const ofCoalition = ['', '/members', '/members/own', '/settings', '/letters/new'].map((path) => `${coalition}${path}`);
    const ofDraft = [
      '',
      '/texts',
      '/texts/en',
      '/settings',
      '/block',
      '/freeze',
      '/history',
      '/history/compare?one=1',
      '/comments',
      '/preview',
    ];
    const ofOpen = ['', '/invitations', '/list', '/release', '/block/order', '/withdraw'];
    const paths = [
      ...ofCoalition,
      ...ofDraft.map((path) => `${draft}${path}`),
      ...ofOpen.map((path) => `${open}${path}`),
      '/mail',
      '/account',
    ];
    const measured = new Map<string, number>();
    for (const path of paths) measured.set(path, await scriptBytes(page, path));
    const report = [...measured].map(([path, bytes]) => `${path} ${(bytes / 1000).toFixed(0)} kB`).join('\n');
    expect(Math.max(...measured.values()), report).toBeLessThanOrEqual(BUDGET);
    // Something was measured: where a text is written its preview runs.
    expect(measured.get(`${draft}/texts/en`), report).toBeGreaterThan(50_000);
    expect(desk.foreign).toEqual([]);
  });

  it('tell an open list what has come since, and leave it as it stands', async () => {
    const { page } = desk;
    await page.clock.install();
    const letter = await openLetter(page, {
      to: 'The Mayor',
      headline: 'Lights on the quay',
      body: 'We ask you to light the quay.',
      deadline,
    });
    await page.goto(`${letter}/list`);
    const status = page.getByRole('status');
    await page.clock.runFor(25_000);
    expect(await status.textContent()).toBe('');
    const other = await desk.context.newPage();
    await other.goto(`${letter}/list/vouch`);
    await other.getByLabel('Personal', { exact: true }).check();
    await other.getByLabel('Name of the person').fill('Ines Halloran');
    await other.getByLabel('By what means').fill('on the telephone');
    await other.getByLabel('On which day').fill(new Date().toISOString().slice(0, 10));
    await other.getByLabel('Everybody', { exact: true }).check();
    await other.getByRole('button', { name: 'Record the yes' }).click();
    await other.getByText('Ines Halloran').first().waitFor();
    await page.clock.runFor(25_000);
    await expect.poll(() => status.textContent()).toBe('One more has come to the list. Show it');
    expect(await page.getByText('Ines Halloran').count()).toBe(0);
    await status.getByRole('link').click();
    await page.getByText('Ines Halloran').first().waitFor();
    await other.close();
  });
});
