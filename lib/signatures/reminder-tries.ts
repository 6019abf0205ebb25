import { databaseFault } from '../../db/errors.ts';
import { findSigning } from '../../db/queries/signatures.ts';
import { markSigningReminded } from '../../db/queries/unconfirmed.ts';
import type { Instance } from '../instance.ts';

/** As often as anybody is reminded. */
const ALL = 2;

/**
 * The reminders of one round, each on its own: a row that does not open is tried once and never again, so that it is told of once and
 * neither keeps the others from theirs nor stands before them in every round to come.
 */
export class ReminderTries {
  readonly #instance: Instance;
  readonly #faults: unknown[] = [];

  constructor(instance: Instance) {
    this.#instance = instance;
  }

  /** @throws where the database cannot be had: then nothing is known of the row, and it waits for the next round */
  async add({ id, letterId }: { readonly id: string; readonly letterId: string }, remind: () => Promise<void>): Promise<void> {
    try {
      await remind();
    } catch (error) {
      if (databaseFault(error) !== null) throw error;
      await this.#instance.store.inTransaction(async (tx) => {
        const given = await findSigning(tx, letterId, id);
        if (given) await markSigningReminded(tx, id, given.signing.reminded, ALL);
      });
      this.#faults.push(error);
    }
  }

  /** @throws the first fault of the round, for whoever runs it to report */
  end(): void {
    if (this.#faults.length > 0) throw this.#faults[0];
  }
}
