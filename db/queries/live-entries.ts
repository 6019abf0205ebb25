import { and, eq, inArray, type SQL, sql } from 'drizzle-orm';
import { type Given, prepared, preparedShape } from '../prepared.ts';
import type { Reader } from '../store.ts';
import { isOneOf, type Listed, sizeOf, valuesOf } from './id-lists.ts';
import type { SignatureRow } from './signatures.ts';

/** Word for word as their indexes have it: with values that come later SQLite looks through the whole list of a letter instead. */
const LIVE_ORGANISATION = sql`capacity = 'organisation' and organisation_id is not null and status in ('confirmed', 'listed')`;
const LIVE_PERSON = sql`capacity = 'personal' and address_index is not null and name_index is not null and status in ('pending', 'confirmed', 'held', 'listed')`;

/** Whether an organisation has a live entry in a letter's list beside `exceptId`. */
export async function hasLiveOrganisation(db: Reader, letterId: string, organisationId: string, exceptId: string): Promise<boolean> {
  const { signatures } = db.tables;
  const rows = await db
    .select({ id: signatures.id })
    .from(signatures)
    .where(and(eq(signatures.letterId, letterId), eq(signatures.organisationId, organisationId), LIVE_ORGANISATION))
    .limit(2);
  return rows.some((row) => row.id !== exceptId);
}

interface Person {
  readonly letterId: string;
  readonly addressIndex: Buffer;
  readonly nameIndex: Buffer;
}

const livePerson = prepared((db: Reader, given: Given<Person>) => {
  const { signatures } = db.tables;
  const { letterId, addressIndex, nameIndex } = signatures;
  return db
    .select({ id: signatures.id })
    .from(signatures)
    .where(
      and(
        eq(letterId, given('letterId', letterId)),
        eq(addressIndex, given('addressIndex', addressIndex)),
        eq(nameIndex, given('nameIndex', nameIndex)),
        LIVE_PERSON,
      ),
    )
    .limit(1);
});

interface Sought {
  readonly letterId: string;
  /** Empty for none. */
  readonly invitationId: string;
  readonly addressIndex: Buffer;
}

/** A union and no `or`: each half has an index of its own. */
const actsOf = preparedShape((db: Reader, given: Given<Sought>, by: 'invitation' | 'address' | 'both') => {
  const { id, letterId, invitationId, addressIndex } = db.tables.signings;
  const acts = (of: SQL) =>
    db
      .select({ id, invitationId })
      .from(db.tables.signings)
      .where(and(eq(letterId, given('letterId', letterId)), of));
  const byInvitation = eq(invitationId, given('invitationId', invitationId));
  const byAddress = eq(addressIndex, given('addressIndex', addressIndex));
  if (by === 'both') return acts(byInvitation).unionAll(acts(byAddress));
  return acts(by === 'invitation' ? byInvitation : byAddress);
});

const entriesOf = preparedShape((db: Reader, given: Given<Listed>, size: number) => {
  const { id, signingId, capacity, nameIndex, status, flags } = db.tables.signatures;
  return db
    .select({ id, signingId, capacity, nameIndex, status, flags })
    .from(db.tables.signatures)
    .where(isOneOf(signingId, given, size));
});

/**
 * The acts first, mostly none, and then their entries: in one join PostgreSQL takes every act for one that stands for as many entries as an
 * imported list, and reads the whole table.
 */
async function listEntriesOf(db: Reader, acts: readonly { readonly id: string }[]): Promise<readonly Entry[]> {
  const ids = [...new Set(acts.map(({ id }) => id))];
  const found: Entry[] = [];
  // Whoever records for others may do so by one address a thousand times.
  for (let from = 0; from < ids.length; from += MOST_AT_ONCE) {
    const some = ids.slice(from, from + MOST_AT_ONCE);
    found.push(...(await entriesOf(db, [sizeOf(some)], valuesOf(some))));
  }
  return found;
}

const MOST_AT_ONCE = 256;

type Entry = Pick<SignatureRow, 'id' | 'signingId' | 'capacity' | 'nameIndex' | 'status' | 'flags'>;
type Outcome = Pick<Entry, 'status' | 'flags'>;

const isPersonal = ({ capacity, nameIndex }: Entry, name: Buffer): boolean => capacity === 'personal' && nameIndex?.equals(name) === true;

/** What became of everything that was ever signed by an invitation, and of every personal entry of that address and name. */
export async function listOutcomes(
  db: Reader,
  letterId: string,
  { invitationId, person }: { readonly invitationId: string; readonly person: Omit<Person, 'letterId'> | null },
): Promise<readonly Outcome[]> {
  const by = person === null ? 'invitation' : 'both';
  const acts = await actsOf(db, [by], { letterId, invitationId, addressIndex: person?.addressIndex ?? NONE });
  const invited = new Set(acts.flatMap((act) => (act.invitationId === invitationId ? [act.id] : [])));
  const entries = await listEntriesOf(db, acts);
  return entries.filter((entry) => invited.has(entry.signingId) || (person !== null && isPersonal(entry, person.nameIndex)));
}

const NONE = Buffer.alloc(0);

/** Whether somebody of that address and name has a live personal entry under the letter. */
export async function hasLivePerson(db: Reader, letterId: string, addressIndex: Buffer, nameIndex: Buffer): Promise<boolean> {
  return (await livePerson(db, { letterId, addressIndex, nameIndex })).length > 0;
}

/** What became of every other personal entry of that address and name under the letter. */
export async function listOutcomesOfPerson(
  db: Reader,
  letterId: string,
  { addressIndex, nameIndex }: Omit<Person, 'letterId'>,
  except: string | null,
): Promise<readonly Outcome[]> {
  const acts = await actsOf(db, ['address'], { letterId, invitationId: '', addressIndex });
  return (await listEntriesOf(db, acts)).filter((entry) => entry.id !== except && isPersonal(entry, nameIndex));
}

/** Which of these organisations have an entry that counts in a letter's list. */
export async function listLiveOrganisations(
  db: Reader,
  letterId: string,
  organisationIds: readonly string[],
): Promise<ReadonlySet<string>> {
  const { signatures } = db.tables;
  if (organisationIds.length === 0) return new Set();
  const rows = await db
    .select({ organisationId: signatures.organisationId })
    .from(signatures)
    .where(and(eq(signatures.letterId, letterId), inArray(signatures.organisationId, [...organisationIds]), LIVE_ORGANISATION));
  return new Set(rows.flatMap(({ organisationId }) => organisationId ?? []));
}

/** The names of these addresses that have a live personal entry under a letter, each as `address name` in hexadecimal digits. */
export async function listLivePersons(db: Reader, letterId: string, addresses: readonly Buffer[]): Promise<ReadonlySet<string>> {
  const { signatures } = db.tables;
  if (addresses.length === 0) return new Set();
  const rows = await db
    .select({ addressIndex: signatures.addressIndex, nameIndex: signatures.nameIndex })
    .from(signatures)
    .where(and(eq(signatures.letterId, letterId), inArray(signatures.addressIndex, [...addresses]), LIVE_PERSON));
  return new Set(rows.map(({ addressIndex, nameIndex }) => personKey(addressIndex, nameIndex)));
}

/** One person's one entry, as `listLivePersons` gives it. */
export const personKey = (addressIndex: Buffer | null, nameIndex: Buffer | null): string =>
  `${addressIndex?.toString('hex') ?? ''} ${nameIndex?.toString('hex') ?? ''}`;
