// Takes the write lock of an SQLite file, says so, and gives it back after a while: words are the file and the milliseconds.
import { setTimeout as sleep } from 'node:timers/promises';
import Database from 'better-sqlite3';

const [file = '', milliseconds = '0'] = process.argv.slice(2);
const connection = new Database(file);
connection.exec('BEGIN IMMEDIATE');
process.stdout.write('held\n');
await sleep(Number(milliseconds));
connection.exec('COMMIT');
connection.close();
