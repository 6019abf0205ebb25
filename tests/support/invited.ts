import { eq } from 'drizzle-orm';
import { findLetterById } from '../../db/queries/letters.ts';
import type { CoalitionScope, InvitationScope, LetterScope } from '../../lib/access/scope.ts';
import type { For } from '../../lib/coalitions/access.ts';
import type { Instance } from '../../lib/instance.ts';
import { openInvitation } from '../../lib/invitations/access.ts';
import { inviteOne } from '../../lib/invitations/commands.ts';
import { viewInvitations } from '../../lib/invitations/desk-view.ts';
import { inviteForm } from '../../lib/invitations/schema.ts';
import { createLetter } from '../../lib/letters/drafting.ts';
import { frozenText } from '../../lib/letters/freezing.ts';
import { freezeLetter } from '../../lib/letters/opening.ts';
import type { LetterInput } from '../../lib/letters/schema.ts';
import { readMail } from '../../lib/outbox/read.ts';
import { openInvitedSigning } from '../../lib/signatures/access.ts';
import { approveByInvitation } from '../../lib/signatures/approve.ts';
import { type InvitedSignInput, type SignInput, signForm } from '../../lib/signatures/schema.ts';
import { withdrawSigning } from '../../lib/signatures/withdraw.ts';
import { foundTestCoalition, letterScope } from './coalition.ts';
import { letterInput } from './letters.ts';

export const NOW = new Date('2026-03-02T10:00:00Z');
export const hoursLater = (hours: number): Date => new Date(NOW.getTime() + hours * 3_600_000);

export interface OpenLetter {
  readonly instance: Instance;
  readonly letterId: string;
  readonly letter: For<LetterScope, never>;
  readonly fingerprint: string;
}

/** A coalition with one letter, frozen and open. */
export async function openTestLetter(instance: Instance, change: Partial<LetterInput> = {}): Promise<OpenLetter> {
  const { scope } = await foundTestCoalition(instance, NOW);
  return await openLetterIn(instance, scope, letterInput(change), NOW);
}

/** A letter of that coalition, frozen and open. */
export async function openLetterIn(
  instance: Instance,
  scope: For<CoalitionScope, never>,
  input: LetterInput,
  now: Date,
): Promise<OpenLetter> {
  const { letterId } = await createLetter(instance, scope, input, now);
  const letter = letterScope(scope, letterId);
  const draft = frozenText(input, { emptyBody: 'refused' });
  if (!draft.ok) throw new Error('the letter cannot be frozen');
  const frozen = await freezeLetter(instance, letter, { fingerprint: draft.value.fingerprint, revision: 1 }, now);
  if (!frozen.ok) throw new Error(`not frozen: ${JSON.stringify(frozen.reason)}`);
  return { instance, letterId, letter, fingerprint: frozen.value.fingerprint };
}

/** The live tokens that stand in mails which have not left, the newest last. */
export async function tokensInMails(instance: Instance, invitationId: string): Promise<readonly string[]> {
  const rows = await instance.store.read.select().from(instance.store.read.tables.outbox);
  const mails = rows.filter((row) => row.invitationId === invitationId).sort((a, b) => a.createdAt.getTime() - b.createdAt.getTime());
  return mails.flatMap((row) => {
    const mail = readMail(instance, row);
    return mail.ok ? [...(/\/i\/(iv_[\w-]{43})/.exec(mail.value.text) ?? [])].slice(1) : [];
  });
}

export interface Invited {
  readonly invitationId: string;
  readonly token: string;
  readonly scope: InvitationScope;
}

type Party = { readonly organisation: string; readonly name?: string } | { readonly person: string };

let mailboxes = 0;

/** Invites, and opens the link as its owner would. */
export async function invite(
  { instance, letter }: OpenLetter,
  party: Party,
  email = `reader-${++mailboxes}@partner.example`,
  now = NOW,
): Promise<Invited> {
  const who = 'person' in party ? { capacity: 'personal', name: party.person } : { capacity: 'organisation', ...party };
  const invited = await inviteOne(instance, letter, inviteForm.parse({ email, ...who }), now);
  if (!invited.ok) throw new Error(`not invited: ${JSON.stringify(invited.reason)}`);
  const { invitationId } = invited.value;
  const token = (await tokensInMails(instance, invitationId)).at(-1) ?? '';
  const opened = await openInvitation(instance, token);
  if (!opened.ok) throw new Error(opened.reason);
  return { invitationId, token, scope: opened.value };
}

/** An answer as the form sends it, for the text that is open now. */
export function answer(
  { fingerprint }: Pick<OpenLetter, 'fingerprint'>,
  { invitationId }: Pick<Invited, 'invitationId'>,
  fields: object,
): InvitedSignInput {
  const common = { invitation: invitationId, fingerprint, language: 'en', step: 'sign', publication: 'public', authorised: 'yes' };
  return signForm.parse({ ...common, ...fields });
}

/** The same answer without the tick that says that they may sign for the organisation. */
export function unauthorised<Answer extends SignInput>(input: Answer): Answer {
  const [first, ...others] = input.entries.map((entry) => (entry.signer === 'personal' ? entry : { ...entry, authorised: false }));
  if (!first) throw new Error('an answer without an entry');
  return { ...input, entries: [first, ...others] };
}

export const asRepresentative = (organisation: string, name = 'Ilse Okoye') => ({
  signer: 'organisation',
  representativePrinted: 'yes',
  organisation,
  name,
  role: 'Director',
});
export const asOrganisation = (organisation: string, name = 'Ilse Okoye') => ({
  signer: 'organisation',
  organisation,
  name,
  role: 'Director',
});
export const asPerson = (name: string, affiliation = '') => ({ signer: 'personal', name, affiliation });

export async function signatureRows({ instance, letterId }: OpenLetter) {
  const { read } = instance.store;
  const { signatures } = read.tables;
  const rows = await read.select().from(signatures).where(eq(signatures.letterId, letterId));
  return rows.sort((a, b) => a.position - b.position);
}

export const letterRow = async ({ instance, letterId }: OpenLetter) => {
  const row = await findLetterById(instance.store.read, letterId);
  if (!row) throw new Error('no letter');
  return row;
};

/** Takes back everything that was signed by an invitation, as its holder does it on the own page. */
export async function takeBack(instance: Instance, { token }: Pick<Invited, 'token'>, now: Date) {
  const opened = await openInvitedSigning(instance, token);
  if (!opened.ok) return opened;
  return await withdrawSigning(instance, opened.value, { signing: opened.value.signingId, entry: null }, now);
}

/** A coordinator looks at what came by an invitation, as the desk shows it, and approves of it. */
export async function approveShown({ instance, letter }: OpenLetter, invitationId: string, now: Date) {
  const shown = (await viewInvitations(instance, letter, null)).items.find(({ id }) => id === invitationId);
  return await approveByInvitation(instance, letter, { invitationId, seen: shown?.seen ?? '' }, now);
}
