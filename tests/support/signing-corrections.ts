import { expect } from 'vitest';
import { openConfirmation, openInvitedSigning } from '../../lib/signatures/access.ts';
import { correctOwnEntry, takeBackWish } from '../../lib/signatures/correct.ts';
import { approveWish, correctEntry, refuseWish } from '../../lib/signatures/correct-by-member.ts';
import { correctEntryForm, correctOwnForm } from '../../lib/signatures/correct-schema.ts';
import { viewOwnPage } from '../../lib/signatures/own-view.ts';
import { seenMark } from '../../lib/signatures/seen-mark.ts';
import { signatureRows } from './invited.ts';
import { type Act, type Claim, forum, nth, organisationToken, personToken, quist, type Run, takesSignatures } from './signing-law.ts';
import type { Step } from './signing-steps.ts';

/** The way back to what was signed: the link of the invitation, or of the confirmation. */
export async function ownScope({ open }: Run, act: Act) {
  if (act.invited) return await openInvitedSigning(open.instance, act.invited.token);
  return await openConfirmation(open.instance, act.confirmation ?? '');
}

function changed(run: Run, to: string, one: Claim): Pick<Claim, 'capacity' | 'lead' | 'beside'> {
  const { capacity, lead, beside } = one;
  if (to === 'person' && capacity === 'personal') return { capacity, lead: personToken(run.fresh()), beside };
  if (to === 'organisation') return { capacity: 'organisation', lead: organisationToken(run.fresh()), beside: null };
  if (to === 'invited' && one.door.startsWith('Org')) return { capacity: 'organisation', lead: one.door, beside: null };
  if (to === 'personal' && capacity === 'organisation') return { capacity: 'personal', lead: personToken(run.fresh()), beside: null };
  if (to === 'representative' && capacity === 'organisation')
    return { capacity, lead, beside: beside === null ? personToken(run.fresh()) : null };
  return { capacity, lead, beside };
}

export async function correct(run: Run, act: Act, step: Extract<Step, { act: 'correct' }>): Promise<void> {
  const { open, model } = run;
  const scope = await ownScope(run, act);
  const page = scope.ok ? await viewOwnPage(open.instance, scope.value, model.now) : null;
  const entry = page && nth(page.own.entries, step.entry);
  const one = entry && model.claims.get(entry.signatureId);
  if (!scope.ok || !entry || !one) return;
  const next = changed(run, step.to, one);
  const person = next.capacity === 'personal' ? next.lead : (next.beside ?? act.person);
  const fields = {
    signing: act.signingId,
    entry: one.id,
    seen: entry.seen,
    signer: next.capacity,
    organisation: next.capacity === 'organisation' ? forum(next.lead) : '',
    name: quist(person),
    role: 'Chair',
    representativePrinted: next.beside === null ? '' : 'yes',
    publication: step.choice,
    ...(step.authorised ? { authorised: 'yes' } : {}),
  };
  const [row] = (await signatureRows(open)).filter(({ id }) => id === one.id);
  const done = await correctOwnEntry(open.instance, scope.value, correctOwnForm.parse(fields), model.now);
  if (!done.ok) return;
  expect(['open', 'closed']).toContain(model.status);
  const anew = next.capacity === 'organisation' && (one.capacity !== 'organisation' || next.lead !== one.lead);
  if (anew) expect(step.authorised).toBe(true);
  const named = next.capacity !== one.capacity || next.lead !== one.lead || (model.onApproval && fields.name !== entry.fields.name);
  const wishes =
    row?.status === 'listed' && ((anew && next.lead !== one.door) || (anew && !takesSignatures(model)) || (model.onApproval && named));
  if (wishes) expect(done.value.waits).toBe(true);
  one.choice = step.choice;
  if (done.value.waits) one.wish = next;
  else Object.assign(one, next, { wish: null });
  // Who is to be looked at for another organisation is another one.
  if (row?.status !== 'listed' && anew && next.lead !== one.door) Object.assign(one, { toLookAt: true, looked: false });
  // Of a wish the person who printed goes at once. Somebody else prints with the look alone, and nobody in their place until then.
  if (done.value.waits && next.capacity === one.capacity && next.beside === null) one.beside = null;
}

export async function correctByMember(run: Run, one: Claim, step: Extract<Step, { act: 'correct-by-member' }>): Promise<void> {
  const { open, model } = run;
  const next = changed(run, step.to === 'personal' ? 'person' : step.to, one);
  if (next.capacity !== one.capacity) return;
  const name = next.capacity === 'personal' ? quist(next.lead) : quist(next.beside ?? personToken(run.fresh()));
  const fields = { organisation: next.capacity === 'organisation' ? forum(next.lead) : '', name, role: 'Chair', reason: 'A slip.' };
  const done = await correctEntry(open.instance, open.letter, one.id, correctEntryForm.parse(fields), model.now);
  if (!done.ok) return;
  // Whether a representative prints is not a member's to say; under which name is.
  Object.assign(one, { lead: next.lead, beside: one.beside === null ? null : name.slice(0, -' Quist'.length) });
}

export async function settleWish(run: Run, act: 'approve-wish' | 'refuse-wish' | 'take-back', index: number): Promise<void> {
  const { open, model } = run;
  const one = nth(
    [...model.claims.values()].filter(({ wish }) => wish !== null),
    index,
  );
  const [row] = (await signatureRows(open)).filter(({ id }) => id === one?.id);
  if (!one?.wish || !row) return;
  const { instance, letter } = open;
  if (act === 'approve-wish') {
    const approved = await approveWish(
      instance,
      letter,
      one.id,
      { seen: row.proposed ? seenMark(row.sealed, row.proposed) : '' },
      model.now,
    );
    if (approved.ok) Object.assign(one, one.wish, { wish: null });
  } else if (act === 'refuse-wish') {
    if ((await refuseWish(instance, letter, one.id, { reason: 'No.' }, model.now)).ok) one.wish = null;
  } else {
    const by = model.acts.find(({ signingId }) => signingId === one.signingId);
    const scope = by && (await ownScope(run, by));
    const input = { signing: one.signingId, entry: one.id };
    if (scope?.ok && (await takeBackWish(instance, scope.value, input, model.now)).ok) one.wish = null;
  }
}
