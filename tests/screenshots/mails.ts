import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Browser } from 'playwright-core';
import { mailGallery } from '../support/mail-gallery.ts';
import { type Look, lookName } from './looks.ts';
import type { Picture } from './take.ts';

/** Pictures of every mail to people outside the coalition, as a mail program shows its HTML; Persian where the look is mirrored. */
export async function takeMails(
  { browser, folder }: { readonly browser: Browser; readonly folder: string },
  looks: readonly Look[],
  isAsked: (scene: string) => boolean,
): Promise<readonly Picture[]> {
  const taken: Picture[] = [];
  for (const look of looks) {
    const mails = Object.entries(mailGallery('named', look.direction === 'ltr' ? 'en' : 'fa'));
    const asked = mails.map(([kind, mail]) => ({ scene: `mail-${kind}`, mail })).filter(({ scene }) => isAsked(scene));
    if (asked.length === 0) continue;
    const viewport = { width: Number(look.width), height: 800 };
    const page = await browser.newPage({ viewport, colorScheme: look.scheme, javaScriptEnabled: false });
    mkdirSync(join(folder, lookName(look)), { recursive: true });
    for (const { scene, mail } of asked) {
      const file = join(lookName(look), `${scene}.png`);
      await page.setContent(mail.html);
      await page.screenshot({ path: join(folder, file), fullPage: true });
      taken.push({ scene, look: lookName(look), file });
    }
    await page.close();
  }
  return taken;
}
