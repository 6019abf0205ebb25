import { rows } from '../e2e/matrix.ts';
import { addressOf } from '../support/doors.ts';
import { ANYBODY, desk, open, openDetails, owner, type Scene, send } from './scene.ts';
import { signatories } from './signing-scenes.ts';
import { LONG } from './states.ts';

/** Every page of the matrix as it stands, by its path. */
const pages: readonly Scene[] = rows
  .filter(({ kind }) => kind === 'page')
  .map((row) => {
    const role = row.may.includes('owner') ? 'owner' : (row.may[0] ?? 'anonymous');
    return {
      name: `page${row.path.replaceAll(/[[\]]/g, '').replaceAll('/', '-').replace(/-$/, '-start')}`,
      mirrored: role === 'owner' ? 'en-XB' : 'fa',
      as: ({ world }) => world.cookies[role],
      at: ({ world }) => addressOf(world, row),
    };
  });

const statuses = ['consultation', 'closed', 'delivered', 'withdrawn', 'hidden', 'crowded'] as const;
const partsOfLetter = ['', '/preview', '/release', '/invitations', '/block'] as const;

const letters: readonly Scene[] = [
  ...statuses.flatMap((status) =>
    partsOfLetter.map((part) => desk(`letter-${status}${part.replace('/', '-')}`, ({ letters: all }) => `/letters/${all[status]}${part}`)),
  ),
  desk('letter-draft', ({ world }) => `/letters/${world.draft}`),
  desk('letter-draft-release', ({ world }) => `/letters/${world.draft}/release`),
  desk('letter-draft-invitations', ({ world }) => `/letters/${world.draft}/invitations`),
  desk(
    'letter-open-as-observer',
    ({ world }) => `/letters/${world.open}`,
    undefined,
    ({ world }) => world.cookies.observer,
  ),
  desk(
    'letter-draft-as-drafter',
    ({ world }) => `/letters/${world.draft}`,
    undefined,
    ({ world }) => world.cookies.drafter,
  ),
  desk('letter-crowded-second-page', ({ letters: { crowded } }) => `/letters/${crowded}?before=20&passed=50`),
  desk('list-crowded', ({ letters: { crowded } }) => `/letters/${crowded}/list`),
  desk('list-needs-you', ({ letters: { crowded } }) => `/letters/${crowded}/list?state=needs-you`),
  desk('list-nothing-found', ({ letters: { crowded } }) => `/letters/${crowded}/list?words=nobody&capacity=personal`),
  desk('list-nothing-ticked', ({ letters: { crowded } }) => `/letters/${crowded}/list?state=needs-you`, send('/approve')),
  desk(
    'list-as-observer-hidden',
    ({ letters: { hidden } }) => `/letters/${hidden}/list`,
    undefined,
    ({ world }) => world.cookies.observer,
  ),
  desk('list-entry-no-reason', ({ world }) => `/letters/${world.open}/list/${world.signature}`, send('/hold')),
  desk('order-crowded', ({ letters: { crowded } }) => `/letters/${crowded}/block/order?section=personal`),
  desk(
    'order-by-hand',
    ({ letters: { crowded } }) => `/letters/${crowded}/block/order?section=personal`,
    async (page) => {
      for (const row of [2, 4])
        await Promise.all([page.waitForEvent('load'), page.locator('.entries__row').nth(row).locator('button').first().click()]);
    },
  ),
  desk('order-nothing-found', ({ letters: { crowded } }) => `/letters/${crowded}/block/order?section=personal&words=nobody`),
  desk('texts-two-languages', ({ letters: { consultation } }) => `/letters/${consultation}/texts`),
  desk('text-translation', ({ letters: { consultation } }) => `/letters/${consultation}/texts/fa`),
  desk('text-new-language', ({ letters: { consultation } }) => `/letters/${consultation}/texts/fr`),
  desk('text-more', ({ world }) => `/letters/${world.draft}/texts/en`, openDetails),
  desk(
    'text-faults',
    async (states) => `/letters/${await states.draft()}/texts/en`,
    send('/save', { headline: '', body: '<b>no</b>', to: '' }),
  ),
  desk(
    'text-conflict',
    async (states) => `/letters/${await states.draft()}/texts/en`,
    async (page, states) => {
      const path = new URL(page.url()).pathname;
      const theirs = {
        to: 'Ms Ottoline Varga',
        headline: 'Open both banks',
        body: 'We ask you to open both banks.',
        language: 'en',
        revision: '1',
      };
      await states.post(`${path}/save`, theirs);
      await send('/save', { headline: 'Open the western bank', body: 'We ask you to open the western bank, at once.' })(page, states);
    },
  ),
  desk('text-frozen', ({ world }) => `/letters/${world.open}/texts/en`),
  desk(
    'settings-conflict',
    async (states) => `/letters/${await states.draft()}/settings`,
    async (page, states) => {
      const other = await page.context().newPage();
      await other.goto(page.url());
      await send('/save', { place: 'Geneva' })(other, states);
      await other.close();
      await send('/save', { place: 'Lisbon' })(page, states);
    },
  ),
  desk(
    'settings-faults',
    ({ world }) => `/letters/${world.draft}/settings`,
    send('/save', { deadlineDay: '31 February', zone: 'Nowhere/Atall', date: 'soon' }),
  ),
  desk('history-crowded', ({ letters: { consultation } }) => `/letters/${consultation}/history`),
  desk('history-compare', ({ letters: { consultation } }) => `/letters/${consultation}/history`, send('/history/compare')),
  desk('comments', ({ letters: { consultation } }) => `/letters/${consultation}/comments`),
  desk('comments-fault', ({ letters: { consultation } }) => `/letters/${consultation}/comments`, send('/add')),
  desk('comments-settled', ({ letters: { consultation } }) => `/letters/${consultation}/comments`, send('/settle')),
  desk('freeze-findings', ({ letters: { unsound } }) => `/letters/${unsound}/freeze`),
  desk('freeze-faults', ({ letters: { unsound } }) => `/letters/${unsound}/freeze`, send('/confirm')),
  desk('reopen', ({ letters: { closed } }) => `/letters/${closed}/reopen`),
  desk('reopen-fault', ({ letters: { closed } }) => `/letters/${closed}/reopen`, send('/confirm', { deadlineDay: '' })),
  desk('deliver', ({ letters: { closed } }) => `/letters/${closed}/deliver`),
  desk('withdraw-faults', ({ letters: { closed } }) => `/letters/${closed}/withdraw`, send('/confirm')),
  desk('replacement', ({ letters: { unreplaced } }) => `/letters/${unreplaced}/replacement`),
  desk('release-fault', ({ letters: { closed } }) => `/letters/${closed}/release`, send('/set', { when: 'at', releaseDay: '' })),
  desk('invitations-late', ({ letters: { closed } }) => `/letters/${closed}/invitations`),
  desk('list-addendum', ({ letters: { delivered } }) => `/letters/${delivered}/list`),
  desk('preview-addendum', ({ letters: { delivered } }) => `/letters/${delivered}/preview`),
  desk(
    'invitations-fault',
    ({ world }) => `/letters/${world.open}/invitations`,
    send('/invite', { email: 'nobody', organisation: LONG.organisation }),
  ),
  desk(
    'invitations-hand-link',
    ({ world }) => `/letters/${world.open}/invitations/by-hand`,
    send('/by-hand/make', { capacity: 'organisation', organisation: LONG.organisation, name: LONG.name }),
  ),
  desk(
    'invitations-hand-link-fault',
    ({ world }) => `/letters/${world.open}/invitations/by-hand`,
    send('/by-hand/make', { capacity: 'personal', email: 'nobody' }),
  ),
  desk(
    'invitations-words-saved',
    ({ world }) => `/letters/${world.open}/invitations/mail`,
    send('/mail/save', { 'subject-en': LONG.headline.slice(0, 110), 'message-en': LONG.headline, 'subject-fa': 'دعوت به امضا' }),
  ),
  desk(
    'invitations-words-faults',
    ({ world }) => `/letters/${world.open}/invitations/mail`,
    send('/mail/save', { 'subject-en': 'x'.repeat(200), 'message-fa': '\u202e', replyTo: LONG.email.slice(0, 20) }),
  ),
  desk('block-faults', ({ world }) => `/letters/${world.open}/block`, send('/save', { organisationsColumns: '9', personalColumns: '9' })),
];

