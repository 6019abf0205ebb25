import type { SignedIn } from './session.ts';

/**
 * Some acts ask for more than a session, which may stand open on somebody else's screen: a proof of the member's address that is no
 * older than this.
 */
export const STEP_UP_MINUTES = 5;

/**
 * A command's refusal of whoever proved their address too long ago. The request layer answers it with a page that mails a sign-in link,
 * and comes back to the form with what was typed: its mutation keeps the form over a sign-in (`KEPT_OVER_SIGN_IN`).
 */
export const PROVE_AGAIN = 'prove-again';
export type ProveAgain = typeof PROVE_AGAIN;

export const isRecentlyProved = ({ provedAt }: Pick<SignedIn, 'provedAt'>, now: Date): boolean =>
  now.getTime() - provedAt.getTime() <= STEP_UP_MINUTES * 60_000;
