import { rmSync } from 'node:fs';
import { eq } from 'drizzle-orm';
import { findFirstOwner } from '../../db/queries/coalitions.ts';
import type { Role as MemberRole } from '../../db/schema/values.ts';
import { mintCoalitionScope } from '../../lib/access/scope.ts';
import { ensurePerson } from '../../lib/auth/person.ts';
import { startSession } from '../../lib/auth/session.ts';
import type { For } from '../../lib/coalitions/access.ts';
import { addCoalition, addMember } from '../../lib/coalitions/founding.ts';
import { addInvitation } from '../../lib/coalitions/invitation-link.ts';
import { foundCoalition } from '../../lib/coalitions/set-up.ts';
import { readConfig } from '../../lib/config.ts';
import { type Instance, openInstance } from '../../lib/instance.ts';
import { revokeInvitation } from '../../lib/invitations/commands.ts';
import { createLetter } from '../../lib/letters/drafting.ts';
import { setRelease } from '../../lib/letters/releasing.ts';
import { readMail } from '../../lib/outbox/read.ts';
import { openConfirmation } from '../../lib/signatures/access.ts';
import { confirmSigning } from '../../lib/signatures/confirm.ts';
import { makeOpenLink, readOpenLink } from '../../lib/signatures/open-links.ts';
import { hasListsToRank } from '../../lib/signatures/rank-due.ts';
import { rankList } from '../../lib/signatures/rank-list.ts';
import { openSignForm } from '../../lib/signatures/schema.ts';
import { signByInvitation } from '../../lib/signatures/sign.ts';
import { signByOpenLink } from '../../lib/signatures/sign-by-open-link.ts';
import { type App, ROOT, startApp } from './app.ts';
import { address } from './coalition.ts';
import { answer, asPerson, invite, letterRow, type OpenLetter, openLetterIn } from './invited.ts';
import { letterInput } from './letters.ts';
import { addEntries } from './ranked.ts';

/** Everybody who may come by, each with what their browser would send. */
export const roles = [
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
] as const;
export type Role = (typeof roles)[number];

/** Words that stand in the letter and in an invitation; nobody else's answer may hold one. */
export const SECRET_WORDS = ['Cormorants of the upper quay', 'ilse@harbour.example', 'Harbour Forum'] as const;

export interface World {
  readonly app: App;
  readonly instance: Instance;
  readonly cookies: Readonly<Record<Role, string>>;
  readonly coalition: string;
  /** Ids of a draft, of an open letter, and of an invitation to the open one that nobody has answered. */
  readonly draft: string;
  readonly open: string;
  readonly invitation: string;
  /** Id of an entry in the open one's list. */
  readonly signature: string;
  /** The id of another open letter, which anybody may sign, and the address that it is signed by. */
  readonly anyone: string;
  readonly slug: string;
  /** The id of another link to it. */
  readonly openLink: string;
  /** The open one, for commands. */
  readonly letter: OpenLetter;
  /** A letter that everybody may read, with a list of two. */
  readonly released: { readonly slug: string; readonly fingerprint: string };
  /** Ids of an observer beside those of the roles, and of an invitation to become one. */
  readonly member: string;
  readonly memberInvitation: string;
  close(): Promise<void>;
}

/**
 * A running app with two coalitions, letters, and somebody in every role.
 * @param settings as `startApp` takes them; a data folder given here is removed in the end as well
 */
