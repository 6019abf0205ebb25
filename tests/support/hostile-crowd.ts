import { and, eq } from 'drizzle-orm';
import { inviteOne } from '../../lib/invitations/commands.ts';
import { inviteForm } from '../../lib/invitations/schema.ts';
import { readMail } from '../../lib/outbox/read.ts';
import { openConfirmation } from '../../lib/signatures/access.ts';
import { confirmSigning } from '../../lib/signatures/confirm.ts';
import { reviewEntry } from '../../lib/signatures/review.ts';
import { openSignForm } from '../../lib/signatures/schema.ts';
import { signByOpenLink } from '../../lib/signatures/sign-by-open-link.ts';
import { type OpenLetter, signatureRows } from './invited.ts';

/** Many people of one letter at a time: their mails are looked through once for all of them. */

export interface Person {
  readonly invitationId: string;
  readonly token: string;
}

export interface Signed {
  readonly signingId: string;
  /** Of their own page. */
  readonly token: string;
}

/** The tokens in a letter's mails of a kind, by what each mail is about. */
async function tokensBy(
  { instance: { store, keys }, letterId }: OpenLetter,
  kind: 'invitation' | 'confirmation',
  by: 'invitationId' | 'signingId',
): Promise<ReadonlyMap<string, string>> {
  const { outbox } = store.read.tables;
  const rows = await store.read
    .select()
    .from(outbox)
    .where(and(eq(outbox.letterId, letterId), eq(outbox.kind, kind)));
  return new Map(
    rows.flatMap((row) => {
      const mail = readMail({ keys }, row);
      const token = mail.ok ? /(?:iv|cf)_[\w-]{43}/.exec(mail.value.text)?.[0] : undefined;
      const about = row[by];
      return token === undefined || about === null ? [] : [[about, token]];
    }),
  );
}

const mailboxOf = (name: string): string => `${name.replaceAll(' ', '-')}@partner.example`;

/** Invites an organisation by each of these names, as nobody has answered yet. */
export async function inviteMany(open: OpenLetter, names: readonly string[], now: Date): Promise<readonly Person[]> {
  const ids: string[] = [];
  for (const name of names) {
    const input = inviteForm.parse({ capacity: 'organisation', organisation: name, email: mailboxOf(name) });
    const invited = await inviteOne(open.instance, open.letter, input, now);
    if (!invited.ok) throw new Error(JSON.stringify(invited.reason));
    ids.push(invited.value.invitationId);
  }
  const tokens = await tokensBy(open, 'invitation', 'invitationId');
  return ids.map((invitationId) => ({ invitationId, token: tokens.get(invitationId) ?? '' }));
}

/** Everybody of these names signs as a person and confirms it. */
export async function signMany(open: OpenLetter, slug: string, names: readonly string[], now: Date): Promise<readonly Signed[]> {
  const { instance, fingerprint } = open;
  const before = new Set((await signatureRows(open)).map(({ signingId }) => signingId));
  for (const name of names) {
    const person = { signer: 'personal', name, email: mailboxOf(name), publication: 'public' };
    const input = openSignForm.parse({ fingerprint, language: 'en', step: 'sign', ...person });
    const signed = await signByOpenLink(instance, slug, input, 'en', now);
    if (!signed.ok) throw new Error(JSON.stringify(signed.reason));
  }
  const signings = (await signatureRows(open)).map(({ signingId }) => signingId).filter((id) => !before.has(id));
  return await confirmAll(open, signings, now);
}

/** Presses the button behind the mails of these signings. @returns those that were confirmed */
async function confirmAll(open: OpenLetter, signings: readonly string[], now: Date): Promise<readonly Signed[]> {
  const tokens = await tokensBy(open, 'confirmation', 'signingId');
  const owned: Signed[] = [];
  for (const signingId of new Set(signings)) {
    const scope = await openConfirmation(open.instance, tokens.get(signingId) ?? '');
    const confirmed = scope.ok ? await confirmSigning(open.instance, scope.value, now) : scope;
    if (confirmed.ok) owned.push({ signingId, token: confirmed.value.ownPage });
  }
  return owned;
}

/** Presses the button behind every mail that asks for it, and lets everything in: the worst that a coordinator can do. */
export async function letEverybodyIn(open: OpenLetter, now: Date): Promise<void> {
  const pending = (await signatureRows(open)).filter(({ status }) => status === 'pending');
  await confirmAll(
    open,
    pending.map(({ signingId }) => signingId),
    now,
  );
  const held = (await signatureRows(open)).filter(({ status }) => status === 'held');
  for (const { id } of held) await reviewEntry(open.instance, open.letter, { id, act: 'approve', reason: '' }, now);
}
