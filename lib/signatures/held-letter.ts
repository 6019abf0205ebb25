import { changeHeldLetter } from '../../db/queries/held-letter.ts';
import type { LetterRow } from '../../db/queries/letters.ts';
import type { Tx } from '../../db/store.ts';
import { type AuditEvent, writeLogEntry } from '../audit/append.ts';
import type { Instance } from '../instance.ts';
import { holdLetterFacts, type LetterFacts } from '../invitations/mail.ts';
import { byCapacity, type Counted, inAddenda } from './counts.ts';

type Counts = ReturnType<typeof byCapacity>;

const plus = (one: Counts, other: Counts): Counts => ({
  organisations: one.organisations + other.organisations,
  persons: one.persons + other.persons,
});

/**
 * A letter whose row this transaction has locked, with what a signature changes of it: places in the order of signing, counts, the log.
 * They are gathered and written by one statement, `store`, since each of its own would write that wide row anew. Until then nothing else
 * in the transaction may log or count for this letter.
 */
export class HeldLetter {
  readonly facts: LetterFacts;
  #counts: Counts = { organisations: 0, persons: 0 };
  #inAddenda: Counts = this.#counts;
  #places = 0;
  #size: number;
  #frontier: Buffer | null;

  constructor(facts: LetterFacts) {
    this.facts = facts;
    this.#size = facts.letter.logSize;
    this.#frontier = facts.letter.logFrontier;
  }

  /** As the letter is until `store`. */
  get letter(): LetterRow {
    return this.facts.letter;
  }

  /** @returns the first of that many places; they are nobody else's, as the row is locked */
  takePlaces(count: number): number {
    const first = this.letter.signatureSequence + this.#places + 1;
    this.#places += count;
    return first;
  }

  /** Listed entries that come or go. */
  count(rows: readonly Counted[], by: 1 | -1): void {
    this.#counts = plus(this.#counts, byCapacity(rows, by));
    this.#inAddenda = plus(this.#inAddenda, byCapacity(inAddenda(rows), by));
  }

  /** Writes one entry of the letter's log, as `appendAudit` does. */
  async log(tx: Tx, instance: Pick<Instance, 'keys' | 'random'>, event: Omit<AuditEvent, 'scope'>, now: Date): Promise<void> {
    const scope = { kind: 'letter', id: this.letter.id } as const;
    this.#frontier = await writeLogEntry(tx, instance, { scope, ...event }, { sequence: ++this.#size, frontier: this.#frontier }, now);
  }

  /** Once, when all else has been written. */
  async store(tx: Tx): Promise<void> {
    const stored = changeHeldLetter(tx, {
      id: this.letter.id,
      places: this.#places,
      ...this.#counts,
      addendumOrganisations: this.#inAddenda.organisations,
      addendumPersons: this.#inAddenda.persons,
      sizeBefore: this.letter.logSize,
      size: this.#size,
      frontier: this.#frontier,
    });
    await tx.sending(
      stored.then((done) => {
        if (!done) throw new Error(`something else was logged for letter ${this.letter.id} while it was held`);
      }),
    );
  }
}

/** Locks a letter's row, as `holdLetter` does; null where there is no such letter. */
export async function holdForSigning(tx: Tx, letterId: string): Promise<HeldLetter | null> {
  const facts = await holdLetterFacts(tx, letterId);
  return facts && new HeldLetter(facts);
}
