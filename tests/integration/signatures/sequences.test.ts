import fc from 'fast-check';
import { expect, it } from 'vitest';
import { findSigningOfInvitation } from '../../../db/queries/signatures.ts';
import type { PublicationChoice } from '../../../db/schema/values.ts';
import { declineInvitation } from '../../../lib/invitations/answers.ts';
import { revokeInvitation } from '../../../lib/invitations/commands.ts';
import { letterDocument } from '../../../lib/letters/document.ts';
import { closeLetter, deliverLetter, reopenLetter } from '../../../lib/letters/ending.ts';
import { reviewEntry } from '../../../lib/signatures/review.ts';
import { signByInvitation } from '../../../lib/signatures/sign.ts';
import {
  answer,
  approveShown,
  asOrganisation,
  asPerson,
  asRepresentative,
  hoursLater,
  type Invited,
  invite,
  letterRow,
  type OpenLetter,
  openLetterIn,
  openTestLetter,
  takeBack,
  unauthorised,
} from '../../support/invited.ts';
import { letterInput } from '../../support/letters.ts';
import { runs, runTime } from '../../support/property.ts';
import { describeEachStore, testInstance } from '../../support/stores.ts';

const ORGANISATIONS = ['Harbour Forum', 'Ferry Workers Union'] as const;
const PEOPLE = ['Tomas Ardelean', 'Mirela Quist'] as const;

/** Whom an invitation is for. Three of one organisation, so that their people come in each other's way. */
const PARTIES = [
  { organisation: ORGANISATIONS[0] },
  { organisation: ORGANISATIONS[0] },
  { organisation: ORGANISATIONS[0] },
  { organisation: ORGANISATIONS[1] },
  { person: PEOPLE[0] },
  { person: PEOPLE[1] },
] as const;

const publication = fc.constantFrom<PublicationChoice>('public', 'public', 'addressee', 'counted');
const entry = fc.record({
  signer: fc.constantFrom('representative', 'organisation', 'personal'),
  organisation: fc.constantFrom(...ORGANISATIONS),
  name: fc.constantFrom(...PEOPLE),
  publication,
  authorised: fc.boolean(),
  fresh: fc.boolean(),
});
const by = fc.nat(PARTIES.length - 1);
const step = fc.oneof(
  { weight: 8, arbitrary: fc.record({ act: fc.constant('sign' as const), by, entry }) },
  { weight: 5, arbitrary: fc.record({ act: fc.constantFrom('withdraw', 'withdraw', 'decline', 'revoke', 'approve'), by }) },
  { weight: 4, arbitrary: fc.record({ act: fc.constantFrom('hold', 'reject', 'put-back'), by }) },
  { weight: 1, arbitrary: fc.record({ act: fc.constantFrom('close', 'reopen', 'deliver') }) },
);
type Entry = typeof entry extends fc.Arbitrary<infer Value> ? Value : never;
type Step =
  | { readonly act: 'sign'; readonly by: number; readonly entry: Entry }
  | { readonly act: 'withdraw' | 'decline' | 'revoke' | 'approve' | 'hold' | 'reject' | 'put-back'; readonly by: number }
  | { readonly act: 'close' | 'reopen' | 'deliver' };

/** What must hold of an invitation's answer, kept beside the product and in its own words. */
interface Model {
  /** The entry that counts, with whose assent and authority it does. */
  readonly given: Map<number, { readonly who: string; readonly choice: PublicationChoice; asked: boolean; approved: boolean }>;
  readonly withdrawn: Set<number>;
  readonly revoked: Set<number>;
  status: 'open' | 'closed' | 'delivered';
}

async function printedNames({ instance, letterId }: OpenLetter, edition: 'public' | 'addressee'): Promise<readonly string[]> {
  const document = await letterDocument(instance, letterId, { edition, now: hoursLater(1) });
  const names: string[] = [];
  for (const section of document?.sections ?? []) {
    for await (const batch of section.batches()) names.push(...batch.map(({ lines, lead }) => (lines[0] ?? '').slice(0, lead)));
  }
  return names.sort();
}

async function moveOn({ instance, letter }: OpenLetter, model: Model, act: 'close' | 'reopen' | 'deliver', now: Date): Promise<void> {
  const deadline = { deadlineDay: '2026-03-20', deadlineTime: '' };
  if (act === 'close' && (await closeLetter(instance, letter, now)).ok) model.status = 'closed';
  if (act === 'reopen' && (await reopenLetter(instance, letter, deadline, now)).ok) model.status = 'open';
  if (act === 'deliver' && (await deliverLetter(instance, letter, now)).ok) model.status = 'delivered';
}

