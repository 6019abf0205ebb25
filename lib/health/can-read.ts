import { findRateKey } from '../../db/queries/rates.ts';
import type { Reader } from '../../db/store.ts';

/** Whether the database answers at all: the cheapest read there is. Throws where it does not. */
export async function canRead(db: Reader): Promise<true> {
  await findRateKey(db, '');
  return true;
}
