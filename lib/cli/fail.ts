import type { ExitCode, Terminal } from './command.ts';

/** Says why a command failed: the sentence to the person, and with `--json` the reason to the program. */
export function fail(terminal: Terminal, json: boolean, reason: string, sentence: string): ExitCode {
  if (json) terminal.out(`${JSON.stringify({ ok: false, reason, sentence })}\n`);
  terminal.note(`${sentence}\n`);
  return 1;
}
