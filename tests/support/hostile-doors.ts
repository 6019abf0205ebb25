import { eq } from 'drizzle-orm';
import type { z } from 'zod';
import { findForm, formCookie, KEPT_BRIEFLY } from '../../app/_request/form-drafts.ts';
import { type Handler, mutate, type Refused } from '../../app/_request/mutate.ts';
import { findSignature } from '../../db/queries/signatures.ts';
import { openInvitation } from '../../lib/invitations/access.ts';
import { declineInvitation, putOffInvitation } from '../../lib/invitations/answers.ts';
import { inviteOne } from '../../lib/invitations/commands.ts';
import { passOn, passOnForm } from '../../lib/invitations/pass-on.ts';
import { considerForm, declineForm, inviteForm } from '../../lib/invitations/schema.ts';
import { readMail } from '../../lib/outbox/read.ts';
import { type Result, refusal } from '../../lib/shared/result.ts';
import { openConfirmation, openInvitedSigning } from '../../lib/signatures/access.ts';
import { confirmSigning } from '../../lib/signatures/confirm.ts';
import { correctOwnEntry } from '../../lib/signatures/correct.ts';
import { correctEntry, refuseWish } from '../../lib/signatures/correct-by-member.ts';
import { correctEntryForm, correctOwnForm, refuseWishForm } from '../../lib/signatures/correct-schema.ts';
import { openLinkForm } from '../../lib/signatures/open-link-schema.ts';
import { makeOpenLink } from '../../lib/signatures/open-links.ts';
import { acceptPasted } from '../../lib/signatures/pasted-rows.ts';
import { reasonForm, reviewEntry } from '../../lib/signatures/review.ts';
import { openSignForm, signForm } from '../../lib/signatures/schema.ts';
import { seenMark } from '../../lib/signatures/seen-mark.ts';
import { signByInvitation } from '../../lib/signatures/sign.ts';
import { signByOpenLink } from '../../lib/signatures/sign-by-open-link.ts';
import { vouchEntries } from '../../lib/signatures/vouch.ts';
import { vouchForm, vouchRowsForm } from '../../lib/signatures/vouch-schema.ts';
import { post, type testInstance as requestInstance } from '../unit/request/instance.ts';
import { type Invited, type OpenLetter, signatureRows } from './invited.ts';

/** Every form by which something comes into a list, as its route has it: schema, command, and the way back of what was typed. */
export interface Door {
  readonly name: string;
  /** Fields that take any text. */
  readonly texts: readonly string[];
  /** As an honest hand fills it in. */
  readonly honest: Readonly<Record<string, string>>;
  readonly schema: z.ZodType;
  readonly command: (input: never) => Promise<Result<unknown, Refused>>;
}

export interface Place {
  readonly open: OpenLetter;
  readonly slug: string;
  /** Somebody who has not answered and never signs. */
  readonly undecided: Invited;
  readonly now: Date;
  /** Tells addresses from each other. */
  readonly number: number;
}

const mailText = async ({ instance: { store, keys } }: OpenLetter, by: 'invitationId' | 'signingId', id: string): Promise<string> => {
  const { outbox } = store.read.tables;
  const [row] = await store.read.select().from(outbox).where(eq(outbox[by], id));
  const mail = row && readMail({ keys }, row);
  return mail?.ok ? mail.value.text : '';
};

/** Invites somebody new who has done nothing yet. */
export async function inviteAnother({ open, now, number }: Omit<Place, 'undecided'>, word: string): Promise<Invited> {
  const input = inviteForm.parse({
    capacity: 'organisation',
    organisation: `${word} ${number}`,
    email: `${word}-${number}@partner.example`,
  });
  const done = await inviteOne(open.instance, open.letter, input, now);
  if (!done.ok) throw new Error(JSON.stringify(done.reason));
  const { invitationId } = done.value;
  const token = /iv_[\w-]{43}/.exec(await mailText(open, 'invitationId', invitationId))?.[0] ?? '';
  const scope = await openInvitation(open.instance, token);
  if (!scope.ok) throw new Error(scope.reason);
  return { invitationId, token, scope: scope.value };
}

