import { type ChildProcess, spawn } from 'node:child_process';
import { fileURLToPath } from 'node:url';

export interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/**
 * Runs a script in a process of its own.
 * @param words what it finds in `process.argv.slice(2)`
 * @param wrapper a program that runs Node, such as strace and its options
 */
export function startScript(script: URL, words: readonly string[] = [], wrapper: readonly string[] = []) {
  const [program = process.execPath, ...rest] = [...wrapper, process.execPath, fileURLToPath(script), ...words];
  const child: ChildProcess = spawn(program, rest, { stdio: ['ignore', 'pipe', 'pipe'] });
  let [out, err] = ['', ''];
  let spoke = () => {};
  const firstWord = new Promise<void>((resolve) => {
    spoke = resolve;
  });
  child.stdout?.setEncoding('utf8').on('data', (piece: string) => {
    out += piece;
    spoke();
  });
  child.stderr?.setEncoding('utf8').on('data', (piece: string) => {
    err += piece;
  });
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, out, err }));
  });
  /** `firstWord`: it has printed something. */
  return { child, firstWord, ended };
}
