import type { SigningScope } from '../../../lib/access/scope.ts';
import type { Instance } from '../../../lib/instance.ts';
import { type Result, refusal } from '../../../lib/shared/result.ts';
import { openInvitedSigning, openOwnSigning } from '../../../lib/signatures/access.ts';
import type { Barrier } from '../../_request/answer.ts';
import { OWN_PATH } from '../../_request/own-page.ts';
import { product } from '../../_request/product.ts';
import type { Visitor } from '../../_request/visitor.ts';
import { INVITATION_PATH } from '../i/gate.ts';

/**
 * By which link somebody came to what they signed: the one in the receipt of an open link's signing, or that of their invitation. Named in
 * the address of every act, since one browser may hold both, each for another entry.
 */
export type Door = 'own-page' | 'invitation';

export const doorIn = (by: string | null | undefined): Door => (by === 'invitation' ? 'invitation' : 'own-page');
export const doorOf = ({ search }: Visitor): Door => doorIn(search.get('by'));

/** The page with the entries. */
export const pageBehind = (door: Door): string => (door === 'invitation' ? INVITATION_PATH : OWN_PATH);

/** The address of an act, or of a page for one. */
export const ownPath = (door: Door, act: string): string => `${OWN_PATH}/${act}${door === 'invitation' ? '?by=invitation' : ''}`;

export const openDoor = (running: Pick<Instance, 'store' | 'keys'>, door: Door, token: string) =>
  door === 'invitation' ? openInvitedSigning(running, token) : openOwnSigning(running, token);

/** Whoever holds a link to what was signed; others are sent to the page that says how to get in. */
export async function ownGate(visitor: Visitor): Promise<Result<SigningScope, Barrier>> {
  const door = doorOf(visitor);
  const token = visitor.cookie(door);
  const opened = token === null ? refusal('unknown') : await openDoor(await product(), door, token);
  return opened.ok ? opened : refusal({ to: pageBehind(door) });
}

/** Changes of one signing: far more than a person makes, far fewer than a machine would. */
export const ownRate = (name: string, { signingId }: SigningScope) => ({
  rule: {
    name,
    windows: [
      { seconds: 60, most: 20 },
      { seconds: 3_600, most: 200 },
    ] as const,
  },
  subject: signingId,
});
