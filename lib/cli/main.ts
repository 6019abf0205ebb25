import { readFileSync } from 'node:fs';

const USAGE = `Usage: undersigned <command> [--help]

Commands come with the parts of the product they belong to; this version has none yet.
`;

/**
 * The command line: `argv` without the program's name.
 * @returns the exit code: 0 done, 1 failed, 2 used wrongly
 */
export async function main(argv: readonly string[]): Promise<number> {
  const [command] = argv;
  if (command === '--version') {
    const manifest = JSON.parse(readFileSync(new URL('../../package.json', import.meta.url), 'utf8')) as { version: string };
    process.stdout.write(`${manifest.version}\n`);
    return 0;
  }
  if (command === '--help') {
    process.stdout.write(USAGE);
    return 0;
  }
  process.stderr.write(command === undefined ? USAGE : `There is no command "${command}".\n`);
  return 2;
}
