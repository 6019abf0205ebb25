/** What it costs a server to take a signature and a confirmation, beside a bare route of the same build. */
import { stampForm } from '../../lib/forms/form-age.ts';
import { inviteOne } from '../../lib/invitations/commands.ts';
import { inviteForm } from '../../lib/invitations/schema.ts';
import { readMail } from '../../lib/outbox/read.ts';
import { makeOpenLink } from '../../lib/signatures/open-links.ts';
import type { OpenLetter } from '../support/invited.ts';
import { send } from '../support/request.ts';
import { median, pause, type Served } from './served.ts';

/** Turns of so many answers each. */
const TURNS = 5;
/** Turns before they count: a server that has answered some fifty posts still compiles what it runs, and costs two to three times as much. */
const WARM_TURNS = 6;
const CALLS = 25;

const BARE_PATH = '/api/bare';

/** A route that reads a form, writes one row and answers, and does nothing else: what no route that writes can do without. */
export const BARE_ROUTE = {
  'app/api/bare/route.ts': `import { product } from '../../_request/product.ts';

export async function POST(request: Request): Promise<Response> {
  const form = await request.formData();
  const { store, random } = await product();
  const sealed = Buffer.from(String(form.get('text')));
  await store.inTransaction((tx) => tx.insert(tx.tables.formDrafts).values({ id: random(16).toString('hex'), sealed, expiresAt: new Date() }));
  return new Response(null, { status: 303, headers: { location: '/' } });
}
`,
};

interface Post {
  readonly path: string;
  readonly fields: Readonly<Record<string, string>>;
  readonly cookie?: string;
  /** Where it leads if it went well. */
  readonly to: string;
}

let networks = 0;

async function post(origin: string, { path, fields, cookie, to }: Post): Promise<void> {
  // Everybody signs from a network of their own.
  const network = `10.${++networks >> 8}.${networks & 255}.7`;
  const answer = await send(origin, {
    method: 'POST',
    path,
    headers: {
      host: new URL(origin).host,
      origin,
      'content-type': 'application/x-www-form-urlencoded',
      'x-forwarded-for': network,
      ...(cookie === undefined ? {} : { cookie }),
    },
    body: new URLSearchParams(fields).toString(),
  });
  if (answer.status !== 303 || answer.headers['location'] !== to)
    throw new Error(`${path}: ${answer.status} ${answer.headers['location']}`);
}

interface Mailed {
  readonly token: string;
  readonly signingId: string;
  readonly invitationId: string;
}

/** What the mails of one kind lead to, by whom they went to. */
async function mailed({ instance, letterId }: OpenLetter, kind: 'invitation' | 'confirmation'): Promise<(address: string) => Mailed> {
  const { read } = instance.store;
  const found = new Map<string, Mailed>();
  for (const row of await read.select().from(read.tables.outbox)) {
    const mail = row.kind === kind && row.letterId === letterId ? readMail(instance, row) : null;
    if (!mail?.ok) continue;
    const token = /(?:iv|cf)_[\w-]{43}/.exec(mail.value.text)?.[0] ?? '';
    found.set(mail.value.to, { token, signingId: row.signingId ?? '', invitationId: row.invitationId ?? '' });
  }
  return (address) => {
    const mail = found.get(address);
    if (!mail) throw new Error(`no ${kind} to ${address}`);
    return mail;
  };
}

/** The work that follows an answer, mails and places in the list, is done when nothing more is used. */
async function quiet(used: () => number): Promise<void> {
  for (let before = used(), still = 0; still < 3; ) {
    await pause(200);
    const now = used();
    still = now - before <= 10 ? still + 1 : 0;
    before = now;
  }
}

async function measure({ origin, used }: Served, posts: readonly Post[]) {
  await quiet(used);
  const before = used();
  for (const each of posts) await post(origin, each);
  const answered = used();
  await quiet(used);
  return { answering: (answered - before) / posts.length, whole: (used() - before) / posts.length };
}

