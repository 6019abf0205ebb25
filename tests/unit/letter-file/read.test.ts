import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import Ajv2020 from 'ajv/dist/2020.js';
import fc from 'fast-check';
import { afterAll, describe, expect, it } from 'vitest';
import type { SignatoryRecord } from '../../../lib/block/record.ts';
import { letterJsonSchema } from '../../../lib/letter-file/json-schema.ts';
import { jsonErrorPlace } from '../../../lib/letter-file/json-syntax.ts';
import { acceptLetterHead } from '../../../lib/letter-file/letter-file.ts';
import { LINE_LIMIT_BYTES } from '../../../lib/letter-file/lines.ts';
import { type OnFault, type ReadLetter, readLetter } from '../../../lib/letter-file/read.ts';
import { writeLetterFile, writeSignatories } from '../../../lib/letter-file/write.ts';
import { collected } from '../../support/collected.ts';
import { runs } from '../../support/property.ts';
import { recordLists } from '../../support/records.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'letter-file-'));
afterAll(() => rmSync(folder, { recursive: true }));
const fileWith = (name: string, content: string | Uint8Array): string => {
  const file = path.join(folder, name);
  writeFileSync(file, content);
  return file;
};

const head = {
  format: 'undersigned-letter/1',
  letter: { authenticLanguage: 'en', texts: [{ language: 'en', headline: 'Keep the ferry', body: 'We ask.' }] },
};
const read = (letter: unknown, lines: string | Uint8Array | null = null, onFault: OnFault = 'refuse') =>
  readLetter({
    letterFile: fileWith('letter.json', typeof letter === 'string' ? letter : JSON.stringify(letter)),
    signatoriesFile: lines === null ? undefined : fileWith('signatories.ndjson', lines),
    onFault,
  });
const faultsOf = async (result: ReturnType<typeof read>): Promise<unknown> => {
  const outcome = await result;
  if (outcome.ok || outcome.reason.type !== 'faults') return outcome;
  return outcome.reason.faults.map(({ place, reason, values }) => [place, reason, values?.['line']]);
};
const opened = async (result: ReturnType<typeof read>): Promise<ReadLetter> => {
  const outcome = await result;
  if (!outcome.ok) throw new Error(JSON.stringify(outcome.reason));
  return outcome.value;
};
const recordsOf = async ({ signatories }: ReadLetter): Promise<SignatoryRecord[]> => {
  const list: SignatoryRecord[] = [];
  for await (const batch of signatories.source()) list.push(...batch);
  return list;
};

