import type { Role } from '../support/roles.ts';

/**
 * Who may do what, written down by hand from the table of the design and never derived from the code it is held against. A built
 * endpoint without a row here fails the build.
 */

export interface Row {
  /** As the build names it, without its route group. */
  readonly path: string;
  readonly kind: 'page' | 'post' | 'file' | 'landing';
  /** Who gets in. Everybody else gets what `others` says. */
  readonly may: readonly Role[];
  /** Where `[letterId]` leads: by default the open letter. */
  readonly letter?: 'draft' | 'open' | 'anyone';
  /** What is posted, as JSON: by default nothing, so that whoever gets in is told what is missing. */
  readonly body?: object;
  /** What a page shows to whoever may not see it: by default the way to sign in, or nothing at all. */
  readonly others?: 'sign-in-or-not-found' | 'same-page';
  /** What whoever gets in is answered, where it is not 200 for a page and 422 or 200 for a POST. */
  readonly status?: readonly number[];
}

const everybody: readonly Role[] = [
  'anonymous',
  'other-owner',
  'owner',
  'coordinator',
  'drafter',
  'observer',
  'removed',
  'signatory',
  'revoked-link',
  'own-page',
  'confirming',
];
const signedIn: readonly Role[] = ['other-owner', 'owner', 'coordinator', 'drafter', 'observer', 'removed'];
const readers: readonly Role[] = ['owner', 'coordinator', 'drafter', 'observer'];
const drafters: readonly Role[] = ['owner', 'coordinator', 'drafter'];
const runners: readonly Role[] = ['owner', 'coordinator'];
const signatories: readonly Role[] = ['signatory'];
/** Whoever signed by an open link and proved their address. */
const signers: readonly Role[] = ['own-page'];
/** Whoever is asked by mail whether it was they who signed. */
const confirming: readonly Role[] = ['confirming'];

