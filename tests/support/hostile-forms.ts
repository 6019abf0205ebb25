import { findLetterById, listLetterTexts } from '../../db/queries/letters.ts';
import { stampForm } from '../../lib/forms/form-age.ts';
import { createLetter } from '../../lib/letters/drafting.ts';
import { setRelease } from '../../lib/letters/releasing.ts';
import { makeOpenLink } from '../../lib/signatures/open-links.ts';
import { inviteMany, type Person, type Signed, signMany } from './hostile-crowd.ts';
import type { Form } from './hostile-visit.ts';
import { letterRow, type OpenLetter, openLetterIn, signatureRows } from './invited.ts';
import { letterInput } from './letters.ts';
import { addEntries } from './ranked.ts';
import type { World } from './roles.ts';

export const NEIGHBOURS = ['Vera Moor', 'Wim Quade', 'Yara Bell'];

/** What is done with one batch of strings: a letter that everybody may read and sign, a draft, and for each string whoever uses it up. */
export interface Target {
  readonly letter: OpenLetter;
  /** For the forms that refuse a save over a newer one: none of them is in the way of another. */
  readonly drafts: { readonly text: string; readonly settings: string; readonly block: string };
  /** Of its open link, and the address it is read at. */
  readonly slug: string;
  readonly path: string;
  /** When its form was opened, as the form says it: whoever is quicker than a person is asked to look once more. */
  readonly opened: string;
  readonly signing: readonly Person[];
  readonly declining: readonly Person[];
  readonly passing: readonly Person[];
  /** Have signed it, with one entry each. */
  readonly own: readonly Signed[];
}

/** @param batch tells its addresses from those of the others */
export async function makeTarget(world: World, batch: number, rounds: number): Promise<Target> {
  const { instance } = world;
  const now = new Date();
  const { letter: scope } = world.letter as unknown as { letter: Parameters<typeof openLetterIn>[1] };
  const deadlineAt = new Date(now.getTime() + 9 * 86_400_000);
  const input = letterInput({ preset: 'open-letter', block: { personal: { order: 'signing' } }, deadlineAt });
  const letter = await openLetterIn(instance, scope, input, now);
  await setRelease(instance, letter.letter, { when: 'now', releaseDay: '', releaseTime: '' }, now);
  const link = await makeOpenLink(instance, letter.letter, { label: '', cap: null, lastDay: '' }, now);
  if (!link.ok) throw new Error('no link');
  await addEntries(
    letter,
    NEIGHBOURS.map((name) => ({ capacity: 'personal', name, role: 'Professor' })),
  );
  const { slug } = link.value;
  const drafting = async () => (await createLetter(instance, scope, input, now)).letterId;
  const named = (word: string) => Array.from({ length: rounds }, (_, round) => `${word} ${batch}-${round}`);
  return {
    letter,
    drafts: { text: await drafting(), settings: await drafting(), block: await drafting() },
    slug,
    path: `/l/${(await letterRow(letter)).slug}`,
    opened: stampForm(instance.keys, `open-sign/${slug}`, new Date(now.getTime() - 60_000)),
    signing: await inviteMany(letter, named('signing'), now),
    declining: await inviteMany(letter, named('declining'), now),
    passing: await inviteMany(letter, named('passing'), now),
    own: await signMany(letter, slug, named('own'), now),
  };
}

const entry = { publication: 'public', authorised: 'yes', representativePrinted: 'yes' };
const asking = { ...entry, step: 'sign', 'others[0].authorised': 'yes' };
const personally = { ...asking, signer: 'personal' };
const forOrganisation = { ...asking, signer: 'organisation' };
const another = ['others[0].organisation', 'others[0].role'];
const BODY = { body: 'We ask you to open the banks.' };

/**
 * Every form by which a stranger's, an invited one's or a coordinator's text comes in, each about things of its own.
 * @param round of the batch: whom of the crowd it is about
 * @param number tells what is honest in it from all others of the run
 */
