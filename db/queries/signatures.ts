import { and, asc, desc, eq, inArray, isNull, sql } from 'drizzle-orm';
import { type Given, givenEach, insertNewRow, insertRow, namesIn, prepared, preparedShape } from '../prepared.ts';
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
  await insertRow(tx, 'signings', signing);
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
  const [row] = rows;
  if (row === undefined) return new Set();
  if (rows.length === 1) return new Set((await insertNewRow(tx, 'signatures', row)) ? [row.id] : []);
  const inserted = await tx
    .insert(tx.tables.signatures)
    .values([...rows])
    .onConflictDoNothing()
    .returning({ id: tx.tables.signatures.id });
  return new Set(inserted.map((row) => row.id));
}

export async function insertConsents(tx: Tx, rows: readonly NewConsent[]): Promise<void> {
  const [row] = rows;
  if (row === undefined) return;
  if (rows.length === 1) await insertRow(tx, 'consents', row);
  else await tx.insert(tx.tables.consents).values([...rows]);
}

const counted = prepared((tx: Tx, given: Given<{ readonly id: string; readonly organisations: number; readonly persons: number }>) => {
  const { letters } = tx.tables;
  const { organisationCount, personCount } = letters;
  return tx
    .update(letters)
    .set({
      organisationCount: sql`${organisationCount} + ${given('organisations', organisationCount)}`,
      personCount: sql`${personCount} + ${given('persons', personCount)}`,
    })
    .where(eq(letters.id, given('id', letters.id)));
});

/** Adds to the kept counters of listed entries; pages read these, never a count(*). */
export async function addToCounts(tx: Tx, letterId: string, change: { organisations: number; persons: number }): Promise<void> {
  await counted(tx, { id: letterId, ...change });
}

/** The same for those of them who stand in an addendum. */
export async function addToAddendumCounts(tx: Tx, letterId: string, change: { organisations: number; persons: number }): Promise<void> {
  const { letters } = tx.tables;
  const { addendumOrganisationCount, addendumPersonCount } = letters;
  await tx
    .update(letters)
    .set({
      addendumOrganisationCount: sql`${addendumOrganisationCount} + ${change.organisations}`,
      addendumPersonCount: sql`${addendumPersonCount} + ${change.persons}`,
    })
    .where(eq(letters.id, letterId));
}

export type SigningRow = Reader['tables']['signings']['$inferSelect'];
export type SignatureRow = Reader['tables']['signatures']['$inferSelect'];

const heldLetter = prepared((tx: Tx, given: Given<{ readonly id: string }>) => {
  const { letters } = tx.tables;
  return tx
    .update(letters)
    .set({ logSize: sql`${letters.logSize}` })
    .where(and(eq(letters.id, given('id', letters.id)), isNull(letters.deletedAt)))
    .returning({ id: letters.id });
});

/**
 * Locks a letter's row until the transaction ends. Whoever changes an invitation or a signature takes the letter first, so that two
 * transactions never wait for each other. False where there is no such letter.
 */
export async function holdLetter(tx: Tx, letterId: string): Promise<boolean> {
  return (await heldLetter(tx, { id: letterId })).length === 1;
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
  return await findGiven(db, 'invitationId', letterId, invitationId);
}

/** One signing; null also for one of another letter. */
export async function findSigning(db: Reader, letterId: string, id: string): Promise<GivenSigning | null> {
  return await findGiven(db, 'id', letterId, id);
}

type SigningKey = 'id' | 'invitationId';

const givenBy = preparedShape((db: Reader, given: Given<{ readonly letterId: string; readonly sought: string }>, key: SigningKey) => {
  const { signings, signatures } = db.tables;
  return db
    .select({ signing: signings, signature: signatures })
    .from(signings)
    .leftJoin(signatures, eq(signatures.signingId, signings.id))
    .where(and(eq(signings[key], given('sought', signings[key])), eq(signings.letterId, given('letterId', signings.letterId))))
    .orderBy(asc(signatures.position));
});

