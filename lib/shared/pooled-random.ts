import type { Random } from './ids.ts';

const POOL_BYTES = 4096;

/** Draws in large pieces and hands out small ones: a hundred thousand ids are then no longer mostly system calls. */
export function pooledRandom(random: Random): Random {
  let pool: Buffer = Buffer.alloc(0);
  return (bytes) => {
    if (bytes > pool.length) pool = random(Math.max(bytes, POOL_BYTES));
    const piece = pool.subarray(0, bytes);
    pool = pool.subarray(bytes);
    return piece;
  };
}
