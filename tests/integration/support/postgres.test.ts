import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type PostgresServer, startPostgres } from '../../support/postgres.ts';
import { hasTool } from '../../support/tools.ts';

describe.skipIf(!hasTool('initdb'))('a private PostgreSQL server', () => {
  let server: PostgresServer;
  beforeAll(async () => {
    server = await startPostgres();
  });
  afterAll(() => server.stop());

  it('gives each caller an empty database of its own', async () => {
    for (const url of [server.newDatabase(), server.newDatabase()]) {
      const client = new pg.Client({ connectionString: url });
      await client.connect();
      const tables = await client.query(`select count(*)::int as number from pg_tables where schemaname = 'public'`);
      await client.query('create table mark (id int)');
      await client.end();
      expect(tables.rows).toEqual([{ number: 0 }]);
    }
  });
});
