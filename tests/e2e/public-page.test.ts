import { randomUUID } from 'node:crypto';
import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { setNamesHidden, setRelease } from '../../lib/letters/releasing.ts';
import { openBrowser, openVisitor } from '../support/browser.ts';
import { letterRow, openLetterIn } from '../support/invited.ts';
import { letterInput } from '../support/letters.ts';
import { addEntries } from '../support/ranked.ts';
import { send } from '../support/request.ts';
import { populate, settled, type World } from '../support/roles.ts';

let world: World;
let browser: Browser;

beforeAll(async () => {
  world = await populate();
  browser = await openBrowser();
}, 240_000);
afterAll(async () => {
  await browser?.close();
  await world?.close();
});

const visit = (path: string, more: Readonly<Record<string, string>> = {}) =>
  send(world.app.origin, { method: 'GET', path, headers: { host: new URL(world.app.origin).host, ...more } });

/** A letter that everybody may read, with this in it. */
async function published(change: Parameters<typeof letterInput>[0], records: Parameters<typeof addEntries>[1]) {
  const { letter } = world.letter as unknown as { letter: Parameters<typeof openLetterIn>[1] };
  const now = new Date();
  const opened = await openLetterIn(
    world.instance,
    letter,
    letterInput({ deadlineAt: new Date(now.getTime() + 86_400_000), ...change }),
    now,
  );
  await setRelease(world.instance, opened.letter, { when: 'now', releaseDay: '', releaseTime: '' }, now);
  await addEntries(opened, records);
  await settled(world.instance);
  return { opened, path: `/l/${(await letterRow(opened)).slug}` };
}

const people = (count: number) =>
  Array.from({ length: count }, (_, index) => ({ capacity: 'personal' as const, name: `Vera Moor ${index}`, role: 'Professor' }));

