import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type App, startApp } from '../support/app.ts';
import { openBrowser, openVisitor, shownText, type Visiting, type VisitorOptions } from '../support/browser.ts';
import { setUp } from '../support/desk.ts';
import { readWith, textOf } from '../support/pdf.ts';
import { hasTool } from '../support/tools.ts';

describe.skipIf(!hasTool('chromium'))('the signatory block', () => {
  let app: App;
  let browser: Browser;
  let letter: string;
  let founder: Visiting;

  beforeAll(async () => {
    app = await startApp({ PSEUDO_LOCALE: 'yes' });
    browser = await openBrowser();
    founder = await openVisitor(browser, app.origin, { javaScript: true });
    await setUp(founder.page, app.setUpLink ?? '');
    await founder.page.getByRole('button', { name: 'Add the sample letter' }).click();
    await founder.page.waitForURL(/\/letters\/let_/);
    letter = new URL(founder.page.url()).pathname;
  }, 240_000);
  afterAll(async () => {
    await browser?.close();
    await app?.stop();
    app?.clear();
  });

  const visit = async (options: VisitorOptions = {}): Promise<Page> => {
    const visitor = await openVisitor(browser, app.origin, options);
    await visitor.context.addCookies((await founder.context.cookies()).filter(({ name }) => name === 'session'));
    return visitor.page;
  };
  const names = async (page: Page) => {
    // A click may return before the next page has its rows, and reading all of none waits for nothing.
    await page.locator('.entries__lead').first().waitFor();
    return (await page.locator('.entries__lead').allTextContents()).map((name) => name.split(' ').at(-1));
  };
  const row = (page: Page, name: string) => page.getByRole('listitem').filter({ hasText: name });
  const focused = (page: Page) => page.evaluate(() => document.activeElement?.id ?? '');

  const drag = async (page: Page, name: string, onto: string) => {
    const corner = { position: { x: 10, y: 10 } };
    // The script has taken hold of the rows.
    await page.locator('[draggable="true"]').first().waitFor();
    await row(page, name).hover(corner);
    await page.mouse.down();
    await row(page, onto).hover(corner);
    await row(page, onto).hover({ position: { x: 14, y: 12 } });
    await page.mouse.up();
  };

  it('is put in order by keyboard and without scripts, the focus on the entry that moved', async () => {
    const page = await visit({ width: 360 });
    await page.goto(letter);
    await page.getByRole('link', { name: 'Signatory block' }).click();
    const heading = page.getByLabel('Heading', { exact: false }).first();
    await heading.fill('They ask first');
    await page.getByRole('button', { name: 'Save, then put entries in order by hand' }).click();
    await page.getByRole('link', { name: 'People in their personal capacity' }).waitFor();
    await page.goBack();
    await page.reload();
    expect(await heading.inputValue()).toBe('They ask first');
    await page.getByRole('button', { name: 'Save, then put entries in order by hand' }).click();
    await page.getByRole('link', { name: 'People in their personal capacity' }).click();
    await page.waitForURL(/section=personal/);
    const before = await names(page);
    // A page sent by streams has its rows before the fragment takes the focus: a key pressed in between goes astray.
    const comesBack = async (act: () => Promise<void>) => {
      await page.evaluate(() => document.documentElement.setAttribute('data-before', ''));
      await act();
      await page.waitForFunction(
        () =>
          !document.documentElement.hasAttribute('data-before') &&
          document.readyState === 'complete' &&
          document.activeElement?.id.startsWith('sig_'),
      );
    };
    const enter = () => comesBack(() => page.keyboard.press('Enter'));
    const press = async (name: string, words: string) => {
      await row(page, name).getByRole('button', { name: words, exact: true }).focus();
      await enter();
      await page.getByRole('status').waitFor();
      expect(await focused(page)).toBe(await row(page, name).getAttribute('id'));
    };
    const first = async () => (await names(page))[0];
    await press('Stenmark', 'To the top');
    await press('Dovedale', 'To the top');
    expect((await names(page)).slice(0, 2)).toEqual(['Dovedale', 'Stenmark']);
    expect(await shownText(page.getByRole('status'))).toContain('place 1');
    // From the row the next key leads to its own buttons.
    await page.keyboard.press('Tab');
    expect(await page.evaluate(() => document.activeElement?.textContent)).toBe('Down');
    await enter();
    expect(await first()).toBe('Stenmark');
    await press('Dovedale', 'Up');
    await row(page, 'Dovedale').getByLabel('Place for').fill('2');
    await enter();
    expect(await first()).toBe('Stenmark');
    await press('Dovedale', 'Give back');
    await press('Stenmark', 'Give back');
    expect(await names(page)).toEqual(before);
    await page.getByLabel('Search for a name').fill('okonjo');
    await page.getByRole('button', { name: 'Search' }).click();
    await page.waitForURL(/okonjo/);
    expect(await names(page)).toEqual(['Okonjo-Hale']);
  });

  it('is put in order by dragging, and prints in that order', async () => {
    const page = await visit({ javaScript: true });
    await page.goto(`${letter}/block/order?section=personal`);
    await drag(page, 'Okonjo', 'Lindqvist');
    await page.waitForURL(/#sig_/);
    expect((await names(page))[0]).toBe('Okonjo-Hale');
    await drag(page, 'Dovedale', 'Okonjo');
    await page.waitForFunction(() => document.querySelector('.entries__lead')?.textContent?.includes('Dovedale'));
    const order = await names(page);
    expect(order.slice(0, 2)).toEqual(['Dovedale', 'Okonjo-Hale']);
    const file = await page.request.get(`/api/files/letters/${letter.split('/').at(-1)}/pdf`);
    const text = textOf(await file.body());
    const places = order.map((name) => text.indexOf(name ?? ''));
    expect(places.every((place) => place > 0)).toBe(true);
    expect(places).toEqual(places.toSorted((a, b) => a - b));
    // The same on other paper, and the signatories alone, by the page's own links.
    await page.goto(letter);
    const first = ((await page.getByRole('heading', { level: 1 }).textContent()) ?? '').split(' ').slice(0, 3).join(' ');
    const linked = async (name: string) => {
      const answered = await page.request.get((await page.getByRole('link', { name }).getAttribute('href')) ?? '');
      const bytes = await answered.body();
      const [, width, height] = /<page width="(\d+)\.\d+" height="(\d+)\./.exec(readWith('pdftotext', bytes, ['-bbox', 'FILE', '-'])) ?? [];
      return { paper: `${width}×${height}`, text: textOf(bytes), file: answered.headers()['content-disposition'] ?? '' };
    };
    const whole = await linked('on US Letter paper');
    expect([whole.paper, whole.text.includes(first)]).toEqual(['612×792', true]);
    const alone = await linked('PDF of the signatories alone');
    expect([alone.paper, alone.text.includes(first), order.every((name) => alone.text.includes(name ?? ''))]).toEqual([
      '595×841',
      false,
      true,
    ]);
    expect(alone.file).toContain('-signatories-not-final.pdf');
  });

  it('is previewed as it is set, and saved', async () => {
    const page = await visit({ javaScript: true });
    await page.goto(`${letter}/block`);
    const personal = page.getByRole('group', { name: 'People in their personal capacity' });
    await personal.getByLabel('Heading').fill('In their own name');
    await page.getByLabel('Print how many there are').check();
    const preview = page.frameLocator('.live-preview iframe:not([data-waiting])');
    await preview.getByRole('heading', { name: 'In their own name' }).waitFor();
    await preview.getByText('4 organisations').waitFor();
    await page.getByRole('button', { name: 'Save', exact: true }).click();
    await page.getByRole('status').filter({ hasText: 'Saved' }).waitFor();
    expect(await personal.getByLabel('Heading').inputValue()).toBe('In their own name');
    const plain = await visit();
    await plain.goto(`${letter}/block`);
    expect(await shownText(plain.locator('.sheet'))).toContain('In their own name');
  });
});
