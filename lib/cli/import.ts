import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { pipeline } from 'node:stream/promises';
import { placeOf } from '../letter-file/faults.ts';
import type { OnFault } from '../letter-file/read.ts';
import type { FaultyEntry, SignatoriesSurvey } from '../letter-file/signatories.ts';
import { ownZone } from '../letters/deadline.ts';
import { type EarlierImport, findEarlierImport } from '../letters/earlier-import.ts';
import { type ImportedLetter, type ImportRefusal, importLetter } from '../letters/import.ts';
import type { Fault } from '../shared/fault.ts';
import { type Result, refusal, success } from '../shared/result.ts';
import { readArguments, readChoice } from './arguments.ts';
import type { Command, ExitCode, Terminal } from './command.ts';
import { fail, misuse } from './fail.ts';
import { faultLines } from './fault-sentences.ts';
import { withInstance } from './open-instance.ts';
import { startProgress } from './progress.ts';
import { faultPolicies, readForCommand, withSentence } from './read-letter-file.ts';

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
  --replace LETTER-ID  the same letter, put right: it takes the place and the address of one that was imported before, to which nobody
                       was invited since and which is not delivered; entries that were held are so put right in the file
  --again              imports files once more that were imported into this coalition already, as a letter of its own
  --json               says what was done as JSON
`;

const OPTIONS = {
  signatories: { type: 'string' },
  coalition: { type: 'string' },
  as: { type: 'string' },
  means: { type: 'string' },
  'on-fault': { type: 'string' },
  replace: { type: 'string' },
  again: { type: 'boolean' },
} as const;

interface Request {
  readonly letterFile: string;
  readonly signatoriesFile: string | undefined;
  readonly coalitionSlug: string;
  readonly as: string;
  readonly means: string;
  readonly onFault: OnFault;
  readonly replaces: string | null;
  readonly again: boolean;
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
    replaces: values.replace ?? null,
    again: values.again === true,
    json: values.json === true,
  });
}

async function hashOf(file: string): Promise<string> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(file), hash);
  return hash.digest('hex');
}

function refusalSentence(reason: ImportRefusal, { coalitionSlug, as, replaces }: Request): string {
  switch (reason) {
    case 'no-such-coalition':
      return `There is no coalition "${coalitionSlug}".`;
    case 'no-such-member':
      return `Nobody with the address ${as} is a member of "${coalitionSlug}".`;
    case 'not-allowed':
      return `${as} may not vouch for others: that takes an owner or a coordinator.`;
    case 'means-missing':
      return '--means must say in a line of at most 1,000 characters how these people agreed.';
    case 'imported-before':
      return 'These files are being imported at the same time; nothing was done.';
    case 'no-such-letter':
      return `There is no letter "${replaces}" in "${coalitionSlug}".`;
    case 'has-own-life':
      return `${replaces} cannot be replaced: only an imported letter can that is closed and not delivered, and that nobody was invited to.`;
  }
}

function failAsImported(terminal: Terminal, json: boolean, { letterId, headline, importedAt }: EarlierImport): ExitCode {
  const sentence =
    `These files were imported on ${importedAt.toISOString().slice(0, 10)} as ${letterId}, “${headline}”; nothing was done. ` +
    '--again imports them once more, as a letter of its own.';
  return fail(terminal, json, 'imported-before', sentence, { letterId });
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
  const { letterFile, signatoriesFile, json, replaces, again, ...input } = request.value;
  const letter = await readForCommand({ ...request.value, fate: input.onFault === 'drop' ? 'left out' : null }, terminal);
  if (!letter) return 1;
  const files = signatoriesFile === undefined ? [letterFile] : [letterFile, signatoriesFile];
  const fileHash = (await Promise.all(files.map(hashOf))).join(' ');
  return await withInstance(terminal, json, now, async (instance) => {
    const earlier = again || replaces !== null ? null : await findEarlierImport(instance, { ...input, fileHash });
    if (earlier) return failAsImported(terminal, json, earlier);
    const progress = await startProgress(terminal, 'Importing');
    const total = letter.signatories.read;
    const imported = await importLetter(
      instance,
      {
        ...letter,
        ...input,
        ...(replaces !== null && { replaces }),
        again,
        fileHash,
        zone: ownZone(),
        onProgress: (done) => progress.show(done, total),
      },
      now(),
    );
    progress.end();
    if (!imported.ok) {
      // Another import of the same files may have been faster.
      const faster = imported.reason === 'imported-before' ? await findEarlierImport(instance, { ...input, fileHash }) : null;
      if (faster) return failAsImported(terminal, json, faster);
      fail(terminal, json, imported.reason, refusalSentence(imported.reason, request.value));
      return imported.reason === 'means-missing' ? 2 : 1;
    }
    report(letter.signatories, imported.value, request.value, terminal);
    return 0;
  });
}

/** Says what became of the entries, and how those that were held are put right. */
function report(signatories: SignatoriesSurvey, imported: ImportedLetter, { json, replaces }: Request, terminal: Terminal): void {
  const { letterId, listed, held, heldFaulty, duplicates, duplicateEntries, dropped, lost } = imported;
  const lines = signatories.linesOf(duplicateEntries.map(({ index }) => index));
  const seconds = duplicateEntries.map(({ index, first }): Fault => {
    const line = lines.get(index);
    const values = { first: placeOf(['signatories', first]), ...(line !== undefined && { line }) };
    return { place: placeOf(['signatories', index]), reason: 'duplicate-organisation', values };
  });
  if (json) {
    const { duplicateEntries: _, ...counts } = imported;
    terminal.out(
      `${JSON.stringify({
        ok: true,
        ...counts,
        replaced: replaces,
        faults: signatories.faults.map(withSentence),
        flags: signatories.flags.map(withSentence),
        duplicatePlaces: seconds.map(withSentence),
        lost: lost.map((entry) => ({ index: entry.index, line: entry.line, reason: hindrance(entry).reason })),
      })}\n`,
    );
    return;
  }
  if (duplicates > 0) {
    terminal.note(`${duplicates} held, since an organisation counts once:\n${faultLines(seconds, duplicates)}`);
  }
  if (heldFaulty > 0) terminal.note(`${heldFaulty} with faults ${heldFaulty === 1 ? 'is' : 'are'} kept apart and printed nowhere.\n`);
  if (lost.length > 0) {
    terminal.note(`${lost.length} cannot be kept and ${lost.length === 1 ? 'was' : 'were'} left out:\n${faultLines(lost.map(hindrance))}`);
  }
  if (held > 0 || dropped > 0) {
    terminal.note(`To put these right, correct them in the file and import it with --replace ${letterId}; the letter keeps its address.\n`);
  }
  terminal.out(
    `Imported as ${letterId}${replaces === null ? '' : `, in place of ${replaces}`}: ${listed} listed, ${held} held, ${dropped} left out.\n`,
  );
}

export const command: Command = { name: 'import', summary: 'letter and signatories into the database', usage: USAGE, run };