async function findGiven(db: Reader, key: SigningKey, letterId: string, sought: string): Promise<GivenSigning | null> {
  const rows = await givenBy(db, [key], { letterId, sought });
  // An engine each puts what has no position first or last.
  const { signing } = rows.findLast(({ signature }) => signature !== null) ?? rows.at(-1) ?? {};
  if (!signing) return null;
  return { signing, signatures: rows.flatMap(({ signature }) => (signature?.signingId === signing.id ? [signature] : [])) };
}

const consentOf = prepared((db: Reader, given: Given<{ readonly signatureId: string }>) => {
  const { consents } = db.tables;
  return db
    .select({ fingerprint: consents.fingerprint })
    .from(consents)
    .where(eq(consents.signatureId, given('signatureId', consents.signatureId)))
    .orderBy(desc(consents.givenAt))
    .limit(1);
});

/** Of the text that an entry stands for now, 64 hex digits; null for one that nobody gave here. */
export async function findConsentFingerprint(db: Reader, signatureId: string): Promise<string | null> {
  const [row] = await consentOf(db, { signatureId });
  return row?.fingerprint ?? null;
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

const allOfInvitation = prepared((db: Reader, given: Given<{ readonly letterId: string; readonly invitationId: string }>) => {
  const { signings, signatures } = db.tables;
  const { letterId, invitationId } = signings;
  return db
    .select({ signature: signatures })
    .from(signings)
    .innerJoin(signatures, eq(signatures.signingId, signings.id))
    .where(and(eq(letterId, given('letterId', letterId)), eq(invitationId, given('invitationId', invitationId))))
    .orderBy(asc(signatures.position));
});

/** Everything that was ever signed by an invitation, in the order of signing. */
export async function listAllOfInvitation(db: Reader, letterId: string, invitationId: string): Promise<readonly SignatureRow[]> {
  const rows = await allOfInvitation(db, { letterId, invitationId });
  return rows.map(({ signature }) => signature);
}

/** What a coordinator's look changes of an entry. */
export type ReviewChange = Partial<
  Pick<SignatureRow, 'status' | 'authority' | 'flags' | 'listedAt' | 'addendum' | 'endedAt' | 'reviewedBy' | 'reviewedAt' | 'review'>
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

const confirmedSigning = preparedShape((tx: Tx, given: Given<{ readonly sought: string }>, changed: readonly string[]) => {
  const { signings } = tx.tables;
  return tx
    .update(signings)
    .set(givenEach(signings, changed))
    .where(and(eq(signings.id, given('sought', signings.id)), isNull(signings.confirmedAt)))
    .returning({ id: signings.id });
});

/** Marks the address of a signing as proved; false where it was. */
export async function markConfirmed(
  tx: Tx,
  id: string,
  now: Date,
  change: Partial<Pick<SigningRow, 'sealed' | 'addressIndex' | 'proof' | 'vouchedBy' | 'vouchedMeans' | 'vouchedOn'>> = {},
): Promise<boolean> {
  const whole = { ...change, confirmedAt: now };
  return (await confirmedSigning(tx, [namesIn(whole)], { ...whole, sought: id })).length === 1;
}

const admitted = preparedShape((tx: Tx, given: Given<{ readonly sought: string }>, changed: readonly string[]) => {
  const { signatures } = tx.tables;
  return tx
    .update(signatures)
    .set(givenEach(signatures, changed))
    .where(and(eq(signatures.id, given('sought', signatures.id)), eq(signatures.status, 'pending')))
    .returning({ id: signatures.id });
});

/** What an entry becomes once its signing is confirmed; false where it is pending no more. */
export async function admitPending(
  tx: Tx,
  id: string,
  change: Pick<
    SignatureRow,
    'status' | 'flags' | 'authority' | 'organisationId' | 'addressIndex' | 'nameIndex' | 'listedAt' | 'addendum' | 'endedAt'
  >,
): Promise<boolean> {
  return (await admitted(tx, [namesIn(change)], { ...change, sought: id })).length === 1;
}
