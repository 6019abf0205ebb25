import { findSigningLink } from '../../db/queries/links.ts';
import { holdLetter } from '../../db/queries/signatures.ts';
import { appendAudit } from '../audit/append.ts';
import { tokenHash } from '../crypto/tokens.ts';
import type { Instance } from '../instance.ts';
import { attempt } from '../shared/attempt.ts';
import type { Result } from '../shared/result.ts';
import type { ConfirmationScope } from './access.ts';
import { endAsked } from './end-confirmations.ts';
import { forgetUnconfirmed } from './unconfirmed.ts';

type DisownRefusal = 'confirmed' | 'gone';

/**
 * The owner of an address says that it was not they who signed: what waits for their confirmation is deleted, address and all.
 * @returns `confirmed` where the button was pressed before: that entry is withdrawn on its own page; `gone` where the link ended meanwhile
 */
export async function disownSigning(instance: Instance, scope: ConfirmationScope, now: Date): Promise<Result<null, DisownRefusal>> {
  const { letterId, signingId } = scope;
  return await attempt<null, DisownRefusal>(instance.store, async (tx, refuse) => {
    await holdLetter(tx, letterId);
    const found = await findSigningLink(tx, 'confirmation', tokenHash(instance.keys, 'confirmation', scope.by));
    if (!found || found.link.revokedAt !== null) return refuse('gone');
    if (found.signing.confirmedAt !== null) return refuse('confirmed');
    // Somebody else's address was typed, by whoever holds the link that was handed to them: their entry goes on waiting for a proof.
    if (scope.asks) await endAsked(tx, instance, scope, scope.asks.email, now);
    else if (!(await forgetUnconfirmed(tx, letterId, signingId))) return refuse('confirmed');
    const actor = { kind: 'signatory', id: signingId } as const;
    await appendAudit(tx, instance, { scope: { kind: 'letter', id: letterId }, type: 'signing-disowned', actor, record: {} }, now);
    return null;
  });
}
