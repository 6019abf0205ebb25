import fc from 'fast-check';
import type { Browser, Frame } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { stampForm } from '../../lib/forms/form-age.ts';
import { setRelease } from '../../lib/letters/releasing.ts';
import { makeOpenLink } from '../../lib/signatures/open-links.ts';
import { openBrowser, openVisitor, shownText, type Visiting } from '../support/browser.ts';
import { addressOf } from '../support/doors.ts';
import { hostileStrings } from '../support/hostile.ts';
import { letAllIn } from '../support/hostile-doors.ts';
import { formsAbout, formsOf, type Shown, Stranger, type Target } from '../support/hostile-visit.ts';
import { letterRow, openLetterIn, signatureRows } from '../support/invited.ts';
import { letterInput } from '../support/letters.ts';
import { signOpenly } from '../support/open-signed.ts';
import { runs, runTime, sampled } from '../support/property.ts';
import { addEntries } from '../support/ranked.ts';
import { populate, settled, type World } from '../support/roles.ts';
import { rows } from './matrix.ts';

/*
 * Seen red by a list that is printed as mark-up (`block-view.tsx`): over HTTP, and in the browser where that was not asked. The first
 * strings of a commit are the first of the long run with its seed.
 */

let world: World;
let browser: Browser;
let visiting: Visiting;
let stranger: Stranger;
beforeAll(async () => {
  world = await populate({ TRUSTED_HOPS: '1' });
  browser = await openBrowser();
  visiting = await openVisitor(browser, world.app.origin, { javaScript: true, width: 360 });
  await visiting.page.addInitScript(watch);
  stranger = new Stranger(world.app.origin);
}, 240_000);
afterAll(async () => {
  await browser?.close();
  await world?.close();
});

const NEIGHBOURS = ['Vera Moor', 'Wim Quade', 'Yara Bell'];
/** Gets into every list that it is sent to. */
const MARK_UP = '<img src=x onerror=alert(1)>';
/** No page holds more, and no limit of a day comes in the way. */
const STRINGS_A_LETTER = 10;
const strings = [MARK_UP, ...fc.sample(hostileStrings, runs(1, 5_000))];

async function openPublicLetter(): Promise<Target> {
  const { instance } = world;
  // How often one may come is another test's.
  await instance.store.inTransaction((tx) => tx.delete(tx.tables.rateCounters));
  const now = new Date();
  const { letter: scope } = world.letter as unknown as { letter: Parameters<typeof openLetterIn>[1] };
  const input = letterInput({
    preset: 'open-letter',
    block: { personal: { order: 'signing' } },
    deadlineAt: new Date(now.getTime() + 9 * 86_400_000),
  });
  const letter = await openLetterIn(instance, scope, input, now);
  await setRelease(instance, letter.letter, { when: 'now', releaseDay: '', releaseTime: '' }, now);
  const link = await makeOpenLink(instance, letter.letter, { label: '', cap: null, lastDay: '' }, now);
  if (!link.ok) throw new Error('no link');
  await addEntries(
    letter,
    NEIGHBOURS.map((name) => ({ capacity: 'personal', name, role: 'Professor' })),
  );
  const { slug } = link.value;
  // Whoever is quicker than a person is asked to look once more.
  const opened = stampForm(instance.keys, `open-sign/${slug}`, new Date(now.getTime() - 60_000));
  return { letter, slug, path: `/l/${(await letterRow(letter)).slug}`, own: '', opened };
}

/** Runs in the page before anything else: what is called there, and what its policy kept from running. */
function watch(): void {
  const seen: string[] = [];
  Object.assign(globalThis, { seen, alert: () => seen.push('alert') });
  document.addEventListener('securitypolicyviolation', ({ violatedDirective, blockedURI }) => {
    // The framework's own tags are refused where no script is to run; a handler in an attribute is nobody's of ours.
    if (violatedDirective === 'script-src-attr' || !/^(?:inline|eval)?$|^https?:\/\/(?:localhost|127\.)/.test(blockedURI))
      seen.push(`${violatedDirective} ${blockedURI}`);
  });
}

/** Runs in the page: what ran, and what would where no policy forbade it. */
function traces(): readonly string[] {
  const { seen = [] } = globalThis as { readonly seen?: readonly string[] };
  const live = [...document.querySelectorAll('*')].filter((element) =>
    [...element.attributes].some(({ name, value }) => /^on|^srcdoc$/.test(name) || /^\s*javascript:|evil\.example/i.test(value)),
  );
  const scripts = [...document.scripts].filter(({ text }) => /^\s*alert/.test(text));
  return [...seen, ...[...live, ...scripts].filter((element) => element.localName !== 'input').map((element) => element.outerHTML)];
}

