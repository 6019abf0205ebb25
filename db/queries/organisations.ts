import { and, eq, inArray } from 'drizzle-orm';
import { type Given, insertNewRow, prepared } from '../prepared.ts';
import type { Reader, Tx } from '../store.ts';

export type OrganisationRow = Reader['tables']['organisations']['$inferSelect'];
type NewOrganisation = Tx['tables']['organisations']['$inferInsert'];

/** The organisation of that normalised name in the coalition: the one there is, or `organisation` as the first of its name. */
export async function takeOrganisation(tx: Tx, organisation: NewOrganisation): Promise<OrganisationRow> {
  const { coalitionId, normalisedName } = organisation;
  const known = await findOrganisationByName(tx, coalitionId, normalisedName);
  if (known) return known;
  await insertNewRow(tx, 'organisations', organisation);
  const found = await findOrganisationByName(tx, coalitionId, normalisedName);
  if (!found) throw new Error('an organisation is neither there nor can it be made');
  return found;
}

/** The same for many at once, at most a few hundred: ids by normalised name. */
export async function takeOrganisations(
  tx: Tx,
  coalitionId: string,
  rows: readonly Omit<NewOrganisation, 'coalitionId'>[],
): Promise<ReadonlyMap<string, string>> {
  const { organisations } = tx.tables;
  if (rows.length === 0) return new Map();
  await tx
    .insert(organisations)
    .values(rows.map((row) => ({ ...row, coalitionId })))
    .onConflictDoNothing();
  return await findOrganisationIds(
    tx,
    coalitionId,
    rows.map((row) => row.normalisedName),
  );
}

/** Ids by normalised name, of those there are; at most a few hundred names. */
export async function findOrganisationIds(db: Reader, coalitionId: string, names: readonly string[]): Promise<ReadonlyMap<string, string>> {
  const { organisations } = db.tables;
  if (names.length === 0) return new Map();
  const found = await db
    .select({ id: organisations.id, normalisedName: organisations.normalisedName })
    .from(organisations)
    .where(and(eq(organisations.coalitionId, coalitionId), inArray(organisations.normalisedName, [...names])));
  return new Map(found.map((row) => [row.normalisedName, row.id]));
}

const organisationByName = prepared((db: Reader, given: Given<{ readonly coalitionId: string; readonly normalisedName: string }>) => {
  const { organisations } = db.tables;
  const { coalitionId, normalisedName } = organisations;
  return db
    .select()
    .from(organisations)
    .where(and(eq(coalitionId, given('coalitionId', coalitionId)), eq(normalisedName, given('normalisedName', normalisedName))))
    .limit(1);
});

export async function findOrganisationByName(db: Reader, coalitionId: string, normalisedName: string): Promise<OrganisationRow | null> {
  const [row] = await organisationByName(db, { coalitionId, normalisedName });
  return row ?? null;
}
