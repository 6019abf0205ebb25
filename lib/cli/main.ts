import { readFileSync } from 'node:fs';
import { describeFailure } from '../jobs/failure.ts';
import type { Command, ExitCode, Terminal } from './command.ts';
import { wantsJson } from './fail.ts';
import { outputSentence } from './output-file.ts';

interface Entry {
  readonly summary: string;
  /** Each command brings in what it needs and no more: `render` starts without a database. */
  readonly load?: () => Promise<{ readonly command: Command }>;
}

/** Without `load`: belongs to work to come. */
const COMMANDS: Readonly<Record<string, Entry>> = {
  render: { summary: 'turn a letter file into PDF, HTML, Markdown or text', load: () => import('./render.ts') },
  import: { summary: 'bring a letter and its signatories into the database', load: () => import('./import.ts') },
  export: { summary: 'bring a letter and its signatories out of the database', load: () => import('./export.ts') },
  'coordinator invite': {
    summary: 'invite somebody to run letters; founds the coalition if it is new',
    load: () => import('./coordinator-invite.ts'),
  },
  migrate: { summary: 'bring the database to this version', load: () => import('./migrate.ts') },
  doctor: { summary: 'look whether everything is in order', load: () => import('./doctor.ts') },
  'coordinator reset': { summary: 'not yet' },
  backup: { summary: 'not yet' },
  restore: { summary: 'not yet' },
  worker: { summary: 'not yet' },
  verify: { summary: 'not yet' },
  move: { summary: 'not yet' },
  'keys rotate': { summary: 'not yet' },
};

const width = Math.max(...Object.keys(COMMANDS).map((name) => name.length));
const USAGE = `Usage: undersigned <command> [options]

${Object.entries(COMMANDS)
  .map(([name, { summary }]) => `  ${name.padEnd(width)}  ${summary}`)
  .join('\n')}

undersigned <command> --help says more. Exit codes: 0 done, 1 failed, 2 used wrongly.

With --json a command says on standard output what it did, or { "ok": false, "reason": …, "sentence": … } and the places of faults.
`;

const ownTerminal: Terminal = {
  out: (text) => void process.stdout.write(text),
  note: (text) => void process.stderr.write(text),
  interactive: process.stderr.isTTY === true,
};

function version(): string {
  const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string };
  return manifest.version;
}

/** Whoever reads us may stop early (`| head`): that is no failure of ours. */
function endWithReader(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit(0);
    const sentence = outputSentence('Standard output', error);
    if (sentence === null) throw error;
    process.stderr.write(`${sentence}\n`);
    process.exit(1);
  });
}

/** The command of one or two words at the head of `argv`, and what follows it. */
function findCommand(argv: readonly string[]): { readonly name: string; readonly entry: Entry; readonly rest: readonly string[] } | null {
  for (const words of [2, 1]) {
    const name = argv.slice(0, words).join(' ');
    const entry = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
    if (entry) return { name, entry, rest: argv.slice(words) };
  }
  return null;
}

/**
 * The command line: `argv` without the program's name.
 * @returns the exit code: 0 done, 1 failed, 2 used wrongly
 */
export async function main(
  argv: readonly string[],
  terminal: Terminal = ownTerminal,
  now: () => Date = () => new Date(),
): Promise<ExitCode> {
  if (terminal === ownTerminal) endWithReader();
  const [first] = argv;
  if (first === undefined) {
    terminal.note(USAGE);
    return 2;
  }
  if (first === '--version' || first === '--help' || first === 'help') {
    terminal.out(first === '--version' ? `${version()}\n` : USAGE);
    return 0;
  }
  /** The same to a program, where it asked for JSON. */
  const also = (reason: string, sentence: string): void => {
    if (wantsJson(argv)) terminal.out(`${JSON.stringify({ ok: false, reason, sentence })}\n`);
  };
  const found = findCommand(argv);
  if (!found?.entry.load) {
    const sentence = found
      ? `"${found.name}" is not there yet: it comes with a later version.`
      : `There is no command "${first}". undersigned --help lists them.`;
    also(found ? 'not-yet' : 'usage', sentence);
    terminal.note(`${sentence}\n`);
    return 2;
  }
  const { command } = await found.entry.load();
  if (found.rest.includes('--help')) {
    terminal.out(command.usage);
    return 0;
  }
  try {
    return await command.run(found.rest, terminal, now);
  } catch (error) {
    // A bug, or lost infrastructure. The message stays out: a database's repeats the values of its statement, names and all.
    const frames = error instanceof Error ? (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line)) : [];
    const sentence = `This failed unexpectedly (${describeFailure(error)})`;
    also('unexpected', `${sentence}.`);
    terminal.note(`${sentence}:\n${frames.join('\n')}\n`);
    return 1;
  }
}
