import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser, openVisitor, shownText, type Visiting } from '../support/browser.ts';
import { populate, type World } from '../support/roles.ts';
import { snapshot } from '../support/snapshot.ts';
import { hasTool } from '../support/tools.ts';

/** The words of the invitations, without a script on a phone. */
describe.skipIf(!hasTool('chromium'))('the invitations desk', () => {
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

  const visitor = async (cookie = ''): Promise<Page> => {
    const visiting = await openVisitor(browser, world.app.origin, { width: 360 });
    visitors.push(visiting);
    const [name = '', value = ''] = cookie.split('=');
    if (name !== '') await visiting.context.addCookies([{ url: world.app.origin, name, value }]);
    return visiting.page;
  };
  const heading = (page: Page, name: string) => page.getByRole('heading', { name }).waitFor();
  const main = (page: Page) => shownText(page.locator('main'));

  it('saves the words of the invitations, shows the mail, and sends it to whoever asks as a test', async () => {
    const desk = await visitor(world.cookies.owner);
    await desk.goto(`/letters/${world.open}/invitations`);
    await desk.getByRole('link', { name: 'Subject and message of the invitations' }).click();
    const english = desk.getByRole('group', { name: 'Mails in English' });
    await english.getByLabel('Subject').fill('Will you stand with us?');
    await english.getByLabel('Message').fill('We met at the weir in March.');
    await desk.getByLabel('Answers go to').fill('no address');
    await desk.getByRole('button', { name: 'Save the words' }).click();
    expect(await shownText(desk.getByRole('alert'))).toContain('name@example.org');
    expect(await english.getByLabel('Subject').inputValue()).toBe('Will you stand with us?');
    await desk.getByLabel('Answers go to').fill('answers@coalition.example');
    await desk.getByRole('button', { name: 'Save the words' }).click();
    expect(await shownText(desk.getByRole('status'))).toContain('Saved');
    const frame = desk.frameLocator('iframe').first();
    await frame.getByText('We met at the weir in March.').waitFor();
    expect(await main(desk)).toContain('answers@coalition.example');
    await desk.getByRole('button', { name: 'Send me this one as a test (English)' }).click();
    expect(await shownText(desk.getByRole('status'))).toContain('nila@coalition.example');
    for (let attempt = 0; attempt < 60; attempt++) {
      await desk.goto('/mail');
      if ((await desk.getByRole('link', { name: '[Test] Will you stand with us?' }).count()) > 0) break;
      await desk.waitForTimeout(250);
    }
    await desk.getByRole('link', { name: '[Test] Will you stand with us?' }).click();
    expect(await main(desk)).toContain('This is a test that you sent to yourself');
    const before = await snapshot(world.instance.store.read);
    await desk.goto('/i/test');
    await heading(desk, 'This was a test');
    expect(await snapshot(world.instance.store.read)).toEqual(before);
  });
});