/** The forms of one round, each with an entry of its own behind it. */
export async function doorsOf(place: Place): Promise<readonly Door[]> {
  const { open, slug, undecided, now, number } = place;
  const { instance, letter, fingerprint } = open;
  const asked = await inviteAnother(place, 'asked');
  const signed = await inviteAnother(place, 'signed');
  const seen = { fingerprint, language: 'en', step: 'sign', publication: 'public' };
  const organisation = {
    signer: 'organisation',
    organisation: `signed ${number}`,
    name: 'Ilse Okoye',
    role: 'Director',
    authorised: 'yes',
  };
  const given = await signByInvitation(
    instance,
    signed.scope,
    signForm.parse({ ...seen, ...organisation, invitation: signed.invitationId }),
    now,
  );
  const own = await openInvitedSigning(instance, signed.token);
  if (!given.ok || !own.ok) throw new Error('nobody signed');
  const { signingId } = own.value;
  const entry = given.value.signatures[0]?.id ?? '';
  const wish = correctOwnForm.parse({
    ...organisation,
    signing: signingId,
    entry,
    organisation: `wished ${number}`,
    publication: 'public',
  });
  /** The entry as its own page shows it by now. */
  const shown = async () => seenMark((await findSignature(instance.store.read, letter.letterId, entry))?.sealed ?? Buffer.alloc(0));
  const acting = [...ACTING];
  const email = `reader-${number}@home.example`;
  const others = {
    'others[0].organisation': `other ${number}`,
    'others[0].role': 'Chair',
    'others[0].authorised': 'yes',
    personally: 'yes',
  };
  const vouching = {
    mark: 'shown',
    publication: 'public',
    representativePrinted: 'yes',
    means: 'by telephone',
    date: now.toISOString().slice(0, 10),
  };
  const door = <Schema extends z.ZodType>(
    name: string,
    schema: Schema,
    texts: readonly string[],
    honest: Readonly<Record<string, string>>,
    command: (input: z.output<Schema>) => Promise<Result<unknown, Refused>>,
  ): Door => ({ name, schema, texts, honest, command: command as Door['command'] });
  return [
    door(
      'invite',
      inviteForm,
      ['organisation', 'acronym', 'name', 'message'],
      { capacity: 'organisation', organisation: 'A', name: 'B', language: 'en', email: `new-${number}@x.example` },
      (input) => inviteOne(instance, letter, input, now),
    ),
    door('decline', declineForm, ['reason'], { invitation: undecided.invitationId }, (input) =>
      declineInvitation(instance, undecided.scope, input, now),
    ),
    door('consider', considerForm, [], { invitation: undecided.invitationId, until: '2050-01-01' }, (input) =>
      putOffInvitation(instance, undecided.scope, input, now),
    ),
    door(
      'pass-on',
      passOnForm,
      ['name'],
      { invitation: undecided.invitationId, whom: 'colleague', email: `passed-${number}@x.example` },
      (input) => passOn(instance, undecided.scope, input, now),
    ),
    door('sign', signForm, acting, { ...seen, ...organisation, ...others, invitation: asked.invitationId }, (input) =>
      signByInvitation(instance, asked.scope, input, now),
    ),
    door('sign', openSignForm, acting, { ...seen, ...organisation, ...others, email }, (input) =>
      signByOpenLink(instance, slug, input, 'en', now),
    ),
    door(
      'correct',
      correctOwnForm,
      ['organisation', 'acronym', 'name', 'role', 'city', 'country'],
      { ...organisation, signing: signingId, entry, publication: 'public' },
      async (input) => correctOwnEntry(instance, own.value, { ...input, seen: await shown() }, now),
    ),
    door(
      'correct-entry',
      correctEntryForm,
      ['organisation', 'acronym', 'name', 'role', 'city', 'country', 'reason'],
      { reason: 'A slip.' },
      (input) => correctEntry(instance, letter, entry, input, now),
    ),
    door('refuse-wish', refuseWishForm, ['reason'], {}, async (input) => {
      await correctOwnEntry(instance, own.value, { ...wish, seen: await shown() }, now);
      return await refuseWish(instance, letter, entry, input, now);
    }),
    door('entry', reasonForm, ['reason'], {}, async ({ reason }) => {
      const look = { id: entry, reason };
      const rejected = await reviewEntry(instance, letter, { ...look, act: 'reject' }, now);
      await reviewEntry(instance, letter, { id: entry, reason: '', act: 'put-back' }, now);
      await reviewEntry(instance, letter, { id: entry, reason: '', act: 'approve' }, now);
      return rejected;
    }),
    door('open-link', openLinkForm, ['label'], { cap: '', lastDay: '' }, (input) => makeOpenLink(instance, letter, input, now)),
    door(
      'vouch',
      vouchForm,
      ['organisation', 'acronym', 'name', 'role', 'city', 'country', 'means'],
      { ...vouching, capacity: 'organisation', email: `yes-${number}@x.example` },
      (input) =>
        asRefusal(vouchEntries(instance, letter, { rows: [input], said: input, mark: input.mark && `${input.mark} ${forms++}` }, now)),
    ),
    door('vouch-rows', vouchRowsForm, ['rows', 'means'], { ...vouching, kind: 'personal', heading: 'yes' }, async (input) => {
      const pasted = acceptPasted({ ...input, rows: `name,role\n${input.rows}\n"${input.rows.replaceAll('"', '""')}",x` });
      if (!pasted.ok) return refusal(pasted.reason);
      return await asRefusal(
        vouchEntries(
          instance,
          letter,
          { rows: pasted.value.map(({ row }) => row), said: input.said as never, mark: input.mark && `${input.mark} ${forms++}` },
          now,
        ),
      );
    }),
  ];
}

