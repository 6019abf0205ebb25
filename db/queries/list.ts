import { and, asc, count, desc, eq, gt, gte, inArray, isNotNull, isNull, like, lt, lte, notInArray, or, type SQL, sql } from 'drizzle-orm';
import type { Capacity, SignatureStatus } from '../schema/values.ts';
import type { Reader } from '../store.ts';

/** By what way an entry came. `mail`: a personal link that was mailed. */
export const listOrigins = ['mail', 'by-hand', 'open-link', 'vouched', 'import'] as const;
export type ListOrigin = (typeof listOrigins)[number];

/** One status, or the entries of the list whose signatory wants them changed; each has an index of its own. */
export type ListBranch = SignatureStatus | 'proposed' | 'any';

/** What is looked for beside the status, which no index finds. */
export interface ListResidue {
  readonly capacity: Capacity | null;
  readonly origin: ListOrigin | null;
  /** As `soughtIn` gives them; none for all. Entries whose search text is not filled are found whatever they say: they have to be opened. */
  readonly words: readonly string[];
}

export interface PlaceRange {
  /** Both ends belong to it. */
  readonly from: number;
  readonly to: number;
  readonly limit: number;
  /** Which end is read first. */
  readonly newestFirst: boolean;
}

/** Places of entries in a range, in its order, each with what of it is still to be looked into. */
export async function listPlacesOf(db: Reader, letterId: string, branch: ListBranch, residue: ListResidue, range: PlaceRange) {
  const { signatures, signings, invitations } = db.tables;
  const { capacity, origin, words } = residue;
  const said = words.map((word) => like(signatures.searchText, `%${word}%`));
  const found = words.length === 0 ? undefined : or(isNull(signatures.searchText), and(...said));
  return await db
    .select({
      position: signatures.position,
      id: signatures.id,
      batchId: signatures.batchId,
      unread: sql<number>`case when ${signatures.searchText} is null then 1 else 0 end`.mapWith(Number),
      // Nobody opens what the database has found by its plain words.
      sealed: signatures.sealed,
    })
    .from(signatures)
    .innerJoin(signings, eq(signings.id, signatures.signingId))
    .leftJoin(invitations, eq(invitations.id, signings.invitationId))
    .where(
      and(
        inBranch(db, letterId, branch),
        gte(signatures.position, range.from),
        lte(signatures.position, range.to),
        capacity === null ? undefined : eq(signatures.capacity, capacity),
        origin === null ? undefined : cameBy(db, origin),
        found,
      ),
    )
    .orderBy(range.newestFirst ? desc(signatures.position) : asc(signatures.position))
    .limit(range.limit);
}

function inBranch(db: Reader, letterId: string, branch: ListBranch): SQL | undefined {
  const { signatures } = db.tables;
  const ofLetter = eq(signatures.letterId, letterId);
  // Of what was erased nothing is left to be shown, and what is being recorded is nobody's to see yet.
  if (branch === 'any') return and(ofLetter, notInArray(signatures.status, ['erased', 'recording']));
  // Hidden from the planner, which would go through all that is listed instead of the few that wait.
  const isListed = sql`coalesce(${signatures.status}, '') = 'listed'`;
  if (branch === 'proposed') return and(ofLetter, isNotNull(signatures.proposedAt), isListed);
  return and(ofLetter, eq(signatures.status, branch));
}

function cameBy(db: Reader, origin: ListOrigin): SQL | undefined {
  const { signings, invitations } = db.tables;
  switch (origin) {
    case 'mail':
    case 'by-hand':
      return eq(invitations.channel, origin);
    case 'open-link':
      return isNotNull(signings.openLinkId);
    case 'vouched':
      return and(eq(signings.proof, 'vouched'), isNull(signings.batchId));
    case 'import':
      return isNotNull(signings.batchId);
  }
}

/** Where entries of a branch stand, next to a place: some, in the order asked for. */
export async function listNearest(
  db: Reader,
  letterId: string,
  branch: ListBranch,
  page: { readonly place: number; readonly older: boolean; readonly limit: number },
): Promise<readonly number[]> {
  const { position } = db.tables.signatures;
  const rows = await db
    .select({ position })
    .from(db.tables.signatures)
    .where(and(inBranch(db, letterId, branch), page.older ? lt(position, page.place) : gt(position, page.place)))
    .orderBy(page.older ? desc(position) : asc(position))
    .limit(page.limit);
  return rows.map((row) => row.position);
}

/** How many entries a branch has, counted up to `most`. */
export async function countBranch(db: Reader, letterId: string, branch: ListBranch, most: number): Promise<number> {
  const some = db
    .select({ one: sql`1`.as('one') })
    .from(db.tables.signatures)
    .where(inBranch(db, letterId, branch))
    .limit(most)
    .as('some');
  const [row] = await db.select({ entries: count() }).from(some);
  return row?.entries ?? 0;
}

export type ListedRow = Awaited<ReturnType<typeof listRowsAt>>[number];

/** The entries at some places, the newest first, with how they came; those of a batch only once it is active. */
export async function listRowsAt(db: Reader, letterId: string, positions: readonly number[]) {
  if (positions.length === 0) return [];
  const { signatures } = db.tables;
  return await entries(db, and(eq(signatures.letterId, letterId), inArray(signatures.position, [...positions]))).orderBy(
    desc(signatures.position),
  );
}

/** One entry, with how it came; null also for one of another letter. */
export async function findListRow(db: Reader, letterId: string, id: string): Promise<ListedRow | null> {
  const { signatures } = db.tables;
  const [row] = await entries(db, and(eq(signatures.letterId, letterId), eq(signatures.id, id))).limit(1);
  return row ?? null;
}

function entries(db: Reader, where: SQL | undefined) {
  const { signatures, signings, invitations, batches } = db.tables;
  return db
    .select({ signature: signatures, signing: signings, channel: invitations.channel })
    .from(signatures)
    .innerJoin(signings, eq(signings.id, signatures.signingId))
    .leftJoin(invitations, eq(invitations.id, signings.invitationId))
    .leftJoin(batches, eq(batches.id, signatures.batchId))
    .where(and(where, or(isNull(signatures.batchId), eq(batches.state, 'active'))));
}