describe('readLetter', () => {
  it('applies the defaults where the file is silent', async () => {
    const { file } = await opened(read(head));
    expect(file.letter).toMatchObject({ kind: 'open-letter', date: null, place: null });
    expect(file.block).toEqual({
      initiators: { heading: null, order: 'signing', form: 'stacked', columns: 1 },
      organisations: { heading: null, order: 'alphabetical', form: 'stacked', columns: 1 },
      personal: { heading: null, order: 'signing', form: 'stacked', columns: 1 },
      numbered: false,
      counts: false,
      country: true,
      identificationNote: true,
      justified: false,
    });
  });

  it('names every fault of the letter by place', async () => {
    const text = { language: 'en', headline: 'x\u202E', body: 'a\n\n<i>b</i>', addressee: 'typo' };
    expect(await faultsOf(read({ ...head, letter: { ...head.letter, texts: [text] }, blok: {} }))).toEqual([
      ['letter.texts[0].addressee', 'unknown-key', undefined],
      ['blok', 'unknown-key', undefined],
    ]);
    const { addressee: _, ...known } = text;
    expect(await faultsOf(read({ ...head, letter: { ...head.letter, texts: [known] } }))).toEqual([
      ['letter.texts[0].body', 'raw-html', 3],
      ['letter.texts[0].body', 'raw-html', 3],
      ['letter.texts[0].headline', 'forbidden-character', 1],
    ]);
    expect(await faultsOf(read({ ...head, letter: { ...head.letter, authenticLanguage: 'fr', date: '2026-02-30' } }))).toEqual([
      ['letter.date', 'wrong-value', undefined],
      ['letter.authenticLanguage', 'no-text-in-authentic-language', undefined],
    ]);
    expect(await faultsOf(read({ ...head, letter: { ...head.letter, authenticLanguage: 'fr' } }))).toEqual([
      ['letter.authenticLanguage', 'no-text-in-authentic-language', undefined],
    ]);
    expect(await faultsOf(read({ ...head, format: 'undersigned-letter/2' }))).toEqual([['format', 'wrong-value', undefined]]);
    expect(await faultsOf(read({ ...head, signatories: {} }))).toEqual([['signatories', 'wrong-type', undefined]]);
  });

  it('names the line of what is no JSON', async () => {
    expect(await faultsOf(read('{\n "format": "undersigned-letter/1",\n "letter": {,}\n}'))).toEqual([['', 'not-json', 3]]);
    expect(await faultsOf(read('[]'))).toEqual([['', 'not-a-letter-file', undefined]]);
    expect(await readLetter({ letterFile: path.join(folder, 'none.json'), onFault: 'refuse' })).toMatchObject({
      reason: { type: 'unreadable', code: 'ENOENT' },
    });
  });

  const good = '{"capacity":"personal","name":"Ana Marlow"}';
  const lines = [
    good,
    '',
    '{"capacity":"personal","name":""}',
    '{"capacity":"personal"',
    good.replace('Ana', 'Bo'),
    '{"capacity":"organisation","name":"Ivo"}',
  ].join('\n');

  it('refuses a list with faults, naming each by index and line', async () => {
    expect(await faultsOf(read(head, lines))).toEqual([
      ['signatories[1].name', 'personal-without-name', 3],
      ['signatories[2]', 'not-json', 4],
    ]);
  });

  it.each(['drop', 'hold'] as const)('reads the rest under %s and gives the faulty entries apart', async (onFault) => {
    const letter = await opened(read(head, `${lines}\n`, onFault));
    expect((await recordsOf(letter)).map(({ name }) => name)).toEqual(['Ana Marlow', 'Bo Marlow', 'Ivo']);
    expect(letter.signatories).toMatchObject({ read: 5, accepted: 3, faulty: 2 });
    expect(letter.signatories.flags).toEqual([{ place: 'signatories[4]', reason: 'organisation-without-name', values: { line: 6 } }]);
    const faulty: unknown[] = [];
    for await (const { index, line, given } of letter.signatories.faultyEntries()) faulty.push([index, line, given]);
    expect(faulty).toEqual([
      [1, 3, { capacity: 'personal', name: '' }],
      [2, 4, '{"capacity":"personal"'],
    ]);
  });

  it('reads inline signatories before those of the file, under one count', async () => {
    const letter = { ...head, signatories: [{ capacity: 'personal', name: 'First' }, { capacity: 'personal' }] };
    expect(await faultsOf(read(letter, lines))).toEqual([
      ['signatories[1].name', 'personal-without-name', undefined],
      ['signatories[3].name', 'personal-without-name', 3],
      ['signatories[4]', 'not-json', 4],
    ]);
    expect((await recordsOf(await opened(read(letter, lines, 'drop')))).map(({ name }) => name)).toEqual([
      'First',
      'Ana Marlow',
      'Bo Marlow',
      'Ivo',
    ]);
  });

  it('names lines that are too long or no UTF-8, across the pieces a file is read in', async () => {
    const long = JSON.stringify({ capacity: 'personal', name: 'x'.repeat(3_000_000) });
    const almost = ' '.repeat(LINE_LIMIT_BYTES - good.length) + good;
    const bytes = Buffer.concat([
      Buffer.from(`\uFEFF${good}\r\n${long}\n${almost}\n{"capacity":"personal","name":"`),
      Buffer.from([0xc3, 0x28]),
      Buffer.from(`"}\n${good}\n${'y'.repeat(200_000)}`),
    ]);
    expect(await faultsOf(read(head, bytes))).toEqual([
      ['signatories[1]', 'line-too-long', 2],
      ['signatories[3]', 'not-utf-8', 4],
      ['signatories[5]', 'line-too-long', 6],
    ]);
    expect(await recordsOf(await opened(read(head, bytes, 'drop')))).toHaveLength(3);
  });

  it('gives the same records on every walk, by section too, over many pieces', async () => {
    const many = Array.from({ length: 40_000 }, (_, index) =>
      JSON.stringify(
        index % 7 === 0 ? { capacity: 'organisation', organisation: `Club  ${index}` } : { capacity: 'personal', name: `نام ${index}` },
      ),
    );
    const letter = await opened(read(head, many.join('\n')));
    const first = await recordsOf(letter);
    expect(first).toHaveLength(40_000);
    expect(first[7]).toEqual({ capacity: 'organisation', organisation: 'Club 7' });
    expect(await recordsOf(letter)).toEqual(first);
    let organisations = 0;
    for await (const batch of letter.signatories.source('organisations')) organisations += batch.length;
    expect(organisations).toBe(Math.ceil(40_000 / 7));
  });

  it('will not print from a file that changed since it was judged', async () => {
    const letter = await opened(read(head, lines, 'drop'));
    fileWith('signatories.ndjson', `${lines}\n${good}`);
    await expect(recordsOf(letter)).rejects.toThrow('changed');
  });
});

