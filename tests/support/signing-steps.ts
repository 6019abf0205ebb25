import { eq } from 'drizzle-orm';
import fc from 'fast-check';
import { expect } from 'vitest';
import type { PublicationChoice } from '../../db/schema/values.ts';
import { openInvitation } from '../../lib/invitations/access.ts';
import { passOn, passOnForm } from '../../lib/invitations/pass-on.ts';
import { readMail } from '../../lib/outbox/read.ts';
import { openConfirmation } from '../../lib/signatures/access.ts';
import { confirmSigning } from '../../lib/signatures/confirm.ts';
import { openSignForm, otherField } from '../../lib/signatures/schema.ts';
import { signByInvitation } from '../../lib/signatures/sign.ts';
import { signByOpenLink } from '../../lib/signatures/sign-by-open-link.ts';
import { vouchEntries } from '../../lib/signatures/vouch.ts';
import { vouchForm } from '../../lib/signatures/vouch-schema.ts';
import { answer, signatureRows, tokensInMails } from './invited.ts';
import {
  type Act,
  type Claim,
  claim,
  forum,
  nth,
  organisationToken,
  personToken,
  quist,
  type Run,
  takesSignatures,
  tighten,
} from './signing-law.ts';

export const HOUR = 3_600_000;
const choice = fc.constantFrom<PublicationChoice>('public', 'public', 'public', 'addressee', 'counted');
const which = fc.nat(5);
const given = {
  as: fc.constantFrom('own', 'own', 'other', 'personal'),
  also: fc.constantFrom('nobody', 'nobody', 'self', 'another'),
  printed: fc.boolean(),
  choice,
};
/** What changes of an entry. */
const to = fc.constantFrom('person', 'organisation', 'organisation', 'invited', 'personal', 'representative', 'choice');
/** Everything that may happen to a signature, and to the letter it is under. */
export const step = fc.oneof(
  { weight: 6, arbitrary: fc.record({ act: fc.constant('sign' as const), which, ...given }) },
  { weight: 5, arbitrary: fc.record({ act: fc.constant('sign-openly' as const), which, ...given, link: fc.nat(1) }) },
  { weight: 5, arbitrary: fc.record({ act: fc.constant('confirm' as const), which }) },
  {
    weight: 8,
    arbitrary: fc.record({
      act: fc.constant('correct' as const),
      which,
      entry: fc.nat(1),
      to,
      authorised: fc.constantFrom(true, true, false),
      choice,
    }),
  },
  { weight: 4, arbitrary: fc.record({ act: fc.constantFrom('approve-wish', 'approve-wish', 'refuse-wish', 'take-back'), which }) },
  { weight: 2, arbitrary: fc.record({ act: fc.constant('correct-by-member' as const), which, to }) },
  {
    weight: 3,
    arbitrary: fc.record({ act: fc.constantFrom('pass-on', 'hand-over', 'someone-else', 'revoke', 'decline', 'disown'), which }),
  },
  { weight: 4, arbitrary: fc.record({ act: fc.constantFrom('approve', 'approve', 'hold', 'reject', 'put-back'), which }) },
  { weight: 4, arbitrary: fc.record({ act: fc.constantFrom('withdraw-all', 'withdraw-one'), which }) },
  {
    weight: 2,
    arbitrary: fc.record({ act: fc.constant('vouch' as const), as: fc.constantFrom('own', 'personal'), printed: fc.boolean(), choice }),
  },
  { weight: 5, arbitrary: fc.record({ act: fc.constantFrom('release', 'release', 'unrelease', 'hide', 'show', 'rank', 'rank') }) },
  { weight: 2, arbitrary: fc.record({ act: fc.constantFrom('close', 'reopen', 'deliver', 'withdraw-letter', 'close-link') }) },
  { weight: 3, arbitrary: fc.record({ act: fc.constant('wait' as const), hours: fc.constantFrom(1, 30, 200, 500) }) },
);
export type Step = typeof step extends fc.Arbitrary<infer Value> ? Value : never;
type Giving = Extract<Step, { readonly act: 'sign' | 'sign-openly' }>;

