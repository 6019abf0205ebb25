/**
 * `import` against its yardstick: the very rows it writes, put into the same tables by bare prepared statements in one transaction,
 * their sealed bytes at hand. CPU seconds of the whole thing, medians of five turns; the import includes reading, judging and sealing.
 * Run: node tests/bench/import.ts [LETTER.json SIGNATORIES.ndjson]; without files it makes 20,000 signatories up.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type Database from 'better-sqlite3';
import { databaseFile } from '../../db/open.ts';
import { connectSqlite } from '../../db/open-sqlite.ts';
import { inviteCoordinator, joinCoalition } from '../../lib/coalitions/invite.ts';
import { readConfig } from '../../lib/config.ts';
import { type Instance, openInstance } from '../../lib/instance.ts';
import { readLetter } from '../../lib/letter-file/read.ts';
import { importLetter } from '../../lib/letters/import.ts';
import { prepareInstance } from '../../lib/prepare-instance.ts';

const TURNS = 5;
const MADE_UP = 20_000;
const BUDGET = 4;

const cpuSeconds = () => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1e6;
};
const median = (values: readonly number[]) => values.toSorted((a, b) => a - b)[values.length >> 1] ?? Number.NaN;

const folder = mkdtempSync(join(tmpdir(), 'undersigned-bench-'));

function makeUp(): [string, string] {
  const letterFile = join(folder, 'letter.json');
  const signatoriesFile = join(folder, 'signatories.ndjson');
  const text = { language: 'en', headline: 'Wells stay open', body: 'Water is *ours*.' };
  writeFileSync(letterFile, JSON.stringify({ format: 'undersigned-letter/1', letter: { authenticLanguage: 'en', texts: [text] } }));
  const line = (number: number) =>
    JSON.stringify({ capacity: 'personal', name: `Ana Petrović ${number}`, city: `Lüstrin ${number % 97}`, country: 'Freedonia' });
  writeFileSync(signatoriesFile, `${Array.from({ length: MADE_UP }, (_, number) => line(number)).join('\n')}\n`);
  return [letterFile, signatoriesFile];
}

async function newInstance(name: string) {
  const config = readConfig({ DATA_DIR: join(folder, name) }, folder);
  if (!config.ok) throw new Error('bad configuration');
  const prepared = await prepareInstance(config.value, new Date());
  if (!prepared.ok) throw new Error(prepared.reason);
  return await openInstance(config.value);
}

/** A coalition with one owner, who vouches. */
async function found(instance: Instance): Promise<void> {
  const now = new Date();
  const invited = await inviteCoordinator(instance, { email: 'ada@example.org', coalitionName: 'River Watch' }, now);
  if (!invited.ok) throw new Error(invited.reason);
  await joinCoalition(instance, { token: invited.value.link?.split('/').at(-1) ?? '', name: 'Ada', who: null }, now);
}

const TABLES = [
  'people',
  'coalitions',
  'members',
  'organisations',
  'letters',
  'letter_versions',
  'version_texts',
  'batches',
  'signings',
  'signatures',
  'consents',
] as const;

/** Rows of a filled database, and a function that puts them into an empty one by bare statements. */
function takeRows(file: string): (target: Database.Database) => void {
  const source = connectSqlite(file, 'read');
  const tables = TABLES.map((table) => {
    const select = source.prepare(`select * from ${table}`).raw();
    return { table, columns: select.columns().length, rows: select.all() as unknown[][] };
  });
  source.close();
  return (target) => {
    target.exec('begin immediate');
    for (const { table, columns, rows } of tables) {
      const insert = target.prepare(`insert into ${table} values (${Array(columns).fill('?').join(',')})`);
      for (const row of rows) insert.run(row);
    }
    target.exec('commit');
  };
}

const [letterFile = '', signatoriesFile = ''] = process.argv.length > 3 ? process.argv.slice(2) : makeUp();
const measured = { imported: [] as number[], bare: [] as number[] };
try {
  let insertBare: ((target: Database.Database) => void) | undefined;
  for (let turn = 0; turn < TURNS; turn++) {
    const instance = await newInstance(`import-${turn}`);
    await found(instance);
    const before = cpuSeconds();
    const letter = await readLetter({ letterFile, signatoriesFile, onFault: 'drop' });
    if (!letter.ok) throw new Error('the files cannot be read');
    const input = {
      ...letter.value,
      onFault: 'drop',
      fileHash: '',
      again: true,
      coalitionSlug: 'river-watch',
      as: 'ada@example.org',
      means: 'x',
      zone: 'UTC',
    } as const;
    const imported = await importLetter(instance, input, new Date());
    measured.imported.push(cpuSeconds() - before);
    if (!imported.ok) throw new Error(imported.reason);
    const file = databaseFile(instance.config.dataDir);
    await instance.store.close();
    insertBare ??= takeRows(file);

    const empty = await newInstance(`bare-${turn}`);
    const target = connectSqlite(databaseFile(empty.config.dataDir), 'write');
    await empty.store.close();
    const start = cpuSeconds();
    insertBare(target);
    measured.bare.push(cpuSeconds() - start);
    target.close();
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
const imported = median(measured.imported);
const bare = median(measured.bare);
const ratio = imported / bare;
process.stdout.write(
  `import ${imported.toFixed(2)} CPU s, bare prepared inserts ${bare.toFixed(2)} CPU s: ${ratio.toFixed(1)} times (budget ${BUDGET})\n`,
);
process.exitCode = ratio <= BUDGET ? 0 : 1;
