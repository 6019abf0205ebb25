import { describe, expect, it } from 'vitest';
import type { Terminal } from '../../../lib/cli/command.ts';
import { main } from '../../../lib/cli/main.ts';

async function run(...args: string[]) {
  let [output, errors] = ['', ''];
  const terminal: Terminal = {
    out: (text) => {
      output += text;
    },
    note: (text) => {
      errors += text;
    },
    interactive: false,
  };
  const code = await main(args, terminal, () => new Date('2026-03-02T10:00:00Z'));
  return { code, output, errors };
}

describe('the command line', () => {
  it('answers wrong use with one line and code 2', async () => {
    const cases: [string[], RegExp][] = [
      [['render'], /^LETTER\.json is missing\./],
      [['render', 'x.json'], /^--out is missing\./],
      [['render', 'x.json', 'y.json', '--out', 'x.md'], /^"y\.json" is one too many\./],
      [['render', 'x.json', '--out', 'x.docx'], /^docx is not there yet/],
      [['render', 'x.json', '--out', 'x.odt'], /^--out must end in \.pdf, \.html, \.md, \.txt\./],
      [['render', 'x.json', '--out', 'x.pdf', '--page', 'a3'], /^--page is one of a4, letter, not "a3"\./],
      [['render', 'x.json', '--out', 'x.pdf', '--pdfa', '3b'], /^--pdfa is 1b/],
      [['render', 'x.json', '--out', 'x.pdf', '--on-fault', 'panic'], /^--on-fault is one of refuse, drop, hold/],
      [['render', 'x.json', '--colour'], /^Unknown option "--colour"\./],
      [['render', 'x.json', '--out'], /--out/],
      [['nonsense'], /^There is no command "nonsense"/],
      [['coordinator'], /^There is no command "coordinator"/],
      [['constructor'], /^There is no command "constructor"/],
      [['import', 'x.json', '--as', 'a@example.org', '--means', 'paper'], /^--coalition is missing\./],
      [['import', 'x.json', '--coalition', 'c', '--means', 'paper'], /^--as is missing\./],
      [['import', 'x.json', '--coalition', 'c', '--as', 'a@example.org'], /^--means is missing\./],
      [['export', '--format', 'json'], /^LETTER-ID is missing\./],
      [['export', 'let_x'], /^--format is missing\./],
      [['export', 'let_x', '--format', 'docx'], /^docx is not there yet/],
      [['export', 'let_x', '--format', 'pdf'], /^--out is missing\./],
      [['export', 'let_x', '--format', 'rtf'], /^--format is one of json, csv, md, txt, html, pdf/],
      [['coordinator', 'invite', '--coalition', 'C'], /^EMAIL is missing\./],
      [['coordinator', 'invite', 'a@example.org'], /^--coalition is missing\./],
      [['migrate', 'now'], /^"now" is one too many\./],
      [['doctor', '--cure'], /^Unknown option "--cure"\./],
      ...['backup', 'restore', 'worker', 'verify', 'move'].map((name): [string[], RegExp] => [[name, 'x'], /is not there yet/]),
      [['keys', 'rotate'], /is not there yet/],
      [['coordinator', 'reset'], /is not there yet/],
      [[], /^Usage: undersigned/],
    ];
    for (const [args, sentence] of cases) {
      const { code, output, errors } = await run(...args);
      expect([code, output], `${args.join(' ')}: ${errors}`).toEqual([2, '']);
      expect(errors).toMatch(sentence);
      if (args.length === 0) continue;
      const json = await run(...args, '--json');
      const said = JSON.parse(json.output) as { ok: boolean; reason: string; sentence: string };
      expect([json.code, said.ok]).toEqual([2, false]);
      expect(said.reason).toMatch(/^(usage|not-yet)$/);
      expect(json.errors).toContain(said.sentence);
    }
  });

  it('explains each command', async () => {
    for (const name of ['render', 'import', 'export', 'coordinator invite', 'migrate', 'doctor']) {
      const { code, output } = await run(...name.split(' '), '--help');
      expect([code, output.startsWith(`Usage: undersigned ${name}`)]).toEqual([0, true]);
    }
    expect((await run('--help')).output).toContain('coordinator invite');
    expect((await run('--version')).output).toMatch(/^\d+\.\d+\.\d+\n$/);
  });
});
