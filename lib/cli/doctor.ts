import { ConfigError, loadConfig } from '../config.ts';
import { readArguments } from './arguments.ts';
import type { Command, ExitCode, Terminal } from './command.ts';
import type { Finding } from './doctor-checks.ts';
import { misuse } from './fail.ts';

const USAGE = `Usage: undersigned doctor [--json]

Looks whether everything is in order: configuration, data folder, keys, database, fonts, mail, and what waits to be done. Changes
nothing. Exit code 1 where something is wrong.
`;

const MARKS = { good: 'ok', note: 'note', wrong: 'WRONG' } as const;

async function look(now: Date): Promise<readonly Finding[]> {
  try {
    const config = loadConfig();
    const { checkDataFolder, checkFonts, checkMail, checkStored } = await import('./doctor-checks.ts');
    const sentence = `${config.origin}, from ${config.root}`;
    return [
      { what: 'configuration', state: 'good', sentence },
      checkDataFolder(config),
      ...(await checkStored(config, now)),
      checkMail(config),
      checkFonts(),
    ];
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    return error.faults.map((fault) => ({ what: 'configuration', state: 'wrong', sentence: fault.sentence }));
  }
}

async function run(args: readonly string[], terminal: Terminal, now: () => Date): Promise<ExitCode> {
  const given = readArguments(args, {}, []);
  if (!given.ok) return misuse(terminal, 'doctor', args, given.reason);
  const findings = await look(now());
  const ok = findings.every(({ state }) => state !== 'wrong');
  if (given.value.values.json) terminal.out(`${JSON.stringify({ ok, findings })}\n`);
  else {
    const width = Math.max(...findings.map(({ what }) => what.length));
    for (const { what, state, sentence } of findings) terminal.out(`${MARKS[state].padEnd(5)}  ${what.padEnd(width)}  ${sentence}\n`);
    if (!ok) terminal.note('Something is wrong: see above.\n');
  }
  return ok ? 0 : 1;
}

export const command: Command = { name: 'doctor', summary: 'look whether everything is in order', usage: USAGE, run };
