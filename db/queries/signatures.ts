import { and, asc, desc, eq, gt, inArray, isNull, ne, or, type SQL, sql } from 'drizzle-orm';
import type { SignatureStatus } from '../schema/values.ts';
import type { Reader, Tx } from '../store.ts';

type NewSigning = Tx['tables']['signings']['$inferInsert'];
type NewSignature = Tx['tables']['signatures']['$inferInsert'];
type NewConsent = Tx['tables']['consents']['$inferInsert'];

/** Takes `count` places in a letter's order of signing; returns the first, or null where there is no such letter. */
export async function takePositions(tx: Tx, letterId: string, count: number): Promise<number | null> {
  const { letters } = tx.tables;
  const [row] = await tx
    .update(letters)
    .set({ signatureSequence: sql`${letters.signatureSequence} + ${count}` })
    .where(eq(letters.id, letterId))
    .returning({ last: letters.signatureSequence });
  return row ? row.last - count + 1 : null;
}

export async function insertSigning(tx: Tx, signing: NewSigning): Promise<void> {
  await tx.insert(tx.tables.signings).values(signing);
}

/** The same for many, at most a few hundred. */
export async function insertSignings(tx: Tx, rows: readonly NewSigning[]): Promise<void> {
  if (rows.length > 0) await tx.insert(tx.tables.signings).values([...rows]);
}

/**
 * Inserts signatures and tells which were taken: one that would be a second live entry of its organisation, or of the same name at
 * the same address, is left out (partial unique indexes). At most a few hundred rows a call: each column is a bound variable.
 */
export async function insertSignatures(tx: Tx, rows: readonly NewSignature[]): Promise<ReadonlySet<string>> {
  if (rows.length === 0) return new Set();
  const inserted = await tx
    .insert(tx.tables.signatures)
    .values([...rows])
    .onConflictDoNothing()
    .returning({ id: tx.tables.signatures.id });
  return new Set(inserted.map((row) => row.id));
}

export async function insertConsents(tx: Tx, rows: readonly NewConsent[]): Promise<void> {
  if (rows.length > 0) await tx.insert(tx.tables.consents).values([...rows]);
}

/** Adds to the kept counters of listed entries; pages read these, never a count(*). */
export async function addToCounts(tx: Tx, letterId: string, change: { organisations: number; persons: number }): Promise<void> {
  const { letters } = tx.tables;
  await tx
    .update(letters)
    .set({
      organisationCount: sql`${letters.organisationCount} + ${change.organisations}`,
      personCount: sql`${letters.personCount} + ${change.persons}`,
    })
    .where(eq(letters.id, letterId));
}

export type SigningRow = Reader['tables']['signings']['$inferSelect'];
export type SignatureRow = Reader['tables']['signatures']['$inferSelect'];

/**
 * Takes places in the order of signing of a letter that takes signatures: open, its deadline not past, its live version the one that
 * was seen. One guarded statement, so that nothing read before can be out of date; the row is locked until the transaction ends.
 * @returns the first of them
 */
export async function takePlacesInOpenLetter(
  tx: Tx,
  letterId: string,
  seen: { readonly versionId: string; readonly count: number; readonly now: Date },
): Promise<number | null> {
  const { letters } = tx.tables;
  const [row] = await tx
    .update(letters)
    .set({ signatureSequence: sql`${letters.signatureSequence} + ${seen.count}` })
    .where(
      and(
        eq(letters.id, letterId),
        eq(letters.status, 'open'),
        eq(letters.liveVersionId, seen.versionId),
        isNull(letters.deletedAt),
        or(isNull(letters.deadlineAt), gt(letters.deadlineAt, seen.now)),
      ),
    )
    .returning({ last: letters.signatureSequence });
  return row ? row.last - seen.count + 1 : null;
}

/**
 * Locks a letter's row until the transaction ends. Whoever changes an invitation or a signature takes the letter first, so that two
 * transactions never wait for each other. False where there is no such letter.
 */
export async function holdLetter(tx: Tx, letterId: string): Promise<boolean> {
  const { letters } = tx.tables;
  const rows = await tx
    .update(letters)
    .set({ logSize: sql`${letters.logSize}` })
    .where(and(eq(letters.id, letterId), isNull(letters.deletedAt)))
    .returning({ id: letters.id });
  return rows.length === 1;
}

export interface GivenSigning {
  readonly signing: SigningRow;
  /** In the order of signing. */
  readonly signatures: readonly SignatureRow[];
}

/**
 * The signing an invitation was answered with, the last one where its holder changed the answer in between; null also for an invitation
 * to another letter.
 */
export async function findSigningOfInvitation(db: Reader, letterId: string, invitationId: string): Promise<GivenSigning | null> {
  return await findGiven(db, letterId, eq(db.tables.signings.invitationId, invitationId));
}

/** One signing; null also for one of another letter. */
export async function findSigning(db: Reader, letterId: string, id: string): Promise<GivenSigning | null> {
  return await findGiven(db, letterId, eq(db.tables.signings.id, id));
}

