import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { findFirstOwner } from '../../db/queries/coalitions.ts';
import { ensurePerson } from '../../lib/auth/person.ts';
import { IDLE_HOURS, startSession } from '../../lib/auth/session.ts';
import { addMember } from '../../lib/coalitions/founding.ts';
import { readConfig } from '../../lib/config.ts';
import { openInstance } from '../../lib/instance.ts';
import { type App, ROOT, startApp } from '../support/app.ts';
import { openBrowser, openVisitor, shownText, type Visiting } from '../support/browser.ts';
import { address } from '../support/coalition.ts';
import { setUp } from '../support/desk.ts';
import { hasTool } from '../support/tools.ts';

/** A drafter of another organisation. @returns the values of two session cookies: of one that goes on, and of one left idle too long */
async function joinAsDrafter(app: App): Promise<{ readonly session: string; readonly ended: string }> {
  const config = readConfig({ DATA_DIR: app.dataDir, APP_ORIGIN: app.origin }, ROOT);
  if (!config.ok) throw new Error('the test configuration is refused');
  const instance = await openInstance(config.value);
  const now = new Date();
  try {
    const owner = await findFirstOwner(instance.store.read);
    return await instance.store.inTransaction(async (tx) => {
      const { id: personId } = await ensurePerson(tx, instance, { email: address('tomas@ferries.example'), name: 'Tomas Ardelean' }, now);
      await addMember(
        tx,
        instance,
        { coalitionId: owner?.coalitionId ?? '', personId, role: 'drafter', organisation: 'Ferry Workers Union' },
        new Date(now.getTime() + 1),
      );
      const earlier = new Date(now.getTime() - (IDLE_HOURS + 1) * 3_600_000);
      return { session: await startSession(tx, instance, personId, now), ended: await startSession(tx, instance, personId, earlier) };
    });
  } finally {
    await instance.store.close();
  }
}

