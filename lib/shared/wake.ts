const listener = Symbol.for('undersigned.wake');
const holder = globalThis as { [listener]?: () => void };

/**
 * Tells this process's runners that something was queued. Called inside the transaction: they look a moment after it, and again
 * every few seconds, so a call that comes too early, or in another process, costs time and loses nothing.
 */
export const wakeRunners = (): void => holder[listener]?.();

/** Who is woken: on globalThis, since a built server holds several copies of each module in one process. */
export function listenForWake(wake: () => void): () => void {
  holder[listener] = wake;
  return () => {
    if (holder[listener] === wake) delete holder[listener];
  };
}
