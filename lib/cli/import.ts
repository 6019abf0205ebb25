import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { placeOf } from '../letter-file/faults.ts';
import type { OnFault } from '../letter-file/read.ts';
import type { FaultyEntry } from '../letter-file/signatories.ts';
import { ownZone } from '../letters/deadline.ts';
import { type ImportRefusal, importLetter } from '../letters/import.ts';
import type { Fault } from '../shared/fault.ts';
import { type Result, refusal, success } from '../shared/result.ts';
import { readArguments, readChoice } from './arguments.ts';
import type { Command, ExitCode, Terminal } from './command.ts';
import { fail, misuse } from './fail.ts';
import { faultLines } from './fault-sentences.ts';
import { withInstance } from './open-instance.ts';
import { startProgress } from './progress.ts';
import { faultPolicies, readForCommand } from './read-letter-file.ts';

const USAGE = `Usage: undersigned import LETTER.json [--signatories FILE.ndjson] --coalition SLUG --as EMAIL --means TEXT

Brings a letter that was signed elsewhere into the database: frozen, closed, and open only to who was invited. The member with that
address vouches for every entry, as one batch.

  --signatories FILE   more signatories, one JSON object a line, after those in the letter file
  --coalition SLUG     the coalition, as it stands in its addresses
  --as EMAIL           an owner or coordinator of it
  --means TEXT         how these people agreed: "paper petition, sheets 1 to 14"
  --on-fault refuse|drop|hold
                       what happens to entries with faults: nothing is imported and all are named (default), they are left out,
                       or they are kept and printed nowhere until somebody has put them right; an entry that is no JSON object
                       or does not say its capacity cannot be kept, and is left out
  --json               says what was done as JSON
`;

const OPTIONS = {
  signatories: { type: 'string' },
  coalition: { type: 'string' },
  as: { type: 'string' },
  means: { type: 'string' },
  'on-fault': { type: 'string' },
} as const;

interface Request {
  readonly letterFile: string;
  readonly signatoriesFile: string | undefined;
  readonly coalitionSlug: string;
  readonly as: string;
  readonly means: string;
  readonly onFault: OnFault;
  readonly json: boolean;
}

function read(args: readonly string[]): Result<Request, string> {
  const given = readArguments(args, OPTIONS, ['LETTER.json']);
  if (!given.ok) return given;
  const { values, positionals } = given.value;
  const { coalition, as, means } = values;
  if (coalition === undefined) return refusal('--coalition is missing.');
  if (as === undefined) return refusal('--as is missing.');
  if (means === undefined) return refusal('--means is missing.');
  const onFault = readChoice('on-fault', values['on-fault'], faultPolicies, 'refuse');
  if (!onFault.ok) return onFault;
  return success({
    letterFile: positionals[0] ?? '',
    signatoriesFile: values.signatories,
    coalitionSlug: coalition,
    as,
    means,
    onFault: onFault.value,
    json: values.json === true,
  });
}

async function fileHash(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

function refusalSentence(reason: ImportRefusal, { coalitionSlug, as }: Request): string {
  switch (reason) {
    case 'no-such-coalition':
      return `There is no coalition "${coalitionSlug}".`;
    case 'no-such-member':
      return `Nobody with the address ${as} is a member of "${coalitionSlug}".`;
    case 'not-allowed':
      return `${as} may not vouch for others: that takes an owner or a coordinator.`;
    case 'means-missing':
      return '--means must say in a line of at most 1,000 characters how these people agreed.';
  }
}

/** Of what is wrong with an entry that could not be kept, that which prevented it: the entry as a whole, or its capacity. */
function hindrance({ index, faults }: FaultyEntry): Fault {
  const place = placeOf(['signatories', index]);
  const own = faults.find((fault) => fault.place === place || fault.place === `${place}.capacity`);
  return own ?? { place, reason: 'required' };
}

async function run(args: readonly string[], terminal: Terminal, now: () => Date): Promise<ExitCode> {
  const request = read(args);
  if (!request.ok) return misuse(terminal, 'import', args, request.reason);
  const { letterFile, signatoriesFile, json, ...input } = request.value;
  const letter = await readForCommand({ ...request.value, fate: input.onFault === 'drop' ? 'left out' : null }, terminal);
  if (!letter) return 1;
  const files = signatoriesFile === undefined ? [letterFile] : [letterFile, signatoriesFile];
  const hashes = await Promise.all(files.map(fileHash));
  return await withInstance(terminal, json, now, async (instance) => {
    const progress = await startProgress(terminal, 'Importing');
    const total = letter.signatories.read;
    const imported = await importLetter(
      instance,
      { ...letter, ...input, fileHash: hashes.join(' '), zone: ownZone(), onProgress: (done) => progress.show(done, total) },
      now(),
    );
    progress.end();
    if (!imported.ok) {
      fail(terminal, json, imported.reason, refusalSentence(imported.reason, request.value));
      return imported.reason === 'means-missing' ? 2 : 1;
    }
    const { letterId, listed, held, heldFaulty, duplicates, dropped, lost } = imported.value;
    if (json) {
      terminal.out(
        `${JSON.stringify({ ok: true, ...imported.value, lost: lost.map((entry) => ({ index: entry.index, line: entry.line, reason: hindrance(entry).reason })) })}\n`,
      );
      return 0;
    }
    if (duplicates > 0) terminal.note(`${duplicates} held: an organisation counts once, and these are second entries of one.\n`);
    if (heldFaulty > 0) terminal.note(`${heldFaulty} with faults ${heldFaulty === 1 ? 'is' : 'are'} kept apart and printed nowhere.\n`);
    if (lost.length > 0) {
      terminal.note(
        `${lost.length} cannot be kept and ${lost.length === 1 ? 'was' : 'were'} left out:\n${faultLines(lost.map(hindrance))}`,
      );
    }
    terminal.out(`Imported as ${letterId}: ${listed} listed, ${held} held, ${dropped} left out.\n`);
    return 0;
  });
}

export const command: Command = { name: 'import', summary: 'letter and signatories into the database', usage: USAGE, run };
