import { createRequire } from 'node:module';
import type { AxeResults, RunOptions } from 'axe-core';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser } from '../support/browser.ts';
import { addressOf } from '../support/doors.ts';
import { sampled } from '../support/property.ts';
import { populate, type Role, type World } from '../support/roles.ts';
import { type Row, rows } from './matrix.ts';

// Every page there is, each as somebody who may see it: a page that is added is looked at without another word here. At each commit in one
// of the ways, in all of them in the long run.
const pages = rows.filter(({ kind, status }) => kind === 'page' && (status === undefined || status.includes(200)));

const AXE = createRequire(import.meta.url).resolve('axe-core/axe.min.js');
const RULES: RunOptions = { runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice'] };

let world: World;
let browser: Browser;

beforeAll(async () => {
  world = await populate({ PSEUDO_LOCALE: 'yes' });
  browser = await openBrowser();
}, 240_000);
afterAll(async () => {
  await browser?.close();
  await world?.close();
});

const roleFor = ({ may }: Row): Role => (may.includes('owner') ? 'owner' : (may[0] ?? 'anonymous'));

async function look(row: Row, options: { readonly width: number; readonly dark?: boolean; readonly lang?: string }): Promise<Page> {
  const { width, dark = false, lang } = options;
  const context: BrowserContext = await browser.newContext({
    baseURL: world.app.origin,
    // The rules are asked by a script of ours, which no page of ours would let in.
    bypassCSP: true,
    viewport: { width, height: 800 },
    colorScheme: dark ? 'dark' : 'light',
  });
  const cookies = [world.cookies[roleFor(row)], ...(lang ? [`lang=${lang}`] : [])].filter((cookie) => cookie !== '');
  await context.addCookies(
    cookies.map((cookie) => ({ url: world.app.origin, name: cookie.split('=', 1)[0] ?? '', value: cookie.replace(/^[^=]*=/, '') })),
  );
  const page = await context.newPage();
  await page.goto(addressOf(world, row), { waitUntil: 'load' });
  return page;
}

/** What overflows sideways where only its own frame may scroll. */
const overflow = (page: Page): Promise<number> =>
  page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);

async function faultsOf(page: Page): Promise<readonly string[]> {
  await page.addScriptTag({ path: AXE });
  const results = await page.evaluate<AxeResults, RunOptions>(
    // The script has just put itself on the page's own global object.
    (rules) => (globalThis as unknown as { readonly axe: typeof import('axe-core') }).axe.run(document, rules),
    RULES,
  );
  return results.violations.flatMap(({ id, nodes }) =>
    nodes.map(({ target, failureSummary }) => `${id} ${target.join(' ')}: ${failureSummary}`),
  );
}

describe.each([
  { name: 'light, on a wide screen', turn: 0, options: { width: 1280 } },
  { name: 'dark, on a phone', turn: 1, options: { width: 360, dark: true } },
  { name: 'right to left, on a phone', turn: 2, options: { width: 360, lang: 'en-XB' } },
])('$name', ({ options, turn }) => {
  it.each(sampled(pages, 3, turn))('$path', async (row) => {
    const page = await look(row, options);
    expect(await page.locator('h1').count()).toBe(1);
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    expect(await faultsOf(page)).toEqual([]);
    await page.context().close();
  });
});

describe('the rules', () => {
  it('see a picture without words, and words too pale to read', async () => {
    const page = await look({ path: '/', kind: 'page', may: ['anonymous'] }, { width: 360 });
    // A document of its own: into one of ours, scripts that come late would put back what was there.
    await page.setContent(
      '<!doctype html><html lang="en"><title>Rules</title><main><h1>Rules</h1><img src="/icon.svg"><p style="color:#ddd">pale</p></main></html>',
    );
    expect((await faultsOf(page)).map((fault) => fault.split(' ')[0]).sort()).toEqual(['color-contrast', 'image-alt']);
    await page.context().close();
  });
});