describe.skipIf(!hasTool('chromium'))('two members at one draft', () => {
  let app: App;
  let browser: Browser;
  let session: string;
  let ended: string;
  let letter: string;
  const visitors: Visiting[] = [];

  beforeAll(async () => {
    app = await startApp();
    browser = await openBrowser();
    const desk = await openVisitor(browser, app.origin, { javaScript: true });
    visitors.push(desk);
    await setUp(desk.page, app.setUpLink ?? '');
    ({ session, ended } = await joinAsDrafter(app));
  }, 240_000);
  afterAll(async () => {
    await browser?.close();
    await app?.stop();
    app?.clear();
  });

  const body = (page: Page) => page.getByLabel('Text', { exact: true });

  const openMembers = async (javaScript: boolean) => {
    const [desk] = visitors;
    const cookies = (await desk?.context.cookies()) ?? [];
    const nila = await openVisitor(browser, app.origin, { javaScript });
    await nila.context.addCookies(cookies.filter(({ name }) => name === 'session'));
    const tomas = await openVisitor(browser, app.origin, { javaScript, width: 360 });
    await tomas.context.addCookies([{ name: 'session', value: session, url: app.origin }]);
    visitors.push(nila, tomas);
    return { nila: nila.page, tomas: tomas.page };
  };

  const write = async (page: Page, headline: string) => {
    await page.goto('/desk');
    await page.getByRole('link', { name: 'Write a letter' }).first().click();
    await page.getByLabel('To', { exact: true }).fill('Ms Ottoline Varga\nMinister of Waters');
    await page.getByLabel('Headline').fill(headline);
    await body(page).fill('We ask you to open the banks again.');
    await page.getByRole('button', { name: 'Save the draft' }).click();
    await page.waitForURL(/\/letters\/let_/);
    return new URL(page.url()).pathname;
  };

  it.each([true, false])('shows both texts where two saved at once, and loses neither (JavaScript: %s)', async (javaScript) => {
    const { nila, tomas } = await openMembers(javaScript);
    letter = await write(nila, 'The river belongs to everyone');
    for (const page of [nila, tomas]) await page.goto(`${letter}/texts/en`);
    await body(nila).fill('We urge you to open the banks again.');
    await nila.getByRole('button', { name: 'Save', exact: true }).click();
    await nila.waitForURL((url) => url.pathname === letter);

    await body(tomas).fill('We ask you to open both banks again.');
    await tomas.getByRole('button', { name: 'Save', exact: true }).click();
    await tomas.getByRole('heading', { name: 'What differs' }).waitFor();
    expect(await shownText(tomas.locator('main'))).toMatch(/Somebody saved this in the meantime[\s\S]*Saved by Nila Ferro/);
    const sides = tomas.locator('.differences .beside > div');
    expect(await shownText(sides.nth(0).locator('.difference'))).toMatch(/urge[\s\S]*the/);
    expect(await sides.nth(0).locator('del').allInnerTexts()).toEqual([expect.stringContaining('urge'), expect.stringContaining('the')]);
    expect(await sides.nth(1).locator('ins').allInnerTexts()).toEqual([expect.stringContaining('ask'), expect.stringContaining('both')]);
    expect(await sides.nth(1).locator('ins').first().textContent()).toBe(' [added] ask [end of change] ');
    expect(await body(tomas).inputValue()).toBe('We ask you to open both banks again.');
    // Nothing is wider than the phone it is read on.
    expect(await tomas.evaluate(() => document.documentElement.scrollWidth <= window.innerWidth)).toBe(true);

    await tomas.getByRole('button', { name: 'Save mine over it' }).click();
    await tomas.waitForURL((url) => url.pathname === letter);
    await nila.goto(`${letter}/texts/en`);
    expect(await body(nila).inputValue()).toBe('We ask you to open both banks again.');

    // The other way round: Nila lets it stand, and what she typed is in the history.
    await tomas.goto(`${letter}/texts/en`);
    await body(tomas).fill('Open every bank.');
    await tomas.getByRole('button', { name: 'Save', exact: true }).click();
    await tomas.waitForURL((url) => url.pathname === letter);
    await body(nila).fill('Open the banks at once.');
    await nila.getByRole('button', { name: 'Save', exact: true }).click();
    await nila.getByRole('button', { name: 'Take theirs' }).click();
    await nila.getByRole('status').first().waitFor();
    expect(await body(nila).inputValue()).toBe('Open every bank.');
    expect(await nila.getByRole('heading', { name: 'What differs' }).count()).toBe(0);

    await nila.goto(`${letter}/history`);
    const list = await shownText(nila.getByRole('table'));
    expect(list.match(/set aside/g)).toHaveLength(2);
    expect(list).toMatch(/Tomas Ardelean \(Ferry Workers Union\)[\s\S]*Nila Ferro/);
    await nila
      .getByRole('link', { name: /set aside/ })
      .first()
      .click();
    expect(await shownText(nila.locator('.difference').first())).toContain('at once');
    await nila.getByRole('button', { name: /Restore save/ }).click();
    await nila.waitForURL(/\/texts\/en$/);
    expect(await body(nila).inputValue()).toBe('Open the banks at once.');
    for (const { foreign } of visitors) expect(foreign).toEqual([]);
  });

  it('writes a translation beside its source, from right to left, and says when it is older', async () => {
    const { nila, tomas } = await openMembers(false);
    await nila.goto(`${letter}/texts`);
    await nila.getByLabel('Language', { exact: true }).selectOption('fa');
    await nila.getByRole('button', { name: 'Go on' }).click();
    await nila.waitForURL(/\/texts\/fa/);
    expect(await shownText(nila.locator('.source-text'))).toContain('Open the banks at once.');
    expect(await body(nila).getAttribute('dir')).toBe('rtl');
    await nila.getByLabel('Headline').fill('رودخانه از آن همه است');
    await body(nila).fill('کرانه‌ها را بگشایید.');
    await nila.getByRole('button', { name: 'Save', exact: true }).click();
    await nila.waitForURL((url) => url.pathname === letter);

    await tomas.goto(`${letter}/texts/en`);
    await body(tomas).fill('Open both banks at once.');
    await tomas.getByRole('button', { name: 'Save', exact: true }).click();
    await nila.goto(`${letter}/texts`);
    expect(await shownText(nila.locator('.texts'))).toContain('Older than its source');
    await nila.getByRole('link', { name: /^Edit .*فارسی/ }).click();
    expect(await shownText(nila.locator('.notice .differences'))).toContain('both');
    await nila.getByLabel('This translation now says what the authentic text says').check();
    await nila.getByRole('button', { name: 'Save', exact: true }).click();
    await nila.goto(`${letter}/texts`);
    expect(await shownText(nila.locator('.texts'))).not.toContain('Older than its source');

    await nila.getByRole('button', { name: /^Remove .*فارسی/ }).click();
    expect(await shownText(nila.locator('.texts'))).not.toContain('رودخانه');
    await nila.getByRole('button', { name: 'Bring it back' }).click();
    await nila.waitForURL(/\/texts\/fa$/);
    expect(await body(nila).inputValue()).toBe('کرانه‌ها را بگشایید.');
  });

  it('shows both settings of a block where two saved at once, and puts neither over the other unseen', async () => {
    const { nila, tomas } = await openMembers(false);
    const people = (page: Page) => page.getByRole('group', { name: 'People in their personal capacity' });
    const heading = (page: Page) => people(page).getByLabel('Heading in English');
    const save = (page: Page, words: string) => page.getByRole('button', { name: words, exact: true }).click();
    for (const page of [nila, tomas]) await page.goto(`${letter}/block`);
    await heading(nila).fill('Who signs for themselves');
    await save(nila, 'Save');
    await nila.getByRole('status').filter({ hasText: 'Saved' }).waitFor();

    // What is wrong at a field comes first: it must not make a later save one over settings that were never shown.
    await heading(tomas).fill('x'.repeat(2000));
    await save(tomas, 'Save');
    await tomas.getByRole('heading', { name: 'What differs' }).waitFor();
    await heading(tomas).fill('In their own name');
    await nila.getByLabel('Print how many there are').check();
    await save(nila, 'Save');
    await nila.getByRole('status').filter({ hasText: 'Saved' }).waitFor();
    await save(tomas, 'Save mine over it');
    await tomas.getByRole('heading', { name: 'What differs' }).waitFor();
    const sides = tomas.locator('.differences .beside');
    expect(await shownText(sides.first())).toMatch(/Who signs for themselves[\s\S]*In their own name/);
    expect(await shownText(tomas.locator('main'))).toMatch(/Saved by Nila Ferro/);
    await save(tomas, 'Take theirs');
    await tomas.getByRole('status').first().waitFor();
    expect(await heading(tomas).inputValue()).toBe('Who signs for themselves');
    await tomas.goto(`${letter}/history`);
    expect(await shownText(tomas.getByRole('table'))).toMatch(/settings: set aside/i);

    // A session that ends while one types: what was typed is there again after signing in.
    const sessionOf = (value: string) => tomas.context().addCookies([{ name: 'session', value, url: app.origin }]);
    await tomas.goto(`${letter}/block`);
    await heading(tomas).fill('In their own name');
    await sessionOf(ended);
    await save(tomas, 'Save');
    await tomas.waitForURL(/\/sign-in/);
    await sessionOf(session);
    await tomas.goto(`${letter}/block`);
    expect(await heading(tomas).inputValue()).toBe('In their own name');
    await save(tomas, 'Save');
    await tomas.getByRole('status').filter({ hasText: 'Saved' }).waitFor();
  });

  it('shows what is typed as it will look, as it is typed and without JavaScript', async () => {
    const { nila, tomas } = await openMembers(true);
    await nila.goto(`${letter}/texts/en`);
    await body(nila).fill('Open the *eastern* bank.\n\n1. Today');
    const frame = nila.frameLocator('.live-preview__box iframe:not([data-waiting])');
    await frame.getByText('eastern').waitFor();
    expect(await frame.locator('em').textContent()).toBe('eastern');
    // Its style is let in by its hash.
    expect(await frame.locator('main').evaluate((main) => getComputedStyle(main).maxWidth)).not.toBe('none');
    await body(nila).fill('<b>no</b>');
    await nila.locator('.live-preview__trouble', { hasText: 'HTML is not allowed' }).waitFor();
    const loaded = await nila.evaluate(() =>
      performance
        .getEntriesByType('resource')
        .filter(({ name }) => name.includes('/_next/') && name.includes('.js'))
        .reduce((sum, entry) => sum + (entry as PerformanceResourceTiming).encodedBodySize, 0),
    );
    expect(loaded).toBeGreaterThan(0);
    expect(loaded).toBeLessThanOrEqual(250_000);

    const plain = await openVisitor(browser, app.origin);
    await plain.context.addCookies(await nila.context().cookies());
    await plain.page.goto(`${letter}/texts/en`);
    await body(plain.page).fill('Open the western bank.');
    const [shown] = await Promise.all([
      plain.context.waitForEvent('page'),
      plain.page.getByRole('button', { name: 'Preview', exact: true }).click(),
    ]);
    await shown.getByText('Open the western bank.').waitFor();
    await tomas.goto(`${letter}/texts/en`);
    expect(await body(tomas).inputValue()).toBe('Open both banks at once.');
    await plain.context.close();
  });

  it('copies, archives and deletes a draft, each in one step', async () => {
    const { nila } = await openMembers(false);
    await nila.goto(letter);
    await nila.getByRole('button', { name: 'Start a new letter from it' }).click();
    await nila.waitForURL((url) => url.pathname !== letter && url.pathname.startsWith('/letters/let_'));
    const copy = new URL(nila.url()).pathname;
    expect(await nila.getByRole('link', { name: /^Edit the text: .*فارسی/ }).count()).toBe(1);
    await nila.getByRole('button', { name: 'Archive', exact: true }).click();
    await nila.getByRole('button', { name: 'Put back into the list' }).waitFor();
    await nila.goto('/desk');
    const listed = nila.locator(`a[href="${copy}"]`);
    expect(await listed.count()).toBe(0);
    await nila.getByRole('link', { name: 'Archive', exact: true }).click();
    await listed.click();
    await nila.getByRole('button', { name: 'Delete this draft' }).click();
    await nila.getByText('The draft is deleted').waitFor();
    await nila.getByRole('button', { name: 'Bring it back' }).click();
    await nila.waitForURL((url) => url.pathname === copy);
  });

  it('refuses a flood of saves, and keeps what was typed', async () => {
    const { tomas } = await openMembers(false);
    const sendTo = async (path: string) => {
      const headers = { origin: app.origin, accept: 'application/json' };
      return (await tomas.request.post(path, { form: { headline: 'Flood', revision: '1' }, headers, maxRedirects: 0 })).status();
    };
    await tomas.goto(`${letter}/block`);
    await tomas.getByLabel('Heading in English').first().fill('After the flood');
    // The counters begin anew with the clock's minute: whoever presses just after is let in, and pressed again after another flood.
    const flood = async () => {
      let answer = 200;
      for (let press = 0; press < 122 && answer === 200; press++) answer = await sendTo(`${letter}/texts/en/set-aside`);
      return answer;
    };
    expect([await flood(), await sendTo(`${letter}/texts/en/save`)]).toEqual([429, 429]);
    await tomas.getByRole('button', { name: 'Save', exact: true }).click();
    await tomas.getByText('tried too often').first().waitFor();
    await tomas.goto(`${letter}/block`);
    expect(await tomas.getByLabel('Heading in English').first().inputValue()).toBe('After the flood');
    await tomas.goto(`${letter}/settings`);
    await tomas.locator('[name="place"]').fill('Faro');
    expect(await flood()).toBe(429);
    await tomas.getByRole('button', { name: 'Save', exact: true }).click();
    await tomas.getByText('tried too often').first().waitFor();
    await tomas.goto(`${letter}/settings`);
    expect(await tomas.locator('[name="place"]').inputValue()).toBe('Faro');
  });
});
