import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Download, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type App, startApp } from '../support/app.ts';
import { alertIn, openBrowser, openVisitor, shownText, type Visiting } from '../support/browser.ts';
import { inviteTo, linkInMail, openLetter, setUp } from '../support/desk.ts';
import { hasTool, requireTool } from '../support/tools.ts';

const soon = () => new Date(Date.now() + 20 * 86_400_000).toISOString().slice(0, 10);

async function textOf(download: Download, folder: string): Promise<string> {
  const file = join(folder, download.suggestedFilename());
  await download.saveAs(file);
  return execFileSync(requireTool('pdftotext'), ['-layout', file, '-'], { encoding: 'utf8' });
}

/** What stands after the closing words of the letter, a line each. */
const namesIn = (text: string): string[] =>
  text
    .slice(text.indexOf('That is all we ask.') + 'That is all we ask.'.length)
    .split('\n')
    .map((line) => line.trim())
    .filter((line) => line !== '');

describe.skipIf(!hasTool('chromium') || !hasTool('pdftotext'))('a letter from the first start to its PDF', () => {
  let app: App;
  let browser: Browser;
  let folder: string;
  let desk: Visiting;
  const visitors: Visiting[] = [];

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), 'undersigned-journey-'));
    app = await startApp();
    browser = await openBrowser();
    desk = await openVisitor(browser, app.origin, { javaScript: true });
  }, 240_000);
  afterAll(async () => {
    await browser?.close();
    await app?.stop();
    app?.clear();
    rmSync(folder, { recursive: true, force: true });
  });

  /** Opens a personal link in a browser of its own that runs no script. */
  const arrive = async (link: string, width = 360): Promise<Page> => {
    const visitor = await openVisitor(browser, app.origin, { width });
    visitors.push(visitor);
    await visitor.page.goto(link);
    return visitor.page;
  };

  it('is set up, frozen, signed in every capacity, closed, delivered and downloaded', async () => {
    const { page } = desk;
    await setUp(page, app.setUpLink ?? '');
    const letter = await openLetter(page, {
      to: 'Ms Ottoline Varga\nMinister of Waters',
      headline: 'The river belongs to everyone',
      body: 'We ask you to open the banks again.\n\nThat is all we ask.',
      deadline: soon(),
    });
    await inviteTo(page, letter, { organisation: 'Harbour Forum', name: 'Ilse Okoye', email: 'ilse@harbour.example' });
    await inviteTo(page, letter, { organisation: 'Ferry Workers Union', email: 'office@ferries.example' });
    await inviteTo(page, letter, { organisation: 'Bank of Everything', email: 'desk@bank.example' });
    await inviteTo(page, letter, { name: 'Tomas Ardelean', email: 'tomas@home.example' });
    const link = async (email: string) => linkInMail(page, email);

    // An organisation with its representative, after a look at the entry and a correction.
    const forum = await arrive(await link('ilse@harbour.example'));
    expect(new URL(forum.url()).pathname).toBe('/i');
    await expect(forum.getByRole('heading', { name: 'The river belongs to everyone' }).count()).resolves.toBe(1);
    await forum.getByRole('button', { name: 'Check the entry' }).click();
    await alertIn(forum).waitFor();
    expect(await shownText(alertIn(forum))).toMatch(/Choose in whose name you sign[\s\S]*Choose who sees the name/);
    await forum.getByLabel('For Harbour Forum').check();
    const printed = forum.getByLabel('Print my name and role beside the organisation');
    expect(await printed.isChecked()).toBe(false);
    await printed.check();
    await forum.getByLabel('Acronym').fill('HF');
    await forum.getByLabel('Your role or title').fill('Director');
    await forum.getByLabel('Everybody', { exact: true }).check();
    await forum.getByRole('button', { name: 'Check the entry' }).click();
    await forum.getByRole('heading', { name: 'Check and sign' }).waitFor();
    expect(await shownText(forum.locator('.printed__entry'))).toBe('Harbour Forum (HF)\nIlse Okoye, Director');
    await forum.getByRole('link', { name: 'Change the entry' }).click();
    expect(await forum.getByLabel('Your role or title').inputValue()).toBe('Director');
    await forum.getByLabel('Your role or title').fill('Chair');
    // The Enter key goes on, and asks for no second organisation.
    await forum.getByLabel('Your role or title').press('Enter');
    await forum.getByRole('heading', { name: 'Check and sign' }).waitFor();
    await forum.getByRole('button', { name: 'Sign' }).click();
    expect(await shownText(alertIn(forum))).toContain('Tick this box if you are authorised');
    expect(await shownText(forum.locator('.printed__entry'))).toBe('Harbour Forum (HF)\nIlse Okoye, Chair');
    await forum.getByLabel('I am authorised to sign for Harbour Forum').check();
    await forum.getByRole('button', { name: 'Sign' }).click();
    await forum.getByRole('heading', { name: 'You have signed' }).waitFor();

    // An organisation alone: whoever signs is known and does not print.
    const union = await arrive(await link('office@ferries.example'));
    // Who has signed so far stands there before the answer, as it will print.
    expect(await shownText(union.locator('#list'))).toMatch(/Who has signed so far[\s\S]*Harbour Forum \(HF\)\s+Ilse Okoye, Chair/);
    await union.getByLabel('For Ferry Workers Union').check();
    await union.getByLabel('Your name').fill('Bruno Quist');
    await union.getByLabel('Your role or title').fill('Secretary');
    await union.getByLabel('Everybody', { exact: true }).check();
    // In the same act for an organisation nobody invited, and for himself.
    await union.locator('summary', { hasText: 'Sign for another organisation too' }).click();
    await union.getByLabel('Also sign for myself').check();
    await union.getByLabel('Name of that organisation').fill('Dockers Choir');
    await union.getByRole('button', { name: 'Add another organisation' }).click();
    await union.getByLabel('Name of that organisation').nth(1).waitFor();
    expect(await union.getByLabel('Name of that organisation').count()).toBe(2);
    expect(await union.getByLabel('Name of that organisation').first().inputValue()).toBe('Dockers Choir');
    await union.getByRole('button', { name: 'Check the entry' }).click();
    await alertIn(union).waitFor();
    await union.getByLabel('Your role there').first().fill('Treasurer');
    await union.getByRole('button', { name: 'Check the entry' }).click();
    await union.getByRole('heading', { name: 'Check and sign' }).waitFor();
    expect(await union.locator('.printed__entry').allInnerTexts()).toEqual(['Ferry Workers Union', 'Dockers Choir', 'Bruno Quist']);
    await union.getByLabel('I am authorised to sign for Ferry Workers Union').check();
    await union.getByLabel('I am authorised to sign for Dockers Choir').check();
    await union.getByRole('button', { name: 'Sign' }).click();
    await union.getByRole('heading', { name: 'You have signed' }).waitFor();
    expect(await shownText(union.locator('main'))).toMatch(/Dockers Choir[\s\S]*held until[\s\S]*Bruno Quist/);

    // One that declines, with a reason.
    const bank = await arrive(await link('desk@bank.example'));
    await bank.locator('summary', { hasText: 'We do not sign' }).click();
    await bank.getByLabel('Why?').fill('We never sign anything.');
    await bank.getByRole('button', { name: 'Decline' }).click();
    await bank.getByText('You declined').waitFor();

    // A person, in a personal capacity.
    const person = await arrive(await link('tomas@home.example'), 1280);
    await person.getByLabel('Your affiliation').fill('Institute of Tides');
    await person.getByLabel('Your role or title').fill('Oceanographer');
    await person.getByLabel('Everybody', { exact: true }).check();
    await person.getByRole('button', { name: 'Check the entry' }).click();
    expect(await shownText(person.locator('.printed__sheet'))).toMatch(
      /Personal capacity:\s+Tomas Ardelean\s+Oceanographer, Institute of Tides/,
    );
    await person.getByRole('button', { name: 'Sign' }).click();
    await person.getByRole('heading', { name: 'You have signed' }).waitFor();

    await page.goto(`${letter}/invitations`);
    const row = (who: string) => page.getByRole('row').filter({ hasText: who });
    expect(await shownText(row('Bank of Everything'))).toContain('We never sign anything.');
    expect(await shownText(row('Harbour Forum'))).toContain('Signed');
    await row('Ferry Workers Union').getByRole('button', { name: 'Approve' }).click();

    await page.goto(letter);
    await page.getByRole('button', { name: 'Close the letter' }).click();
    await page.goto(`${letter}/deliver`);
    await page.getByRole('button', { name: 'It is delivered' }).click();
    await page.waitForURL((url) => url.pathname === letter);

    // Coordinator and representative download the same list.
    const [byCoordinator] = await Promise.all([page.waitForEvent('download'), page.locator('a[href$="/pdf"]').first().click()]);
    await forum.goto('/i');
    const [byRepresentative] = await Promise.all([
      forum.waitForEvent('download'),
      forum.getByRole('link', { name: 'Download the final document (PDF)' }).click(),
    ]);
    for (const download of [byCoordinator, byRepresentative]) {
      const lines = namesIn(await textOf(download, folder));
      const upTo = lines.findIndex((line) => /fingerprint|SHA-256/i.test(line));
      expect(lines.slice(0, upTo === -1 ? undefined : upTo)).toEqual([
        'Dockers Choir',
        'Ferry Workers Union',
        'Harbour Forum (HF)',
        'Ilse Okoye, Chair',
        'Personal capacity:',
        'Affiliations are given for identification only.',
        'Bruno Quist',
        'Tomas Ardelean',
        'Oceanographer, Institute of Tides',
      ]);
    }
    for (const { foreign } of [desk, ...visitors]) expect(foreign).toEqual([]);
  });
});