async function findGiven(db: Reader, letterId: string, isSought: SQL): Promise<GivenSigning | null> {
  const { signings, signatures } = db.tables;
  const [found] = await db
    .select({ signing: signings })
    .from(signings)
    .leftJoin(signatures, eq(signatures.signingId, signings.id))
    .where(and(isSought, eq(signings.letterId, letterId)))
    .orderBy(desc(signatures.position))
    .limit(1);
  if (!found) return null;
  const { signing } = found;
  const rows = await db.select().from(signatures).where(eq(signatures.signingId, signing.id)).orderBy(asc(signatures.position));
  return { signing, signatures: rows };
}

/** Consents of a signing's signatures, the newest version last. */
export async function listConsents(db: Reader, signatureIds: readonly string[]) {
  const { consents } = db.tables;
  if (signatureIds.length === 0) return [];
  return await db
    .select()
    .from(consents)
    .where(inArray(consents.signatureId, [...signatureIds]))
    .orderBy(asc(consents.givenAt));
}

/**
 * Ends the live signatures of a signing, or one of them, and empties what was printed of them, in one statement.
 * @returns the rows as they are now, and which of them had been listed
 */
export async function withdrawSignatures(
  tx: Tx,
  signingId: string,
  only: string | null,
  now: Date,
): Promise<readonly { row: SignatureRow; listed: boolean }[]> {
  const { signatures } = tx.tables;
  const before = await tx
    .select({ id: signatures.id, status: signatures.status })
    .from(signatures)
    .where(
      and(
        eq(signatures.signingId, signingId),
        only === null ? undefined : eq(signatures.id, only),
        inArray(signatures.status, ['pending', 'confirmed', 'held', 'listed']),
      ),
    );
  if (before.length === 0) return [];
  const rows = await tx
    .update(signatures)
    .set({ status: 'withdrawn', endedAt: now, proposed: null, proposedAt: null, printedName: null, searchText: null, rank: null })
    .where(
      inArray(
        signatures.id,
        before.map((row) => row.id),
      ),
    )
    .returning();
  const listed = new Set(before.filter((row) => row.status === 'listed').map((row) => row.id));
  return rows.map((row) => ({ row, listed: listed.has(row.id) }));
}

/** The signatures each of these invitations was answered with last, in the order of signing, by the invitation's id. */
export async function listSignaturesOfInvitations(
  db: Reader,
  letterId: string,
  invitationIds: readonly string[],
): Promise<ReadonlyMap<string, readonly SignatureRow[]>> {
  const { signings, signatures } = db.tables;
  if (invitationIds.length === 0) return new Map();
  const rows = await db
    .select({ invitationId: signings.invitationId, signature: signatures })
    .from(signings)
    .innerJoin(signatures, eq(signatures.signingId, signings.id))
    .where(and(eq(signings.letterId, letterId), inArray(signings.invitationId, [...invitationIds])))
    .orderBy(asc(signatures.position));
  const byInvitation = Map.groupBy(rows, ({ invitationId }) => invitationId ?? '');
  return new Map([...byInvitation].map(([id, given]) => [id, ofLastSigning(given.map(({ signature }) => signature))]));
}

/** What was signed before an answer was changed is no answer any more. */
const ofLastSigning = (rows: readonly SignatureRow[]): readonly SignatureRow[] =>
  rows.filter(({ signingId }) => signingId === rows.at(-1)?.signingId);

/** Everything that was ever signed by an invitation, in the order of signing. */
export async function listAllOfInvitation(db: Reader, letterId: string, invitationId: string): Promise<readonly SignatureRow[]> {
  const { signings, signatures } = db.tables;
  const rows = await db
    .select({ signature: signatures })
    .from(signings)
    .innerJoin(signatures, eq(signatures.signingId, signings.id))
    .where(and(eq(signings.letterId, letterId), eq(signings.invitationId, invitationId)))
    .orderBy(asc(signatures.position));
  return rows.map(({ signature }) => signature);
}

/** What a coordinator's look changes of an entry. */
export type ReviewChange = Partial<
  Pick<SignatureRow, 'status' | 'authority' | 'flags' | 'listedAt' | 'endedAt' | 'reviewedBy' | 'reviewedAt' | 'review'>
>;

/** One entry as it is; null also for one of another letter. */
export async function findSignature(db: Reader, letterId: string, id: string): Promise<SignatureRow | null> {
  const { signatures } = db.tables;
  const [row] = await db
    .select()
    .from(signatures)
    .where(and(eq(signatures.id, id), eq(signatures.letterId, letterId)))
    .limit(1);
  return row ?? null;
}

/** Changes an entry that is in one of these statuses, and empties what was printed of it, in one statement; null where it is in none. */
export async function reviewSignature(
  tx: Tx,
  letterId: string,
  id: string,
  from: readonly SignatureStatus[],
  change: ReviewChange,
): Promise<SignatureRow | null> {
  const { signatures } = tx.tables;
  const [row] = await tx
    .update(signatures)
    .set({ ...change, printedName: null, searchText: null, rank: null })
    .where(and(eq(signatures.id, id), eq(signatures.letterId, letterId), inArray(signatures.status, [...from])))
    .returning();
  return row ?? null;
}