export async function formsOf(world: World, target: Target, round: number, number: number): Promise<readonly Form[]> {
  const saw = await revisionsOf(world, target);
  const { owner, drafter } = world.cookies;
  const { letter, slug, opened } = target;
  const desk = `/letters/${letter.letterId}`;
  const { drafts, own } = target;
  const coalition = `/coalitions/${world.coalition}`;
  const date = new Date().toISOString().slice(0, 10);
  const vouched = (mark: string) => ({ publication: 'public', date, mark: `${mark} ${number}` });
  const capacity = round % 2 === 0 ? 'organisation' : 'personal';
  const invited = (people: readonly Person[], name: string) => {
    const person = people[round];
    if (person === undefined) throw new Error(`nobody is invited for ${name}`);
    return { name, page: '/i', as: `invitation=${person.token}`, id: { invitation: person.invitationId } };
  };
  const { id: signer, ...signing } = invited(target.signing, 'sign');
  const { id: decliner, ...declining } = invited(target.declining, 'decline');
  const { id: passer, ...passing } = invited(target.passing, 'pass-on');
  const signed = own[round];
  const none = { replyTo: '' };
  return [
    { name: 'open-sign personal', page: `/sign/${slug}`, to: '/send', as: '', chosen: { ...personally, opened }, more: another },
    {
      name: 'open-sign organisation',
      page: `/sign/${slug}`,
      to: '/send',
      as: '',
      chosen: { ...forOrganisation, opened },
      more: another,
    },
    {
      name: 'open-sign check',
      page: `/sign/${slug}`,
      to: '/send',
      as: '',
      chosen: { ...forOrganisation, step: 'check' },
      more: another,
    },
    { ...signing, to: '/i/sign', chosen: { ...forOrganisation, ...signer }, more: another },
    { ...declining, to: '/i/decline', chosen: decliner },
    { ...passing, to: '/i/pass-on', chosen: { whom: 'colleague', ...passer } },
    { name: 'letter-new', page: `${coalition}/letters/new`, to: '/create', as: drafter, honest: BODY },
    { name: 'text', page: `/letters/${drafts.text}/texts/en`, to: '/save', as: drafter, chosen: saw.text, honest: BODY },
    { name: 'settings', page: `/letters/${drafts.settings}/settings`, to: '/save', as: drafter, chosen: saw.settings },
    { name: 'block', page: `/letters/${drafts.block}/block`, to: '/save', as: drafter, chosen: saw.block },
    { name: 'comment', page: `/letters/${drafts.text}/comments`, to: '/add', as: drafter },
    { name: 'invite', page: `${desk}/invitations`, to: '/invite', as: owner, chosen: { capacity } },
    { name: 'by-hand', page: `${desk}/invitations/by-hand`, to: '/make', as: owner, chosen: { capacity } },
    { name: 'mail', page: `${desk}/invitations/mail`, to: '/save', as: owner, honest: none, fresh: true },
    { name: 'open-link', page: `${desk}/links`, to: '/make', as: owner, chosen: { cap: '', lastDay: '' } },
    { name: 'vouch', page: `${desk}/list/vouch`, to: '/record', as: owner, chosen: { capacity, ...vouched('one') } },
    {
      name: 'vouch-rows',
      page: `${desk}/list/vouch/rows`,
      to: '/record',
      as: owner,
      chosen: { kind: 'personal', heading: 'yes', column0: 'name', column1: 'role', ...vouched('rows') },
      honest: { rows: `name,role\nHonest ${number},Chair` },
    },
    { name: 'coalition', page: `${coalition}/settings`, to: '/save', as: owner, honest: none, fresh: true },
    { name: 'member-invite', page: `${coalition}/members`, to: '/invite', as: owner, chosen: { role: 'observer' } },
    { name: 'member-own', page: `${coalition}/members/own`, to: '/organisation', as: owner },
    { name: 'account', page: '/account', to: '/account/name', as: owner },
    { name: 'own-correct', page: '/own/correct', to: '/own/correct/save', as: `own-page=${signed?.token}`, fresh: true },
    {
      name: 'own-add',
      page: '/own/add',
      to: '/own/add/save',
      as: `own-page=${signed?.token}`,
      chosen: { signing: signed?.signingId ?? '', signer: 'organisation', ...entry, step: 'sign' },
    },
    { name: 'sign-in', page: '/sign-in', to: '/api/auth/ask', as: '' },
  ];
}

/** What each draft was saved last as, as its form says it. */
async function revisionsOf({ instance }: World, { drafts }: Target) {
  const { read } = instance.store;
  const letter = await findLetterById(read, drafts.text);
  const [text] = letter ? await listLetterTexts(read, letter) : [];
  const settings = async (id: string) => ({ revision: String((await findLetterById(read, id))?.settingsRevision) });
  return { text: { revision: String(text?.revision) }, settings: await settings(drafts.settings), block: await settings(drafts.block) };
}

/** Forms about an entry that stands in the list, which came in by another form. */
export function formsAbout(world: World, { letter }: Target, id: string): readonly Form[] {
  const page = `/letters/${letter.letterId}/list/${id}`;
  const { owner } = world.cookies;
  return [
    { name: 'correct', page: `${page}/correct`, to: '/correct/save', as: owner, fresh: true },
    { name: 'hold', page, to: '/hold', as: owner, fresh: true },
  ];
}

/** Ids of the entries that came in by those forms and stand in the list, the oldest first. */
export async function cameIn({ letter }: Target, before: readonly string[]): Promise<readonly string[]> {
  const known = new Set(before);
  return (await signatureRows(letter)).filter(({ id, status }) => status === 'listed' && !known.has(id)).map(({ id }) => id);
}
