import { AsyncLocalStorage } from 'node:async_hooks';

const listener = Symbol.for('undersigned.wake');
const holder = globalThis as { [listener]?: () => void };

/**
 * Tells this process's runners that something was queued. Called inside the transaction: they look a moment after it, and again
 * every few seconds, so a call that comes too early, or in another process, costs time and loses nothing.
 */
export const wakeRunners = (): void => holder[listener]?.();

/**
 * Who is woken: on globalThis, since a built server holds several copies of each module in one process.
 * @returns ends it
 */
export function listenForWake(listen: () => void): () => void {
  // Called from inside a transaction it would inherit that transaction's context, and everything it starts would count as part of it.
  const wake = AsyncLocalStorage.bind(listen);
  holder[listener] = wake;
  return () => {
    if (holder[listener] === wake) delete holder[listener];
  };
}
