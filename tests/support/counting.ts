import type { Instance } from '../../lib/instance.ts';

/** The same instance, which counts the statements that are put together in its transactions and reads. */
export function countingStatements(instance: Instance): { readonly instance: Instance; readonly count: () => number } {
  let statements = 0;
  const noting = <Target extends object>(target: Target): Target =>
    new Proxy(target, {
      get: (from, name) => {
        if (['select', 'insert', 'update', 'delete'].includes(String(name))) statements += 1;
        return Reflect.get(from, name) as unknown;
      },
    });
  const { store } = instance;
  const counted = {
    ...store,
    read: noting(store.read),
    inTransaction: (work) => store.inTransaction((tx) => work(noting(tx))),
  } as Instance['store'];
  return { instance: { ...instance, store: counted }, count: () => statements };
}