/** Runs a command, and takes down the entries that it has made as they were asked for: their gates are the law's to say. */
async function recordNew(
  { open, model }: Run,
  make: (row: { readonly lead: string; readonly capacity: string }, index: number) => Claim,
  wanted: readonly Pick<Claim, 'lead' | 'capacity' | 'beside'>[],
) {
  const rows = (await signatureRows(open)).filter(({ id }) => !model.claims.has(id));
  expect(rows.map(({ capacity }) => capacity)).toEqual(wanted.map(({ capacity }) => capacity));
  for (const [index, row] of rows.entries()) {
    const one = wanted[index];
    if (one) model.claims.set(row.id, { ...make(one, index), ...one, id: row.id, signingId: row.signingId });
  }
  return rows[0]?.signingId ?? '';
}

/** The form of one act, and the entries that it asks for, in their order. */
function formOf(run: Run, step: Giving, invitedFor: string | null) {
  const person = personToken(run.fresh());
  const first = step.as === 'own' ? (invitedFor ?? organisationToken(run.fresh())) : organisationToken(run.fresh());
  const personal = step.as === 'personal';
  const other = organisationToken(run.fresh());
  const beside = step.printed ? person : null;
  const organisation = (lead: string) => ({ capacity: 'organisation', lead, beside }) as const;
  const self = { capacity: 'personal', lead: person, beside: null } as const;
  const wanted = personal
    ? [self]
    : [organisation(first), ...(step.also === 'another' ? [organisation(other)] : []), ...(step.also === 'self' ? [self] : [])];
  const fields = {
    signer: personal ? 'personal' : 'organisation',
    name: quist(person),
    role: 'Chair',
    organisation: forum(first),
    authorised: 'yes',
    representativePrinted: step.printed ? 'yes' : '',
    publication: step.choice,
    ...(step.also === 'another'
      ? { [otherField(0, 'organisation')]: forum(other), [otherField(0, 'role')]: 'Chair', [otherField(0, 'authorised')]: 'yes' }
      : {}),
    ...(step.also === 'self' ? { personally: 'yes' } : {}),
  };
  return { person, wanted, fields };
}

export async function sign(run: Run, step: Extract<Step, { act: 'sign' }>): Promise<void> {
  const { open, model } = run;
  const one = nth(model.invited, step.which);
  if (!one) return;
  const { person, wanted, fields } = formOf(run, step, one.party);
  const signed = await signByInvitation(open.instance, one.holder.scope, answer(open, one.holder, fields), model.now);
  if (!signed.ok || signed.value.repeated) return;
  expect([takesSignatures(model), one.revoked, one.party === null && step.as !== 'personal']).toEqual([true, false, false]);
  const door = one.claimed ? 'claimed' : (one.party ?? 'person');
  const signingId = await recordNew(
    run,
    ({ lead, capacity }) =>
      claim(door, {
        choice: step.choice,
        toLookAt: model.onApproval || one.claimed || (capacity === 'organisation' && lead !== one.party),
      }),
    wanted,
  );
  model.acts.push({ signingId, person, invited: one.holder, confirmation: null, link: null, at: model.now });
  await tighten(run);
}

async function confirmationOf({ open: { instance } }: Run, signingId: string): Promise<string> {
  const { outbox } = instance.store.read.tables;
  const [row] = await instance.store.read.select().from(outbox).where(eq(outbox.signingId, signingId));
  const mail = row && readMail(instance, row);
  return (mail?.ok && /cf_[\w-]{43}/.exec(mail.value.text)?.[0]) || '';
}