export async function populate(settings: Readonly<Record<string, string>> = {}, root = ROOT): Promise<World> {
  const app = await startApp(settings, root);
  const config = readConfig({ ...settings, DATA_DIR: app.dataDir, APP_ORIGIN: app.origin }, ROOT);
  if (!config.ok) throw new Error('the test configuration is refused');
  const instance = await openInstance(config.value);
  const now = new Date();
  const founded = await foundCoalition(
    instance,
    {
      token: app.setUpLink?.split('/').at(-1) ?? '',
      coalitionName: 'Clear Water Alliance',
      name: 'Nila Ferro',
      email: address('nila@coalition.example'),
    },
    now,
  );
  if (!founded.ok) throw new Error(founded.reason);
  const { coalitionId, session } = founded.value;
  const owner = await findFirstOwner(instance.store.read);
  const scope = mintCoalitionScope({ coalitionId, memberId: owner?.id ?? '', role: 'owner' }) as For<
    ReturnType<typeof mintCoalitionScope>,
    never
  >;

  // Who founded the instance is told by the time of joining.
  const later = new Date(now.getTime() + 1);
  const join = (at: string, role: MemberRole, email: string) =>
    instance.store.inTransaction(async (tx) => {
      const { id: personId } = await ensurePerson(tx, instance, { email: address(email), name: email }, now);
      const { id: memberId } = await addMember(tx, instance, { coalitionId: at, personId, role }, later);
      return { memberId, cookie: `session=${await startSession(tx, instance, personId, now)}` };
    });
  const elsewhere = await instance.store.inTransaction((tx) => addCoalition(tx, instance, 'Dry Land League', now));
  const removed = await join(coalitionId, 'coordinator', 'removed@coalition.example');
  const { members } = instance.store.read.tables;
  await instance.store.inTransaction((tx) => tx.update(members).set({ removedAt: now }).where(eq(members.id, removed.memberId)));

  const bystander = await join(coalitionId, 'observer', 'bystander@coalition.example');
  const memberInvitation = await instance.store.inTransaction((tx) =>
    addInvitation(tx, instance, coalitionId, { email: 'invited@coalition.example', role: 'observer' }, now),
  );

  const input = letterInput({ headline: SECRET_WORDS[0], deadlineAt: new Date(now.getTime() + 20 * 86_400_000) });
  const { letterId: draft } = await createLetter(instance, scope, input, now);
  const open = await openLetterIn(instance, scope, input, now);
  const signatory = await invite(open, { organisation: SECRET_WORDS[2] }, SECRET_WORDS[1], now);
  const revoked = await invite(open, { person: 'Tomas Ardelean' }, 'tomas@home.example', now);
  await revokeInvitation(instance, open.letter, revoked.invitationId, now);
  const waiting = await invite(open, { person: 'Mirela Quist' }, 'mirela@home.example', now);
  const listed = await invite(open, { person: 'Corin Aldous' }, 'corin@home.example', now);
  const signed = await signByInvitation(instance, listed.scope, answer(open, listed, asPerson('Corin Aldous')), now);
  if (!signed.ok) throw new Error('nobody signed');
  const anyone = await openLetterIn(instance, scope, { ...input, preset: 'open-letter', headline: 'Herons of the lower quay' }, now);
  const link = await makeOpenLink(instance, anyone.letter, { label: 'newsletter', cap: null, lastDay: '' }, now);
  if (!link.ok) throw new Error(JSON.stringify(link.reason));
  const { slug } = link.value;
  const other = await makeOpenLink(instance, anyone.letter, { label: 'poster', cap: 20, lastDay: '' }, now);
  const openLink = (other.ok && (await readOpenLink(instance, other.value.slug))?.link.id) || '';
  const ownPage = await signedByOpenLink(anyone, slug, now);
  const confirmation = await waitingToConfirm(anyone, slug, now);
  const released = await releasedLetter(instance, scope, now);
  await settled(instance);
  return {
    app,
    instance,
    coalition: coalitionId,
    draft,
    open: open.letterId,
    letter: open,
    anyone: anyone.letterId,
    slug,
    openLink,
    released,
    invitation: waiting.invitationId,
    signature: signed.value.signatures[0]?.id ?? '',
    member: bystander.memberId,
    memberInvitation: memberInvitation.id,
    cookies: {
      anonymous: '',
      'other-owner': (await join(elsewhere, 'owner', 'owner@elsewhere.example')).cookie,
      owner: `session=${session}`,
      coordinator: (await join(coalitionId, 'coordinator', 'coordinator@coalition.example')).cookie,
      drafter: (await join(coalitionId, 'drafter', 'drafter@coalition.example')).cookie,
      observer: (await join(coalitionId, 'observer', 'observer@coalition.example')).cookie,
      removed: removed.cookie,
      signatory: `invitation=${signatory.token}`,
      'revoked-link': `invitation=${revoked.token}`,
      'own-page': `own-page=${ownPage}`,
      confirming: `confirmation=${confirmation}`,
    },
    async close() {
      await instance.store.close();
      await app.stop();
      app.clear();
      rmSync(app.dataDir, { recursive: true, force: true });
    },
  };
}

