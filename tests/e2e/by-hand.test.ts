import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openBrowser, openVisitor, shownText, type Visiting } from '../support/browser.ts';
import { populate, type World } from '../support/roles.ts';
import { snapshot } from '../support/snapshot.ts';
import { hasTool } from '../support/tools.ts';

/** A link from hand to hand, without a script on a phone. */
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

  it('hands a link over: shown once, signed by, vouched for, listed', async () => {
    const desk = await visitor(world.cookies.owner);
    await desk.goto(`/letters/${world.open}/invitations`);
    await desk.getByRole('link', { name: 'Make a link to hand over' }).click();
    await desk.getByLabel('An organisation', { exact: true }).check();
    await desk.getByLabel('Name of the organisation').fill('Weir Wardens');
    await desk.getByRole('button', { name: 'Make the link' }).click();
    await heading(desk, 'Link to hand over');
    const link = await desk.getByLabel('The link alone').inputValue();
    expect(link).toMatch(/\/i\/hd_[\w-]{43}$/);
    expect(await desk.getByLabel('The link with words to send').inputValue()).toContain(link);
    expect(desk.url()).not.toContain('hd_');
    expect(await main(desk)).toContain('It proves no address');
    const before = await snapshot(world.instance.store.read);
    await desk.reload();
    expect(await desk.content(), 'shown once').not.toContain('hd_');
    expect(await main(desk)).toContain('A link is shown once');
    expect(await snapshot(world.instance.store.read)).toEqual(before);

    const holder = await visitor();
    await holder.goto(link);
    expect(new URL(holder.url()).pathname).toBe('/i');
    await holder.locator('input[name="signer"][value="organisation"]').check();
    await holder.getByLabel('Your name', { exact: true }).fill('Ilse Okoye');
    await holder.getByLabel('Your role or title').fill('Warden');
    await holder.getByLabel('Everybody', { exact: true }).check();
    await holder.getByRole('button', { name: 'Check the entry' }).click();
    await heading(holder, 'Check and sign');
    expect(await main(holder)).toContain('Those who run the letter vouch for you');
    await holder.getByLabel('I am authorised to sign for Weir Wardens').check();
    await holder.getByRole('button', { name: 'Sign', exact: true }).click();
    await heading(holder, 'Your answer has arrived');
    expect(await main(holder)).toContain('stands in no list yet');
    await heading(holder, 'Confirm an address of your own');

    await desk.goto(`/letters/${world.open}/invitations`);
    const row = desk.getByRole('row').filter({ hasText: 'Weir Wardens' });
    expect(await shownText(row)).toContain('Waits for proof');
    await row.getByRole('link', { name: /^Look at it and vouch/ }).click();
    await desk.getByLabel('By what means').fill('She wrote it over Signal');
    await desk.getByLabel('On which day').fill('2026-03-02');
    await desk.getByRole('button', { name: 'Vouch for it' }).click();
    expect(await shownText(desk.getByRole('status'))).toContain('It stands in the list');
    expect(await main(desk)).toContain('She wrote it over Signal');
    await holder.goto('/i');
    await heading(holder, 'You have signed');
    expect(await holder.getByRole('heading', { name: 'Confirm an address of your own' }).count()).toBe(0);
  });
});
