// Migrates a database once a file is there and prints the outcome: words are that file, the data folder and, for a server, the address.
import { existsSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { migrateDatabase } from '../../../../db/migrate.ts';

const [go = '', dataDir = '', databaseUrl = ''] = process.argv.slice(2);
process.stdout.write('ready\n');
while (!existsSync(go)) await sleep(1);
process.stdout.write(JSON.stringify(await migrateDatabase({ dataDir, databaseUrl: databaseUrl || null })));
