import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { type Look, lookName } from './looks.ts';
import type { Scene } from './scene.ts';
import type { States } from './states.ts';

export interface Picture {
  readonly scene: string;
  readonly look: string;
  /** Inside the folder. */
  readonly file: string;
}

/** Brings a scene about once for each direction, and takes its pictures in every width and scheme that is asked for. */
export async function takeScene(
  { browser, states, folder }: { readonly browser: Browser; readonly states: States; readonly folder: string },
  scene: Scene,
  looks: readonly Look[],
): Promise<{ readonly taken: readonly Picture[]; readonly faults: readonly string[] }> {
  const taken: Picture[] = [];
  const faults: string[] = [];
  for (const direction of ['ltr', 'rtl'] as const) {
    const asked = looks.filter((look) => look.direction === direction);
    const [first] = asked;
    if (!first) continue;
    const { origin } = states.world.app;
    const context = await browser.newContext({ baseURL: origin, viewport: viewport(first), colorScheme: first.scheme });
    const cookies = [
      await scene.as(states, direction === 'ltr' ? 'en' : 'fa'),
      `lang=${direction === 'ltr' ? 'en' : scene.mirrored}`,
    ].filter((cookie) => cookie !== '');
    await context.addCookies(
      cookies.map((cookie) => ({ url: origin, name: cookie.split('=', 1)[0] ?? '', value: cookie.replace(/^[^=]*=/, '') })),
    );
    const page = await context.newPage();
    await page.goto(await scene.at(states), { waitUntil: 'load' });
    await scene.act?.(page, states);
    for (const look of asked) {
      const file = join(lookName(look), `${scene.name}.png`);
      mkdirSync(join(folder, lookName(look)), { recursive: true });
      await show(page, look);
      const wider = await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
      if (wider > 0) faults.push(`${file}: ${wider} px wider than the screen`);
      await page.screenshot({ path: join(folder, file), fullPage: true });
      taken.push({ scene: scene.name, look: lookName(look), file });
    }
    await context.close();
  }
  return { taken, faults };
}

const viewport = ({ width }: Look) => ({ width: Number(width), height: 800 });

async function show(page: Page, look: Look): Promise<void> {
  await page.setViewportSize(viewport(look));
  await page.emulateMedia({ colorScheme: look.scheme });
  // A preview comes after the page.
  const preview = page.locator('.live-preview__box');
  if ((await preview.count()) > 0)
    await preview
      .locator('iframe:not([data-waiting])')
      .waitFor({ timeout: 2000 })
      .catch(() => null);
  // Colours take a moment to change.
  await page.evaluate(() => Promise.all(document.getAnimations().map((animation) => animation.finished.catch(() => null))));
}
