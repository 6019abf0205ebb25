import type { Store, Tx } from '../../db/store.ts';

export interface PaceLimits {
  /** How long a piece should take with its commit, in milliseconds. */
  readonly aimMs: number;
  readonly least: number;
  readonly most: number;
}

/** How many rows the next piece of a long job takes, by how long those before took: a busy or slow machine gets smaller ones. */
export class Pace {
  readonly #limits: PaceLimits;
  #rows: number;

  constructor(limits: PaceLimits) {
    this.#limits = limits;
    this.#rows = limits.least;
  }

  get rows(): number {
    return Math.floor(this.#rows);
  }

  /** How long a piece may work before it goes to its commit: that takes the rest. */
  get workMs(): number {
    return this.#limits.aimMs * WORK_SHARE;
  }

  /** Down at once, up by and by: a commit that waited for the disk says little about the next. */
  took(milliseconds: number): void {
    const { aimMs, least, most } = this.#limits;
    const change = Math.min(Math.max(aimMs / Math.max(milliseconds, 1), 0.5), 1.25);
    this.#rows = Math.min(Math.max(this.#rows * change, least), most);
  }
}

const WORK_SHARE = 0.6;

/** What one transaction of a long job may do: as many rows as the pace says, and fewer once its time is over. */
export interface Piece {
  readonly rows: number;
  /** Asked between two statements: a process that lost its processor in the middle commits what it has. */
  readonly isOver: () => boolean;
}

/**
 * One transaction of a long job, whose time from its beginning to its commit sets the pace of the next.
 * @param work says how many rows it came to
 */
export async function inPace(store: Store, pace: Pace, work: (tx: Tx, piece: Piece) => Promise<number>): Promise<number> {
  let began = 0;
  const done = await store.inTransaction(async (tx) => {
    began = performance.now();
    return await work(tx, { rows: pace.rows, isOver: () => performance.now() - began > pace.workMs });
  });
  pace.took(performance.now() - began);
  return done;
}
