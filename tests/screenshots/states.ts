import { findFirstOwner } from '../../db/queries/coalitions.ts';
import { mintCoalitionScope } from '../../lib/access/scope.ts';
import { ensurePerson } from '../../lib/auth/person.ts';
import { startSession } from '../../lib/auth/session.ts';
import type { For } from '../../lib/coalitions/access.ts';
import { addCoalition, addMember } from '../../lib/coalitions/founding.ts';
import { addInvitation } from '../../lib/coalitions/invitation-link.ts';
import { declineInvitation, putOffInvitation } from '../../lib/invitations/answers.ts';
import { inviteByHand } from '../../lib/invitations/by-hand.ts';
import { revokeInvitation } from '../../lib/invitations/commands.ts';
import { letInLate } from '../../lib/invitations/late-door.ts';
import { byHandForm } from '../../lib/invitations/schema.ts';
import { createLetter } from '../../lib/letters/drafting.ts';
import { frozenText } from '../../lib/letters/freezing.ts';
import { freezeLetter } from '../../lib/letters/opening.ts';
import { signByInvitation } from '../../lib/signatures/sign.ts';
import { vouchEntries } from '../../lib/signatures/vouch.ts';
import { vouchForm } from '../../lib/signatures/vouch-schema.ts';
import { address, letterScope } from '../support/coalition.ts';
import { answer, asPerson, asRepresentative, type Invited, invite, letterRow, type OpenLetter, takeBack } from '../support/invited.ts';
import { letterInput } from '../support/letters.ts';
import { send } from '../support/request.ts';
import { populate, settled, type World } from '../support/roles.ts';

/** Words that fit nowhere: every list and every field has to bear them. */
export const LONG = {
  headline:
    'An open letter on the Donaudampfschifffahrtselektrizitätenhauptbetriebswerkbauunterbeamtengesellschaft, its seventeen quays, and everything that was promised along the river and has not been kept',
  name: 'Wolfeschlegelsteinhausenbergerdorff-Featherstonehaugh Cholmondeley-Marjoribanks',
  organisation:
    'Joint Committee of the Associations for the Preservation, Restoration and Public Use of the Upper and Lower Quays (JCAPRPUULQ)',
  email: 'a.very.long.address.that.never.seems.to.end.at.all@subdomain.of.a.subdomain.of.an.organisation.example',
} as const;

const PERSIAN = {
  to: 'خانم اوتیلیه وارگا\nوزیر آب',
  headline: 'رودخانه از آن همه است',
  salutation: 'خانم وزیر،',
  body: 'از شما می‌خواهیم کرانه‌ها را *بگشایید*.\n\n1. ماهی‌گیری\n2. شنا\n',
  closing: 'با احترام،',
};

/** Cookies of people, by what they have in front of them; and letters, by what has become of them. */
export interface States {
  readonly world: World;
  readonly people: Readonly<Record<'lone' | 'crowded' | 'several', string>>;
  readonly coalitions: Readonly<Record<'lone' | 'crowded', string>>;
  readonly letters: Readonly<
    Record<'consultation' | 'closed' | 'delivered' | 'withdrawn' | 'hidden' | 'crowded' | 'unsound' | 'unreplaced', string>
  >;
  /** Where everybody reads the delivered letter, which names came to later. */
  readonly deliveredSlug: string;
  readonly links: Readonly<Record<LinkState, Readonly<Record<SignatoryLanguage, string>>>>;
  /** A draft that nobody has touched yet. */
  draft(): Promise<string>;
  /** A cookie of somebody who is invited, in that language, and has not answered. */
  invited(language: SignatoryLanguage): Promise<string>;
  /** The same by a link from hand to hand. */
  handed(language: SignatoryLanguage): Promise<string>;
  /** The id of a member of the first coalition whom nobody minds losing. */
  newcomer(): Promise<string>;
  /** What a member of the first coalition sends as JSON. */
  post(path: string, body?: Readonly<Record<string, string>>): Promise<void>;
}
const LINK_STATES = ['person', 'signed', 'declined', 'considering', 'taken-back', 'closed', 'late', 'delivered', 'withdrawn'] as const;
type LinkState = (typeof LINK_STATES)[number];
export type SignatoryLanguage = 'en' | 'fa';

