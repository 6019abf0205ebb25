import { findSigning, holdLetter, type SigningRow, withdrawSignatures } from '../../db/queries/signatures.ts';
import type { Tx } from '../../db/store.ts';
import type { SigningProof, SigningScope } from '../access/scope.ts';
import { appendAudit } from '../audit/append.ts';
import type { Instance } from '../instance.ts';
import { findLetterFacts } from '../invitations/mail.ts';
import { queueMail } from '../outbox/queue.ts';
import { attempt } from '../shared/attempt.ts';
import { type Result, refusal } from '../shared/result.ts';
import { countListed } from './counts.ts';
import { endConfirmations } from './end-confirmations.ts';
import { withdrawalMail } from './mail.ts';
import { findOwnAddress } from './own-address.ts';

export interface WithdrawInput {
  /** The signing that the page was of. */
  readonly signing: string;
  /** One entry of several; null for all of them. */
  readonly entry: string | null;
}

/**
 * Takes back what somebody signed, whatever has become of the letter: the names leave page, list and every later document with the next
 * request. A second time changes nothing.
 */
export async function withdrawSigning(
  instance: Instance,
  scope: SigningScope,
  input: WithdrawInput,
  now: Date,
): Promise<Result<{ readonly withdrawn: number }, 'other-signing' | 'not-signed'>> {
  const { letterId, signingId } = scope;
  if (input.signing !== signingId) return refusal('other-signing');
  return await attempt<{ readonly withdrawn: number }, 'not-signed'>(instance.store, async (tx, refuse) => {
    await holdLetter(tx, letterId);
    const given = await findSigning(tx, letterId, signingId);
    if (!given || (input.entry !== null && !given.signatures.some(({ id }) => id === input.entry))) return refuse('not-signed');
    return { withdrawn: await takeOut(tx, instance, scope, given.signing, { entry: input.entry }, now) };
  });
}

/**
 * Ends what is live of a signing, or one entry of it, with counts, log and the mail that tells its owner; for whoever holds the letter's row.
 * @returns how many entries ended by it
 */
export async function takeOut(
  tx: Tx,
  instance: Instance,
  proof: SigningProof,
  signing: SigningRow,
  {
    entry,
    more = {},
  }: { readonly entry: string | null /** Said in the log beside it. */; readonly more?: Readonly<Record<string, string>> },
  now: Date,
): Promise<number> {
  const { letterId, signingId } = proof;
  const ended = await withdrawSignatures(tx, signingId, entry, now);
  if (ended.length === 0) return 0;
  // What nobody has confirmed and is there no more cannot be confirmed any more.
  if (
    signing.confirmedAt === null &&
    !(await findSigning(tx, letterId, signingId))?.signatures.some(({ status }) => status === 'pending')
  ) {
    await endConfirmations(tx, signingId, null, now);
  }
  await countListed(
    tx,
    letterId,
    ended.filter((one) => one.listed).map((one) => one.row),
    -1,
  );
  const actor = { kind: 'signatory', id: signingId } as const;
  const record = { signing: signingId, signatures: ended.map((one) => one.row.id), ...more };
  await appendAudit(tx, instance, { scope: { kind: 'letter', id: letterId }, type: 'signature-withdrawn', actor, record }, now);
  const facts = await findLetterFacts(tx, letterId);
  if (facts && facts.headline !== null && !facts.letter.sample) {
    const { about, ...to } = await findOwnAddress(tx, instance, proof, signing);
    if (to.email !== '') await queueMail(tx, instance, 'receipt', withdrawalMail(facts, to), about, now);
  }
  return ended.length;
}
