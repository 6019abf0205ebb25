import { createRequire } from 'node:module';
import type { AxeResults, RunOptions } from 'axe-core';
import type { Browser, BrowserContext, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser } from '../support/browser.ts';
import { addressOf } from '../support/doors.ts';
import { walk } from '../support/keyboard.ts';
import { sampled } from '../support/property.ts';
import { populate, type Role, type World } from '../support/roles.ts';
import { type Row, rows } from './matrix.ts';

// Every page there is, each as somebody who may see it: a page that is added is looked at without another word here. At each commit a third of
// them in one of the ways, in the long run all in all of them.
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

const looks = [
  { name: 'light, on a wide screen', options: { width: 1280 } },
  { name: 'dark, on a phone', options: { width: 360, dark: true } },
  { name: 'right to left, on a phone', options: { width: 360, lang: 'en-XB' } },
  { name: 'dark, on a wide screen', options: { width: 1280, dark: true } },
  { name: 'light, on a phone', options: { width: 360 } },
  { name: 'right to left, on a wide screen', options: { width: 1280, lang: 'en-XB' } },
].map((look, turn) => ({ ...look, turn }));

describe.each(looks)('$name', ({ options, turn }) => {
  it.each(sampled(pages, 3 * looks.length, turn))('$path', async (row) => {
    const page = await look(row, options);
    expect(await page.locator('h1').count()).toBe(1);
    expect(await overflow(page)).toBeLessThanOrEqual(0);
    expect(await faultsOf(page)).toEqual([]);
    await page.context().close();
  });
});

/** Runs in the page: the form goes as its first button sends it. */
function pressMain(element: Element): void {
  (element as HTMLFormElement).requestSubmit(element.querySelector<HTMLElement>('button[type="submit"]:not([formaction])'));
}

describe('by keyboard', () => {
  // At a commit one page of eighteen in one look and as many in the other.
  const walks = [{ width: 1280 }, { width: 360, lang: 'en-XB' }].flatMap((options, turn) =>
    sampled(pages, 18, turn).map((row) => ({ path: row.path, row, options })),
  );
  it.each(walks)('$path at $options.width px', async ({ row, options }) => {
    const page = await look(row, options);
    expect(await walk(page)).toEqual([]);
    await page.context().close();
  });

  // Comes last: what is sent changes what others would see.
  it.each(sampled(pages, 18))('$path: what became of a form has the focus', async (row) => {
    const page = await look(row, { width: 1280 });
    const form = page.locator('main form[method="post"][novalidate]').first();
    if ((await form.count()) > 0) {
      await form.evaluate((element) => {
        for (const field of element.querySelectorAll<HTMLInputElement>(
          'input:not([type]), input[type="text"], input[type="email"], textarea',
        ))
          field.value = '';
      });
      await Promise.all([page.waitForEvent('load'), form.evaluate(pressMain)]);
      // Whoever is sent on to sign in reads a page of its own.
      if (new URL(page.url()).pathname === '/sign-in/sent') return await page.context().close();
      expect(await page.evaluate(() => document.activeElement?.matches('.errors, [role="status"]'))).toBe(true);
      const first = page.locator('.errors a').first();
      if ((await first.count()) > 0) {
        await first.press('Enter');
        expect(await page.evaluate(() => document.activeElement?.closest('.field--error') !== null)).toBe(true);
      }
    }
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
