import { z } from 'zod';
import { type Result, refusal } from '../../../lib/shared/result.ts';
import { type ConfirmationScope, openConfirmation } from '../../../lib/signatures/access.ts';
import type { Barrier } from '../../_request/answer.ts';
import { product } from '../../_request/product.ts';
import type { Visitor } from '../../_request/visitor.ts';

/** The clean address of the page behind every link to confirm by. */
export const CONFIRM_PATH = '/confirm';

/** Whoever holds a link to confirm by; others are sent to the page that says why it no longer opens. */
export async function confirmationGate(visitor: Visitor): Promise<Result<ConfirmationScope, Barrier>> {
  const token = visitor.cookie('confirmation');
  const opened = token === null ? refusal('unknown') : await openConfirmation(await product(), token);
  return opened.ok ? opened : refusal({ to: CONFIRM_PATH });
}

/** A button names the signing its page was of: with two links open in one browser, it must not confirm the other one. */
export const ofSigning = z.object({ signing: z.string().max(60) });

/** Presses of one link's buttons. */
export const pressRate = (name: string, { signingId }: ConfirmationScope) => ({
  rule: {
    name,
    windows: [
      { seconds: 60, most: 20 },
      { seconds: 3_600, most: 200 },
    ] as const,
  },
  subject: signingId,
});