/** Whether an organisation has a live entry in a letter's list beside `exceptId`. */
export async function hasLiveOrganisation(db: Reader, letterId: string, organisationId: string, exceptId: string): Promise<boolean> {
  const { signatures } = db.tables;
  const rows = await db
    .select({ id: signatures.id })
    .from(signatures)
    .where(
      and(
        eq(signatures.letterId, letterId),
        eq(signatures.organisationId, organisationId),
        eq(signatures.capacity, 'organisation'),
        inArray(signatures.status, ['confirmed', 'listed']),
      ),
    )
    .limit(2);
  return rows.some((row) => row.id !== exceptId);
}

/** Marks the address of a signing as proved; false where it was. */
export async function markConfirmed(
  tx: Tx,
  id: string,
  now: Date,
  change: Partial<Pick<SigningRow, 'sealed' | 'addressIndex' | 'proof' | 'vouchedBy' | 'vouchedMeans' | 'vouchedOn'>> = {},
): Promise<boolean> {
  const { signings } = tx.tables;
  const rows = await tx
    .update(signings)
    .set({ ...change, confirmedAt: now })
    .where(and(eq(signings.id, id), isNull(signings.confirmedAt)))
    .returning({ id: signings.id });
  return rows.length === 1;
}

/** What an entry becomes once its signing is confirmed; false where it is pending no more. */
export async function admitPending(
  tx: Tx,
  id: string,
  change: Pick<SignatureRow, 'status' | 'flags' | 'authority' | 'organisationId' | 'addressIndex' | 'nameIndex' | 'listedAt' | 'endedAt'>,
): Promise<boolean> {
  const { signatures } = tx.tables;
  const rows = await tx
    .update(signatures)
    .set(change)
    .where(and(eq(signatures.id, id), eq(signatures.status, 'pending')))
    .returning({ id: signatures.id });
  return rows.length === 1;
}

/** Whether somebody of that address and name has a live personal entry under the letter. */
export async function hasLivePerson(db: Reader, letterId: string, addressIndex: Buffer, nameIndex: Buffer): Promise<boolean> {
  const { signatures } = db.tables;
  const rows = await db
    .select({ id: signatures.id })
    .from(signatures)
    .where(
      and(
        eq(signatures.letterId, letterId),
        eq(signatures.addressIndex, addressIndex),
        eq(signatures.nameIndex, nameIndex),
        eq(signatures.capacity, 'personal'),
        inArray(signatures.status, ['pending', 'confirmed', 'held', 'listed']),
      ),
    )
    .limit(1);
  return rows.length > 0;
}

/** Every other personal entry of that address and name under the letter, whatever became of it. */
export async function listEntriesOfPerson(
  db: Reader,
  letterId: string,
  { addressIndex, nameIndex }: { readonly addressIndex: Buffer; readonly nameIndex: Buffer },
  except: string | null,
): Promise<readonly SignatureRow[]> {
  const { signings, signatures } = db.tables;
  const rows = await db
    .select({ signature: signatures })
    .from(signings)
    .innerJoin(signatures, eq(signatures.signingId, signings.id))
    .where(
      and(
        eq(signings.letterId, letterId),
        eq(signings.addressIndex, addressIndex),
        eq(signatures.nameIndex, nameIndex),
        eq(signatures.capacity, 'personal'),
        except === null ? undefined : ne(signatures.id, except),
      ),
    );
  return rows.map(({ signature }) => signature);
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
    .where(
      and(
        eq(signatures.letterId, letterId),
        inArray(signatures.organisationId, [...organisationIds]),
        // As its index says it.
        sql`capacity = 'organisation' and organisation_id is not null and status in ('confirmed', 'listed')`,
      ),
    );
  return new Set(rows.flatMap(({ organisationId }) => organisationId ?? []));
}

/** The names of these addresses that have a live personal entry under a letter, each as `address name` in hexadecimal digits. */
export async function listLivePersons(db: Reader, letterId: string, addresses: readonly Buffer[]): Promise<ReadonlySet<string>> {
  const { signatures } = db.tables;
  if (addresses.length === 0) return new Set();
  const rows = await db
    .select({ addressIndex: signatures.addressIndex, nameIndex: signatures.nameIndex })
    .from(signatures)
    .where(
      and(
        eq(signatures.letterId, letterId),
        inArray(signatures.addressIndex, [...addresses]),
        sql`capacity = 'personal' and address_index is not null and name_index is not null and status in ('pending', 'confirmed', 'held', 'listed')`,
      ),
    );
  return new Set(rows.map(({ addressIndex, nameIndex }) => personKey(addressIndex, nameIndex)));
}

/** One person's one entry, as `listLivePersons` gives it. */
export const personKey = (addressIndex: Buffer | null, nameIndex: Buffer | null): string =>
  `${addressIndex?.toString('hex') ?? ''} ${nameIndex?.toString('hex') ?? ''}`;
