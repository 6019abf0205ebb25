import { z } from 'zod';
import { findPerson, findPersonByEmailIndex, insertPerson, type PersonRow, setPersonSealed } from '../../db/queries/people.ts';
import type { Tx } from '../../db/store.ts';
import { blindIndex } from '../crypto/blind-index.ts';
import type { EmailAddress } from '../crypto/email-address.ts';
import type { Keys } from '../crypto/keys.ts';
import { seal, unseal } from '../crypto/seal.ts';
import type { Instance } from '../instance.ts';
import { newId } from '../shared/ids.ts';

/** Somebody who runs letters. Their address and name are read only here. */
export interface Person {
  readonly id: string;
  readonly email: string;
  readonly name: string;
}

const SEALED = z.object({ email: z.string(), name: z.string() });

const personPlace = (id: string) => ({ table: 'people', id, scope: 'instance' });

/** Finds a person by address without keeping the address readable. */
export const personIndex = (keys: Keys, email: EmailAddress): Buffer => blindIndex(keys, 'address', 'instance', email.canonical);

export function openPerson(keys: Keys, row: PersonRow): Person {
  const opened = unseal(keys, personPlace(row.id), row.sealed);
  if (!opened.ok) throw new Error(`person ${row.id} cannot be opened: ${opened.reason}`);
  return { id: row.id, ...SEALED.parse(opened.value) };
}

/** The person with this address, made where there is none yet. A name already known stays as its owner gave it. */
export async function ensurePerson(
  tx: Tx,
  { keys, random }: Pick<Instance, 'keys' | 'random'>,
  { email, name }: { readonly email: EmailAddress; readonly name: string },
  now: Date,
): Promise<{ readonly id: string; readonly isNew: boolean }> {
  const emailIndex = personIndex(keys, email);
  const known = await findPersonByEmailIndex(tx, emailIndex);
  if (known) return { id: known.id, isNew: false };
  const id = newId('per', random);
  const sealed = seal(keys, personPlace(id), { email: email.asTyped, name });
  if (await insertPerson(tx, { id, emailIndex, sealed, createdAt: now })) return { id, isNew: true };
  const other = await findPersonByEmailIndex(tx, emailIndex);
  if (!other) throw new Error('the address is taken and yet nobody has it');
  return { id: other.id, isNew: false };
}

/** Gives a person another name, in the transaction of the caller. */
export async function renamePerson(tx: Tx, { keys }: Pick<Instance, 'keys'>, id: string, name: string): Promise<void> {
  const row = await findPerson(tx, id);
  if (!row) throw new Error(`no person ${id} to rename`);
  await setPersonSealed(tx, id, seal(keys, personPlace(id), { email: openPerson(keys, row).email, name }));
}
