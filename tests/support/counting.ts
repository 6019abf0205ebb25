import { kept } from '../../db/store.ts';
import type { Instance } from '../../lib/instance.ts';

/** The same instance, which counts the statements of its transactions and reads: those put together, and those run that are kept. */
export function countingStatements(instance: Instance): { readonly instance: Instance; readonly count: () => number } {
  let statements = 0;
  /** Of one that is kept: it may have to be put together first, at once. */
  let keeping = false;
  const noting = <Target extends object>(target: Target): Target =>
    new Proxy(target, {
      get: (from, name) => {
        if (name === kept) {
          statements += 1;
          keeping = true;
          queueMicrotask(() => {
            keeping = false;
          });
        } else if (!keeping && ['select', 'insert', 'update', 'delete'].includes(String(name))) statements += 1;
        return Reflect.get(from, name) as unknown;
      },
    });
  const { store } = instance;
  const counted = {
    ...store,
    read: noting(store.read),
    inTransaction: (work) => store.inTransaction((tx) => work(noting(tx))),
    inTransactionBefore: (work) => store.inTransactionBefore((tx) => work(noting(tx))),
  } as Instance['store'];
  return { instance: { ...instance, store: counted }, count: () => statements };
}
