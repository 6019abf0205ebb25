import type { ExitCode, Terminal } from './command.ts';

/**
 * Says why a command failed: the sentence to the person on standard error, and with `--json` the reason to the program on standard
 * output, as one line `{ "ok": false, "reason": …, "sentence": … }`.
 * @param reason in kebab case; programs may rely on it
 * @param more of what else JSON says: the places of faults
 */
export function fail(terminal: Terminal, json: boolean, reason: string, sentence: string, more: object = {}): ExitCode {
  if (json) terminal.out(`${JSON.stringify({ ok: false, reason, sentence, ...more })}\n`);
  terminal.note(`${sentence}\n`);
  return 1;
}

/** Whether JSON was asked for, of words that may not be readable otherwise. */
export const wantsJson = (args: readonly string[]): boolean => args.includes('--json');

/** Says that a command was used wrongly: exit code 2, reason `usage`. */
export function misuse(terminal: Terminal, command: string, args: readonly string[], sentence: string): ExitCode {
  if (wantsJson(args)) terminal.out(`${JSON.stringify({ ok: false, reason: 'usage', sentence })}\n`);
  terminal.note(`${sentence} undersigned ${command} --help says more.\n`);
  return 2;
}