async function take(letter: OpenLetter, invited: readonly Invited[], model: Model, step: Step): Promise<void> {
  const { instance } = letter;
  const now = hoursLater(2);
  if (!('by' in step)) {
    await moveOn(letter, model, step.act, now);
    return;
  }
  const one = invited[step.by];
  if (!one) return;
  const mine = { invitation: one.invitationId };
  if (step.act === 'withdraw') {
    if ((await takeBack(instance, one, now)).ok) model.withdrawn.add(step.by);
  } else if (step.act === 'decline') await declineInvitation(instance, one.scope, { ...mine, reason: '' }, now);
  else if (step.act === 'revoke') {
    if ((await revokeInvitation(instance, letter.letter, one.invitationId, now)).ok) model.revoked.add(step.by);
  } else if (step.act === 'approve') {
    const given = model.given.get(step.by);
    if ((await approveShown(letter, one.invitationId, now)).ok && given) given.approved = true;
  } else if (step.act === 'hold' || step.act === 'reject' || step.act === 'put-back') {
    const [row] = (await findSigningOfInvitation(instance.store.read, letter.letterId, one.invitationId))?.signatures ?? [];
    const look = { id: row?.id ?? '', act: step.act, reason: 'a look' };
    const given = model.given.get(step.by);
    // Whatever passed its gates before has to pass a look now.
    if ((await reviewEntry(instance, letter.letter, look, now)).ok && given) Object.assign(given, { asked: false, approved: false });
  } else if ('entry' in step) await sign(letter, one, model, step, now);
}

async function sign(letter: OpenLetter, one: Invited, model: Model, step: Extract<Step, { act: 'sign' }>, now: Date): Promise<void> {
  const { signer, organisation, name, publication: choice, authorised, fresh } = step.entry;
  const fields =
    signer === 'personal' ? asPerson(name) : signer === 'organisation' ? asOrganisation(organisation) : asRepresentative(organisation);
  const given = answer(letter, one, { ...fields, publication: choice });
  const told = authorised ? given : unauthorised(given);
  const seen = fresh ? told.fingerprint : 'b'.repeat(64);
  const signed = await signByInvitation(letter.instance, one.scope, { ...told, fingerprint: seen }, now);
  if (!signed.ok || signed.value.repeated) return;
  // Accepted: then every gate that is not about the list must have been passed.
  const party = PARTIES[step.by] as { organisation?: string; person?: string };
  expect(model.status).toBe('open');
  expect(fresh).toBe(true);
  expect(model.revoked.has(step.by)).toBe(false);
  if (signer !== 'personal') expect([authorised, party.organisation !== undefined]).toEqual([true, true]);
  const asked = signer === 'personal' || party.organisation === organisation;
  model.given.set(step.by, { who: signer === 'personal' ? name : organisation, choice, asked, approved: false });
}

describeEachStore('any order of answers', (open) => {
  it('prints nobody without their gates, nobody who withdrew, and no organisation twice', { timeout: runTime(120_000) }, async () => {
    const instance = testInstance((await open()).store);
    const first = await openTestLetter(instance);
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 25 }), async (steps) => {
        const letter = await openLetterIn(instance, first.letter as never, letterInput(), hoursLater(0));
        const invited: Invited[] = [];
        for (const party of PARTIES) invited.push(await invite(letter, party));
        const model: Model = { given: new Map(), withdrawn: new Set(), revoked: new Set(), status: 'open' };
        for (const each of steps) {
          await take(letter, invited, model, each);
          const may = [...model.given]
            .filter(([by, given]) => !model.withdrawn.has(by) && (given.asked || given.approved))
            .map(([, given]) => given);
          for (const edition of ['public', 'addressee'] as const) {
            const printed = await printedNames(letter, edition);
            const allowed = may.filter(({ choice }) => choice === 'public' || (edition === 'addressee' && choice === 'addressee'));
            for (const name of printed) expect(allowed.map(({ who }) => who)).toContain(name);
            const organisations = printed.filter((name) => (ORGANISATIONS as readonly string[]).includes(name));
            expect(new Set(organisations).size).toBe(organisations.length);
          }
          const { organisationCount, personCount } = await letterRow(letter);
          const people = may.filter(({ who }) => (PEOPLE as readonly string[]).includes(who)).length;
          expect(personCount).toBe(people);
          expect(organisationCount).toBeLessThanOrEqual(
            new Set(may.filter(({ who }) => !(PEOPLE as readonly string[]).includes(who)).map(({ who }) => who)).size,
          );
        }
      }),
      { numRuns: runs(8, 500) },
    );
  });
});