const coalitions: readonly Scene[] = [
  desk('coalition-none', '/desk', undefined, ({ world }) => world.cookies.removed),
  desk('coalition-several', '/desk', undefined, ({ people }) => people.several),
  desk(
    'coalition-empty',
    ({ coalitions: { lone } }) => `/coalitions/${lone}`,
    undefined,
    ({ people }) => people.lone,
  ),
  desk(
    'coalition-empty-archive',
    ({ coalitions: { lone } }) => `/coalitions/${lone}?list=archived`,
    undefined,
    ({ people }) => people.lone,
  ),
  desk(
    'coalition-empty-observer',
    ({ coalitions: { lone } }) => `/coalitions/${lone}`,
    undefined,
    ({ people }) => people.several,
  ),
  desk(
    'coalition-crowded',
    ({ coalitions: { crowded } }) => `/coalitions/${crowded}`,
    undefined,
    ({ people }) => people.crowded,
  ),
  desk(
    'coalition-nothing-found',
    ({ coalitions: { crowded } }) => `/coalitions/${crowded}?words=nobody`,
    undefined,
    ({ people }) => people.crowded,
  ),
  desk('coalition-undo', async (states) => `/letters/${await states.draft()}`, send('/delete')),
  desk(
    'members-one',
    ({ coalitions: { lone } }) => `/coalitions/${lone}/members`,
    undefined,
    ({ people }) => people.lone,
  ),
  desk(
    'members-crowded',
    ({ coalitions: { crowded } }) => `/coalitions/${crowded}/members`,
    undefined,
    ({ people }) => people.crowded,
  ),
  desk(
    'members-as-observer',
    ({ world }) => `/coalitions/${world.coalition}/members`,
    undefined,
    ({ world }) => world.cookies.observer,
  ),
  desk('members-faults', ({ world }) => `/coalitions/${world.coalition}/members`, send('/invite', { email: 'nobody' })),
  desk('members-undo', async ({ world, newcomer }) => `/coalitions/${world.coalition}/members/${await newcomer()}`, send('/remove')),
  desk('member-own', ({ world }) => `/coalitions/${world.coalition}/members/own`),
  desk(
    'coalition-settings-faults',
    ({ world }) => `/coalitions/${world.coalition}/settings`,
    send('/save', { name: '', replyTo: 'nobody' }),
  ),
  desk(
    'coalition-settings-reader',
    ({ world }) => `/coalitions/${world.coalition}/settings`,
    undefined,
    ({ world }) => world.cookies.observer,
  ),
  desk('new-letter-more', ({ world }) => `/coalitions/${world.coalition}/letters/new`, openDetails),
  desk(
    'new-letter-faults',
    ({ world }) => `/coalitions/${world.coalition}/letters/new`,
    send('/create', { body: '<b>no</b>', deadlineDay: 'soon' }),
  ),
  desk('account-fault', '/account', send('/name', { name: '' })),
  desk('mail-one', '/mail', async (page) => {
    await Promise.all([page.waitForEvent('load'), page.locator('td a, th a').first().click()]);
  }),
];

