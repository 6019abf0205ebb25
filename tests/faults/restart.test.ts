import { execFileSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { appEnvironment, ROOT, startApp } from '../support/app.ts';
import { openBrowser, openVisitor, shownText } from '../support/browser.ts';
import { inviteTo, linkInMail, openLetter, setUp } from '../support/desk.ts';
import { freePort } from '../support/free-port.ts';
import { hasTool } from '../support/tools.ts';

it.skipIf(!hasTool('chromium'))(
  'what was signed is found again after the process is killed, the app built anew and started',
  { timeout: 600_000 },
  async () => {
    const dataDir = mkdtempSync(join(tmpdir(), 'undersigned-restart-'));
    const settings = { DATA_DIR: dataDir, PORT: String(await freePort()) };
    const browser = await openBrowser();
    let app = await startApp(settings);
    try {
      const desk = await openVisitor(browser, app.origin, { javaScript: true });
      await setUp(desk.page, app.setUpLink ?? '');
      const deadline = new Date(Date.now() + 20 * 86_400_000).toISOString().slice(0, 10);
      const letter = await openLetter(desk.page, { to: 'The Mayor', headline: 'Benches for the quay', body: 'We are tired.', deadline });
      await inviteTo(desk.page, letter, { name: 'Tomas Ardelean', email: 'tomas@home.example' });
      const link = await linkInMail(desk.page, 'tomas@home.example');
      const { page } = await openVisitor(browser, app.origin);
      await page.goto(link);
      await page.getByLabel('Everybody', { exact: true }).check();
      await page.getByRole('button', { name: 'Check the entry' }).click();
      await page.getByRole('button', { name: 'Sign' }).click();
      await page.getByRole('heading', { name: 'You have signed' }).waitFor();

      // No time to tidy up after the acknowledgement, and a build that must not touch the data.
      await app.stop('SIGKILL');
      execFileSync(process.execPath, [join(ROOT, 'scripts/run.js'), 'build'], { env: appEnvironment(settings), stdio: 'pipe' });
      app = await startApp(settings);

      expect(app.setUpLink).toBeNull();
      await page.goto('/i');
      await page.getByRole('heading', { name: 'You have signed' }).waitFor();
      await desk.page.goto(letter);
      expect(await shownText(desk.page.locator('main'))).toContain('Tomas Ardelean');
    } finally {
      await browser.close();
      await app.stop();
      rmSync(dataDir, { recursive: true, force: true });
    }
  },
);
