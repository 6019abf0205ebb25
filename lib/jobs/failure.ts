import { databaseFault } from '../../db/errors.ts';

/**
 * An unexpected error in words that may be stored and logged: its kind and where it came from. Never its message: a database error's
 * repeats the values of its statement, names and all.
 */
export function describeFailure(error: unknown): string {
  const fault = databaseFault(error);
  const kind = error instanceof Error ? error.name : typeof error;
  const place = error instanceof Error ? /^\s+at .*?([^/\\() ]+:\d+):\d+\)?$/m.exec(error.stack ?? '')?.[1] : undefined;
  return [kind, fault, place && `at ${place}`].filter(Boolean).join(' ');
}