const others: readonly Scene[] = [
  open('public-addendum', ({ deliveredSlug }) => `/l/${deliveredSlug}`),
  open('public-found', ({ world }) => `/l/${world.released.slug}?find=quay`),
  open('public-nobody-found', ({ world }) => `/l/${world.released.slug}?find=nobody`),
  open('public-genuine', ({ world }) => `/l/${world.released.slug}`, openDetails),
  open('sign-fault', ({ world }) => `/sign/${world.slug}`, send('/send')),
  open(
    'sign-check',
    ({ world }) => `/sign/${world.slug}`,
    send('/send', {
      signer: 'organisation',
      organisation: LONG.organisation,
      role: 'Director',
      name: LONG.name,
      email: LONG.email,
      publication: 'public',
      personally: 'yes',
    }),
  ),
  open('confirm-dead', '/confirm', undefined, () => `confirmation=cf_${'A'.repeat(43)}`),
  open(
    'confirm-confirmed',
    '/confirm',
    async (page, states) => {
      await send('/press')(page, states);
      await page.goto('/confirm');
    },
    ({ world }) => world.cookies.confirming,
  ),
  desk('vouch-fault', ({ world }) => `/letters/${world.open}/list/vouch`, send('/record', { capacity: 'personal', email: 'nobody' })),
  desk(
    'vouch-rows-faults',
    ({ world }) => `/letters/${world.open}/list/vouch/rows`,
    send('/record', {
      rows: `${LONG.name},Professor\n,\nx,y,z`,
      kind: 'personal',
      means: 'By telephone',
      date: '2026-03-02',
      publication: 'public',
    }),
  ),
  desk('links-none', ({ world }) => `/letters/${world.open}/links`),
  desk('links-fault', ({ world }) => `/letters/${world.anyone}/links`, send('/make', { cap: 'none', label: LONG.headline })),
  open('not-found', '/nowhere'),
  open('not-found-letter', '/letters/let_AAAAAAAAAAAAAAAAAAAAAA', undefined, owner),
  open('malformed-address', '/letters/%E0%A4%A'),
  desk('sign-in-fault', '/sign-in', send('/ask', { email: 'nobody' }), ANYBODY),
  desk('sign-in-sent', '/sign-in', send('/ask', { email: 'nobody@elsewhere.example' }), ANYBODY),
  desk('sign-in-dead-link', `/sign-in/link/lg_${'A'.repeat(43)}`, undefined, ANYBODY),
  desk('join-dead-link', `/join/mi_${'A'.repeat(43)}`, undefined, ANYBODY),
  desk('set-up-dead-link', `/set-up/su_${'A'.repeat(43)}`, undefined, ANYBODY),
  open('refused', '/sign-in', async (page) => {
    // What a page of somebody else's would send.
    const action = new URL('/api/auth/ask', page.url()).href;
    await page.goto('about:blank');
    await page.setContent(`<form method="post" action="${action}"><input name="email"></form>`);
    await Promise.all([page.waitForEvent('load'), page.locator('form').evaluate((form) => (form as HTMLFormElement).submit())]);
  }),
  open('too-many', '/sign-in', async (page, states) => {
    for (let press = 0; press < 60; press++) {
      await page.goto('/sign-in');
      await send('/ask', { email: `press-${press}@elsewhere.example` })(page, states);
      if ((await page.locator('form[action$="/ask"]').count()) === 0 && !page.url().endsWith('/sent')) return;
    }
  }),
];

// What uses up the rate of a network comes last.
export const scenes: readonly Scene[] = [...pages, ...letters, ...coalitions, ...signatories, ...others];
