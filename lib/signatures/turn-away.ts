import { type GivenSigning, reviewSignature } from '../../db/queries/signatures.ts';
import type { Tx } from '../../db/store.ts';
import type { LetterScope } from '../access/scope.ts';
import { appendAudit } from '../audit/append.ts';
import type { Instance } from '../instance.ts';
import { endConfirmations } from './end-confirmations.ts';
import { withStep } from './review-trail.ts';
import { signatureStatusesFor } from './status.ts';

/**
 * A coordinator takes back an invitation that somebody signed whom nobody has proved: a link that went from hand to hand reached the wrong
 * one. What waits ends, and no mail that asked to confirm it leads into the list any more. For whoever holds the letter's row.
 */
export async function turnAway(
  tx: Tx,
  instance: Instance,
  { letterId, memberId }: Pick<LetterScope, 'letterId' | 'memberId'>,
  { signing, signatures }: GivenSigning,
  now: Date,
): Promise<void> {
  for (const row of signatures) {
    if (row.status !== 'pending') continue;
    const record = { signature: row.id, invitation: signing.invitationId, from: row.status, to: 'rejected' };
    const actor = { kind: 'member', id: memberId } as const;
    const event = { scope: { kind: 'letter', id: letterId }, type: 'signature-rejected', actor, record } as const;
    const sequence = await appendAudit(tx, instance, event, now);
    const review = withStep(instance.keys, row, { sequence, reason: '' });
    const change = { status: 'rejected', endedAt: now, reviewedBy: memberId, reviewedAt: now, review } as const;
    if (!(await reviewSignature(tx, letterId, row.id, signatureStatusesFor('turn-away'), change))) {
      throw new Error(`signature ${row.id} changed while its letter was held`);
    }
  }
  await endConfirmations(tx, signing.id, null, now);
}
