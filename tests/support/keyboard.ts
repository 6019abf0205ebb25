import type { Page } from 'playwright-core';

/** What the keyboard has come to, as the page tells of it. */
interface Stop {
  /** A name to find it by, for whoever reads a fault. */
  readonly name: string;
  /** Its place among all elements; -1 is none: the walk is over. */
  readonly place: number;
  readonly box: { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number };
  readonly closed: boolean;
  /** It has stops inside that the page does not know of. */
  readonly manifold: boolean;
  readonly faults: readonly string[];
}

/** More stops than any page has. */
const MOST_STOPS = 600;
/** Milliseconds. */
const FRAME_MOMENT = 100;

/**
 * Goes through a page by Tab alone, opening whatever opens on the way.
 * @returns what is wrong: a focus that is not drawn, not in sight or cut off; an order that is not that of reading; no way on; an act
 *   that is never come to; a skip link that does not skip
 */
export async function walk(page: Page): Promise<readonly string[]> {
  const faults: string[] = [];
  const stops: Stop[] = [];
  let stays = 0;
  const rtl = await page.evaluate(() => document.querySelector('[dir]')?.getAttribute('dir') === 'rtl');
  while (stops.length < MOST_STOPS) {
    await page.keyboard.press('Tab');
    // A frame of no origin has a process of its own: the focus comes to it and leaves it a moment after the key.
    if (page.frames().length > 1) await page.waitForTimeout(FRAME_MOMENT);
    const stop = await page.evaluate(stopHere);
    if (stop.place < 0 || stop.place === stops[0]?.place) break;
    const before = stops.at(-1);
    // A date has a stop for its day, its month, its year and its calendar.
    stays = before?.place === stop.place ? stays + 1 : 0;
    if (stays > (stop.manifold ? 6 : 0)) return [...faults, `no way on from ${stop.name}`];
    const inside = stop.name.startsWith('iframe') && (await isDrawnInside(page));
    const found = inside ? stop.faults.filter((fault) => fault !== 'its focus is not drawn') : stop.faults;
    faults.push(...found.map((fault) => `${stop.name}: ${fault}`));
    if (before && stop.place < before.place) faults.push(`${stop.name} comes after ${before.name}`);
    if (before && isAbove(stop, before, rtl)) faults.push(`${stop.name} stands above ${before.name} and comes after it`);
    stops.push(stop);
    if (stop.closed) {
      await page.keyboard.press('Enter');
      if ((await page.evaluate(stopHere)).closed) faults.push(`${stop.name} does not open`);
    }
  }
  if (stops.length === MOST_STOPS) faults.push('the walk does not end');
  const come = new Set(stops.map(({ place }) => place));
  for (const { place, name } of await page.evaluate(acts)) if (!come.has(place)) faults.push(`${name} is never come to`);
  return [...faults, ...(await skipFaults(page, stops[0]))];
}

/** What has the focus in a frame has the ring there. */
async function isDrawnInside(page: Page): Promise<boolean> {
  const frames = page.frames().filter((frame) => frame !== page.mainFrame());
  const drawn = await Promise.all(
    frames.map((frame) =>
      frame.evaluate(() => {
        const element = document.activeElement;
        if (!element || element === document.body || element === document.documentElement) return false;
        const { outlineStyle, outlineWidth } = getComputedStyle(element);
        return outlineStyle !== 'none' && Number.parseFloat(outlineWidth) >= 2;
      }),
    ),
  );
  return drawn.includes(true);
}

/** Above, and not in a column of its own that follows. */
const isAbove = ({ box }: Stop, { box: before }: Stop, rtl: boolean): boolean =>
  box.bottom <= before.top && !(rtl ? box.right <= before.left : box.left >= before.right);

/** The first stop leads past the bar: what comes after it stands in the main part. */
async function skipFaults(page: Page, first: Stop | undefined): Promise<readonly string[]> {
  if ((await page.locator('.skip-link').count()) === 0) return [];
  if (!first?.name.startsWith('a.skip-link')) return ['the skip link is not the first'];
  await page.locator('.skip-link').focus();
  await page.keyboard.press('Enter');
  await page.keyboard.press('Tab');
  const inside = await page.evaluate(() => {
    const main = document.querySelector('main');
    const here = document.activeElement;
    // A page without acts in its main part has nothing to stop at there.
    return main?.contains(here) || !main?.querySelector('a[href], button, input, select, textarea, summary, [tabindex="0"]');
  });
  return inside ? [] : ['the skip link leads somewhere else'];
}