/** Texts of the form somebody signs by. */
const ACTING = [
  'organisation',
  'acronym',
  'name',
  'role',
  'affiliation',
  'country',
  'others[0].organisation',
  'others[0].role',
  'ownRole',
  'ownAffiliation',
] as const;

let forms = 0;

async function asRefusal(done: ReturnType<typeof vouchEntries>): Promise<Result<unknown, Refused>> {
  const result = await done;
  if (result.ok || typeof result.reason === 'string') return result as Result<unknown, Refused>;
  return refusal(result.reason.map(({ reason }) => ({ place: 'name', reason })));
}

/** Presses the button behind every mail that asks for it, and lets everything in: the worst that a coordinator can do. */
export async function letAllIn({ instance, letter, ...open }: OpenLetter, now: Date): Promise<void> {
  for (const { signingId } of (await signatureRows({ instance, letter, ...open })).filter(({ status }) => status === 'pending')) {
    const token = /cf_[\w-]{43}/.exec(await mailText({ instance, letter, ...open }, 'signingId', signingId))?.[0] ?? '';
    const scope = await openConfirmation(instance, token);
    if (scope.ok) await confirmSigning(instance, scope.value, now);
  }
  for (const { id } of (await signatureRows({ instance, letter, ...open })).filter(({ status }) => status === 'held'))
    await reviewEntry(instance, letter, { id, act: 'approve', reason: '' }, now);
}

export interface Answered {
  readonly status: number;
  readonly faults: readonly { readonly place: string; readonly message: string }[];
}

type Host = ReturnType<typeof requestInstance>;
const PATH = '/form';

const handlerOf = (door: Door, host: Host): Handler =>
  mutate(
    {
      name: door.name,
      schema: door.schema,
      limit: 200_000,
      who: async () => ({ ok: true, value: null }),
      command: ({ input }) => door.command(input as never),
      done: () => '/done',
      form: () => PATH,
    },
    () => host,
  );

/** Sends a body to a form as a program does, that wants JSON back. */
export async function send(door: Door, host: Host, body: string, type: string): Promise<Answered> {
  const answered = await handlerOf(door, host)(post(body, { 'content-type': type, accept: 'application/json' }), {
    params: Promise.resolve({}),
  });
  const said = (await answered.json()) as { readonly faults?: Answered['faults'] };
  return { status: answered.status, faults: said.faults ?? [] };
}

/** The same as a browser does, without JavaScript. @returns what stands in the form again; null where nothing was refused */
export async function typedAgain(door: Door, host: Host, body: string): Promise<Readonly<Record<string, unknown>> | null> {
  const answered = await handlerOf(door, host)(post(body), { params: Promise.resolve({}) });
  const place = { form: door.name, path: PATH, keeping: KEPT_BRIEFLY };
  const name = formCookie(place, 'form');
  const cookie = answered.headers.getSetCookie().find((line) => line.startsWith(`__Host-${name}=`) || line.startsWith(`${name}=`));
  const kept = await findForm(host.keys, host.drafts, place, cookie?.split(';')[0]?.split('=').slice(1).join('=') ?? null, host.now());
  return kept?.values ?? null;
}
