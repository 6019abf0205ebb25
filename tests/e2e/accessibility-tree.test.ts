import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser, openVisitor, type Visiting } from '../support/browser.ts';
import { mailTokens } from '../support/open-signed.ts';
import { populate, settled, type World } from '../support/roles.ts';
import { hasTool } from '../support/tools.ts';

/** In a script that runs the other way than the page. */
const NAME = 'نرگس چشمه‌سار';

/**
 * The whole way of a signatory by roles and names alone, as a screen reader has it, without JavaScript. Watches describe() and
 * ErrorSummary (app/_components/ui), the headings and landmarks of Shell, and the direction of names.
 */
describe.skipIf(!hasTool('chromium'))('signing by the accessibility tree', () => {
  let world: World;
  let browser: Browser;
  const visitors: Visiting[] = [];

  beforeAll(async () => {
    world = await populate();
    browser = await openBrowser();
  }, 240_000);
  afterAll(async () => {
    await browser?.close();
    await world?.close();
  });

  const visitor = async (): Promise<Page> => {
    const visiting = await openVisitor(browser, world.app.origin, { width: 360 });
    visitors.push(visiting);
    return visiting.page;
  };
  const text = (page: Page, name: string): Locator => page.getByRole('textbox', { name, exact: true });
  const radio = (page: Page, name: string): Locator => page.getByRole('radio', { name, exact: true });
  const press = (page: Page, name: string): Promise<void> => page.getByRole('button', { name, exact: true }).click();

  /** What stands in the tree of every page: its landmarks, headings that leave out no level, and a name at whatever can be used. */
  async function expectSound(page: Page, heading: string): Promise<string> {
    await page.getByRole('heading', { name: heading, exact: true }).first().waitFor();
    await page.getByRole('main').waitFor();
    expect(await page.getByRole('main').count()).toBe(1);
    const tree = await page.locator('body').ariaSnapshot();
    const levels = [...tree.matchAll(/^\s*- heading .*\[level=(\d)\]/gm)].map(([, level]) => Number(level));
    expect(levels.filter((level) => level === 1)).toHaveLength(1);
    // The summary of what is wrong stands before the heading of the page.
    for (const [index, level] of levels.entries()) expect(level - (levels[index - 1] ?? 2)).toBeLessThanOrEqual(1);
    const ids = await page.locator('[id]').evaluateAll((elements) => elements.map(({ id }) => id));
    expect(ids.filter((id, index) => ids.indexOf(id) !== index)).toEqual([]);
    const unnamed = tree
      .split('\n')
      .filter((line) => /^\s*- (?:textbox|radio|checkbox|combobox|button|link|searchbox|heading)(?! ")/.test(line));
    expect(unnamed).toEqual([]);
    const page_ = await page.evaluate(() => ({ lang: document.documentElement.lang, dir: document.documentElement.dir }));
    expect(page_).toEqual({ lang: 'en', dir: 'ltr' });
    return tree;
  }

  /** The fault that a field tells of itself, by the elements that describe it. */
  const faultOf = (field: Locator): Promise<{ readonly wrong: string | null; readonly said: string }> =>
    field.evaluate((element) => ({
      wrong: element.getAttribute('aria-invalid'),
      said: (element.getAttribute('aria-describedby') ?? '')
        .split(' ')
        .map((id) => document.getElementById(id)?.textContent ?? `no ${id}`)
        .join(' '),
    }));

  /** The summary has the focus, is an alert, and leads to each field by a link of the fault's words. */
  async function expectSummary(page: Page, fields: readonly Locator[]): Promise<void> {
    const alert = page.getByRole('alert');
    await alert.waitFor();
    expect(await alert.evaluate((element) => element === document.activeElement)).toBe(true);
    const links = await alert.getByRole('link').all();
    expect(links.length).toBeGreaterThanOrEqual(fields.length);
    for (const link of links) {
      const target = (await link.getAttribute('href')) ?? '';
      expect(await page.locator(target).count(), target).toBe(1);
    }
    for (const field of fields) {
      const { wrong, said } = await faultOf(field);
      expect(wrong).toBe('true');
      expect(said).not.toContain('no ');
      expect((await alert.allInnerTexts()).join(' ')).toContain(said.replace(/^.*Error:\s*/, '').trim());
    }
  }

  /** Wherever the name stands it reads in its own direction. */
  async function expectOwnDirection(page: Page): Promise<void> {
    const directions = await page.getByText(NAME).evaluateAll((elements) => elements.map((element) => getComputedStyle(element).direction));
    expect(directions.length).toBeGreaterThan(0);
    expect(new Set(directions)).toEqual(new Set(['rtl']));
  }

  it('leads from the invitation over a fault to the own page', async () => {
    const page = await visitor();
    await page.goto(`/i/${world.cookies.signatory.replace('invitation=', '')}`);
    await expectSound(page, 'Cormorants of the upper quay');
    await radio(page, 'For Harbour Forum').check();
    await text(page, 'Your name').fill(NAME);
    await press(page, 'Check the entry');
    await expectSound(page, 'There is a problem');
    await expectSummary(page, [text(page, 'Your role or title')]);
    expect(await text(page, 'Your name').inputValue()).toBe(NAME);
    await text(page, 'Your role or title').fill('Chair');
    await radio(page, 'Everybody').check();
    await press(page, 'Check the entry');
    await expectSound(page, 'Check and sign');
    await page.getByRole('checkbox', { name: 'I am authorised to sign for Harbour Forum' }).check();
    await press(page, 'Sign');
    await expectSound(page, 'You have signed');
    expect(await page.getByRole('status').allInnerTexts()).toContainEqual(expect.stringContaining('Thank you'));
  });

  it('leads from an open link through the mail to the own page and the public one', async () => {
    const page = await visitor();
    await page.goto(`/sign/${world.slug}`);
    await expectSound(page, 'Herons of the lower quay');
    await radio(page, 'Only for myself').check();
    await text(page, 'Your name').fill(NAME);
    await radio(page, 'Everybody').check();
    await press(page, 'Check the entry');
    await expectSound(page, 'There is a problem');
    await expectSummary(page, [text(page, 'Your e-mail address')]);
    await text(page, 'Your e-mail address').fill('narges@home.example');
    await press(page, 'Check the entry');
    await expectSound(page, 'Check and sign');
    await expectOwnDirection(page);
    // Whoever is quicker than a person is asked to look once more.
    await page.waitForTimeout(3_000);
    await press(page, 'Send me the link to confirm');
    await expectSound(page, 'Now look into your mail');
    await page.goto(`/confirm/${(await mailTokens(world.instance, 'confirmation')).at(-1)}`);
    await expectSound(page, 'Was it you who signed?');
    await press(page, 'Yes, it was me: sign');
    await page.waitForURL(/\/own$/);
    await expectSound(page, 'You have signed');
    await expectOwnDirection(page);
    await settled(world.instance);
    const { slug } = (await world.instance.store.read.select().from(world.instance.store.read.tables.letters)).find(
      ({ id }) => id === world.anyone,
    ) ?? { slug: '' };
    await page.goto(`/l/${slug}`);
    await expectSound(page, 'Herons of the lower quay');
    await expectOwnDirection(page);
  });
});
