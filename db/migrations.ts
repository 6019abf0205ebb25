import { fileURLToPath } from 'node:url';

export type MigrationOutcome = { readonly ok: true; readonly applied: number } | { readonly ok: false; readonly reason: 'newer-database' };

/** The folder of an engine's migrations. */
export const migrationsOf = (dialect: 'sqlite' | 'postgres') => fileURLToPath(new URL(`./migrations/${dialect}`, import.meta.url));

/** Whether a database has had a migration that this version does not know. */
export const isNewer = (applied: readonly number[], known: readonly { readonly folderMillis: number }[]) =>
  applied.some((when) => !known.some((migration) => migration.folderMillis === when));
