import {
  findFoundingLink,
  hasCoalition,
  insertFoundingLink,
  listMemberships,
  revokeFoundingLinks,
  takeFoundingLink,
} from '../../db/queries/coalitions.ts';
import type { Tx } from '../../db/store.ts';
import { appendAudit } from '../audit/append.ts';
import { ensurePerson, personIndex } from '../auth/person.ts';
import { findJustOpened, startSession } from '../auth/session.ts';
import type { EmailAddress } from '../crypto/email-address.ts';
import { issueToken, parseToken, type Token, tokenHash } from '../crypto/tokens.ts';
import type { Instance } from '../instance.ts';
import { newId } from '../shared/ids.ts';
import { type Result, refusal, success } from '../shared/result.ts';
import { addCoalition, addMember } from './founding.ts';

/**
 * A one-time link that founds the first coalition, for the terminal of whoever starts the instance; null once there is a coalition.
 * Each start makes a new one, which ends the last: the terminal it was printed on may be gone.
 */
export async function ensureSetUpLink(instance: Instance, now: Date): Promise<string | null> {
  const { store, keys, random, config } = instance;
  const token = issueToken('set-up', random);
  return await store.inTransaction(async (tx) => {
    if (await hasCoalition(tx)) return null;
    await revokeFoundingLinks(tx, 'set-up', now);
    await insertFoundingLink(tx, {
      id: newId('lnk', random),
      kind: 'set-up',
      tokenHash: tokenHash(keys, 'set-up', token),
      createdAt: now,
    });
    return `${config.origin}/set-up/${token}`;
  });
}

/** Whether a set-up link still opens; changes nothing. */
export async function isSetUpLink({ store, keys }: Instance, text: string, now: Date): Promise<boolean> {
  const token = parseToken('set-up', text);
  if (!token.ok || (await hasCoalition(store.read))) return false;
  return (await findFoundingLink(store.read, 'set-up', tokenHash(keys, 'set-up', token.value), now)) !== null;
}

/** Whether there is a coalition here already: a set-up link that opens nothing has then done its work. */
export const isSetUp = ({ store }: Instance): Promise<boolean> => hasCoalition(store.read);

export interface Founding {
  /** As it came in the link. */
  readonly token: string;
  readonly coalitionName: string;
  readonly name: string;
  readonly email: EmailAddress;
}

export interface Founded {
  readonly coalitionId: string;
  readonly session: Token<'session'>;
}

/**
 * Founds the first coalition: its owner, and their session, whole or not at all. Of many at once with the same link one founds it; the
 * others, where they are the same press of the button again (`PRESSED_AGAIN_SECONDS`), are given what it made.
 * @returns the session's token for the cookie
 */
export async function foundCoalition(
  instance: Instance,
  { token: text, coalitionName, name, email }: Founding,
  now: Date,
): Promise<Result<Founded, 'link-ended'>> {
  const { store, keys } = instance;
  const token = parseToken('set-up', text);
  if (!token.ok) return refusal('link-ended');
  return await store.inTransaction(async (tx) => {
    const link = await takeFoundingLink(tx, 'set-up', tokenHash(keys, 'set-up', token.value), now);
    if (!link) {
      const again = await justFounded(tx, instance, { link: token.value, email }, now);
      return again ? success(again) : refusal('link-ended');
    }
    // Two starts at once may each have printed a link: whoever comes second finds theirs ended.
    await revokeFoundingLinks(tx, 'set-up', now);
    // The command line may have founded one since.
    if (await hasCoalition(tx)) return refusal('link-ended');
    const { id: personId } = await ensurePerson(tx, instance, { email, name }, now);
    const coalitionId = await addCoalition(tx, instance, coalitionName, now);
    const { id: memberId } = await addMember(tx, instance, { coalitionId, personId, role: 'owner' }, now);
    await appendAudit(
      tx,
      instance,
      {
        scope: { kind: 'coalition', id: coalitionId },
        type: 'coalition-founded',
        actor: { kind: 'member', id: memberId },
        record: { coalition: coalitionName, name, role: 'owner' },
      },
      now,
    );
    return success({ coalitionId, session: await startSession(tx, instance, personId, now, token.value) });
  });
}

/** What the same press of the button made a moment ago: by the same link, for the same address. */
async function justFounded(
  tx: Tx,
  instance: Instance,
  { link, email }: { readonly link: Token<'set-up'>; readonly email: EmailAddress },
  now: Date,
): Promise<Founded | null> {
  const opened = await findJustOpened(tx, instance, link, now);
  if (!opened?.person.emailIndex.equals(personIndex(instance.keys, email))) return null;
  const [first] = await listMemberships(tx, opened.person.id);
  return first ? { coalitionId: first.coalition.id, session: opened.session } : null;
}