const signer = ({ fingerprint }: OpenLetter, name: string) =>
  openSignForm.parse({
    fingerprint,
    language: 'en',
    step: 'sign',
    signer: 'personal',
    name,
    publication: 'public',
    email: `${name.split(' ')[0]}@home.example`,
  });

/** Somebody signs by an open link. @returns the token in the mail that asks them to confirm */
async function waitingToConfirm(letter: OpenLetter, slug: string, now: Date, name = 'Nuri Salcedo'): Promise<string> {
  const { instance } = letter;
  const signed = await signByOpenLink(instance, slug, signer(letter, name), 'en', now);
  if (!signed.ok) throw new Error(JSON.stringify(signed.reason));
  const { outbox } = instance.store.read.tables;
  const rows = await instance.store.read.select().from(outbox).where(eq(outbox.kind, 'confirmation'));
  const texts = rows.map((row) => readMail(instance, row)).flatMap((mail) => (mail.ok ? [mail.value] : []));
  const text = texts.find(({ to }) => to.startsWith(name.split(' ')[0] ?? ''))?.text ?? '';
  return /cf_[\w-]{43}/.exec(text)?.[0] ?? '';
}

/** Somebody signs by an open link and confirms it. @returns the token of their own page */
async function signedByOpenLink(letter: OpenLetter, slug: string, now: Date): Promise<string> {
  const opened = await openConfirmation(letter.instance, await waitingToConfirm(letter, slug, now, 'Odile Marchetti'));
  if (!opened.ok) throw new Error(opened.reason);
  const confirmed = await confirmSigning(letter.instance, opened.value, now);
  if (!confirmed.ok) throw new Error(confirmed.reason);
  return confirmed.value.ownPage;
}

/** A letter of other words, open to everybody, that two have signed. */
async function releasedLetter(instance: Instance, scope: Parameters<typeof openLetterIn>[1], now: Date): Promise<World['released']> {
  const deadlineAt = new Date(now.getTime() + 20 * 86_400_000);
  const letter = await openLetterIn(instance, scope, letterInput({ headline: 'The banks are for everybody', deadlineAt }), now);
  await setRelease(instance, letter.letter, { when: 'now', releaseDay: '', releaseTime: '' }, now);
  await addEntries(letter, [
    { capacity: 'organisation', organisation: 'Quay Union', acronym: 'QU', city: 'Port Ellery' },
    { capacity: 'personal', name: 'Pavel Moorland', role: 'Professor' },
  ]);
  return { slug: (await letterRow(letter)).slug, fingerprint: letter.fingerprint };
}

/** Waits until the outbox has nothing left to do and every list is ranked: from then on rows change only by requests. */
export async function settled({ store }: Instance): Promise<void> {
  const { outbox, jobs } = store.read.tables;
  const waits = async () =>
    (await store.read.select().from(outbox).where(eq(outbox.state, 'queued'))).length > 0 ||
    (await hasListsToRank({ store }, new Date())) ||
    (await store.read.select().from(jobs).where(eq(jobs.state, 'queued'))).some(({ kind }) => kind === rankList.kind);
  for (let attempt = 0; attempt < 200; attempt++) {
    if (!(await waits())) return;
    await new Promise((done) => setTimeout(done, 50));
  }
  throw new Error('mails are still queued, or a list is not ranked');
}
