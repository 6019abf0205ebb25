import { rmSync } from 'node:fs';
import { readAsked } from '../tests/screenshots/looks.ts';
import { takeMails } from '../tests/screenshots/mails.ts';
import { scenes } from '../tests/screenshots/scenes.ts';
import { writeSheets } from '../tests/screenshots/sheets.ts';
import { bringAbout } from '../tests/screenshots/states.ts';
import { type Picture, takeScene } from '../tests/screenshots/take.ts';
import { openBrowser } from '../tests/support/browser.ts';

/**
 * `npm run screenshots`: a picture of every page in every state and of every mail, wide and narrow, light and dark, from left to right and mirrored, into
 * `screenshots/`, with sheets to look at them by. Words after `--` choose: `360`, `dark`, `rtl` and the like among the looks, any other
 * among the scenes.
 */
const folder = new URL('../screenshots/', import.meta.url).pathname;
const { looks, isAsked } = readAsked(process.argv.slice(2));
const asked = scenes.filter(({ name }) => isAsked(name));
rmSync(folder, { recursive: true, force: true });

const states = await bringAbout();
const browser = await openBrowser();
const pictures: Picture[] = [];
const failed: string[] = [];
try {
  for (const scene of asked) {
    try {
      const { taken, faults } = await takeScene({ browser, states, folder }, scene, looks);
      pictures.push(...taken);
      failed.push(...faults);
    } catch (error) {
      failed.push(`${scene.name}: ${error instanceof Error ? error.message.split('\n')[0] : 'failed'}`);
    }
    process.stdout.write(`\r${pictures.length} pictures`);
  }
  pictures.push(...(await takeMails({ browser, folder }, looks, isAsked)));
  await writeSheets(browser, folder, pictures);
} finally {
  await browser.close();
  await states.world.close();
}
process.stdout.write(`\r${pictures.length} pictures in ${folder}index.html\n`);
if (failed.length > 0) {
  process.stderr.write(`${failed.join('\n')}\n`);
  process.exitCode = 1;
}
