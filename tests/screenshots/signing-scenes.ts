import type { Page } from 'playwright-core';
import { type Doing, link, open, openDetails, type Scene, send } from './scene.ts';
import { LONG } from './states.ts';

const signing = { signer: 'organisation', representativePrinted: 'yes', name: 'Edda Lindqvist', role: 'Director', publication: 'public' };

/** Everything on the way from the invitation to the own page. */
const signs: Doing = async (page, states) => {
  await send('/i/sign', { ...signing, organisation: `Society ${Date.now()}` })(page, states);
  await page.locator('input[name="authorised"]').check();
  await Promise.all([page.waitForEvent('load'), page.locator('button[value="sign"]').click()]);
};

const correct = async (page: Page): Promise<void> => {
  const path = await page.locator('a[href*="/own/correct"]').first().getAttribute('href');
  await page.goto(path ?? '');
};

/** Signs personally, and then wants to stand for an organisation that was not invited: somebody has to look at it. */
const wishes: Doing = async (page, states) => {
  await send('/i/sign', { ...signing, signer: 'personal' })(page, states);
  await Promise.all([page.waitForEvent('load'), page.locator('button[value="sign"]').click()]);
  await correct(page);
  await send('/own/correct/save', { signer: 'organisation', organisation: LONG.organisation, authorised: 'yes' })(page, states);
};

/** Pages of whoever was invited. */
export const signatories: readonly Scene[] = [
  link('organisation', (states, language) => states.invited(language)),
  link('person', ({ links: { person } }, language) => person[language]),
  link('all-open', (states, language) => states.invited(language), openDetails),
  link('faults', (states, language) => states.invited(language), send('/i/sign')),
  link('check', (states, language) => states.invited(language), send('/i/sign', signing)),
  link(
    'check-fault',
    (states, language) => states.invited(language),
    async (page, states) => {
      await send('/i/sign', signing)(page, states);
      await send('/i/sign')(page, states);
    },
  ),
  link('signs', (states, language) => states.invited(language), signs),
  link(
    'decline-fault',
    (states, language) => states.invited(language),
    async (page, states) => {
      await send('/i/decline', { reason: 'x'.repeat(5000) })(page, states);
    },
  ),
  link('consider-fault', (states, language) => states.invited(language), send('/i/consider', { until: '2001-01-01' })),
  ...(['signed', 'declined', 'considering', 'taken-back', 'closed', 'late', 'delivered', 'withdrawn'] as const).map((state) =>
    link(state, ({ links }, language) => links[state][language]),
  ),
  link('take-back-fault', ({ links: { signed } }, language) => signed[language], send('/own/withdraw?by=invitation')),
  open('board-letter', '/i/board', undefined, (states, language) => states.invited(language)),
  open('board-letter-other-language', '/i/board?text=fa', undefined, (states) => states.invited('en')),
  link('signed-all-open', ({ links: { signed } }, language) => signed[language], openDetails),
  open('add', '/own/add?by=invitation', undefined, ({ links: { signed } }, language) => signed[language]),
  open('add-fault', '/own/add?by=invitation', send('/own/add/save?by=invitation'), ({ links: { signed } }, language) => signed[language]),
  open(
    'add-check',
    '/own/add?by=invitation',
    send('/own/add/save?by=invitation', { organisation: 'Quay Trust', role: 'Chair', publication: 'addressee' }),
    ({ links: { signed } }, language) => signed[language],
  ),
  // By a link from hand to hand.
  link('by-hand', (states, language) => states.handed(language)),
  link('by-hand-fault', (states, language) => states.handed(language), send('/i/sign', { email: 'nobody' })),
  link(
    'by-hand-signed',
    (states, language) => states.handed(language),
    async (page, states) => {
      await signs(page, states);
      await openDetails(page, states);
    },
  ),
  link(
    'by-hand-asked',
    (states, language) => states.handed(language),
    async (page, states) => {
      await signs(page, states);
      await send('/i/prove', { email: LONG.email })(page, states);
    },
  ),
  // Once they have signed, and changed their mind.
  link(
    'changed-to-no',
    (states, language) => states.invited(language),
    async (page, states) => {
      await signs(page, states);
      await send('/i/decline', { reason: 'Our board did not agree on the second point.' })(page, states);
    },
  ),
  link(
    'changed-to-a-day',
    (states, language) => states.invited(language),
    async (page, states) => {
      await signs(page, states);
      await send('/i/consider', { until: new Date(Date.now() + 5 * 86_400_000).toISOString().slice(0, 10) })(page, states);
    },
  ),
  link(
    'passed-on',
    (states, language) => states.invited(language),
    send('/i/pass-on', { whom: 'colleague', name: LONG.name, email: LONG.email }),
  ),
  link(
    'pass-on-fault',
    (states, language) => states.invited(language),
    send('/i/pass-on', { whom: 'colleague', name: '', email: 'nobody' }),
  ),
  // One of two ticks was made: it stays, and the other is asked for.
  link(
    'check-tick-kept',
    (states, language) => states.invited(language),
    async (page, states) => {
      await send('/i/sign', { ...signing, 'others[0].organisation': LONG.organisation, 'others[0].role': 'Chair' })(page, states);
      await page.locator('input[name="authorised"]').check();
      await Promise.all([page.waitForEvent('load'), page.locator('button[value="sign"]').click()]);
    },
  ),
  link('wish-waits', (states, language) => states.invited(language), wishes),
  open(
    'correct-wish-waits',
    '/i',
    async (page, states) => {
      await wishes(page, states);
      await correct(page);
    },
    (states, language) => states.invited(language),
  ),
  open(
    'correct-fault',
    '/i',
    async (page, states) => {
      await signs(page, states);
      await correct(page);
      await send('/own/correct/save', { name: '', organisation: '' })(page, states);
    },
    (states, language) => states.invited(language),
  ),
  link('dead', ({ world }) => world.cookies['revoked-link']),
  link('none', () => ''),
];
