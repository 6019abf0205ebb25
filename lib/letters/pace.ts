export interface PaceLimits {
  /** How long a piece should take, in milliseconds. */
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

  /** Down at once, up by and by: a commit that waited for the disk says little about the next. */
  took(milliseconds: number): void {
    const { aimMs, least, most } = this.#limits;
    const change = Math.min(Math.max(aimMs / Math.max(milliseconds, 1), 0.5), 1.25);
    this.#rows = Math.min(Math.max(this.#rows * change, least), most);
  }
}
