import { appendFileSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { and, eq, ne } from 'drizzle-orm';
import fc from 'fast-check';
import type { Browser, Frame } from 'playwright-core';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { ROOT } from '../support/app.ts';
import { openBrowser, openVisitor, type Visiting } from '../support/browser.ts';
import { addressOf } from '../support/doors.ts';
import { hostileStrings, LONG } from '../support/hostile.ts';
import { letEverybodyIn } from '../support/hostile-crowd.ts';
import { cameIn, formsAbout, formsOf, makeTarget, NEIGHBOURS, type Target } from '../support/hostile-forms.ts';
import { type Form, type HandedIn, LONGEST_ADDRESS, type Shown, Stranger } from '../support/hostile-visit.ts';
import { signatureRows } from '../support/invited.ts';
import { partOf, runs, runTime, sampled } from '../support/property.ts';
import { populate, settled, type World } from '../support/roles.ts';
import { rows } from './matrix.ts';

/*
 * Every field that is typed into, of every form below, gets every string over HTTP from the built server; what got in is opened in a browser
 * once for a batch, with scripts on.
 *
 * Within a batch of n strings a form is sent in n rounds, and its fields hold strings that follow each other: in the next round each field
 * has the next one. So each string was in each field once, beside other strings. What is refused is named at its own field, typed anew by
 * an honest hand, and the form sent again until it is taken (`handIn`): no field's refusal hides what becomes of another, and each string in
 * each field was either refused there by name or went through the command.
 *
 * What that does not show: the same string in two fields of a form at once (tests/integration/signatures/hostile-strings has that); odd
 * values where nothing is typed (choices, days, ids), which are sent all together and so are refused together; in a long run, each refused
 * string on the page of each form: a form is looked at there in one round of sixteen, and sent with odd choices in one of eight.
 *
 * Seen red by a list that is printed as mark-up (`block-view.tsx`), over HTTP; and by a country that was looked up in a plain object, which
 * answered "constructor" with 500. The first strings of a commit are the first of the long run with its seed.
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

/** Gets into every list that it is sent to. */
const MARK_UP = '<img src=x onerror=alert(1)>';
const STRINGS_A_BATCH = 100;
/** The first two are in every sample. */
const strings = [MARK_UP, LONG, ...fc.sample(hostileStrings, runs(1, 5_000))];
const batches = Array.from({ length: Math.ceil(strings.length / STRINGS_A_BATCH) }, (_, index) => index);
/** At a time, of one round: none is about the same thing as another. */
const IN_FLIGHT = 4;

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
  // By where it leads, not by its letters: a search for such a name is in the addresses of its own pages.
  const leadsAway = (value: string) => URL.canParse(value, location.href) && /evil\.example$/i.test(new URL(value, location.href).hostname);
  const live = [...document.querySelectorAll('*')].filter((element) =>
    [...element.attributes].some(
      ({ name, value }) => /^on|^srcdoc$/.test(name) || /^\s*javascript:|url\([^)]*evil\.example/i.test(value) || leadsAway(value),
    ),
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

/** The neighbours as the public page has them, each with its place among the people, and as the database has them. */
async function neighbours({ letter, path }: Target): Promise<readonly string[]> {
  await settled(world.instance);
  const people: string[] = [];
  for (const page of await pagesOf(path, '')) {
    // Organisations stand first, on as many pages as they are.
    if (people.length === 0 && !page.html.includes(NEIGHBOURS[0] ?? '')) continue;
    await visiting.page.goto(page.path);
    people.push(...(await visiting.page.locator('.block').last().locator('li').allInnerTexts()));
    if (people.length >= NEIGHBOURS.length) break;
  }
  const shown = people.map((text, place) => `${place} ${text}`).filter((text) => NEIGHBOURS.some((name) => text.includes(name)));
  const kept = (await signatureRows(letter)).slice(0, NEIGHBOURS.length);
  // Of a row, where it stands among the others changes with them.
  return [
    ...shown,
    ...kept.map(({ id, position, place, status, publication, sealed }) =>
      JSON.stringify({ id, position, place, status, publication, sealed: sealed?.toString('hex') }),
    ),
  ];
}

const pages = rows.filter(({ kind }) => kind === 'page');
const [firstPage = 0] = fc.sample(fc.nat(pages.length), 1);
const isLong = strings.length > STRINGS_A_BATCH;
/** Of the pages and addresses, one of so many is asked for each string: in a long run each of them is asked often all the same. */
const SHARE = isLong ? { pages: 40, addresses: 3 } : { pages: 12, addresses: 1 };
/** Every name that a page of ours reads from its address. */
const ASKED =
  'after again before by change entry find from lang language list one other page passed removed section start state text to words';

/** A string as the value of everything that some pages may be asked, and in the addresses that hold a word of their own. */
async function askPages(text: string, turn: number): Promise<void> {
  const sent = encodeURIComponent(text.toWellFormed());
  const names = ASKED.split(' ');
  const first = turn % names.length;
  // As many as an address can hold; others for the next string.
  const fit = Math.max(1, Math.floor(LONGEST_ADDRESS / (sent.length + 12)));
  const asked = [...names.slice(first), ...names.slice(0, first)]
    .slice(0, fit)
    .map((name) => `${name}=${sent}`)
    .join('&');
  for (const row of pages.filter((_, index) => index % SHARE.pages === (firstPage + turn) % SHARE.pages))
    await stranger.visit(`${addressOf(world, row)}?${asked}`, world.cookies[row.may[0] ?? 'anonymous']);
  const addresses = ['/l/', '/sign/', '/v/', '/letters/', '/own/', '/i/'];
  for (const place of addresses.filter((_, index) => index % SHARE.addresses === turn % SHARE.addresses))
    await stranger.visit(`${place}${sent}`, world.cookies.owner);
}

/** A list and all its further pages. */
async function pagesOf(path: string, cookies: string): Promise<readonly (Shown & { readonly html: string })[]> {
  const found = [path];
  const htmls: string[] = [];
  for (const at of found) {
    const { text } = await stranger.visit(at, cookies);
    htmls.push(text);
    const next = /<a href="([^"#]*)[^"]*" rel="next"/.exec(text)?.[1]?.replaceAll('&amp;', '&');
    if (next?.startsWith(`${path}?`) === true && !found.includes(next)) found.push(next);
  }
  return found.map((at, index) => ({ path: at, cookies, html: htmls[index] ?? '' }));
}

/** Where what got in is shown. */
async function shownAt(target: Target, texts: readonly string[], ids: readonly string[]): Promise<readonly Shown[]> {
  const { letter, drafts, slug, path, own } = target;
  const draft = (of: keyof typeof drafts, at: string) => `/letters/${drafts[of]}/${at}`;
  const { owner } = world.cookies;
  const desk = `/letters/${letter.letterId}`;
  const coalition = `/coalitions/${world.coalition}`;
  const list = await pagesOf(path, '');
  if (texts[0] === MARK_UP) expect(list.map(({ html }) => html).join(), 'it got in').toContain('&lt;img src=x onerror=alert(1)&gt;');
  const words = encodeURIComponent(texts[0]?.toWellFormed() ?? '');
  const some = ['', '/links', `/list/${ids.at(-1)}`, '/block/order', `/list?words=${words}`].map((part) => `${desk}${part}`);
  const others = [
    draft('text', 'comments'),
    draft('text', 'texts/en'),
    draft('block', 'block'),
    draft('settings', 'settings'),
    coalition,
    `${coalition}/members`,
  ];
  const always = [`${desk}/preview`, `${desk}/invitations`, `${desk}/invitations/mail`, draft('text', 'preview')];
  return [
    ...list,
    ...(await pagesOf(`${desk}/list`, owner)),
    ...sampled([`${path}?find=${words}`, `/sign/${slug}`], 2).map((at) => ({ path: at, cookies: '' })),
    ...own.slice(0, 3).map(({ token }) => ({ path: '/own', cookies: `own-page=${token}` })),
    ...[...always, ...sampled([...some, ...others], 3)].map((at) => ({ path: at, cookies: owner })),
  ];
}

/** Turns in which a form is looked at when it comes back, and is sent odd: each in other ones, and of two strings in one at least. */
const sending = (form: number, number: number) => ({
  number,
  looked: !isLong || (form + number) % 16 === 0,
  odd: !isLong || (form + number) % 8 === 1,
});

/** Several forms at a time, each with a text of its own in every field. */
async function handInAll(forms: readonly Form[], texts: readonly string[], number: number): Promise<readonly HandedIn[]> {
  const waiting = [...forms.entries()];
  const handedIn: HandedIn[] = [];
  const one = async () => {
    for (let next = waiting.shift(); next !== undefined; next = waiting.shift())
      handedIn[next[0]] = await stranger.handIn(next[1], texts, sending(next[0], number));
  };
  await Promise.all(Array.from({ length: IN_FLIGHT }, one));
  return handedIn;
}

/** How often one may come, and how many links and invitations there may be, is another test's. */
async function forgetLimits({ letter, slug }: Target): Promise<void> {
  await world.instance.store.inTransaction(async (tx) => {
    const { rateCounters, openLinks, links } = tx.tables;
    await tx.delete(rateCounters);
    await tx.update(links).set({ revokedAt: new Date() }).where(eq(links.kind, 'member-invitation'));
    const others = and(eq(openLinks.letterId, letter.letterId), ne(openLinks.slug, slug));
    await tx.update(openLinks).set({ closedAt: new Date() }).where(others);
  });
}

interface Done {
  readonly handedIn: readonly HandedIn[];
  readonly shown: readonly Shown[];
}

/** Each string of a batch in every field of every form, let in wherever it may be, asked for in addresses, and looked at where it is shown. */
async function attack(target: Target, texts: readonly string[], from: number, before: readonly string[]): Promise<Done> {
  const handedIn: HandedIn[] = [];
  for (const round of texts.keys()) {
    await forgetLimits(target);
    const turned = [...texts.slice(round), ...texts.slice(0, round)];
    handedIn.push(...(await handInAll(await formsOf(world, target, round, from + round), turned, from + round)));
    await askPages(texts[round] ?? '', from + round);
  }
  await letEverybodyIn(target.letter, new Date());
  const ids = await cameIn(target, before);
  expect(ids.length).toBeGreaterThanOrEqual(texts.length);
  for (const round of texts.keys()) {
    const turned = [...texts.slice(round), ...texts.slice(0, round)];
    handedIn.push(...(await handInAll(formsAbout(world, target, ids[round] ?? ''), turned, from + round)));
  }
  await letEverybodyIn(target.letter, new Date());
  await settled(world.instance);
  const sentBack = handedIn.flatMap(({ sentBack }) => sentBack ?? []);
  const step = Math.ceil(sentBack.length / 10);
  const shown = [...sentBack.filter((_, index) => index % step === 0), ...(await shownAt(target, texts, ids))];
  return { handedIn, shown };
}

/** What a run did, a line for each batch: for whoever asks what the long run is worth. */
function note(line: object): void {
  mkdirSync(join(ROOT, '.cache'), { recursive: true });
  appendFileSync(join(ROOT, '.cache/hostile-strings.ndjson'), `${JSON.stringify(line)}\n`);
}

it.each(partOf(batches))(
  'hostile strings of batch %i break nothing, run nothing in a browser, and move no neighbour',
  {
    timeout: runTime(60_000),
  },
  async (batch) => {
    const began = Date.now();
    const from = batch * STRINGS_A_BATCH;
    const texts = strings.slice(from, from + STRINGS_A_BATCH);
    const target = await makeTarget(world, batch, texts.length);
    const before = await neighbours(target);
    expect(before).toHaveLength(2 * NEIGHBOURS.length);
    const others = await signatureRows(target.letter);
    stranger.startAnew();
    const made = Date.now();
    const { handedIn, shown } = await attack(
      target,
      texts,
      from,
      others.map(({ id }) => id),
    );
    const attacked = Date.now();
    for (const page of shown) await expectNothingRuns(page);
    const left = handedIn.filter((one) => one.left.length > 0).map((one) => [one.fields[0]?.split(' ')[0], ...one.left].join(' '));
    const after = await neighbours(target);
    note({
      batch,
      strings: texts.length,
      forms: handedIn.length,
      fields: new Set(handedIn.flatMap((one) => one.fields)).size,
      typed: handedIn.reduce((sum, one) => sum + one.fields.length, 0),
      refused: handedIn.reduce((sum, one) => sum + one.refused.length, 0),
      left: Object.fromEntries([...new Set(left)].map((one) => [one, left.filter((other) => other === one).length])),
      answers: Object.fromEntries(stranger.answers),
      opened: shown.length,
      seconds: [made - began, attacked - made, Date.now() - attacked].map((ms) => ms / 1000),
    });
    expect(after).toEqual(before);
    // Two spellings of one organisation are one: nothing else may keep what was not refused at its field from being taken.
    expect(left.filter((one) => !one.includes('duplicate-organisation'))).toEqual([]);
  },
);
