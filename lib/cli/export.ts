import { join } from 'node:path';
import { databaseFile } from '../../db/open.ts';
import { findLetterById } from '../../db/queries/letters.ts';
import type { RecordSource } from '../block/record.ts';
import type { Config } from '../config.ts';
import type { Instance } from '../instance.ts';
import { type Result, refusal, success } from '../shared/result.ts';
import { readArguments, readChoice } from './arguments.ts';
import type { Command, ExitCode, Terminal } from './command.ts';
import { fail, misuse } from './fail.ts';
import { pageSizes, type RenderFormat, renderers } from './formats.ts';
import { withInstance } from './open-instance.ts';
import { openOutput, outputSentence, ownInput } from './output-file.ts';
import { startProgress } from './progress.ts';

const FORMATS = ['json', 'csv', 'md', 'txt', 'html', 'pdf'] as const;
type ExportFormat = (typeof FORMATS)[number];

const USAGE = `Usage: undersigned export LETTER-ID --format ${FORMATS.join('|')} [--out FILE]

Brings a letter and its listed, public signatories out of the database. Without --out the text goes to the terminal.

  --format json        a letter file (undersigned-letter/1), which "import" and "render" read
  --format csv         the table of signatories
  --format md, txt, html, pdf
                       the document; until delivery it says of when it is
  --page a4|letter     paper of a PDF (default a4)
  --untagged           PDF without the structure that screen readers use; smaller
  --json               says what was done as JSON; needs --out
`;

const OPTIONS = { format: { type: 'string' }, out: { type: 'string' }, page: { type: 'string' }, untagged: { type: 'boolean' } } as const;

interface Request {
  readonly letterId: string;
  readonly format: ExportFormat;
  readonly out: string | null;
  readonly page: (typeof pageSizes)[number];
  readonly tagged: boolean;
  readonly json: boolean;
}

function read(args: readonly string[]): Result<Request, string> {
  const given = readArguments(args, OPTIONS, ['LETTER-ID']);
  if (!given.ok) return given;
  const { values, positionals } = given.value;
  if (values.format === undefined) return refusal('--format is missing.');
  if (values.format === 'docx' || values.format === 'xlsx')
    return refusal(`${values.format} is not there yet: it comes with a later version.`);
  const format = readChoice('format', values.format, FORMATS, 'json');
  if (!format.ok) return format;
  const page = readChoice('page', values.page, pageSizes, 'a4');
  if (!page.ok) return page;
  const { out = null } = values;
  if (out === null && (format.value === 'pdf' || values.json === true)) return refusal('--out is missing.');
  const tagged = values.untagged !== true;
  return success({ letterId: positionals[0] ?? '', format: format.value, out, page: page.value, tagged, json: values.json === true });
}

type Write = (piece: Uint8Array | string) => void;

interface Written {
  readonly signatories: number;
  /** Listed signatories that are not in the file, since their names are not public. */
  readonly left: number;
}

/** Null where there is no such letter. */
async function write(instance: Instance, request: Request, terminal: Terminal, to: Write, now: Date): Promise<Written | null> {
  const { letterId, format, page, tagged } = request;
  if (format === 'json' || format === 'csv') {
    const { storedLetterFile } = await import('../letters/stored-file.ts');
    const stored = await storedLetterFile(instance, letterId);
    if (!stored) return null;
    let written = 0;
    const source: RecordSource = async function* (only) {
      for await (const batch of stored.source(only)) {
        written += batch.length;
        yield batch;
      }
    };
    const pieces =
      format === 'json'
        ? (await import('../letter-file/write.ts')).writeLetterFile(stored.file, source)
        : (await import('../plain/csv.ts')).renderCsv({ source, edition: 'public' });
    for await (const piece of pieces) to(piece);
    return { signatories: written, left: stored.listed - written };
  }
  const { letterDocument } = await import('../letters/document.ts');
  const document = await letterDocument(instance, letterId, { edition: 'public', now });
  const letter = await findLetterById(instance.store.read, letterId);
  if (!document || !letter) return null;
  const renderer: RenderFormat = format;
  const progress = await startProgress(terminal, 'Exporting');
  await renderers[renderer](document, { page, tagged, pdfa: null, blockOnly: false, onProgress: progress.show }, to);
  progress.end();
  const signatories = document.sections.reduce((sum, { count }) => sum + count, 0);
  // More may have been listed between the two looks.
  return { signatories, left: Math.max(0, letter.organisationCount + letter.personCount - signatories) };
}

const filesOf = ({ root, dataDir, keysFile }: Config): readonly string[] => {
  const database = databaseFile(dataDir);
  return [database, `${database}-wal`, `${database}-shm`, keysFile, join(root, '.env')];
};

async function run(args: readonly string[], terminal: Terminal, now: () => Date): Promise<ExitCode> {
  const request = read(args);
  if (!request.ok) return misuse(terminal, 'export', args, request.reason);
  const { out, letterId, json } = request.value;
  return await withInstance(terminal, json, now, async (instance) => {
    const replaced = out === null ? undefined : ownInput(out, filesOf(instance.config));
    if (replaced !== undefined) return misuse(terminal, 'export', args, `--out would replace ${replaced}, which this instance needs.`);
    let file: ReturnType<typeof openOutput> | undefined;
    try {
      if (out !== null) file = openOutput(out);
      const target = file;
      const to: Write = target ? (piece) => target.write(piece) : (piece) => terminal.out(piece.toString());
      const written = await write(instance, request.value, terminal, to, now());
      if (!written) {
        file?.abandon();
        return fail(terminal, json, 'no-such-letter', `There is no letter "${letterId}".`);
      }
      file?.finish();
      const { signatories, left } = written;
      if (left > 0 && !json) {
        terminal.note(`${left} of ${signatories + left} signatories are not in this file: their names are not public.\n`);
      }
      if (json) terminal.out(`${JSON.stringify({ ok: true, out, ...written })}\n`);
      return 0;
    } catch (error) {
      file?.abandon();
      const sentence = out === null ? null : outputSentence(out, error);
      if (sentence === null) throw error;
      return fail(terminal, json, 'unwritable', sentence);
    }
  });
}

export const command: Command = { name: 'export', summary: 'letter and signatories out of the database', usage: USAGE, run };
