export const say = (line: string): void => void process.stdout.write(`${line}\n`);
export const complain = (line: string): void => void process.stderr.write(`${line}\n`);

/** A start that cannot be: its message is the sentence to print, without a stack. */
export class LaunchError extends Error {
  override readonly name = 'LaunchError';
}
