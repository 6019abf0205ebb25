import { openInvitation } from '../../lib/invitations/access.ts';
import { inviteByHand } from '../../lib/invitations/by-hand.ts';
import { byHandForm } from '../../lib/invitations/schema.ts';
import { openConfirmation } from '../../lib/signatures/access.ts';
import { confirmSigning } from '../../lib/signatures/confirm.ts';
import { viewEntry } from '../../lib/signatures/entry-view.ts';
import { askForProof, proofForm, vouchForSigning } from '../../lib/signatures/proof.ts';
import { signByInvitation } from '../../lib/signatures/sign.ts';
import { answer, type Invited, NOW, type OpenLetter, signatureRows } from './invited.ts';
import { mailTokens } from './open-signed.ts';

export const FORUM = { capacity: 'organisation', organisation: 'Harbour Forum' };
export const BY_VOICE = { means: 'They told me over Signal', date: '2026-03-02' };

/** Makes a link as the desk does, and opens it as whoever was handed it. */
export async function handOver({ instance, letter }: OpenLetter, fields: object): Promise<Invited> {
  const made = await inviteByHand(instance, letter, byHandForm.parse(fields), NOW);
  if (!made.ok) throw new Error(JSON.stringify(made.reason));
  const opened = await openInvitation(instance, made.value.token);
  if (!opened.ok) throw new Error(opened.reason);
  return { ...made.value, scope: opened.value };
}

export async function signs(letter: OpenLetter, by: Invited, fields: object, now = NOW) {
  const signed = await signByInvitation(letter.instance, by.scope, answer(letter, by, fields), now);
  if (!signed.ok) throw new Error(JSON.stringify(signed.reason));
  return signed.value;
}

export const statuses = async (letter: OpenLetter) => (await signatureRows(letter)).map(({ status }) => status);
/** A member vouches for an entry as its page shows it. */
export async function vouch({ instance, letter }: OpenLetter, id: string, said: { readonly date?: string } = {}) {
  const seen = (await viewEntry(instance, letter, id))?.vouchFor.seen ?? '';
  return await vouchForSigning(instance, letter, { id, ...BY_VOICE, ...said, seen }, NOW);
}
export const firstId = async (letter: OpenLetter) => (await signatureRows(letter))[0]?.id ?? '';

/** Presses the button behind the newest mail that asks to confirm. */
export async function confirmNewest({ instance }: OpenLetter, now = NOW) {
  const scope = await openConfirmation(instance, (await mailTokens(instance, 'confirmation')).at(-1) ?? '');
  return scope.ok ? await confirmSigning(instance, scope.value, now) : scope;
}

export async function confirmationOf({ instance }: OpenLetter, token = '') {
  const scope = await openConfirmation(instance, token);
  if (!scope.ok) throw new Error(scope.reason);
  return scope.value;
}

export const asks = ({ instance }: OpenLetter, { scope, invitationId }: Invited, email: string, now: Date) =>
  askForProof(instance, scope, proofForm.parse({ invitation: invitationId, email }), now);

/** How many links keep an address that somebody typed. */
export async function typedAddresses({ instance: { store } }: OpenLetter): Promise<number> {
  const rows = await store.read.select().from(store.read.tables.links);
  return rows.filter(({ kind, sealed }) => kind === 'confirmation' && sealed !== null).length;
}
