import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import type { Browser } from 'playwright-core';
import type { Picture } from './take.ts';

/** Pictures on one sheet. */
const ON_SHEET = { '360': 14, '1280': 6 } as const;

const STYLE = `
  body { margin: 16px; font: 13px/1.3 sans-serif; background: #ccc; }
  main { display: flex; flex-wrap: wrap; gap: 12px; align-items: start; }
  figure { margin: 0; background: #fff; }
  figure a { display: block; overflow: hidden; }
  figcaption { padding: 2px 4px; font-weight: bold; }
  img { display: block; inline-size: 100%; }
  .w360 { inline-size: 270px; }
  .w360 a { max-block-size: 1100px; }
  .w1280 { inline-size: 640px; }
  .w1280 a { max-block-size: 900px; }
`;

/** One page with all pictures, each leading to itself at full size; and for each look, PNG sheets of some pictures each. */
export async function writeSheets(browser: Browser, folder: string, pictures: readonly Picture[]): Promise<void> {
  const names = [...new Set(pictures.map(({ look }) => look))];
  const links = names.map((look) => `<a href="${look}.html">${look}</a>`).join(' · ');
  writeFileSync(join(folder, 'index.html'), document('Screenshots', `<p>${links}</p>`));
  const page = await browser.newPage({ viewport: { width: 2000, height: 800 } });
  for (const look of names) {
    const ofLook = pictures.filter((picture) => picture.look === look);
    writeFileSync(join(folder, `${look}.html`), document(look, figures(ofLook)));
    const size = look.startsWith('360') ? ON_SHEET['360'] : ON_SHEET['1280'];
    for (let start = 0; start < ofLook.length; start += size) {
      const file = join(folder, 'sheet.html');
      writeFileSync(file, document(look, figures(ofLook.slice(start, start + size))));
      await page.goto(pathToFileURL(file).href, { waitUntil: 'load' });
      await page.screenshot({ path: join(folder, `sheet-${look}-${String(start / size + 1).padStart(2, '0')}.png`), fullPage: true });
    }
  }
  await page.close();
}

const document = (title: string, body: string): string =>
  `<!doctype html><html lang="en"><meta charset="utf-8"><title>${title}</title><style>${STYLE}</style><main>${body}</main></html>`;

const figures = (pictures: readonly Picture[]): string =>
  pictures
    .map(
      ({ scene, look, file }) =>
        `<figure class="w${look.split('-', 1)[0]}"><figcaption>${scene}</figcaption><a href="${file}"><img src="${file}" alt="${scene}"></a></figure>`,
    )
    .join('');
