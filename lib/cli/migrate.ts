import { prepareInstance } from '../prepare-instance.ts';
import { readArguments } from './arguments.ts';
import type { Command, ExitCode, Terminal } from './command.ts';
import { fail, misuse } from './fail.ts';
import { readableConfig } from './readable-config.ts';

const USAGE = `Usage: undersigned migrate [--json]

Brings the database to this version, and makes keys and database where there are none. npm start does the same. Stop the server
before: it works with the tables of its own version.
`;

async function run(args: readonly string[], terminal: Terminal, now: () => Date): Promise<ExitCode> {
  const given = readArguments(args, {}, []);
  if (!given.ok) return misuse(terminal, 'migrate', args, given.reason);
  const json = given.value.values.json === true;
  const config = readableConfig(terminal, json);
  if (!config) return 1;
  const prepared = await prepareInstance(config, now());
  if (!prepared.ok) return fail(terminal, json, 'instance', prepared.reason);
  const { applied } = prepared.value;
  if (json) terminal.out(`${JSON.stringify({ ok: true, applied })}\n`);
  else if (applied === 0) terminal.out('The database is of this version already; nothing was changed.\n');
  else terminal.out(`The database was brought to this version by ${applied} ${applied === 1 ? 'migration' : 'migrations'}.\n`);
  return 0;
}

export const command: Command = { name: 'migrate', summary: 'bring the database to this version', usage: USAGE, run };
