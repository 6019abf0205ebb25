import { and, eq, inArray, ne, sql } from 'drizzle-orm';
import { type Given, prepared, preparedShape } from '../prepared.ts';
import type { Reader } from '../store.ts';
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

type Outcome = Pick<SignatureRow, 'status' | 'flags'>;

function outcomesIn(db: Reader) {
  const { signings, signatures } = db.tables;
  return db
    .select({ status: signatures.status, flags: signatures.flags })
    .from(signings)
    .innerJoin(signatures, eq(signatures.signingId, signings.id));
}

const ofPerson = ({ tables: { signings, signatures } }: Reader, given: Given<Person>) =>
  and(
    eq(signings.letterId, given('letterId', signings.letterId)),
    eq(signings.addressIndex, given('addressIndex', signings.addressIndex)),
    eq(signatures.nameIndex, given('nameIndex', signatures.nameIndex)),
    eq(signatures.capacity, 'personal'),
  );

/** `except` is empty for all. */
const outcomesOfPerson = prepared((db: Reader, given: Given<Person & { readonly except: string }>) => {
  const { id } = db.tables.signatures;
  return outcomesIn(db).where(and(ofPerson(db, given), ne(id, given('except', id))));
});

interface Answered {
  readonly letterId: string;
  readonly invitationId: string;
}

/** A union and no `or`: each half has an index of its own. */
const outcomes = preparedShape((db: Reader, given: Given<Answered & Person>, of: 'invitation' | 'invitation-and-person') => {
  const { letterId, invitationId } = db.tables.signings;
  const ofInvitation = and(eq(letterId, given('letterId', letterId)), eq(invitationId, given('invitationId', invitationId)));
  const byInvitation = outcomesIn(db).where(ofInvitation);
  return of === 'invitation' ? byInvitation : byInvitation.unionAll(outcomesIn(db).where(ofPerson(db, given)));
});

/** What became of everything that was ever signed by an invitation, and of every personal entry of that address and name. */
export async function listOutcomes(
  db: Reader,
  letterId: string,
  { invitationId, person }: Pick<Answered, 'invitationId'> & { readonly person: Omit<Person, 'letterId'> | null },
): Promise<readonly Outcome[]> {
  if (person === null) return await outcomes(db, ['invitation'], { letterId, invitationId, addressIndex: NONE, nameIndex: NONE });
  return await outcomes(db, ['invitation-and-person'], { letterId, invitationId, ...person });
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
  return await outcomesOfPerson(db, { letterId, addressIndex, nameIndex, except: except ?? '' });
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
