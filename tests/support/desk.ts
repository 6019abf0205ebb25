import type { Page } from 'playwright-core';
import { shownText } from './browser.ts';

/** What a coordinator does, as they do it: by the words on the page. */

export interface NewLetter {
  readonly to: string;
  readonly headline: string;
  readonly body: string;
  /** ISO date. */
  readonly deadline: string;
  /** BCP 47; English where it is left out. */
  readonly language?: string;
  /** As the form names it; the coalition's own choice where it is left out. */
  readonly preset?: string;
}

/** Founds the coalition by the link that the first start prints. */
export async function setUp(page: Page, setUpLink: string, coalition = 'Clear Water Alliance'): Promise<void> {
  await page.goto(setUpLink);
  await page.getByLabel('Name of your coalition').fill(coalition);
  await page.getByLabel('Your name').fill('Nila Ferro');
  await page.getByLabel('Your e-mail address').fill('nila@coalition.example');
  await page.getByRole('button', { name: 'Start' }).click();
  await page.waitForURL(/\/coalitions\/coa_/);
}

/** Writes a letter, freezes and opens it. @returns its path, `/letters/let_…` */
export async function openLetter(page: Page, letter: NewLetter): Promise<string> {
  await page.goto('/desk');
  await page.goto(`${new URL(page.url()).pathname}/letters/new`);
  await page.getByLabel('To', { exact: true }).fill(letter.to);
  await page.getByLabel('Headline').fill(letter.headline);
  await page.getByLabel('Text', { exact: true }).fill(letter.body);
  await page.getByLabel('Deadline for signatures').fill(letter.deadline);
  if (letter.language !== undefined) {
    await page.locator('summary', { hasText: 'More: language' }).click();
    await page.getByLabel('Language of the letter').selectOption(letter.language);
  }
  if (letter.preset !== undefined) await page.getByLabel(letter.preset, { exact: true }).check();
  await page.getByRole('button', { name: 'Save the draft' }).click();
  await page.waitForURL(/\/letters\/let_/);
  const path = new URL(page.url()).pathname;
  await page.goto(`${path}/freeze`);
  await page.getByRole('button', { name: 'Freeze this text and open it for signatures' }).click();
  await page.waitForURL((url) => url.pathname === path);
  return path;
}

export interface Invitee {
  readonly organisation?: string;
  readonly name?: string;
  readonly email: string;
  readonly language?: 'en' | 'fa';
  readonly message?: string;
}

/** Invites an organisation, or a person where none is given. */
export async function inviteTo(page: Page, letterPath: string, { organisation, name, email, language, message }: Invitee): Promise<void> {
  await page.goto(`${letterPath}/invitations`);
  const form = page.locator('form.inviting');
  await form.getByLabel(organisation === undefined ? 'A person' : 'An organisation', { exact: true }).check();
  if (organisation !== undefined) await form.getByLabel('Name of the organisation').fill(organisation);
  if (name !== undefined) await form.getByLabel('Name of the person').fill(name);
  await form.getByLabel('E-mail address').fill(email);
  if (language !== undefined) await form.getByLabel('Language of mail and page').selectOption(language);
  if (message !== undefined) await form.getByLabel('Personal message').fill(message);
  await form.getByRole('button', { name: 'Send the invitation' }).click();
  await page.getByRole('status').waitFor();
}

/** Where the links of mails lead, by what they are for. */
const LINKS = {
  answer: /https?:\/\/\S+\/i\/iv_[\w-]{43}/,
  join: /https?:\/\/\S+\/join\/mi_[\w-]{43}/,
  'sign-in': /https?:\/\/\S+\/sign-in\/link\/lg_[\w-]{43}/,
} as const;

/** The link in the newest mail to an address, read on the local mail page. */
export async function linkInMail(page: Page, email: string, kind: keyof typeof LINKS = 'answer'): Promise<string> {
  // The outbox works beside the requests: a mail takes a moment to come up.
  for (let attempt = 0; attempt < 60; attempt++) {
    await page.goto('/mail');
    const row = page.getByRole('row').filter({ hasText: email }).first();
    if ((await row.count()) > 0) {
      await row.getByRole('link').first().click();
      const link = LINKS[kind].exec(await shownText(page.locator('main')));
      if (link) return link[0];
    }
    await page.waitForTimeout(250);
  }
  throw new Error(`no mail with a link to ${email}`);
}
