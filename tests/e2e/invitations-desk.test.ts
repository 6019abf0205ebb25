import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { signByInvitation } from '../../lib/signatures/sign.ts';
import { alertIn, openBrowser, openVisitor, shownText, type Visiting } from '../support/browser.ts';
import { answer, asRepresentative, invite } from '../support/invited.ts';
import { populate, type World } from '../support/roles.ts';
import { settledSnapshot, snapshot } from '../support/snapshot.ts';
import { hasTool } from '../support/tools.ts';

/** A link from hand to hand, and the words of the invitations, without a script on a phone. */
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
    const before = await settledSnapshot(world.instance.store.read);
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
    // What the page showed goes with every press of its button, after a refusal as well.
    const vouching = desk.locator('form').filter({ has: desk.getByRole('button', { name: 'Vouch for it' }) });
    const shown = await vouching.locator('input[name="seen"]').inputValue();
    expect(shown).not.toBe('');
    await desk.getByLabel('By what means').fill('She wrote it over Signal');
    await desk.getByRole('button', { name: 'Vouch for it' }).click();
    await alertIn(desk).waitFor();
    expect(await vouching.locator('input[name="seen"]').inputValue()).toBe(shown);
    expect(await desk.getByLabel('By what means').inputValue()).toBe('She wrote it over Signal');
    await desk.getByLabel('On which day').fill('2026-03-02');
    await desk.getByRole('button', { name: 'Vouch for it' }).click();
    expect(await shownText(desk.getByRole('status'))).toContain('It stands in the list');
    expect(await main(desk)).toContain('She wrote it over Signal');
    await holder.goto('/i');
    await heading(holder, 'You have signed');
    expect(await holder.getByRole('heading', { name: 'Confirm an address of your own' }).count()).toBe(0);

    // The pages behind it know by which link they were reached, in whatever language; what they showed stays with a refused form.
    await holder.locator('a[href*="/own/correct"]').first().click();
    const correcting = new URL(holder.url());
    expect([...correcting.searchParams.keys()].sort()).toEqual(['by', 'entry']);
    await holder.locator('.shell__header a[hreflang="fa"]').click();
    expect(await holder.locator('.shell').getAttribute('lang')).toBe('fa');
    const seen = holder.locator('input[name="seen"]');
    const standing = await seen.inputValue();
    await holder.locator('input[name="name"]').fill('');
    await holder.locator('form[action*="/own/correct/save"] button').first().click();
    await holder.locator('.errors').waitFor();
    expect([await holder.locator('input[name="name"]').inputValue(), await seen.inputValue()]).toEqual(['', standing]);
    expect(new URL(holder.url()).search).toBe(correcting.search);
  });

  it('leads from the page for another entry to the same page in another language', async () => {
    const invited = await invite(world.letter, { organisation: 'Quay Trust' }, undefined, new Date());
    const signed = answer(world.letter, invited, asRepresentative('Quay Trust'));
    expect((await signByInvitation(world.instance, invited.scope, signed, new Date())).ok).toBe(true);
    const holder = await visitor(`invitation=${invited.token}`);
    await holder.goto('/own/add?by=invitation');
    await heading(holder, 'Add an entry');
    await holder.locator('.shell__header a[hreflang="fa"]').click();
    await holder.locator('form[action="/own/add/save?by=invitation"]').waitFor();
    expect(await holder.locator('.shell').getAttribute('lang')).toBe('fa');
  });

  it('records a yes with one mark for as long as its form is refused', async () => {
    const desk = await visitor(world.cookies.owner);
    await desk.goto(`/letters/${world.open}/list/vouch`);
    const mark = desk.locator('input[name="mark"]');
    const made = await mark.inputValue();
    expect(made).not.toBe('');
    await desk.getByRole('button', { name: 'Record the yes' }).click();
    await alertIn(desk).waitFor();
    expect(await mark.inputValue()).toBe(made);
  });

  it('saves the words of the invitations, shows the mail, and sends it to whoever asks as a test', async () => {
    const desk = await visitor(world.cookies.owner);
    await desk.goto(`/letters/${world.open}/invitations`);
    await desk.getByRole('link', { name: 'Subject and message of the invitations' }).click();
    const english = desk.getByRole('group', { name: 'Mails in English' });
    await english.getByLabel('Subject').fill('Will you stand with us?');
    await english.getByLabel('Message').fill('We met at the weir in March.');
    await desk.getByLabel('Answers go to').fill('no address');
    await desk.getByRole('button', { name: 'Save the words' }).click();
    expect(await shownText(alertIn(desk))).toContain('name@example.org');
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
    const before = await settledSnapshot(world.instance.store.read);
    await desk.goto('/i/test');
    await heading(desk, 'This was a test');
    expect(await snapshot(world.instance.store.read)).toEqual(before);
  });
});