interface Row {
  readonly name: string;
  /** CPU milliseconds of one, for each letter. */
  readonly cpu: readonly number[];
}

/** The posts of one turn under one letter: some sign by links of their own, others by the open link, and confirm. */
async function turnOf(served: Served, letter: OpenLetter, slug: string) {
  const { instance, fingerprint } = letter;
  const now = new Date();
  const text = { fingerprint, language: 'en', step: 'sign', publication: 'public', signer: 'personal' };
  const people = Array.from({ length: CALLS }, () => instance.random(6).toString('hex'));
  for (const id of people) {
    const input = inviteForm.parse({ capacity: 'personal', name: `Jorun ${id}`, email: `${id}@invited.example` });
    const invited = await inviteOne(instance, letter.letter, input, now);
    if (!invited.ok) throw new Error(JSON.stringify(invited.reason));
  }
  const invitation = await mailed(letter, 'invitation');
  const signed = await measure(
    served,
    people.map((id) => {
      const { token, invitationId } = invitation(`${id}@invited.example`);
      const fields = { ...text, invitation: invitationId, name: `Jorun ${id}`, role: 'Teacher' };
      return { path: '/i/sign', fields, cookie: `invitation=${token}`, to: '/i' };
    }),
  );
  const opened = stampForm(instance.keys, `open-sign/${slug}`, new Date(now.getTime() - 60_000));
  const signedOpenly = await measure(
    served,
    people.map((id) => {
      const fields = { ...text, opened, name: `Milo ${id}`, email: `${id}@open.example` };
      return { path: `/sign/${slug}/send`, fields, to: `/sign/${slug}/sent` };
    }),
  );
  const confirmation = await mailed(letter, 'confirmation');
  const confirmed = await measure(
    served,
    people.map((id) => {
      const { token, signingId } = confirmation(`${id}@open.example`);
      return { path: '/confirm/press', fields: { signing: signingId }, cookie: `confirmation=${token}`, to: '/own' };
    }),
  );
  return { signed, signedOpenly, confirmed };
}

const KINDS = [
  ['signed', 'sign by a personal link'],
  ['signedOpenly', 'sign by an open link'],
  ['confirmed', 'confirm'],
] as const;

/** CPU milliseconds of each answer: of the answer alone, and with the mail and the place in the list that follow from it. */
export async function measurePosts(served: Served): Promise<{ readonly bare: number; readonly rows: readonly Row[] }> {
  const bare: number[] = [];
  const found = new Map<string, number[]>();
  const add = (name: string, ms: number) => found.set(name, [...(found.get(name) ?? []), ms]);
  const slugs = new Map<OpenLetter, string>();
  for (const { letter } of served.letters) {
    const made = await makeOpenLink(letter.instance, letter.letter, { label: 'bench', cap: null, lastDay: '' }, new Date());
    if (!made.ok) throw new Error(JSON.stringify(made.reason));
    slugs.set(letter, made.value.slug);
  }
  for (let turn = 0; turn < WARM_TURNS + TURNS; turn++) {
    const once = { path: BARE_PATH, fields: { text: 'x'.repeat(300) }, to: '/' };
    const one = await measure(
      served,
      Array.from({ length: CALLS * 2 }, () => once),
    );
    if (turn >= WARM_TURNS) bare.push(one.answering);
    for (const { letter, size } of served.letters) {
      const of = await turnOf(served, letter, slugs.get(letter) ?? '');
      if (turn < WARM_TURNS) continue;
      for (const [kind] of KINDS) {
        add(`${kind} ${size}`, of[kind].answering);
        add(`${kind} ${size} whole`, of[kind].whole);
      }
    }
  }
  const cpu = (kind: string, whole: string) => served.letters.map(({ size }) => median(found.get(`${kind} ${size}${whole}`) ?? []));
  return {
    bare: median(bare),
    rows: KINDS.flatMap(([kind, name]) => [
      { name, cpu: cpu(kind, '') },
      { name: `${name}, with what follows`, cpu: cpu(kind, ' whole') },
    ]),
  };
}
