import { existsSync, linkSync, mkdirSync, readdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { basename, join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { newCliFolder } from '../../support/cli.ts';
import { scanned } from '../../support/scanned.ts';

const folder = newCliFolder();
afterAll(folder.clear);

const letter = (signatories: readonly unknown[] = []) => ({
  format: 'undersigned-letter/1',
  letter: {
    authenticLanguage: 'en',
    date: '2026-03-02',
    texts: [{ language: 'en', headline: 'Wells stay open', addressees: [{ name: 'Ms Ottoline Varga' }], body: 'Water is *ours*.' }],
  },
  signatories,
});
const signatories = [
  { capacity: 'organisation', organisation: 'Harbour Forum', acronym: 'HF', name: 'Ines Sol' },
  { capacity: 'personal', name: 'Omid Rad', organisation: 'University of Ellery' },
];
const lines = (...entries: unknown[]) =>
  `${entries.map((entry) => (typeof entry === 'string' ? entry : JSON.stringify(entry))).join('\n')}\n`;

describe('undersigned render', () => {
  it('writes every format, with the signatories of both files in order', async () => {
    const file = folder.file('letter.json', letter(signatories));
    const more = folder.file('more.ndjson', lines({ capacity: 'personal', name: 'Bea Lund' }));
    for (const format of ['md', 'html', 'txt', 'pdf']) {
      const out = folder.path(`letter.${format}`);
      const { code, output, errors } = await folder.run('render', file, '--signatories', more, '--out', out);
      expect({ code, output, errors }, format).toEqual({ code: 0, output: '', errors: '' });
      const content = readFileSync(out);
      if (format === 'pdf') expect(content.subarray(0, 5).toString()).toBe('%PDF-');
      else expect(content.toString()).toMatch(/Wells stay open[\s\S]*Harbour Forum[\s\S]*Personal capacity[\s\S]*Omid Rad[\s\S]*Bea Lund/);
    }
  });

  it('gives the same PDF each time, another where it is asked for another', async () => {
    const file = folder.file('letter.json', letter(signatories));
    const hash = async (...options: string[]) =>
      (await folder.runJson('render', file, '--out', folder.path('x.pdf'), ...options))['sha256'];
    const plain = await hash();
    expect(await hash('--page', 'a4')).toBe(plain);
    const others = [await hash('--page', 'letter'), await hash('--untagged'), await hash('--pdfa', '1b'), await hash('--block-only')];
    expect(new Set([plain, ...others]).size).toBe(5);
  });

  it('sets paragraphs justified where the file or the command asks for it', async () => {
    const short = letter(signatories);
    const texts = short.letter.texts.map((text) => ({
      ...text,
      body: 'Everybody who lives along the river asks for its archive. '.repeat(6),
    }));
    const long = { ...short, letter: { ...short.letter, texts } };
    const hash = async (given: object, ...options: string[]) =>
      (await folder.runJson('render', folder.file('letter.json', given), '--out', folder.path('x.pdf'), ...options))['sha256'];
    const ragged = await hash(long);
    const justified = await hash(long, '--justified');
    expect(justified).not.toBe(ragged);
    expect(await hash({ ...long, block: { justified: true } })).toBe(justified);
    expect(await hash({ ...long, block: { justified: false } })).toBe(ragged);
  });

  it('prints the address that verifies the text where it is told the instance', async () => {
    const file = folder.file('letter.json', letter(signatories));
    const out = folder.path('scan.pdf');
    await folder.run('render', file, '--out', out, '--verify-at', 'https://letters.example.org/');
    expect(scanned(readFileSync(out), 1)).toMatch(/^https:\/\/letters\.example\.org\/v\/[0-9a-f]{64}$/);
    await folder.run('render', file, '--out', out);
    expect(() => scanned(readFileSync(out), 1)).toThrow();
    const refused = await folder.run('render', file, '--out', out, '--verify-at', 'https://letters.example.org/v/');
    expect(refused.code).toBe(2);
    expect(refused.errors).toContain('--verify-at is an address without a path');
  });

  it('says which options change nothing here, and does the rest', async () => {
    const file = folder.file('letter.json', letter(signatories));
    const at = ['--verify-at', 'https://letters.example.org'];
    const long = ['--verify-at', `https://${'a'.repeat(63)}.${'b'.repeat(63)}.${'c'.repeat(60)}.example`];
    const said = async (ending: string, ...options: string[]) => {
      const { code, errors } = await folder.run('render', file, '--out', folder.path(`x.${ending}`), ...options);
      expect(code).toBe(0);
      return errors;
    };
    expect(await said('pdf', ...at, '--justified')).toBe('');
    expect(await said('pdf', ...long)).toBe('--verify-at has no effect: the address is too long for a QR code in the foot of a page.\n');
    expect(await said('pdf', '--justified', '--block-only')).toContain('--justified has no effect: a signatory block alone');
    expect((await said('md', ...at, '--justified')).split('\n')).toEqual([
      '--verify-at has no effect: only a PDF has a QR code in its foot.',
      '--justified has no effect: only a PDF is set justified.',
      '',
    ]);
    const json = await folder.runJson('render', file, '--out', folder.path('x.txt'), '--justified');
    expect(json['ineffective']).toEqual(['--justified has no effect: only a PDF is set justified.']);
  });

  it('names the characters that no font has, and none of a script that has one', async () => {
    const file = folder.file('letter.json', letter([{ capacity: 'personal', name: 'ស្រីកុលធីតា 😀' }]));
    const { code, errors } = await folder.run('render', file, '--out', folder.path('boxes.pdf'));
    expect(code).toBe(0);
    expect(errors).toBe(
      'No font here has these characters; each is printed as its code in a box (docs/scripts.md tells the scripts): U+1F600\n',
    );
  });

  it('says where the block alone is asked for, and prints it', async () => {
    const file = folder.file('letter.json', letter(signatories));
    await folder.run('render', file, '--block-only', '--out', folder.path('block.txt'));
    const text = readFileSync(folder.path('block.txt'), 'utf8');
    expect(text).toContain('Harbour Forum');
    expect(text).not.toContain('Water is');
  });

  it('names every fault by place and line, and writes nothing', async () => {
    const file = folder.file('letter.json', letter([{ capacity: 'personal', nam: 'x', name: 'Ana' }]));
    const faulty = lines({ capacity: 'nobody', name: 'x' }, '', { capacity: 'personal', name: '' }, '{"capacity":', {
      capacity: 'organisation',
    });
    const more = folder.file('faulty.ndjson', faulty);
    const { code, output, errors } = await folder.run('render', file, '--signatories', more, '--out', folder.path('none.md'));
    expect([code, output]).toEqual([1, '']);
    expect(errors).toBe(`5 faults; nothing was done:
  signatories[0].nam is not part of a letter file
  line 1: signatories[1].capacity must be one of: organisation, personal; it is "nobody"
  line 3: signatories[2].name is missing: somebody who signs in personal capacity has a name
  line 4: signatories[3] is not valid JSON (column 13)
  line 5: signatories[4] has neither a name nor an organisation
`);
    expect(existsSync(folder.path('none.md'))).toBe(false);
    const json = await folder.runJson('render', file, '--signatories', more, '--out', folder.path('none.md'));
    expect(json).toMatchObject({ ok: false, reason: 'faults', total: 5 });
    expect(json['faults']).toContainEqual({
      place: 'signatories[2].name',
      reason: 'personal-without-name',
      values: { line: 3 },
      sentence: expect.any(String),
    });
  });

  it('bounds what it prints of many faults, and gives them all as JSON', async () => {
    const file = folder.file('letter.json', letter());
    const more = folder.file('many.ndjson', lines(...Array<unknown>(300).fill({ capacity: 'personal' })));
    const { errors } = await folder.run('render', file, '--signatories', more, '--out', folder.path('none.md'));
    expect(errors.split('\n')).toHaveLength(53);
    expect(errors).toContain('… and 250 more');
    const json = await folder.runJson('render', file, '--signatories', more, '--out', folder.path('none.md'));
    expect(json['faults']).toHaveLength(300);
  });

  it('leaves out what has faults where that is asked for, and says so', async () => {
    const file = folder.file('letter.json', letter([...signatories, { capacity: 'personal', name: '' }]));
    for (const policy of ['drop', 'hold']) {
      const { code, errors } = await folder.run('render', file, '--on-fault', policy, '--out', folder.path('some.txt'));
      expect(code).toBe(0);
      expect(errors).toContain('1 entry has a fault');
      expect(readFileSync(folder.path('some.txt'), 'utf8')).toContain('Omid Rad');
    }
  });

  it('never leaves half a file, and keeps the one that stood there', async () => {
    const out = folder.path('kept.md');
    writeFileSync(out, 'before');
    const broken = folder.file('broken.json', '{"format"');
    expect((await folder.run('render', broken, '--out', out)).code).toBe(1);
    expect(readFileSync(out, 'utf8')).toBe('before');
    expect((await folder.run('render', folder.file('letter.json', letter()), '--out', out)).code).toBe(0);
    expect(readFileSync(out, 'utf8')).toContain('Wells stay open');
    expect(readdirSync(folder.path('.')).filter((name) => name.endsWith('.part'))).toEqual([]);
  });

  it('does not replace what it reads, by whatever path', async () => {
    const file = folder.file('own.md', letter());
    const more = folder.file('own.txt', lines(...signatories));
    symlinkSync(file, folder.path('link.md'));
    linkSync(more, folder.path('hard.txt'));
    const before = readFileSync(more, 'utf8');
    for (const [out, input] of [
      [file, file],
      [join(folder.path('.'), '..', basename(folder.path('.')), 'own.md'), file],
      [folder.path('link.md'), file],
      [folder.path('hard.txt'), more],
    ] as const) {
      const { code, output, errors } = await folder.run('render', file, '--signatories', more, '--out', out);
      const sentence = `--out would replace ${input}, which is read.`;
      expect([code, output, errors]).toEqual([2, '', `${sentence} undersigned render --help says more.\n`]);
    }
    expect(await folder.runJson('render', file, '--out', file)).toEqual({ ok: false, reason: 'usage', sentence: expect.any(String) });
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual(letter());
    expect(readFileSync(more, 'utf8')).toBe(before);
  });

  it('says in one sentence what cannot be read or written', async () => {
    const file = folder.file('letter.json', letter());
    mkdirSync(folder.path('folder.md'), { recursive: true });
    const cases: [string[], RegExp][] = [
      [[folder.path('missing.json'), '--out', folder.path('x.md')], /missing\.json cannot be read: there is no such file\.\n$/],
      [[file, '--signatories', folder.path('missing.ndjson'), '--out', folder.path('x.md')], /missing\.ndjson cannot be read/],
      [[file, '--out', folder.path('no/such/x.md')], /its folder does not exist\.\n$/],
      [[file, '--out', folder.path('folder.md')], /folder\.md is a folder\.\n$/],
      [[file, '--out', `${file}/x.md`], /x\.md cannot be written: a part of its path is a file, not a folder\.\n$/],
      [[file, '--out', folder.path(`${'x'.repeat(300)}.md`)], /cannot be written: its name is too long\.\n$/],
      [[`${file}/x.json`, '--out', folder.path('x.md')], /cannot be read: a part of its path is a file, not a folder\.\n$/],
      [[file, '--signatories', '/dev/null', '--out', folder.path('x.md')], /it can be read only once; save it to a file first\.\n$/],
      [[folder.file('other.json', [1]), '--out', folder.path('x.md')], /is no letter file/],
      [[folder.file('empty.json', ''), '--out', folder.path('x.md')], /is not valid JSON/],
    ];
    for (const [args, sentence] of cases) {
      const { code, output, errors } = await folder.run('render', ...args);
      expect([code, output], errors).toEqual([1, '']);
      expect(errors).toMatch(sentence);
    }
  });

  it('says as JSON too what cannot be written', async () => {
    const out = folder.path('no/such/x.md');
    const failed = await folder.runJson('render', folder.file('letter.json', letter()), '--out', out);
    expect(failed).toEqual({ ok: false, reason: 'unwritable', sentence: `${out} cannot be written: its folder does not exist.` });
  });

  it('answers wrong use with code 2 and one line on standard error', async () => {
    const { code, output, errors } = await folder.run('render', 'x.json', '--colour');
    expect([code, output]).toEqual([2, '']);
    expect(errors).toBe('Unknown option "--colour". undersigned render --help says more.\n');
  });
});