// Both run in the page: they stand on nothing outside themselves.

function stopHere(): Stop {
  const element = document.activeElement;
  const box = (of: DOMRect) => ({ left: of.left, right: of.right, top: of.top + scrollY, bottom: of.bottom + scrollY });
  if (!(element instanceof HTMLElement) || element === document.body || element === document.documentElement) {
    return { name: '', place: -1, box: box(new DOMRect()), closed: false, manifold: false, faults: [] };
  }
  const text = (element.getAttribute('aria-label') ?? element.getAttribute('name') ?? element.textContent ?? '').trim().slice(0, 40);
  const name = `${element.tagName.toLowerCase()}${element.classList.length > 0 ? `.${element.classList[0]}` : ''} “${text}”`;
  const rect = element.getBoundingClientRect();
  // What has the focus inside a frame is drawn around the frame, or in it (`isDrawnInside`).
  const style = getComputedStyle(element.tagName === 'IFRAME' ? (element.parentElement ?? element) : element);
  const ring = style.outlineStyle === 'none' ? 0 : Number.parseFloat(style.outlineWidth) + Number.parseFloat(style.outlineOffset);
  const faults: string[] = [];
  if (Number.parseFloat(style.outlineWidth) < 2 || style.outlineStyle === 'none') faults.push('its focus is not drawn');
  if (rect.width < 2 || rect.height < 2) faults.push('it cannot be seen');
  if (rect.bottom <= 0 || rect.top >= innerHeight) faults.push('it is out of sight');
  // A link over two lines has a hole in its middle: each of its boxes is asked.
  const covered = [...element.getClientRects()].every((part) => {
    const there = document.elementFromPoint(
      (part.left + part.right) / 2,
      Math.min(Math.max((part.top + part.bottom) / 2, 0), innerHeight - 1),
    );
    return !(there && (element.contains(there) || there.contains(element) || there.closest('label')?.contains(element)));
  });
  if (covered && rect.height < innerHeight) faults.push('something lies over it');
  for (let above = element.parentElement; above && above !== document.body; above = above.parentElement) {
    if (getComputedStyle(above).overflowX === 'visible') continue;
    const frame = above.getBoundingClientRect();
    const cut = frame.left - (rect.left - ring) > 0.5 || rect.right + ring - frame.right > 0.5;
    if (cut || frame.top - (rect.top - ring) > 0.5 || rect.bottom + ring - frame.bottom > 0.5)
      faults.push(`its focus is cut off by ${above.className}`);
  }
  const manifold = element.matches('iframe, input[type="date"], input[type="time"]');
  const closed = element.tagName === 'SUMMARY' && !(element.parentElement as HTMLDetailsElement).open;
  return { name, place: [...document.querySelectorAll('*')].indexOf(element), box: box(rect), closed, manifold, faults };
}

function acts(): readonly { readonly place: number; readonly name: string }[] {
  const all = [...document.querySelectorAll('*')];
  return [...document.querySelectorAll<HTMLElement>('a[href], button, input, select, textarea, summary')].flatMap((element) => {
    const { type, name, form } = element as HTMLInputElement;
    if (element.tabIndex < 0 || type === 'hidden' || element.matches(':disabled') || !element.checkVisibility()) return [];
    // Of a group of radio buttons one is come to, and the arrows go on from there.
    const group =
      type === 'radio'
        ? [...document.querySelectorAll<HTMLInputElement>(`input[type="radio"][name="${name}"]`)].filter((one) => one.form === form)
        : [];
    const chosen = group.find((one) => one.checked) ?? group[0];
    return chosen && chosen !== element
      ? []
      : [{ place: all.indexOf(element), name: `${element.tagName.toLowerCase()} “${name || element.textContent}”` }];
  });
}
