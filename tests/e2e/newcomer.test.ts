import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type App, startApp } from '../support/app.ts';
import { alertIn, openBrowser, openVisitor, shownText, type Visiting } from '../support/browser.ts';
import { hasTool } from '../support/tools.ts';

const deadline = new Date(Date.now() + 20 * 86_400_000).toISOString().slice(0, 10);

/** Somebody who knows nothing but the words in front of them, and what they did. */
interface Newcomer {
  readonly did: string[];
  fill(field: string, words: string): Promise<void>;
  choose(option: string): Promise<void>;
  press(button: string, within?: Locator): Promise<void>;
  follow(link: string, within?: Locator): Promise<void>;
}

/** Every act is by a visible word that stands once: whoever would have to guess between two fails here. */
function newcomerAt(page: Page): Newcomer {
  const did: string[] = [];
  const act = async (what: string, found: Locator, todo: (found: Locator) => Promise<void>) => {
    await found.waitFor();
    expect(await found.count(), what).toBe(1);
    await todo(found);
    did.push(what);
  };
  return {
    did,
    fill: (field, words) => act(`fill ${field}`, page.getByLabel(field, { exact: true }), (found) => found.fill(words)),
    choose: (option) => act(`choose ${option}`, page.getByLabel(option, { exact: true }), (found) => found.check()),
    press: (button, within) =>
      act(`press ${button}`, (within ?? page.getByRole('main')).getByRole('button', { name: button, exact: true }), (found) =>
        found.click(),
      ),
    follow: (link, within) =>
      act(`follow ${link}`, (within ?? page.getByRole('main')).getByRole('link', { name: link, exact: true }), (found) => found.click()),
  };
}

// docs/ten-minutes.md says the same steps in words.
describe.skipIf(!hasTool('chromium'))('the first ten minutes of a newcomer', () => {
  let app: App;
  let browser: Browser;
  let desk: Visiting;

  beforeAll(async () => {
    app = await startApp();
    browser = await openBrowser();
    desk = await openVisitor(browser, app.origin, { javaScript: true });
  }, 240_000);
  afterAll(async () => {
    await browser?.close();
    await app?.stop();
    app?.clear();
  });

  /** What the panel asks for: the newcomer does nothing else. */
  const nextStep = (page: Page) => page.getByRole('region', { name: 'Next step' });
  const asked = async (page: Page, words: string) => {
    await nextStep(page).getByRole('heading', { name: words, exact: true }).waitFor();
  };

  const freeze = async (page: Page, nila: Newcomer) => {
    await asked(page, 'Freeze the text and open it for signatures');
    await nila.follow('Look and freeze', nextStep(page));
    await page.getByText('The text can’t be changed afterwards').waitFor();
    await nila.press('Freeze this text and open it for signatures');
    await page.getByRole('status').filter({ hasText: 'The text is frozen' }).waitFor();
    await asked(page, 'Invite the first signatories');
  };

  it('leads from the set-up link to a frozen letter and its first signature by the words on the pages alone', async () => {
    const { page } = desk;
    const nila = newcomerAt(page);
    // The one address that is given; from here on none is typed.
    await page.goto(app.setUpLink ?? '');
    await nila.fill('Name of your coalition', 'Clear Water Alliance');
    await nila.fill('Your name', 'Nila Ferro');
    await nila.fill('Your e-mail address', 'nila@coalition.example');
    await nila.press('Start');

    await nila.follow('Write a letter');
    await nila.fill('To', 'Ms Ottoline Varga\nMinister of Waters');
    await nila.fill('Headline', 'The river belongs to everyone');
    await nila.fill('Text', 'We ask you to open the banks again.');
    await nila.fill('Deadline for signatures', deadline);
    await nila.press('Save the draft');
    await freeze(page, nila);
    const toFrozen = nila.did.length;

    await nila.follow('Invite signatories', nextStep(page));
    await nila.choose('An organisation');
    await nila.fill('Name of the organisation', 'Harbour Forum');
    await nila.fill('Name of the person', 'Ilse Okoye');
    await nila.fill('E-mail address', 'ilse@harbour.example');
    await nila.press('Send the invitation');
    await page.getByRole('status').filter({ hasText: 'is on its way' }).waitFor();
    const toInvited = nila.did.length;

    // On a machine of one's own the mail waits where the page says.
    await nila.follow('local mail page');
    const mail = page.getByRole('row').filter({ hasText: 'ilse@harbour.example' }).getByRole('link');
    // The outbox works beside the requests.
    for (let attempt = 0; attempt < 60 && (await mail.count()) === 0; attempt++) {
      await page.waitForTimeout(250);
      await page.reload();
    }
    await mail.click();
    const link = page.getByRole('main').getByRole('link', { name: /\/i\/iv_/ });
    await link.waitFor();
    const signatory = await openVisitor(browser, app.origin, { javaScript: true, width: 360 });
    await signatory.page.goto((await link.getAttribute('href')) ?? '');
    const ilse = newcomerAt(signatory.page);
    await ilse.choose('For Harbour Forum');
    await ilse.fill('Your role or title', 'Director');
    await ilse.choose('Everybody');
    await ilse.press('Check the entry');
    await ilse.choose('I am authorised to sign for Harbour Forum');
    await ilse.press('Sign');
    await signatory.page.getByRole('heading', { name: 'You have signed' }).waitFor();

    await nila.follow('Letters', page.getByRole('banner'));
    await nila.follow('The river belongs to everyone');
    await asked(page, 'Gather signatures');
    expect(await shownText(page.getByRole('table'))).toContain('Harbour Forum');

    // docs/ten-minutes.md counts these for its reader: more of them means a longer way for everybody.
    expect({ toFrozen, toInvited, toSigned: ilse.did.length }).toEqual({ toFrozen: 12, toInvited: 18, toSigned: 6 });
    for (const { foreign } of [desk, signatory]) expect(foreign).toEqual([]);
    await signatory.context.close();
  });

  it('leads whoever saves too early through what is missing, one thing after the other', async () => {
    const { page } = desk;
    const nila = newcomerAt(page);
    await nila.follow('Letters', page.getByRole('banner'));
    await nila.follow('Write a letter');
    await nila.press('Save the draft');
    expect(await shownText(alertIn(page))).toContain('headline');
    await nila.fill('Headline', 'Keep the ferry running');
    await nila.press('Save the draft');
    await asked(page, 'Finish the text');
    await nila.follow('Edit the letter', nextStep(page));
    await nila.fill('To', 'Ms Ottoline Varga\nMinister of Waters');
    await nila.fill('Text', 'We ask you to keep the ferry running.');
    await nila.press('Save');
    await asked(page, 'Set a deadline that is still to come');
    await nila.follow('Deadline and settings', nextStep(page));
    await nila.fill('Deadline for signatures', deadline);
    await nila.press('Save');
    await freeze(page, nila);
    expect(desk.foreign).toEqual([]);
  });
});