const inDays = (days: number): Date => new Date(Date.now() + days * 86_400_000);
const cookieOf = ({ token }: Invited): string => `invitation=${token}`;
const each = async (make: (language: SignatoryLanguage) => Promise<Invited>) => ({ en: await make('en'), fa: await make('fa') });
const cookiesOf = ({ en, fa }: Awaited<ReturnType<typeof each>>) => ({ en: cookieOf(en), fa: cookieOf(fa) });

/** A running app in which every state that a page can show has come about. All names are invented. */
export async function bringAbout(): Promise<States> {
  const world = await populate({ PSEUDO_LOCALE: 'yes' });
  const { instance, app } = world;
  const now = new Date();
  const owner = await findFirstOwner(instance.store.read);
  const scope = mintCoalitionScope({ coalitionId: world.coalition, memberId: owner?.id ?? '', role: 'owner' }) as Scope;

  const post = async (path: string, body: Readonly<Record<string, string>> = {}) => {
    const headers = { host: new URL(app.origin).host, cookie: world.cookies.owner, 'content-type': 'application/json', origin: app.origin };
    const { status, text } = await send(app.origin, {
      method: 'POST',
      path,
      headers: { ...headers, accept: 'application/json' },
      body: JSON.stringify(body),
    });
    if (status !== 200) throw new Error(`${path}: ${status} ${text}`);
  };
  const input = (headline: string, days = 20) => letterInput({ headline, deadlineAt: inDays(days) });
  const draft = async (headline = 'Open the eastern bank') => (await createLetter(instance, scope, input(headline), now)).letterId;

  const translate = (letterId: string) =>
    post(`/letters/${letterId}/texts/fa/save`, { ...PERSIAN, language: 'fa', revision: '0', sourceLanguage: 'en', sourceRevision: '1' });
  /** In two languages, so that signatories read it from right to left as well. */
  const open = async (headline: string): Promise<OpenLetter> => {
    const letterId = await draft(headline);
    await translate(letterId);
    const letter = letterScope(scope, letterId);
    const text = frozenText(input(headline), { emptyBody: 'refused' });
    if (!text.ok) throw new Error('the letter cannot be frozen');
    const { fingerprint } = text.value;
    const frozen = await freezeLetter(instance, letter, { fingerprint, revision: 2 }, now);
    if (!frozen.ok) throw new Error(JSON.stringify(frozen.reason));
    return { instance, letterId, letter, fingerprint };
  };
  const sign = async (letter: OpenLetter, link: Invited, fields: object) => {
    const signed = await signByInvitation(instance, link.scope, answer(letter, link, fields), now);
    if (!signed.ok) throw new Error(JSON.stringify(signed.reason));
    return link;
  };
  const ask = (letter: OpenLetter, party: Parameters<typeof invite>[1], language: SignatoryLanguage = 'en', email?: string) => {
    const read = { ...party, language };
    return invite(letter, read, email, now);
  };
  const signatories = async (letter: OpenLetter) => {
    await sign(
      letter,
      await ask(letter, { organisation: 'Ferry Workers Union' }),
      asRepresentative('Ferry Workers Union', 'Tomas Ardelean'),
    );
    await sign(letter, await ask(letter, { organisation: LONG.organisation }), asRepresentative(LONG.organisation, LONG.name));
    await sign(letter, await ask(letter, { person: 'Mirela Quist' }), asPerson('Mirela Quist', 'Institute of Rivers'));
    return await each(async (language) => {
      const name = language === 'en' ? LONG.name : 'آرزو بهرامی';
      return await sign(letter, await ask(letter, { person: name }, language), asPerson(name));
    });
  };

  const consultation = await draft('Two quays are closed without a reason');
  await post(`/letters/${consultation}/consult`);
  await translate(consultation);
  for (const text of ['Say *which* banks.\nAnd when.', 'I would leave the second point out.', LONG.headline])
    await post(`/letters/${consultation}/comments/add`, { text });

  const unsound = (
    await createLetter(
      instance,
      scope,
      letterInput({ headline: 'Read http://river.example/plan', body: 'By TBD, see http://river.example/plan.', deadlineAt: inDays(0.5) }),
      now,
    )
  ).letterId;

  const closed = await open('The locks stay open at night');
  const closedLink = await signatories(closed);
  const late = await each((language) => ask(closed, { organisation: 'Reed Cutters Guild' }, language));
  await ask(closed, { person: 'Jorun Aasen' });
  await post(`/letters/${closed.letterId}/close`);
  for (const { scope: invited } of Object.values(late)) await letInLate(instance, closed.letter, invited.invitationId, now);

  const delivered = await open('No dredging before the autumn');
  const deliveredLink = await signatories(delivered);
  await post(`/letters/${delivered.letterId}/close`);
  await post(`/letters/${delivered.letterId}/deliver/confirm`);
  for (const party of [
    { capacity: 'organisation', organisation: 'Lock Keepers Association', name: 'Sunniva Achterberg' },
    { capacity: 'personal', name: 'آرزو بهرامی', role: 'Teacher' },
  ]) {
    const said = vouchForm.parse({ ...party, publication: 'public', means: 'on the telephone', date: now.toISOString().slice(0, 10) });
    const recorded = await vouchEntries(instance, delivered.letter, { rows: [said], said, mark: `late ${party.name}` }, now);
    if (!recorded.ok) throw new Error(JSON.stringify(recorded.reason));
  }

  const withdrawn = await open('A bridge for those who walk');
  const withdrawnLink = await signatories(withdrawn);
  await post(`/letters/${withdrawn.letterId}/withdraw/confirm`, {
    reason: 'Its second paragraph was wrong.',
    replacement: 'new-draft',
    word: 'WITHDRAW',
  });

  const unreplaced = await open('The ferry that does not come');
  await post(`/letters/${unreplaced.letterId}/withdraw/confirm`, {
    reason: 'It named the wrong ferry.',
    replacement: 'none',
    word: 'WITHDRAW',
  });

  const hidden = await open('What the harbour office did not say');
  await signatories(hidden);
  await post(`/letters/${hidden.letterId}/hide-names`);

  const crowded = await open(LONG.headline);
  const taken = await signatories(crowded);
  for (const gone of Object.values(taken)) await takeBack(instance, gone, now);
  for (let index = 0; index < 60; index++) {
    const name = `Person Number ${index + 1}`;
    await sign(crowded, await ask(crowded, { person: name }), asPerson(name, index % 3 === 0 ? 'Institute of Rivers' : ''));
  }
  const reason = 'Our board did not agree on the second point.';
  const refusing = await each(async (language) => {
    const link = await ask(crowded, { organisation: 'Harbour Pilots' }, language);
    await declineInvitation(instance, link.scope, { invitation: link.invitationId, reason }, now);
    return link;
  });
  const until = inDays(6).toISOString().slice(0, 10);
  const thinking = await each(async (language) => {
    const link = await ask(
      crowded,
      { organisation: 'Water Museum', name: LONG.name },
      language,
      language === 'en' ? LONG.email : undefined,
    );
    await putOffInvitation(instance, link.scope, { invitation: link.invitationId, until }, now);
    return link;
  });
  const other = await ask(crowded, { organisation: 'Fishing Club' });
  await sign(crowded, other, asRepresentative('Fishing Club of the Lower Quay', 'Ada Brandvold'));
  const twice = await ask(crowded, { organisation: 'Ferry Workers Union of the East' });
  await sign(crowded, twice, asRepresentative('Ferry Workers Union', 'Juno Halvorsen'));
  const revoked = await ask(crowded, { person: 'Pelle Osei' });
  await revokeInvitation(instance, crowded.letter, revoked.invitationId, now);
  await ask(crowded, { person: 'Nobody Yet' });
  const signed = await each(async (language) => {
    const organisation = `Rowing Society ${language === 'en' ? 'of the South' : 'of the North'}`;
    const link = await ask(crowded, { organisation, name: 'Edda Lindqvist' }, language);
    return await sign(crowded, link, asRepresentative(organisation, 'Edda Lindqvist'));
  });

  let newcomers = 0;
  const join = (coalitionId: string, email: string, name: string, role: 'owner' | 'drafter' | 'observer' = 'owner', organisation = '') =>
    instance.store.inTransaction(async (tx) => {
      const { id: personId } = await ensurePerson(tx, instance, { email: address(email), name }, now);
      const { id: memberId } = await addMember(tx, instance, { coalitionId, personId, role, organisation }, now);
      return { memberId, cookie: `session=${await startSession(tx, instance, personId, now)}` };
    });
  const found = (name: string) => instance.store.inTransaction((tx) => addCoalition(tx, instance, name, now));
  const lone = await found('Quiet Brook');
  const { cookie: loneCookie } = await join(lone, 'lone@brook.example', 'Ada Brandvold');
  const many = await found(`Alliance of the ${LONG.organisation}`);
  const host = await join(many, 'host@crowd.example', LONG.name, 'owner', LONG.organisation);
  const manyScope = mintCoalitionScope({ coalitionId: many, memberId: host.memberId, role: 'owner' }) as Scope;
  for (let index = 0; index < 55; index++) {
    await join(
      many,
      index === 0 ? LONG.email : `member-${index}@crowd.example`,
      index === 0 ? LONG.name : `Member ${index}`,
      'drafter',
      index % 4 === 0 ? LONG.organisation : '',
    );
    await createLetter(instance, manyScope, input(index % 5 === 0 ? LONG.headline : `Letter number ${index + 1}`, index + 1), now);
  }
  for (const email of [LONG.email, 'soon@crowd.example'])
    await instance.store.inTransaction((tx) =>
      addInvitation(tx, instance, many, { email: email.replace('@', '.new@'), role: 'observer', organisation: LONG.organisation }, now),
    );
  await instance.store.inTransaction((tx) =>
    addInvitation(tx, instance, many, { email: 'late@crowd.example', role: 'drafter' }, inDays(-30)),
  );
  await join(world.coalition, 'several@both.example', 'Juno Halvorsen', 'drafter');
  const { cookie: severalCookie } = await join(lone, 'several@both.example', 'Juno Halvorsen', 'observer');
  await settled(instance);

  // Both languages, and nobody has signed it yet.
  const fresh = await open('Let the river be read about');
  return {
    world,
    people: { lone: loneCookie, crowded: host.cookie, several: severalCookie },
    coalitions: { lone, crowded: many },
    letters: {
      consultation,
      unsound,
      closed: closed.letterId,
      delivered: delivered.letterId,
      withdrawn: withdrawn.letterId,
      unreplaced: unreplaced.letterId,
      hidden: hidden.letterId,
      crowded: crowded.letterId,
    },
    deliveredSlug: (await letterRow(delivered)).slug,
    links: {
      person: cookiesOf(await each((language) => ask(fresh, { person: 'Sunniva Achterberg' }, language))),
      signed: cookiesOf(signed),
      declined: cookiesOf(refusing),
      considering: cookiesOf(thinking),
      'taken-back': cookiesOf(taken),
      closed: cookiesOf(closedLink),
      late: cookiesOf(late),
      delivered: cookiesOf(deliveredLink),
      withdrawn: cookiesOf(withdrawnLink),
    },
    draft,
    newcomer: async () => (await join(world.coalition, `new-${++newcomers}@both.example`, 'Edda Lindqvist', 'observer')).memberId,
    invited: async (language) => cookieOf(await ask(fresh, { organisation: 'Water Museum', name: 'Edda Lindqvist' }, language)),
    handed: async (language) => {
      const party = byHandForm.parse({ capacity: 'organisation', organisation: 'Water Museum', name: 'Edda Lindqvist', language });
      const made = await inviteByHand(instance, fresh.letter, party, now);
      if (!made.ok) throw new Error(JSON.stringify(made.reason));
      return `invitation=${made.value.token}`;
    },
    post,
  };
}

type Scope = For<ReturnType<typeof mintCoalitionScope>, never>;
