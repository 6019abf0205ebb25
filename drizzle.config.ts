import { defineConfig } from 'drizzle-kit';

// drizzle-kit reads its dialect from here only: one schema, two engines, a migrations folder each.
const postgres = process.env['DIALECT'] === 'postgresql';

export default defineConfig({
  dialect: postgres ? 'postgresql' : 'sqlite',
  schema: postgres ? './db/schema/postgres.ts' : './db/schema/sqlite.ts',
  // The check generates into a copy, to see that nothing is missing.
  out: process.env['MIGRATIONS_OUT'] ?? (postgres ? './db/migrations/postgres' : './db/migrations/sqlite'),
  casing: 'snake_case',
});