export const rows: readonly Row[] = [
  { path: '/', kind: 'page', may: everybody },
  { path: '/sign-in', kind: 'page', may: everybody },
  { path: '/sign-in/sent', kind: 'page', may: everybody },
  { path: '/sign-in/confirm', kind: 'page', may: everybody },
  { path: '/sign-in/link/[token]', kind: 'landing', may: everybody },
  { path: '/join', kind: 'page', may: everybody },
  { path: '/join/[token]', kind: 'landing', may: everybody },
  { path: '/join/accept', kind: 'post', may: everybody },
  // Leads on by 303 only whoever says that they navigate.
  { path: '/set-up/[token]', kind: 'landing', may: everybody, status: [200] },
  { path: '/set-up', kind: 'page', may: everybody },
  { path: '/set-up/found', kind: 'post', may: everybody },
  { path: '/api/health', kind: 'file', may: everybody },
  { path: '/api/auth/ask', kind: 'post', may: everybody },
  { path: '/api/auth/confirm', kind: 'post', may: everybody },

  // Of a letter that everybody may read; of any other: `tests/e2e/public-page.test.ts`.
  { path: '/l/[slug]', kind: 'page', may: everybody },
  { path: '/l/[slug]/pdf', kind: 'file', may: everybody },
  { path: '/l/[slug]/pdf/wait', kind: 'page', may: everybody },
  { path: '/l/[slug]/pdf/wait/cancel', kind: 'post', may: everybody },
  { path: '/l/[slug]/picture.png', kind: 'file', may: everybody },
  { path: '/v/[fingerprint]', kind: 'page', may: everybody, status: [307] },

  { path: '/i', kind: 'page', may: signatories, others: 'same-page' },
  { path: '/i/board', kind: 'page', may: signatories },
  { path: '/i/board/pdf', kind: 'file', may: signatories },
  { path: '/i/test', kind: 'page', may: everybody },
  { path: '/i/[token]', kind: 'landing', may: everybody },
  { path: '/i/sign', kind: 'post', may: signatories },
  { path: '/i/decline', kind: 'post', may: signatories },
  { path: '/i/consider', kind: 'post', may: signatories },
  { path: '/i/pass-on', kind: 'post', may: signatories },
  { path: '/i/prove', kind: 'post', may: signatories },

  { path: '/own', kind: 'page', may: signers, others: 'same-page' },
  { path: '/own/[token]', kind: 'landing', may: everybody },
  { path: '/own/correct', kind: 'page', may: signers },
  { path: '/own/correct/save', kind: 'post', may: signers },
  { path: '/own/correct/take-back', kind: 'post', may: signers },
  { path: '/own/add', kind: 'page', may: signers },
  { path: '/own/add/save', kind: 'post', may: signers },
  { path: '/own/data', kind: 'file', may: signers },
  { path: '/stop', kind: 'page', may: everybody },
  // Whoever holds the mail; a mail program's own button posts here too: `tests/integration/mailings/news.test.ts`.
  { path: '/stop/[token]', kind: 'landing', may: everybody },
  { path: '/own/withdraw', kind: 'post', may: signers },
  // Nothing was delivered, so there is no final document to have.
  { path: '/own/pdf', kind: 'file', may: signers, status: [404] },

  // An open link is an address, not a secret.
  { path: '/sign/[slug]', kind: 'page', may: everybody },
  { path: '/sign/[slug]/send', kind: 'post', may: everybody },
  { path: '/sign/[slug]/sent', kind: 'page', may: everybody },
  { path: '/sign/[slug]/task', kind: 'file', may: everybody },
  { path: '/confirm', kind: 'page', may: confirming, others: 'same-page' },
  { path: '/confirm/[token]', kind: 'landing', may: everybody },
  { path: '/confirm/press', kind: 'post', may: confirming },
  { path: '/confirm/not-me', kind: 'post', may: confirming },

  // Somebody in one coalition goes on to it; whoever was removed from all is told so.
  { path: '/desk', kind: 'page', may: signedIn, status: [200, 307] },
  { path: '/coalitions/[coalitionId]', kind: 'page', may: readers },
  { path: '/coalitions/[coalitionId]/letters/new', kind: 'page', may: drafters },
  { path: '/coalitions/[coalitionId]/letters/new/create', kind: 'post', may: drafters },
  { path: '/coalitions/[coalitionId]/letters/new/preview', kind: 'post', may: drafters },
  { path: '/coalitions/[coalitionId]/letters/new/preview/pdf', kind: 'post', may: drafters },
  { path: '/coalitions/[coalitionId]/members', kind: 'page', may: readers },
  { path: '/coalitions/[coalitionId]/members/own', kind: 'page', may: readers },
  { path: '/coalitions/[coalitionId]/members/organisation', kind: 'post', may: readers, body: { organisation: 'A\nB' } },
  // Each of these asks for more by the role of whom it is about: `tests/integration/coalitions/members.test.ts`.
  { path: '/coalitions/[coalitionId]/members/invite', kind: 'post', may: runners },
  { path: '/coalitions/[coalitionId]/members/leave', kind: 'post', may: readers },
  { path: '/coalitions/[coalitionId]/members/[memberId]', kind: 'page', may: runners },
  { path: '/coalitions/[coalitionId]/members/[memberId]/role', kind: 'post', may: runners },
  { path: '/coalitions/[coalitionId]/members/[memberId]/restore', kind: 'post', may: runners },
  { path: '/coalitions/[coalitionId]/settings', kind: 'page', may: readers },
  { path: '/coalitions/[coalitionId]/settings/save', kind: 'post', may: ['owner'] },
  // There is no logo to have.
  { path: '/api/files/coalitions/[coalitionId]/logo', kind: 'file', may: readers, status: [404] },
  { path: '/letters/[letterId]', kind: 'page', may: readers },
  { path: '/letters/[letterId]/preview', kind: 'page', may: readers },
  // Who may wait for the addressee's copy: `tests/e2e/public-page.test.ts`.
  { path: '/letters/[letterId]/pdf', kind: 'page', may: readers },
  { path: '/letters/[letterId]/pdf/cancel', kind: 'post', may: readers },
  { path: '/letters/[letterId]/texts', kind: 'page', may: readers, letter: 'draft' },
  { path: '/letters/[letterId]/texts/[language]', kind: 'page', may: drafters, letter: 'draft' },
  { path: '/letters/[letterId]/texts/[language]/save', kind: 'post', may: drafters, letter: 'draft' },
  { path: '/letters/[letterId]/texts/[language]/set-aside', kind: 'post', may: drafters, letter: 'draft' },
  { path: '/letters/[letterId]/texts/[language]/remove', kind: 'post', may: drafters, letter: 'draft' },
  { path: '/letters/[letterId]/texts/[language]/make-authentic', kind: 'post', may: drafters, letter: 'draft' },
  { path: '/letters/[letterId]/texts/[language]/preview', kind: 'post', may: drafters, letter: 'draft' },
  { path: '/letters/[letterId]/texts/[language]/preview/pdf', kind: 'post', may: drafters, letter: 'draft' },
  { path: '/letters/[letterId]/settings', kind: 'page', may: drafters, letter: 'draft' },
  { path: '/letters/[letterId]/settings/save', kind: 'post', may: drafters, letter: 'draft' },
  { path: '/letters/[letterId]/settings/set-aside', kind: 'post', may: drafters, letter: 'draft' },
  // From the freeze on by those who run it; in a draft by those who write it: `tests/integration/letters/block.test.ts`. The page says so
  // to those who write, and the command refuses them: what they chose while it was being frozen is kept.
  { path: '/letters/[letterId]/block', kind: 'page', may: drafters },
  { path: '/letters/[letterId]/block/save', kind: 'post', may: drafters },
  { path: '/letters/[letterId]/block/set-aside', kind: 'post', may: drafters },
  { path: '/letters/[letterId]/block/preview', kind: 'post', may: runners },
  { path: '/letters/[letterId]/block/order', kind: 'page', may: runners },
  { path: '/letters/[letterId]/block/order/place', kind: 'post', may: runners },
  { path: '/letters/[letterId]/history', kind: 'page', may: readers, letter: 'draft' },
  { path: '/letters/[letterId]/history/compare', kind: 'page', may: readers, letter: 'draft' },
  { path: '/letters/[letterId]/history/restore', kind: 'post', may: drafters, letter: 'draft' },
  { path: '/letters/[letterId]/freeze', kind: 'page', may: runners, letter: 'draft' },
  { path: '/letters/[letterId]/freeze/confirm', kind: 'post', may: runners, letter: 'draft' },
  { path: '/letters/[letterId]/close', kind: 'post', may: runners, letter: 'draft' },
  { path: '/letters/[letterId]/reopen', kind: 'page', may: runners },
  { path: '/letters/[letterId]/reopen/confirm', kind: 'post', may: runners },
  { path: '/letters/[letterId]/schedule', kind: 'page', may: runners },
  { path: '/letters/[letterId]/schedule/save', kind: 'post', may: runners },
  { path: '/letters/[letterId]/deliver', kind: 'page', may: runners },
  { path: '/letters/[letterId]/deliver/confirm', kind: 'post', may: runners },
  { path: '/letters/[letterId]/comments', kind: 'page', may: readers, letter: 'draft' },
  { path: '/letters/[letterId]/comments/add', kind: 'post', may: drafters, letter: 'draft' },
  { path: '/letters/[letterId]/comments/[commentId]/settle', kind: 'post', may: drafters, letter: 'draft' },
  { path: '/letters/[letterId]/comments/[commentId]/reopen', kind: 'post', may: drafters, letter: 'draft' },
  { path: '/letters/[letterId]/release', kind: 'page', may: readers },
  { path: '/letters/[letterId]/release/set', kind: 'post', may: runners },
  { path: '/letters/[letterId]/withdraw', kind: 'page', may: runners },
  { path: '/letters/[letterId]/withdraw/confirm', kind: 'post', may: runners },
  // Only a withdrawn letter has something in its place.
  { path: '/letters/[letterId]/replacement', kind: 'page', may: runners, status: [404] },
  { path: '/letters/[letterId]/replacement/name', kind: 'post', may: runners },
  // The open letter cannot be deleted; whoever may is told so.
  { path: '/letters/[letterId]/delete', kind: 'post', may: ['owner'] },
  { path: '/coalitions/[coalitionId]/letters/[letterId]/restore', kind: 'post', may: ['owner'] },
  { path: '/letters/[letterId]/remove-sample', kind: 'post', may: runners },
  { path: '/letters/[letterId]/invitations', kind: 'page', may: readers },
  { path: '/letters/[letterId]/links', kind: 'page', may: runners, letter: 'anyone' },
  { path: '/letters/[letterId]/links/make', kind: 'post', may: runners, letter: 'anyone' },
  { path: '/letters/[letterId]/invitations/invite', kind: 'post', may: runners },
  { path: '/letters/[letterId]/invitations/by-hand', kind: 'page', may: runners },
  { path: '/letters/[letterId]/invitations/by-hand/make', kind: 'post', may: runners },
  { path: '/letters/[letterId]/invitations/[invitationId]/link', kind: 'page', may: runners },
  { path: '/letters/[letterId]/invitations/[invitationId]/link/make', kind: 'post', may: runners },
  { path: '/letters/[letterId]/invitations/mail', kind: 'page', may: runners },
  { path: '/letters/[letterId]/invitations/mail/save', kind: 'post', may: runners },
  { path: '/letters/[letterId]/invitations/mail/test', kind: 'post', may: runners },
  { path: '/api/files/letters/[letterId]/mail', kind: 'file', may: runners },
  { path: '/letters/[letterId]/invitations/[invitationId]/address', kind: 'page', may: runners },
  { path: '/letters/[letterId]/invitations/[invitationId]/address/change', kind: 'post', may: runners },
  { path: '/letters/[letterId]/invitations/[invitationId]/bounced', kind: 'post', may: runners },
  { path: '/letters/[letterId]/invitations/[invitationId]/not-bounced', kind: 'post', may: runners },
  { path: '/letters/[letterId]/invitations/[invitationId]/late', kind: 'post', may: runners },
  { path: '/letters/[letterId]/invitations/[invitationId]/not-late', kind: 'post', may: runners },
  { path: '/letters/[letterId]/invitations/remind', kind: 'page', may: runners },
  { path: '/letters/[letterId]/invitations/remind/send', kind: 'post', may: runners },
  { path: '/letters/[letterId]/invitations/[invitationId]/approve', kind: 'post', may: runners },
  { path: '/letters/[letterId]/list', kind: 'page', may: readers },
  { path: '/letters/[letterId]/list/[signatureId]', kind: 'page', may: readers },
  { path: '/letters/[letterId]/list/news', kind: 'file', may: readers },
  { path: '/letters/[letterId]/list/vouch', kind: 'page', may: runners },
  { path: '/letters/[letterId]/list/vouch/record', kind: 'post', may: runners },
  { path: '/letters/[letterId]/list/vouch/rows', kind: 'page', may: runners },
  { path: '/letters/[letterId]/list/vouch/rows/record', kind: 'post', may: runners },
  // Handed out, and kept from whoever signed in too long ago.
  { path: '/letters/[letterId]/list/addresses', kind: 'post', may: runners, status: [200, 403] },
  { path: '/api/files/letters/[letterId]/list', kind: 'file', may: readers },
  { path: '/letters/[letterId]/list/approve', kind: 'post', may: runners },
  { path: '/letters/[letterId]/list/[signatureId]/approve', kind: 'post', may: runners },
  { path: '/letters/[letterId]/list/[signatureId]/hold', kind: 'post', may: runners },
  { path: '/letters/[letterId]/list/[signatureId]/reject', kind: 'post', may: runners },
  { path: '/letters/[letterId]/list/[signatureId]/put-back', kind: 'post', may: runners },
  { path: '/letters/[letterId]/list/[signatureId]/vouch', kind: 'post', may: runners },
  { path: '/letters/[letterId]/list/[signatureId]/correct', kind: 'page', may: runners },
  { path: '/letters/[letterId]/list/[signatureId]/correct/save', kind: 'post', may: runners },
  { path: '/letters/[letterId]/list/[signatureId]/correct/approve', kind: 'post', may: runners },
  { path: '/letters/[letterId]/list/[signatureId]/correct/refuse', kind: 'post', may: runners },
  { path: '/api/files/letters/[letterId]/pdf', kind: 'file', may: readers },
  // Names for the addressee alone: for whoever may deliver. Nobody chose so, and so there is none to have.
  { path: '/api/files/letters/[letterId]/addressee', kind: 'file', may: runners, status: [404] },
  { path: '/api/files/letters/[letterId]/html', kind: 'file', may: readers },
  { path: '/api/files/letters/[letterId]/md', kind: 'file', may: readers },
  { path: '/api/files/letters/[letterId]/txt', kind: 'file', may: readers },
  { path: '/api/files/letters/[letterId]/csv', kind: 'file', may: readers },
  // The first owner alone, on the machine itself: other people's links stand in these mails.
  { path: '/mail', kind: 'page', may: ['owner'] },
  { path: '/mail/[mailId]', kind: 'page', may: ['owner'], status: [404] },
  { path: '/account', kind: 'page', may: signedIn },
  { path: '/account/end-session', kind: 'post', may: signedIn },

  { path: '/account/prove', kind: 'page', may: signedIn },
  { path: '/account/name', kind: 'post', may: signedIn },

  // What whoever gets in changes comes last.
  { path: '/letters/[letterId]/links/[openLinkId]/close', kind: 'post', may: runners, letter: 'anyone' },
  { path: '/letters/[letterId]/consult', kind: 'post', may: runners, letter: 'draft' },
  { path: '/letters/[letterId]/end-consultation', kind: 'post', may: runners, letter: 'draft' },
  { path: '/letters/[letterId]/hide-names', kind: 'post', may: runners },
  { path: '/letters/[letterId]/show-names', kind: 'post', may: runners },
  { path: '/coalitions/[coalitionId]/members/invitations/[linkId]/resend', kind: 'post', may: runners },
  { path: '/coalitions/[coalitionId]/members/invitations/[linkId]/revoke', kind: 'post', may: runners },
  { path: '/coalitions/[coalitionId]/settings/logo/remove', kind: 'post', may: ['owner'] },
  { path: '/coalitions/[coalitionId]/members/[memberId]/remove', kind: 'post', may: runners },
  // One network asks a few times an hour.
  { path: '/account/prove/ask', kind: 'post', may: signedIn, status: [200, 429] },
  { path: '/letters/[letterId]/duplicate', kind: 'post', may: drafters, letter: 'draft' },
  { path: '/letters/[letterId]/archive', kind: 'post', may: runners, letter: 'draft' },
  { path: '/letters/[letterId]/unarchive', kind: 'post', may: runners, letter: 'draft' },
  { path: '/letters/[letterId]/invitations/[invitationId]/resend', kind: 'post', may: runners },
  { path: '/letters/[letterId]/invitations/[invitationId]/revoke', kind: 'post', may: runners },
  { path: '/coalitions/[coalitionId]/sample', kind: 'post', may: runners },
  { path: '/stop/now', kind: 'post', may: everybody },
  { path: '/stop/undo', kind: 'post', may: everybody },
  // One network asks a few times an hour.
  { path: '/i/fresh', kind: 'post', may: everybody, status: [200, 429] },
  { path: '/confirm/fresh', kind: 'post', may: everybody, status: [200, 429] },
  { path: '/own/fresh', kind: 'post', may: everybody, status: [200, 429] },
  { path: '/account/end-others', kind: 'post', may: signedIn },
  { path: '/api/auth/sign-out', kind: 'post', may: everybody },
];

/** Built endpoints that are no doors: pictures and the pages that say that something is not there or went wrong. */
export const furniture: readonly string[] = ['/icon.svg', '/_not-found', '/_global-error'];