describe('writeLetterFile', () => {
  it('writes what reads back as the same letter', async () => {
    const full = {
      ...head,
      letter: {
        ...head.letter,
        kind: 'petition',
        date: '2026-05-02',
        place: 'Port Ellery',
        texts: [{ ...head.letter.texts[0], body: '', cc: ['Harbour Council'] }],
      },
      block: { personal: { heading: 'People', columns: 2 }, numbered: true },
    };
    const accepted = acceptLetterHead(full);
    if (!accepted.ok) throw new Error(JSON.stringify(accepted.reason));
    await fc.assert(
      fc.asyncProperty(recordLists, async (list) => {
        const chunks = await collected(writeLetterFile(accepted.value, () => [list]));
        const again = await opened(read(chunks));
        expect(again.file).toEqual(accepted.value);
        expect(await recordsOf(again)).toEqual(list);
        const lines = await collected(writeSignatories(() => [list]));
        expect(await recordsOf(await opened(read(head, lines)))).toEqual(list);
      }),
      { numRuns: runs(60) },
    );
  });
});

describe('a list that is wrong throughout', () => {
  it('counts every fault, also those it does not keep', async () => {
    const outcome = await read(head, '{"capacity":1,"x":2}\n'.repeat(60_000));
    if (outcome.ok || outcome.reason.type !== 'faults') throw new Error('accepted');
    expect(outcome.reason.faults).toHaveLength(100_000);
    expect(outcome.reason.total).toBe(120_000);
  });
});

describe('a list that is no list of JSON objects', () => {
  it.each(['refuse', 'drop', 'hold'] as const)('is refused under %s', async (onFault) => {
    const utf16 = Buffer.from('\uFEFF{"capacity":"personal","name":"Ana"}\n', 'utf16le');
    expect(await faultsOf(read(head, utf16, onFault))).toEqual([['signatories', 'utf-16', undefined]]);
    expect(await faultsOf(read(head, Buffer.from(utf16).swap16(), onFault))).toEqual([['signatories', 'utf-16', undefined]]);
    const [first] = (await faultsOf(read(head, 'name,capacity\nAna,personal\n', onFault))) as unknown[];
    expect(first).toEqual(['signatories', 'no-line-is-json', undefined]);
    expect((await read(head, '\n\n', onFault)).ok).toBe(true);
  });
});

describe('a list that cannot be read twice', () => {
  it('is refused before anything of it is taken', async () => {
    const outcome = await readLetter({
      letterFile: fileWith('letter.json', JSON.stringify(head)),
      signatoriesFile: '/dev/null',
      onFault: 'refuse',
    });
    expect(outcome).toEqual({ ok: false, reason: { type: 'unreadable', file: '/dev/null', code: 'ESPIPE' } });
  });
});

describe('the published schema', () => {
  const published = readFileSync(new URL('../../../public/schemas/undersigned-letter-1.json', import.meta.url), 'utf8');
  it('is what the definition gives', () => {
    expect(published).toBe(letterJsonSchema());
  });
  it('accepts a good file and refuses an unknown key', () => {
    const validate = new Ajv2020({ strict: false, validateFormats: false }).compile(JSON.parse(published));
    expect(validate({ ...head, signatories: [{ capacity: 'personal', name: 'Ana' }] })).toBe(true);
    expect(validate({ ...head, signatories: [{ capacity: 'personal', nom: 'Ana' }] })).toBe(false);
    expect(validate({ ...head, extra: 1 })).toBe(false);
  });
});

describe('jsonErrorPlace', () => {
  it('finds the break in any text that JSON refuses', () => {
    fc.assert(
      fc.property(fc.json({ maxDepth: 3 }), fc.nat(), (json, at) => {
        const cut = at % (json.length + 1);
        const broken = `${json.slice(0, cut)}\u0001${json.slice(cut)}`;
        const { line, column } = jsonErrorPlace(broken);
        expect(line).toBe(1);
        // Inside a string or number the whole token is the place.
        expect(column - 1).toBeLessThanOrEqual(cut);
      }),
    );
    expect(jsonErrorPlace('{\n  "a": 1,\n}')).toEqual({ line: 3, column: 1 });
    expect(jsonErrorPlace('[1, 2')).toEqual({ line: 1, column: 6 });
    expect(jsonErrorPlace('{"a" 1}')).toEqual({ line: 1, column: 6 });
  });
});
