interface Kept<Value> {
  readonly version: string;
  readonly value: Value;
  size: number;
}

/**
 * Values that can be made again, the newest version of each key, as many as fit: the one asked for longest ago goes first. A value is of
 * use only for the very version it was made from, so whoever reads that version from the database each time never sees an old one.
 */
export class BoundedCache<Value> {
  readonly #limit: number;
  /** In the order of use. */
  readonly #kept = new Map<string, Kept<Value>>();
  #size = 0;

  /** @param limit of the sizes together, in whatever unit they are given */
  constructor(limit: number) {
    this.#limit = limit;
  }

  get size(): number {
    return this.#size;
  }

  /** The value of this very version; one of another version is dropped. */
  get(key: string, version: string): Value | undefined {
    const kept = this.#kept.get(key);
    if (kept === undefined) return undefined;
    this.#remove(key);
    if (kept.version !== version) return undefined;
    this.#add(key, kept);
    return kept.value;
  }

  set(key: string, version: string, value: Value, size: number): void {
    this.#remove(key);
    if (size <= this.#limit) this.#add(key, { version, value, size });
  }

  /** Says how large a value turned out, if it is still here. */
  resize(key: string, value: Value, size: number): void {
    const kept = this.#kept.get(key);
    if (kept?.value === value) this.set(key, kept.version, value, size);
  }

  /** Drops a value, unless another has taken its place. */
  delete(key: string, value: Value): void {
    if (this.#kept.get(key)?.value === value) this.#remove(key);
  }

  #add(key: string, kept: Kept<Value>): void {
    this.#kept.set(key, kept);
    this.#size += kept.size;
    for (const oldest of this.#kept.keys()) {
      if (this.#size <= this.#limit) return;
      this.#remove(oldest);
    }
  }

  #remove(key: string): void {
    this.#size -= this.#kept.get(key)?.size ?? 0;
    this.#kept.delete(key);
  }
}