async function expectNothingRuns({ path, cookies }: Shown): Promise<void> {
  const { page, context, foreign } = visiting;
  await context.clearCookies();
  const pairs = cookies.split('; ').filter((pair) => pair !== '');
  await context.addCookies(
    pairs.map((pair) => ({ url: world.app.origin, name: pair.split('=', 1)[0] ?? '', value: pair.replace(/^[^=]*=/, '') })),
  );
  await page.goto(path, { waitUntil: 'load' });
  const found = await Promise.all(page.frames().map((frame: Frame) => frame.evaluate(traces)));
  expect({ path, found: found.flat(), foreign }).toEqual({ path, found: [], foreign: [] });
}

/** The neighbours as the public page has them, each with its place among the people. */
async function neighbours({ path }: Target): Promise<readonly string[]> {
  await settled(world.instance);
  await visiting.page.goto(path);
  const people = await visiting.page.locator('.block').last().locator('li').allInnerTexts();
  return people.map((text, place) => `${place} ${text}`).filter((text) => NEIGHBOURS.some((name) => text.includes(name)));
}

const pages = rows.filter(({ kind }) => kind === 'page');
/** Every name that a page of ours reads from its address. */
const ASKED =
  'after again before by change entry find from lang language list one other page passed removed section start state text to words';

/** A string as the value of everything that a page may be asked, and in the addresses that hold a word of their own. */
async function askPages(text: string, turn: number): Promise<void> {
  const sent = encodeURIComponent(text.toWellFormed());
  const asked = ASKED.split(' ')
    .map((name) => `${name}=${sent}`)
    .join('&');
  for (const row of sampled(pages, 12, turn))
    await stranger.visit(`${addressOf(world, row)}?${asked}`, world.cookies[row.may[0] ?? 'anonymous']);
  for (const place of ['/l/', '/sign/', '/v/', '/letters/', '/own/', '/i/']) await stranger.visit(`${place}${sent}`, world.cookies.owner);
}

/** Where what got in is shown. */
async function shownAt({ letter, slug, path, own }: Target, text: string): Promise<readonly Shown[]> {
  const { owner } = world.cookies;
  const desk = `/letters/${letter.letterId}`;
  const draft = `/letters/${world.draft}`;
  const coalition = `/coalitions/${world.coalition}`;
  const last = (await signatureRows(letter)).at(-1)?.id ?? '';
  const others = ['', '/invitations', '/links', `/list/${last}`, '/block/order'].map((part) => `${desk}${part}`);
  const words = encodeURIComponent(text.toWellFormed());
  const always = [`${desk}/list`, `${desk}/preview`, `${desk}/invitations/mail`, `${draft}/preview`];
  const some = sampled([...others, `${desk}/list?words=${words}`, `${draft}/comments`, coalition, `${coalition}/members`], 3);
  return [
    ...[path, ...sampled([`${path}?find=${words}`, `/sign/${slug}`], 2)].map((at) => ({ path: at, cookies: '' })),
    { path: '/own', cookies: own },
    ...[...always, ...some].map((at) => ({ path: at, cookies: owner })),
  ];
}

const letters = Array.from({ length: Math.ceil(strings.length / STRINGS_A_LETTER) }, (_, index) => index * STRINGS_A_LETTER);

/** One string through every form, let in wherever it may be, asked for in every address, and looked at where it is shown. */
async function attack(place: Target, before: readonly string[], text: string, number: number, thorough: boolean): Promise<void> {
  const odile = { signer: 'personal', name: 'Odile Marchetti' };
  const { token } = await signOpenly(place.letter, odile, `own-${number}@home.example`, new Date());
  const target = { ...place, own: `own-page=${token}` };
  const sentBack: Shown[] = [];
  const forms = await formsOf(world, target, number);
  for (const form of thorough ? forms : sampled(forms, 2, number)) {
    const shown = await stranger.fill(form, text);
    if (shown.path.startsWith(form.page)) sentBack.push(shown);
  }
  await letAllIn(target.letter, new Date());
  for (const form of await formsAbout(world, target.letter, before)) await stranger.fill(form, text);
  await letAllIn(target.letter, new Date());
  await askPages(text, number);
  for (const shown of sampled(sentBack, 8, number)) await expectNothingRuns(shown);
  if (thorough) for (const shown of await shownAt(target, text)) await expectNothingRuns(shown);
}

it.each(letters)(
  'hostile strings from number %i on break nothing over HTTP, run nothing in a browser, and move no neighbour',
  { timeout: runTime(60_000) },
  async (from) => {
    const place = await openPublicLetter();
    const before = await neighbours(place);
    expect(before).toHaveLength(NEIGHBOURS.length);
    const others = (await signatureRows(place.letter)).map(({ id }) => id);
    for (const [index, text] of strings.slice(from, from + STRINGS_A_LETTER).entries()) {
      await attack(place, others, text, from + index, index === 0);
    }
    expect(await neighbours(place)).toEqual(before);
    if (from === 0) expect(await shownText(visiting.page.locator('main')), 'it got in').toContain(MARK_UP);
  },
);
