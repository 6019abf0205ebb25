import type { Store, Tx } from '../../db/store.ts';
import { type Result, refusal, success } from './result.ts';

class Refused extends Error {
  readonly reason: unknown;
  constructor(reason: unknown) {
    super('refused');
    this.reason = reason;
  }
}

/**
 * Runs a transaction that may turn out to be refused half-way: `refuse` takes back all of it, and its reason is the answer, also where it is
 * said in what was sent off (`Tx.sending`). Never call it inside a try that catches: the refusal travels as an exception until the transaction has been rolled back.
 */
export async function attempt<Value, Reason>(
  store: Pick<Store, 'inTransaction'>,
  work: (tx: Tx, refuse: (reason: Reason) => never) => Promise<Value>,
): Promise<Result<Value, Reason>> {
  try {
    const value = await store.inTransaction((tx) =>
      work(tx, (reason) => {
        throw new Refused(reason);
      }),
    );
    return success(value);
  } catch (error) {
    if (error instanceof Refused) return refusal(error.reason as Reason);
    throw error;
  }
}
