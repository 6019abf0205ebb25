import { findFirstOwner, findMember } from '../../db/queries/coalitions.ts';
import { findPersonByEmailIndex } from '../../db/queries/people.ts';
import { type CoalitionScope, type LetterScope, mintCoalitionScope, mintLetterScope } from '../../lib/access/scope.ts';
import { personIndex } from '../../lib/auth/person.ts';
import { findSignedIn, type SignedIn } from '../../lib/auth/session.ts';
import type { For } from '../../lib/coalitions/access.ts';
import { ensureSetUpLink, foundCoalition } from '../../lib/coalitions/set-up.ts';
import { type EmailAddress, parseEmailAddress } from '../../lib/crypto/email-address.ts';
import type { Instance } from '../../lib/instance.ts';

export function address(text: string): EmailAddress {
  const parsed = parseEmailAddress(text);
  if (!parsed.ok) throw new Error(`${text}: ${parsed.reason}`);
  return parsed.value;
}

export interface FoundedCoalition {
  readonly coalitionId: string;
  /** The owner's cookie. */
  readonly session: string;
  readonly owner: SignedIn;
  /** May do anything: what a gate would have minted for the owner. */
  readonly scope: For<CoalitionScope, never>;
}

/** A coalition founded by its set-up link, as the first start of an instance does. */
export async function foundTestCoalition(instance: Instance, now: Date, email = 'nila@coalition.example'): Promise<FoundedCoalition> {
  const link = await ensureSetUpLink(instance, now);
  const token = link?.split('/').at(-1) ?? '';
  const founding = { token, coalitionName: 'Clear Water Alliance', name: 'Nila Ferro', email: address(email) };
  const founded = await foundCoalition(instance, founding, now);
  if (!founded.ok) throw new Error(founded.reason);
  const { coalitionId, session } = founded.value;
  const owner = await findSignedIn(instance, session, now);
  const member = await findFirstOwner(instance.store.read);
  if (!owner || !member) throw new Error('the owner is not signed in');
  const scope = mintCoalitionScope({ coalitionId, memberId: member.id, role: 'owner' }) as For<CoalitionScope, never>;
  return { coalitionId, session, owner, scope };
}

export const letterScope = (scope: CoalitionScope, letterId: string): For<LetterScope, never> =>
  mintLetterScope({ ...scope, letterId }) as For<LetterScope, never>;

/** The member that an address stands for, or null. */
export async function memberOf(instance: Instance, coalitionId: string, email: string) {
  const person = await findPersonByEmailIndex(instance.store.read, personIndex(instance.keys, address(email)));
  return person && (await findMember(instance.store.read, coalitionId, person.id));
}
