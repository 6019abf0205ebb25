import { and, eq, inArray } from 'drizzle-orm';
import type { Reader, Tx } from '../store.ts';

export type OrganisationRow = Reader['tables']['organisations']['$inferSelect'];
type NewOrganisation = Tx['tables']['organisations']['$inferInsert'];

/** The organisation of that normalised name in the coalition: the one there is, or `organisation` as the first of its name. */
export async function takeOrganisation(tx: Tx, organisation: NewOrganisation): Promise<OrganisationRow> {
  const { organisations } = tx.tables;
  const [made] = await tx.insert(organisations).values(organisation).onConflictDoNothing().returning();
  const found = made ?? (await findOrganisationByName(tx, organisation.coalitionId, organisation.normalisedName));
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

export async function findOrganisationByName(db: Reader, coalitionId: string, normalisedName: string): Promise<OrganisationRow | null> {
  const { organisations } = db.tables;
  const [row] = await db
    .select()
    .from(organisations)
    .where(and(eq(organisations.coalitionId, coalitionId), eq(organisations.normalisedName, normalisedName)))
    .limit(1);
  return row ?? null;
}
