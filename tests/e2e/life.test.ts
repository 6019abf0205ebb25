import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type App, startApp } from '../support/app.ts';
import { alertIn, openBrowser, openVisitor, shownText, type Visiting } from '../support/browser.ts';
import { inviteTo, linkInMail, setUp } from '../support/desk.ts';
import { hasTool } from '../support/tools.ts';

const inDays = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);
const NAME = 'Tomas Ardelean';

describe.skipIf(!hasTool('chromium'))('the life of a letter at its desk', () => {
  let app: App;
  let browser: Browser;
  let desk: Visiting;

  beforeAll(async () => {
    app = await startApp();
    browser = await openBrowser();
    desk = await openVisitor(browser, app.origin);
  }, 240_000);
  afterAll(async () => {
    await browser?.close();
    await app?.stop();
    app?.clear();
  });

  const said = async (page: Page) => await shownText(page.getByRole('status'));

  async function writeDraft(page: Page): Promise<string> {
    await page.goto('/desk');
    await page.goto(`${new URL(page.url()).pathname}/letters/new`);
    await page.getByLabel('To', { exact: true }).fill('Ms Ottoline Varga\nMinister of Waters');
    await page.getByLabel('Headline').fill('The river belongs to everyone');
    await page.getByLabel('Text', { exact: true }).fill('We ask you to open the banks.\n\nRead http://river.example/plan, by TBD.');
    await page.getByLabel('Deadline for signatures').fill(inDays(20));
    await page.getByRole('button', { name: 'Save the draft' }).click();
    await page.waitForURL(/\/letters\/let_/);
    return new URL(page.url()).pathname;
  }

  it('goes from a consultation to a withdrawal with a replacement, without a script', async () => {
    const { page } = desk;
    await setUp(page, app.setUpLink ?? '');
    await page.goto('/desk');
    await page.goto(`${new URL(page.url()).pathname}/letters/new`);
    await page.locator('summary', { hasText: 'What Coalition letter sets' }).click();
    expect(await shownText(page.locator('main'))).toContain('When it is delivered. Until then only who was invited can read it.');
    const letter = await writeDraft(page);

    // Comments, and the question that asks for them.
    await page.getByRole('link', { name: 'Comments' }).click();
    await page.getByRole('button', { name: 'Ask for comments' }).click();
    expect(await said(page)).toContain('The draft is in consultation');
    await page.getByRole('button', { name: 'Add the comment' }).click();
    expect(await shownText(alertIn(page))).toContain('Write a comment first');
    await page.getByLabel('Your comment').fill('Say *which* banks.\nAnd when.');
    await page.getByRole('button', { name: 'Add the comment' }).click();
    const comment = page.getByRole('listitem').filter({ hasText: 'which' });
    expect(await shownText(comment)).toMatch(/Nila Ferro[\s\S]*Say \*which\* banks\.\nAnd when\./);
    await comment.getByRole('button', { name: 'Settled' }).click();
    expect(await shownText(comment)).toContain('Settled by Nila Ferro');

    // The checks ask for a reason each, and the freeze for nothing less.
    await page.goto(`${letter}/freeze`);
    const finding = (words: string) => page.locator('.finding').filter({ hasText: words });
    expect(await shownText(finding('http://river.example/plan'))).toContain('English, text, line 3');
    await finding('TBD').getByLabel('It stays because').fill('It is the name of their office.');
    await page.getByRole('button', { name: 'Freeze this text and open it for signatures' }).click();
    expect(await shownText(alertIn(page))).toContain('Write why this stays as it is');
    expect(await finding('TBD').getByLabel('It stays because').inputValue()).toBe('It is the name of their office.');
    await finding('http://river.example/plan').getByLabel('It stays because').fill('They have no other.');
    await page.getByRole('button', { name: 'Freeze this text and open it for signatures' }).click();
    await page.waitForURL((url) => url.pathname === letter);
    expect(await said(page)).toContain('The text is frozen');

    // Somebody signs.
    await inviteTo(page, letter, { name: NAME, email: 'tomas@home.example' });
    const signatory = await openVisitor(browser, app.origin, { width: 360 });
    await signatory.page.goto(await linkInMail(page, 'tomas@home.example'));
    await signatory.page.getByLabel('Everybody', { exact: true }).check();
    await signatory.page.getByRole('button', { name: 'Check the entry' }).click();
    await signatory.page.getByRole('button', { name: 'Sign', exact: true }).click();
    await signatory.page.getByRole('heading', { name: 'You have signed' }).waitFor();

    // Date and place are set after the freeze, and the deadline is put off and never brought forward.
    await page.goto(letter);
    expect(await shownText(page.locator('main'))).toContain('Invited: 1 signed, 0 deciding, 0 declined, 0 with no answer yet.');
    await page.getByRole('link', { name: 'Deadline, date and place' }).click();
    await page.getByLabel('Place').fill('Lisbon');
    await page.getByLabel('Deadline for signatures').fill(inDays(2));
    await page.getByRole('button', { name: 'Save' }).click();
    expect(await shownText(alertIn(page))).toContain('can only be put off');
    expect(await page.getByLabel('Place').inputValue()).toBe('Lisbon');
    await page.getByLabel('Deadline for signatures').fill(inDays(24));
    await page.getByRole('button', { name: 'Save' }).click();
    expect(await said(page)).toContain('Deadline, date and place are saved');

    // Closed, opened again, closed.
    await page.getByRole('button', { name: 'Close the letter' }).click();
    await page.getByRole('link', { name: 'Open it again' }).click();
    await page.getByLabel('Deadline for signatures').fill(inDays(25));
    await page.getByRole('button', { name: 'Open it again' }).click();
    expect(await said(page)).toContain('The letter is open again');
    await page.getByRole('button', { name: 'Close the letter' }).click();

    // Released at a moment, and taken back.
    await page.getByRole('link', { name: 'Who can read it, and the names' }).click();
    await page.getByLabel('From a moment on').check();
    await page.getByRole('button', { name: 'Set it' }).click();
    expect(await shownText(alertIn(page))).toContain('Enter a day and an hour');
    await page.getByLabel('Day', { exact: false }).fill(inDays(3));
    await page.getByRole('button', { name: 'Set it' }).click();
    expect(await shownText(page.locator('main'))).toMatch(/From .+ on everybody may read the letter/);
    await page.getByLabel('Now', { exact: true }).check();
    await page.getByRole('button', { name: 'Set it' }).click();
    expect(await shownText(page.getByRole('row').filter({ hasText: 'Everybody else' }))).toContain('Those whose owners chose');
    await page.getByLabel('Not until I say so').check();
    await page.getByRole('button', { name: 'Set it' }).click();
    expect(await shownText(page.getByRole('row').filter({ hasText: 'Everybody else' }))).toContain('None');

    // Hidden everywhere with the next request, but for the desk of those who run it.
    const fileText = async (format: string) =>
      await (await page.request.get(`/api/files/letters/${letter.split('/').at(-1)}/${format}`)).text();
    const shownIn = async () => Promise.all(['html', 'md', 'txt', 'csv'].map(async (format) => (await fileText(format)).includes(NAME)));
    expect(await shownIn()).toEqual([true, true, true, true]);
    await page.getByRole('button', { name: 'Hide all names now' }).click();
    expect(await said(page)).toContain('All names are hidden');
    expect(await shownIn()).toEqual([false, false, false, false]);
    await page.goto(`${letter}/preview`);
    expect(await shownText(page.locator('main'))).not.toContain(NAME);
    await page.goto(letter);
    expect(await shownText(page.locator('main'))).toContain(NAME);
    await signatory.page.goto('/i');
    expect(await shownText(signatory.page.locator('main'))).toMatch(/not shown for now[\s\S]*Nobody for now/);
    await page.getByRole('button', { name: 'Show the names again' }).click();
    expect(await shownIn()).toEqual([true, true, true, true]);

    // Delivered, and withdrawn all the same.
    await page.goto(`${letter}/deliver`);
    await page.getByRole('button', { name: 'It is delivered' }).click();
    await page.getByRole('link', { name: 'Withdraw the letter' }).click();
    await page.getByRole('button', { name: 'Withdraw the letter for good' }).click();
    expect(await shownText(alertIn(page))).toMatch(/Write the reason[\s\S]*Type the word WITHDRAW/);
    await page.getByLabel('Reason').fill('Its second paragraph was wrong.');
    await page.getByLabel('A new draft, made from this text').check();
    await page.getByLabel('Type WITHDRAW to confirm').fill('withdraw');
    await page.getByRole('button', { name: 'Withdraw the letter for good' }).click();
    expect(await said(page)).toContain('The letter is withdrawn');
    expect(await shownText(page.locator('main'))).toContain('Its second paragraph was wrong.');
    expect(await shownIn()).toEqual([false, false, false, false]);
    expect(await shownText(page.locator('main'))).not.toMatch(/until it is delivered|not final yet|Next step|Deadline for signatures/);
    for (const act of ['Close the letter', 'Open it again', 'Deliver', 'Hide all names now']) {
      expect(
        await page
          .getByRole('button', { name: act })
          .or(page.getByRole('link', { name: act, exact: true }))
          .count(),
      ).toBe(0);
    }

    await page.goto(`${letter}/invitations`);
    expect(await shownText(page.locator('main'))).toContain('stands in no list and in no file');
    await page.goto(letter);

    // Its signatory reads why; both letters lead to each other.
    await signatory.page.goto('/i');
    expect(await shownText(signatory.page.locator('main'))).toMatch(
      /This letter was withdrawn[\s\S]*Its second paragraph was wrong\.[\s\S]*Another letter is being prepared/,
    );
    await page.getByText('In its place stands').getByRole('link').click();
    await page.getByText('This letter stands in the place of a withdrawn one').getByRole('link').click();
    await page.waitForURL((url) => url.pathname === letter);
    for (const { foreign } of [desk, signatory]) expect(foreign).toEqual([]);
  });
});