describe('the public page', () => {
  it('is the same as nowhere for every letter that is not public', async () => {
    const nowhere = await visit('/nowhere');
    const { slug } = await letterRow(world.letter);
    for (const path of [
      `/l/${slug}`,
      `/l/${slug}?find=quay`,
      '/l/no-such-letter',
      `/l/${encodeURIComponent("a'b%")}`,
      `/v/${world.letter.fingerprint}`,
      '/v/1',
    ]) {
      const { status, text } = await visit(path);
      expect({ path, status }).toEqual({ path, status: 404 });
      expect(text, path).toBe(nowhere.text);
    }
  });

  it('asks for no script, weighs little, and stands on a phone, in Persian from right to left', async () => {
    const { path } = await published(
      { language: 'fa', headline: 'رود از آنِ همه است', body: 'ما خواهان آنیم که *کناره‌ها* دوباره باز شوند.\n\n'.repeat(10) },
      [{ capacity: 'organisation', organisation: 'انجمن کرانه', acronym: 'ک‌ر' }, ...people(250)],
    );
    const context = await browser.newContext({ baseURL: world.app.origin, viewport: { width: 360, height: 800 }, locale: 'fa' });
    const page = await context.newPage();
    const bytes = new Map<string, number>();
    page.on('response', async (response) => {
      bytes.set(response.url(), (await response.body().catch(() => Buffer.alloc(0))).length);
    });
    const scripts: string[] = [];
    page.on('requestfinished', (request) => void (request.resourceType() === 'script' && scripts.push(request.url())));
    await page.goto(path, { waitUntil: 'networkidle' });
    expect(scripts).toEqual([]);
    expect([...bytes.keys()].every((url) => url.startsWith(world.app.origin) || url.startsWith('data:'))).toBe(true);
    expect([...bytes.values()].reduce((sum, size) => sum + size, 0)).toBeLessThan(150_000);
    expect(await page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth)).toBeLessThanOrEqual(0);
    expect(await page.locator('article').evaluate((article) => getComputedStyle(article).direction)).toBe('rtl');
    expect(await page.locator('.shell').getAttribute('dir')).toBe('rtl');
    expect(await page.locator('.block li').count()).toBe(50);
    expect(await page.locator('.block[dir=rtl]').count()).toBe(2);

    await page.locator('a[rel=next]').click();
    await page.locator('a[rel=next]').click();
    expect(await page.locator('.block li').first().textContent()).toContain('Vera Moor 99');
    expect(await page.locator('meta[name=robots]').getAttribute('content')).toContain('noindex');
    await page.getByRole('searchbox').fill('moor 249');
    await page.getByRole('searchbox').press('Enter');
    await page.waitForURL(/find=moor/);
    expect(await page.locator('.block li').allInnerTexts()).toEqual([expect.stringContaining('Vera Moor 249')]);
    await context.close();
  });

  it('is for search engines and other pages, is reached by its fingerprint, and has a file', async () => {
    const { slug, fingerprint } = world.released;
    const { text } = await visit(`/l/${slug}`);
    for (const part of [
      '<meta name="robots" content="index, follow"',
      `<link rel="canonical" href="${world.app.origin}/l/${slug}"`,
      '<meta property="og:title" content="The banks are for everybody"',
      '1 organisation, 1 person',
      'Quay Union',
    ])
      expect(text).toContain(part);
    // Not in the head, where other pages quote it.
    expect(text.slice(0, text.indexOf('<body'))).not.toMatch(/Quay|Moorland/);
    const led = await visit(`/v/${fingerprint.toUpperCase()}`);
    expect({ status: led.status, location: led.headers['location'] }).toEqual({ status: 307, location: `/l/${slug}?language=en` });
    const file = await visit(`/l/${slug}/pdf`);
    const picture = await visit(`/l/${slug}/picture.png`);
    expect({ status: picture.status, type: picture.headers['content-type'] }).toEqual({ status: 200, type: 'image/png' });
    expect(text).toContain(`<meta property="og:image" content="${world.app.origin}/l/${slug}/picture.png"`);
    expect({ status: file.status, type: file.headers['content-type'] }).toEqual({ status: 200, type: 'application/pdf' });
  });

  it('shows no name on the request after they were hidden', async () => {
    const { opened, path } = await published({}, people(3));
    expect((await visit(path)).text).toContain('Vera Moor');
    await setNamesHidden(world.instance, opened.letter, true, new Date());
    for (const asked of [path, `${path}?find=vera`]) {
      const { status, text } = await visit(asked);
      expect({ status, names: /Moor/.test(text) }).toEqual({ status: 200, names: false });
    }
  });

  it('hands over its PDF on a page without a script, and takes back that somebody waits for it', async () => {
    const { page, context } = await openVisitor(browser, world.app.origin, { width: 360, locale: 'fa' });
    const { slug } = world.released;
    await page.goto(`/l/${slug}/pdf/wait?lang=fa&place=${randomUUID()}&look=once`);
    expect(await page.locator('[role=status]').textContent()).toBe('پی‌دی‌اف آماده است.');
    const [download] = await Promise.all([page.waitForEvent('download'), page.locator('main .button').click()]);
    expect(download.suggestedFilename()).toMatch(/\.pdf$/);
    const sent = (path: string, cookie = '') =>
      send(world.app.origin, {
        method: 'POST',
        path,
        headers: {
          host: new URL(world.app.origin).host,
          cookie,
          origin: world.app.origin,
          'content-type': 'application/x-www-form-urlencoded',
        },
        body: `place=${randomUUID()}`,
      });
    const cancelled = await sent(`/l/${slug}/pdf/wait/cancel?language=fa`);
    expect([cancelled.status, cancelled.headers['location']]).toEqual([303, `/l/${slug}/pdf/wait?language=fa&cancelled=1`]);
    await page.goto(`/l/${slug}/pdf/wait?language=fa&cancelled=1`);
    expect(await page.locator('main .button').getAttribute('href')).toBe(`/l/${slug}/pdf?language=fa`);
    expect((await visit('/l/no-such-letter/pdf/wait')).status).toBe(404);
    expect((await sent('/l/no-such-letter/pdf/wait/cancel')).status).toBe(404);

    // The addressee's copy: only for those who run the letter, and there only where there is one.
    const desk = `/letters/${world.letter.letterId}/pdf`;
    const statuses = async (cookie: string) => [
      (await visit(desk, { cookie })).status,
      (await visit(`${desk}?edition=addressee`, { cookie })).status,
      (await sent(`${desk}/cancel`, cookie)).status,
      (await sent(`${desk}/cancel?edition=addressee`, cookie)).status,
    ];
    expect(await statuses(world.cookies.owner)).toEqual([200, 404, 303, 303]);
    expect(await statuses(world.cookies.observer)).toEqual([200, 404, 303, 403]);
    await context.close();
  });
});
