// Migrates a database and prints the outcome: words are the data folder and, for a server, the address.
import { migrateDatabase } from '../../../../db/migrate.ts';

const [dataDir = '', databaseUrl = ''] = process.argv.slice(2);
process.stdout.write(JSON.stringify(await migrateDatabase({ dataDir, databaseUrl: databaseUrl || null })));
