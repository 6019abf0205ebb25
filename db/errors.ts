/** What a database error means, on both engines. Anything else is a bug or lost infrastructure. */
export type DatabaseFault = 'unique' | 'foreign-key' | 'check' | 'append-only' | 'busy' | 'full';

const SQLITE: Readonly<Record<string, DatabaseFault>> = {
  SQLITE_CONSTRAINT_UNIQUE: 'unique',
  // A clash of primary keys has a code of its own.
  SQLITE_CONSTRAINT_PRIMARYKEY: 'unique',
  SQLITE_CONSTRAINT_FOREIGNKEY: 'foreign-key',
  SQLITE_CONSTRAINT_CHECK: 'check',
  SQLITE_CONSTRAINT_TRIGGER: 'append-only',
  SQLITE_BUSY: 'busy',
  SQLITE_FULL: 'full',
  SQLITE_IOERR_WRITE: 'full',
};

const POSTGRES: Readonly<Record<string, DatabaseFault>> = {
  '23505': 'unique',
  '23503': 'foreign-key',
  '23514': 'check',
  '23001': 'append-only',
  '40001': 'busy',
  '40P01': 'busy',
  '53100': 'full',
};

/** The fault behind an error thrown by either engine (drizzle wraps PostgreSQL's as `cause`), or null. */
export function databaseFault(error: unknown): DatabaseFault | null {
  for (let at: unknown = error; typeof at === 'object' && at !== null; at = (at as { cause?: unknown }).cause) {
    const code = (at as { code?: unknown }).code;
    if (typeof code !== 'string') continue;
    const fault = SQLITE[code] ?? POSTGRES[code];
    if (fault) return fault;
  }
  return null;
}