export async function signOpenly(run: Run, step: Extract<Step, { act: 'sign-openly' }>): Promise<void> {
  const { open, model, word } = run;
  const link = model.links[step.link];
  if (!link) return;
  const { person, wanted, fields } = formOf(run, step, null);
  const common = { fingerprint: open.fingerprint, language: 'en', step: 'sign', email: `reader-${step.which % 3}@${word}.example` };
  const before = (await signatureRows(open)).length;
  const signed = await signByOpenLink(open.instance, link.slug, openSignForm.parse({ ...common, ...fields }), 'en', model.now);
  if (!signed.ok) return;
  expect([takesSignatures(model), link.closed, link.cap !== null && link.confirmed >= link.cap]).toEqual([true, false, false]);
  const rows = await signatureRows(open);
  // The address has had its mails of the day, and nothing was stored.
  if (rows.length === before && rows.every(({ id }) => model.claims.has(id))) return;
  const signingId = await recordNew(
    run,
    ({ capacity }) => claim('open', { choice: step.choice, proved: false, toLookAt: model.onApproval || capacity === 'organisation' }),
    wanted,
  );
  const confirmation = await confirmationOf(run, signingId);
  model.acts.push({ signingId, person, invited: null, confirmation, link: step.link, at: model.now });
}

export async function confirm({ open, model }: Run, act: Act): Promise<void> {
  if (act.confirmation === null) return;
  const scope = await openConfirmation(open.instance, act.confirmation);
  if (!scope.ok) return;
  const confirmed = await confirmSigning(open.instance, scope.value, model.now);
  if (!confirmed.ok || confirmed.value.repeated) return;
  const link = model.links[act.link ?? 0];
  expect(model.now.getTime()).toBeLessThan(Math.min(act.at.getTime() + 14 * 24 * HOUR, model.deadline.getTime() + 72 * HOUR));
  expect(['open', 'closed']).toContain(model.status);
  if (link) link.confirmed += 1;
  if (link?.cap) expect(link.confirmed).toBeLessThanOrEqual(link.cap);
  for (const one of model.claims.values()) if (one.signingId === act.signingId) one.proved = true;
}

export async function passedOn(run: Run, index: number, act: 'pass-on' | 'hand-over' | 'someone-else'): Promise<void> {
  const { open, model, word } = run;
  const from = nth(model.invited, index);
  if (!from) return;
  const before = (await open.instance.store.read.select().from(open.instance.store.read.tables.invitations)).map(({ id }) => id);
  const whom = act === 'someone-else' ? 'self' : 'colleague';
  const input = { invitation: from.holder.invitationId, whom, name: 'A Colleague', email: `colleague-${run.fresh()}@${word}.example` };
  const done = await passOn(open.instance, from.holder.scope, passOnForm.parse(input), model.now);
  if (!done.ok) return;
  expect([takesSignatures(model), from.revoked]).toEqual([true, false]);
  const rows = await open.instance.store.read.select().from(open.instance.store.read.tables.invitations);
  const invitationId = rows.find(({ id }) => !before.includes(id))?.id ?? '';
  const token = (await tokensInMails(open.instance, invitationId)).at(-1) ?? '';
  const opened = await openInvitation(open.instance, token);
  if (!opened.ok) throw new Error(opened.reason);
  const holder = { invitationId, token, scope: opened.value };
  model.invited.push({ holder, party: from.party, claimed: whom === 'self' || from.claimed, revoked: false });
}

export async function vouch(run: Run, step: Extract<Step, { act: 'vouch' }>): Promise<void> {
  const { open, model } = run;
  const [person, organisation] = [personToken(run.fresh()), organisationToken(run.fresh())];
  const capacity = step.as === 'personal' ? 'personal' : 'organisation';
  const common = { capacity, name: quist(person), publication: step.choice, means: 'by telephone', date: '2026-03-01' };
  const named = capacity === 'personal' ? {} : { organisation: forum(organisation), representativePrinted: step.printed ? 'yes' : '' };
  const row = vouchForm.parse({ ...common, ...named });
  if (!(await vouchEntries(open.instance, open.letter, { rows: [row], said: row, mark: person }, model.now)).ok) return;
  expect(['open', 'closed']).toContain(model.status);
  const wanted = {
    capacity,
    lead: capacity === 'personal' ? person : organisation,
    beside: step.printed && capacity !== 'personal' ? person : null,
  } as const;
  await recordNew(run, () => claim('vouched', { choice: step.choice, toLookAt: model.onApproval }), [wanted]);
}
