import { and, eq, sql } from 'drizzle-orm';
import { type Given, prepared } from '../prepared.ts';
import type { Tx } from '../store.ts';

/** What a change under a held letter adds to its row, and its log as it is then. */
export interface HeldChange {
  readonly id: string;
  readonly places: number;
  readonly organisations: number;
  readonly persons: number;
  readonly addendumOrganisations: number;
  readonly addendumPersons: number;
  readonly sizeBefore: number;
  readonly size: number;
  readonly frontier: Buffer | null;
}

const change = prepared((tx: Tx, given: Given<HeldChange>) => {
  const { letters } = tx.tables;
  const { signatureSequence, organisationCount, personCount, addendumOrganisationCount, addendumPersonCount, logSize, logFrontier } =
    letters;
  return tx
    .update(letters)
    .set({
      signatureSequence: sql`${signatureSequence} + ${given('places', signatureSequence)}`,
      organisationCount: sql`${organisationCount} + ${given('organisations', organisationCount)}`,
      personCount: sql`${personCount} + ${given('persons', personCount)}`,
      addendumOrganisationCount: sql`${addendumOrganisationCount} + ${given('addendumOrganisations', addendumOrganisationCount)}`,
      addendumPersonCount: sql`${addendumPersonCount} + ${given('addendumPersons', addendumPersonCount)}`,
      logSize: given('size', logSize),
      logFrontier: given('frontier', logFrontier),
    })
    .where(and(eq(letters.id, given('id', letters.id)), eq(logSize, given('sizeBefore', logSize))))
    .returning({ id: letters.id });
});

/** False, and nothing changed, where the log is not as long any more as it was. */
export async function changeHeldLetter(tx: Tx, held: HeldChange): Promise<boolean> {
  return (await change(tx, held)).length === 1;
}
