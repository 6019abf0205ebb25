import { existsSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import Database from 'better-sqlite3';
import { afterEach, describe, expect, inject, it } from 'vitest';
import { databaseFile } from '../../../db/open.ts';
import { type CliFolder, newCliFolder } from '../../support/cli.ts';
import { newPostgresDatabase } from '../../support/stores.ts';

const made: CliFolder[] = [];
afterEach(() => {
  for (const folder of made.splice(0)) folder.clear();
});
function newFolder(settings: Readonly<Record<string, string>> = {}): CliFolder {
  const folder = newCliFolder(settings);
  made.push(folder);
  return folder;
}

const letter = {
  format: 'undersigned-letter/1',
  letter: {
    authenticLanguage: 'en',
    texts: [{ language: 'en', headline: 'Wells stay open', addressees: [{ name: 'Ms Ottoline Varga' }], body: '' }],
  },
  signatories: [
    { capacity: 'organisation', organisation: 'Harbour Forum', acronym: 'HF', name: 'Ines Sol' },
    { capacity: 'organisation', name: 'John West' },
    { capacity: 'personal', name: 'Omid Rad', organisation: 'University of Ellery' },
  ],
};
const shy = { capacity: 'personal', name: 'Cleo Moss', publication: 'addressee' };
const voucher = ['--coalition', 'river-watch', '--as', 'nila@coalition.example', '--means', 'paper, sheets 1 to 3'];

describe('undersigned coordinator invite', () => {
  it('founds a coalition with an owner, then adds coordinators to it', async () => {
    const folder = newFolder();
    const first = await folder.run('coordinator', 'invite', 'nila@coalition.example', '--coalition', 'River Watch');
    expect(first.code).toBe(0);
    expect(first.output).toMatch(/^http:\/\/localhost:3000\/join\/mi_[\w-]{43}\n$/);
    expect(first.errors).toContain('The coalition “River Watch” was founded.');
    await folder.join('nila@coalition.example', 'River Watch');
    const second = await folder.runJson('coordinator', 'invite', 'omid@coalition.example', '--coalition', 'River Watch');
    expect(second).toMatchObject({ ok: true, role: 'coordinator', founded: false });
    const wrong = await folder.run('coordinator', 'invite', 'nobody', '--coalition', 'River Watch');
    expect([wrong.code, wrong.errors]).toEqual([2, '"nobody" is no e-mail address.\n']);
  });
});

describe('undersigned import and export', () => {
  it('brings a letter in and out again', async () => {
    const folder = newFolder();
    await folder.join('nila@coalition.example', 'River Watch');
    const brought = await folder.run('import', folder.file('letter.json', letter), ...voucher);
    expect(brought.code).toBe(0);
    expect(brought.errors).toContain('signatories[1] signs for an organisation that it does not name; kept as given');
    const [, letterId = ''] = /^Imported as (let_[\w-]+): 3 listed, 0 held, 0 left out\.\n$/.exec(brought.output) ?? [];
    const out = folder.path('again.json');
    expect(await folder.runJson('export', letterId, '--format', 'json', '--out', out)).toEqual({ ok: true, out, signatories: 3, left: 0 });
    const again = JSON.parse(readFileSync(out, 'utf8')) as typeof letter;
    expect(again.signatories).toEqual(letter.signatories);
    expect(again.letter).toMatchObject(letter.letter);
    const second = await folder.runJson('import', out, ...voucher);
    expect((await folder.run('export', String(second['letterId']), '--format', 'json')).output).toBe(readFileSync(out, 'utf8'));

    expect((await folder.run('export', letterId, '--format', 'csv')).output).toContain('Harbour Forum');
    expect((await folder.run('export', letterId, '--format', 'txt')).output).toMatch(/not final[\s\S]*Harbour Forum[\s\S]*Omid Rad/);
    expect((await folder.run('export', letterId, '--format', 'pdf', '--out', folder.path('letter.pdf'))).code).toBe(0);
    expect(readFileSync(folder.path('letter.pdf')).subarray(0, 5).toString()).toBe('%PDF-');
    symlinkSync(databaseFile(folder.dataDir), folder.path('link.json'));
    for (const own of [folder.path('link.json'), join(folder.dataDir, 'keys.json')]) {
      const { code, errors } = await folder.run('export', letterId, '--format', 'json', '--out', own);
      expect([code, errors]).toEqual([2, expect.stringMatching(/^--out would replace .*, which this instance needs\. .*\n$/)]);
    }
    expect((await folder.run('doctor')).code).toBe(0);
    const none = await folder.run('export', 'let_none', '--format', 'pdf', '--out', folder.path('none.pdf'));
    expect([none.code, none.errors, existsSync(folder.path('none.pdf'))]).toEqual([1, 'There is no letter "let_none".\n', false]);
  });

  it('says how many signatories are not public and so not in the file', async () => {
    const folder = newFolder();
    await folder.join('nila@coalition.example', 'River Watch');
    const file = folder.file('letter.json', { ...letter, signatories: [...letter.signatories, shy] });
    const { letterId } = await folder.runJson('import', file, ...voucher);
    const { output, errors } = await folder.run('export', String(letterId), '--format', 'json');
    expect(errors).toBe('1 of 4 signatories are not in this file: their names are not public.\n');
    expect(output).not.toContain('Cleo');
  });

  it('imports nothing of a file with a fault, unless it is told what to do with it', async () => {
    const folder = newFolder();
    await folder.join('nila@coalition.example', 'River Watch');
    const file = folder.file('letter.json', letter);
    const more = folder.file('more.ndjson', '{"capacity":"personal","name":"Bea Lund"}\n{"capacity":"personal","name":""}\n');
    const refused = await folder.run('import', file, '--signatories', more, ...voucher);
    expect(refused.code).toBe(1);
    expect(refused.errors).toContain('line 2: signatories[4].name is missing');
    const lettersOf = () => folder.withInstance(async ({ store: { read } }) => (await read.select().from(read.tables.letters)).length);
    expect(await lettersOf()).toBe(0);
    const held = await folder.runJson('import', file, '--signatories', more, ...voucher, '--on-fault', 'hold');
    expect(held).toMatchObject({ ok: true, listed: 4, held: 1, dropped: 0 });
    const dropped = await folder.runJson('import', file, '--signatories', more, ...voucher, '--on-fault', 'drop', '--again');
    expect(dropped).toMatchObject({ ok: true, listed: 4, held: 0, dropped: 1 });
    expect(await lettersOf()).toBe(2);
    const stranger = await folder.run('import', file, '--coalition', 'river-watch', '--as', 'x@example.org', '--means', 'paper');
    expect([stranger.code, stranger.errors]).toEqual([1, expect.stringContaining('Nobody with the address x@example.org')]);
  });
});

describe('undersigned import --on-fault hold', () => {
  it('says once how many entries are kept apart, and which cannot be and why', async () => {
    const folder = newFolder();
    await folder.join('nila@coalition.example', 'River Watch');
    const lines = ['{"capacity":"personal","name":""}', '{"capacity":', '7', '{"capacity":"nobody","name":"x"}'];
    const more = folder.file('more.ndjson', `${lines.join('\n')}\n`);
    const args = [folder.file('letter.json', letter), '--signatories', more, ...voucher, '--on-fault', 'hold'];
    const { errors, output } = await folder.run('import', ...args);
    expect(output).toMatch(/: 3 listed, 1 held, 3 left out\.\n$/);
    expect(errors).toContain('4 entries have faults:\n');
    expect(errors).not.toMatch(/are kept apart/);
    const [, said] = errors.split('1 with faults is kept apart and printed nowhere.\n');
    expect(said?.split('\n')).toEqual([
      '3 cannot be kept and were left out:',
      expect.stringMatching(/^ {2}line 2: signatories\[4\] is not valid JSON/),
      expect.stringMatching(/^ {2}line 3: signatories\[5\] must be of type object, not number/),
      expect.stringMatching(/^ {2}line 4: signatories\[6\]\.capacity must be one of/),
      expect.stringMatching(/^To put these right, correct them in the file and import it with --replace let_/),
      '',
    ]);
  });
});

describe('undersigned import --replace', () => {
  it('puts held entries right: each is named with its line, the file is corrected, the letter stays one', async () => {
    const folder = newFolder();
    await folder.join('nila@coalition.example', 'River Watch');
    const file = folder.file('letter.json', letter);
    const lines = ['{"capacity":"personal","name":""}', '', '{"capacity":"organisation","organisation":"The Harbour Forum"}'];
    const more = folder.file('more.ndjson', lines.join('\n'));
    const args = ['import', file, '--signatories', more, ...voucher, '--on-fault', 'hold'];
    const held = await folder.run(...args);
    const [, letterId = ''] = /^Imported as (let_[\w-]+): 3 listed, 2 held, 0 left out\.\n$/.exec(held.output) ?? [];
    expect(held.errors).toContain(
      '1 held, since an organisation counts once:\n  line 3: signatories[4] is a second entry of the organisation at signatories[0]\n',
    );
    expect(held.errors).toContain(`import it with --replace ${letterId}; the letter keeps its address.\n`);

    const again = await folder.run(...args);
    expect([again.code, again.output]).toEqual([1, '']);
    expect(again.errors).toMatch(new RegExp(`\nThese files were imported on [\\d-]{10} as ${letterId}, “Wells stay open”`));

    folder.file('more.ndjson', '{"capacity":"personal","name":"Bea Lund"}\n');
    const right = await folder.runJson('import', file, '--signatories', more, ...voucher, '--replace', letterId);
    expect(right).toMatchObject({ ok: true, replaced: letterId, listed: 4, held: 0, faults: [], duplicatePlaces: [] });
    expect(await folder.runJson('export', letterId, '--format', 'json', '--out', folder.path('x.json'))).toMatchObject({ ok: false });
    const gone = await folder.runJson('import', file, ...voucher, '--replace', letterId);
    expect(gone).toMatchObject({ ok: false, reason: 'no-such-letter' });
  });
});

describe('on a PostgreSQL server', () => {
  it.skipIf(!inject('postgresTemplate'))('does the same', async () => {
    const { url, drop } = await newPostgresDatabase('empty');
    const folder = newFolder({ DATABASE_URL: url });
    expect(await folder.runJson('doctor')).toMatchObject({ ok: true });
    await folder.join('nila@coalition.example', 'River Watch');
    expect(await folder.runJson('migrate')).toEqual({ ok: true, applied: 0 });
    const imported = await folder.runJson('import', folder.file('letter.json', letter), ...voucher);
    expect(imported).toMatchObject({ ok: true, listed: 3 });
    const out = await folder.run('export', String(imported['letterId']), '--format', 'txt');
    expect(out.output).toMatch(/Harbour Forum[\s\S]*Omid Rad/);
    expect(await folder.runJson('doctor')).toMatchObject({ ok: true });
    await drop();
    const gone = await folder.run('export', 'let_x', '--format', 'json');
    expect([gone.code, gone.errors]).toEqual([1, expect.stringMatching(/^The database cannot be opened: .*\n$/)]);
  });
});

describe('undersigned migrate', () => {
  it('makes keys and database, and says when there is nothing to do', async () => {
    const folder = newFolder();
    const first = await folder.run('migrate');
    expect([first.code, first.errors]).toEqual([0, '']);
    expect(first.output).toMatch(/^The database was brought to this version by \d+ migrations?\.\n$/);
    expect(await folder.runJson('migrate')).toEqual({ ok: true, applied: 0 });
  });

  it('leaves a newer database alone, and every command says so', async () => {
    const folder = newFolder();
    await folder.run('migrate');
    const database = new Database(databaseFile(folder.dataDir));
    database.prepare('insert into __drizzle_migrations (hash, created_at) values (?, ?)').run('x', Date.now() + 1e12);
    database.close();
    for (const args of [
      ['migrate'],
      ['export', 'let_x', '--format', 'json'],
      ['coordinator', 'invite', 'a@example.org', '--coalition', 'C'],
    ]) {
      const { code, output, errors } = await folder.run(...args);
      expect([code, output]).toEqual([1, '']);
      expect(errors).toBe('The database was written by a newer version of Undersigned and has been left as it is: use that version.\n');
    }
  });

  it('does not work with the keys of another database', async () => {
    const [folder, other] = [newFolder(), newFolder()];
    await folder.run('migrate');
    await other.run('migrate');
    writeFileSync(join(folder.dataDir, 'keys.json'), readFileSync(join(other.dataDir, 'keys.json')));
    const { code, errors } = await folder.run('export', 'let_x', '--format', 'json');
    expect([code, errors]).toEqual([1, expect.stringContaining('The keys file belongs to another database')]);
  });
});

describe('undersigned doctor', () => {
  const states = (report: Record<string, unknown>) =>
    Object.fromEntries((report['findings'] as { what: string; state: string }[]).map(({ what, state }) => [what, state]));

  it('finds a new instance in order, and changes nothing', async () => {
    const folder = newFolder();
    const before = await folder.run('doctor');
    expect(before.code).toBe(0);
    expect(before.output).toContain('none yet: made at the first start');
    expect(existsSync(folder.dataDir)).toBe(false);
    await folder.run('migrate');
    expect(states(await folder.runJson('doctor'))).toMatchObject({
      keys: 'good',
      database: 'good',
      fonts: 'good',
      outbox: 'good',
      mail: 'note',
    });
  });

  it('tells plainly of keys without a database, and of a database without keys', async () => {
    const folder = newFolder();
    await folder.run('migrate');
    const [file, keys] = [databaseFile(folder.dataDir), join(folder.dataDir, 'keys.json')];
    const kept = readFileSync(keys);
    rmSync(keys);
    expect((await folder.run('doctor')).output).toMatch(/WRONG {2}keys .*is missing although there is a database/);
    writeFileSync(keys, kept, { mode: 0o600 });
    rmSync(file);
    const looked = await folder.run('doctor');
    expect([looked.code, looked.output]).toEqual([0, expect.stringMatching(/note {3}keys .*keys\.json, and no database/)]);
    writeFileSync(file, '');
    rmSync(keys);
    expect((await folder.run('doctor')).output).toMatch(/WRONG {2}keys .*is missing although there is a database/);
  });

  it('tells of the keys also where the database server does not answer', async () => {
    const folder = newFolder({ DATABASE_URL: 'postgres://undersigned@127.0.0.1:1/none' });
    const { code, output } = await folder.run('doctor');
    expect([code, output]).toEqual([1, expect.stringMatching(/WRONG {2}database .*cannot be opened/)]);
    expect(output).toMatch(/note {3}keys .*none at .*keys\.json: that is right only where the database is new/);
  });

  it('notes an import that is under way or was cut off, and calls it wrong once it should be cleared away', async () => {
    const folder = newFolder();
    await folder.join('nila@coalition.example', 'River Watch');
    await folder.runJson('import', folder.file('letter.json', letter), ...voucher);
    const cutOff = async (hours: number) =>
      await folder.withInstance(async ({ store }) => {
        const createdAt = new Date(Date.now() - hours * 3_600_000);
        await store.inTransaction(async (tx) => void (await tx.update(tx.tables.batches).set({ state: 'filling', createdAt })));
      });
    await cutOff(2);
    const young = await folder.run('doctor');
    expect([young.code, young.output]).toEqual([0, expect.stringMatching(/note {3}imports .*1 under way, or cut off/)]);
    await cutOff(26);
    expect((await folder.run('doctor')).output).toMatch(/WRONG {2}imports .*1 left half done/);
  });

  it('says what is wrong, with code 1', async () => {
    const folder = newFolder();
    await folder.run('migrate');
    await folder.withInstance(async ({ store }) => {
      const { outbox, jobs } = store.read.tables;
      const long = new Date(Date.now() - 86_400_000);
      await store.inTransaction(async (tx) => {
        await tx.insert(outbox).values({ id: 'out_1', kind: 'invitation', state: 'queued', runAt: long, createdAt: long });
        await tx.insert(jobs).values({ id: 'job_1', kind: 'x', payload: {}, state: 'failed', runAt: long, createdAt: long });
      });
    });
    const { code, output } = await folder.run('doctor');
    expect(code).toBe(1);
    expect(output).toMatch(/WRONG {2}outbox .*1 waiting/);
    expect(output).toMatch(/WRONG {2}jobs .*1 failed/);
    const bad = await newFolder({ PORT: 'x', APP_ORIGIN: 'http://example.org' }).run('doctor');
    expect(bad.code).toBe(1);
    expect(bad.output).toMatch(/WRONG {2}configuration {2}PORT/);
  });
});
