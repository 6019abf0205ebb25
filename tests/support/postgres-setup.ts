import type { TestProject } from 'vitest/node';
import { migrateDatabase } from '../../db/migrate.ts';
import { startPostgres } from './postgres.ts';
import { hasTool } from './tools.ts';

declare module 'vitest' {
  interface ProvidedContext {
    /** Of a migrated database that others are copied from and nobody writes to; null where the machine has no PostgreSQL. */
    readonly postgresTemplate: string | null;
  }
}

/** One private server for a whole run of the integration tests; each store they open is a copy of its migrated template. */
export default async function setUpPostgres(project: TestProject): Promise<(() => void) | undefined> {
  if (!hasTool('initdb')) {
    project.provide('postgresTemplate', null);
    return undefined;
  }
  const server = await startPostgres();
  try {
    const databaseUrl = server.newDatabase();
    const outcome = await migrateDatabase({ dataDir: '', databaseUrl });
    if (!outcome.ok) throw new Error(`the template was not migrated: ${outcome.reason}`);
    project.provide('postgresTemplate', databaseUrl);
  } catch (error) {
    server.stop();
    throw error;
  }
  return () => server.stop();
}
