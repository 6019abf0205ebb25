import { extname } from 'node:path';
import { documentFromLetterFile } from '../document/from-letter-file.ts';
import type { LetterDocument } from '../document/model.ts';
import { type Result, refusal, success } from '../shared/result.ts';
import { verifyUrl } from '../text/fingerprint.ts';
import { readArguments, readChoice } from './arguments.ts';
import type { Command, ExitCode, Terminal } from './command.ts';
import { fail, misuse } from './fail.ts';
import { faultLines } from './fault-sentences.ts';
import { pageSizes, type RenderFormat, type RenderOptions, renderers, renderFormats } from './formats.ts';
import { openOutput, outputSentence, ownInput } from './output-file.ts';
import { startProgress } from './progress.ts';
import { faultPolicies, readForCommand, withSentence } from './read-letter-file.ts';

const USAGE = `Usage: undersigned render LETTER.json [--signatories FILE.ndjson] --out FILE.{pdf,html,md,txt}

Turns a letter file (undersigned-letter/1) into a document. No database is needed.

  --signatories FILE   more signatories, one JSON object a line, after those in the letter file
  --out FILE           where to; its ending says the format
  --page a4|letter     paper (default a4)
  --untagged           PDF without the structure that screen readers use; smaller
  --pdfa 1b            PDF/A-1b, for archives
  --verify-at ORIGIN   prints a QR code with the address ORIGIN/v/FINGERPRINT in the foot of a PDF:
                       where the letter was imported, https://letters.example.org
  --justified          both edges of the paragraphs straight, as "block": { "justified": true } asks for (PDF)
  --block-only         the signatory block without the letter
  --on-fault refuse|drop|hold
                       what happens to entries with faults: nothing is rendered (default), or they are left out
  --json               says what was done as JSON
`;

const OPTIONS = {
  signatories: { type: 'string' },
  out: { type: 'string' },
  page: { type: 'string' },
  untagged: { type: 'boolean' },
  pdfa: { type: 'string' },
  'verify-at': { type: 'string' },
  justified: { type: 'boolean' },
  'block-only': { type: 'boolean' },
  'on-fault': { type: 'string' },
} as const;

interface Request {
  readonly letterFile: string;
  readonly signatoriesFile: string | undefined;
  readonly out: string;
  readonly format: RenderFormat;
  readonly onFault: (typeof faultPolicies)[number];
  readonly json: boolean;
  readonly verifyOrigin: string | undefined;
  readonly justified: boolean;
  readonly options: RenderOptions;
}

function read(args: readonly string[]): Result<Request, string> {
  const given = readArguments(args, OPTIONS, ['LETTER.json']);
  if (!given.ok) return given;
  const { values, positionals } = given.value;
  const { out, pdfa } = values;
  if (out === undefined) return refusal('--out is missing.');
  const ending = extname(out).slice(1).toLowerCase();
  if (ending === 'docx') return refusal('docx is not there yet: it comes with a later version.');
  const format = renderFormats.find((each) => each === ending);
  if (!format) return refusal(`--out must end in ${renderFormats.map((each) => `.${each}`).join(', ')}.`);
  if (pdfa !== undefined && pdfa !== '1b') return refusal(`--pdfa is 1b, not "${pdfa}".`);
  const verifyOrigin = readOrigin(values['verify-at']);
  if (!verifyOrigin.ok) return verifyOrigin;
  const page = readChoice('page', values.page, pageSizes, 'a4');
  if (!page.ok) return page;
  const onFault = readChoice('on-fault', values['on-fault'], faultPolicies, 'refuse');
  if (!onFault.ok) return onFault;
  return success({
    letterFile: positionals[0] ?? '',
    signatoriesFile: values.signatories,
    out,
    format,
    onFault: onFault.value,
    json: values.json === true,
    verifyOrigin: verifyOrigin.value,
    justified: values.justified === true,
    options: {
      page: page.value,
      tagged: values.untagged !== true,
      pdfa: pdfa === '1b' ? '1b' : null,
      blockOnly: values['block-only'] === true,
    },
  });
}

/** An address without a path, as `APP_ORIGIN` is. */
function readOrigin(typed: string | undefined): Result<string | undefined, string> {
  if (typed === undefined) return success(undefined);
  const url = URL.parse(typed);
  const plain = url !== null && /^https?:$/.test(url.protocol) && [url.origin, `${url.origin}/`].includes(typed);
  return plain
    ? success(url.origin)
    : refusal(`--verify-at is an address without a path, such as https://letters.example.org, not "${typed}".`);
}

/** A sentence for each option that changes nothing here: whoever gave it looks for what it would have done. */
async function withoutEffect({ format, verifyOrigin, justified, options }: Request, { texts }: LetterDocument): Promise<readonly string[]> {
  const sentences: string[] = [];
  if (verifyOrigin !== undefined && format !== 'pdf') sentences.push('--verify-at has no effect: only a PDF has a QR code in its foot.');
  else if (verifyOrigin !== undefined) {
    const { qrCode } = await import('../pdf/document/qr-code.ts');
    // Fingerprints are of one length, and so are the addresses.
    const fits = texts.some(({ fingerprint }) => fingerprint !== null && qrCode(verifyUrl(verifyOrigin, fingerprint)) !== null);
    if (!fits) sentences.push('--verify-at has no effect: the address is too long for a QR code in the foot of a page.');
  }
  if (justified && format !== 'pdf') sentences.push('--justified has no effect: only a PDF is set justified.');
  else if (justified && options.blockOnly) sentences.push('--justified has no effect: a signatory block alone has no paragraphs.');
  return sentences;
}

async function run(args: readonly string[], terminal: Terminal): Promise<ExitCode> {
  const request = read(args);
  if (!request.ok) return misuse(terminal, 'render', args, request.reason);
  const { out, format, json, options, verifyOrigin, justified, letterFile, signatoriesFile } = request.value;
  const replaced = ownInput(out, signatoriesFile === undefined ? [letterFile] : [letterFile, signatoriesFile]);
  if (replaced !== undefined) return misuse(terminal, 'render', args, `--out would replace ${replaced}, which is read.`);
  const letter = await readForCommand({ ...request.value, fate: 'left out' }, terminal);
  if (!letter) return 1;
  const made = await documentFromLetterFile({ file: letter.file, source: letter.signatories.source, edition: 'public', mark: null });
  if (!made.ok) {
    const sentence = `${made.reason.length === 1 ? '1 fault' : `${made.reason.length} faults`}; nothing was done:\n${faultLines(made.reason).trimEnd()}`;
    return fail(terminal, json, 'faults', sentence, { faults: made.reason.map(withSentence), total: made.reason.length });
  }
  const document = {
    ...made.value,
    ...(verifyOrigin === undefined ? {} : { verifyOrigin }),
    ...(justified ? { justified } : {}),
  };
  const ineffective = await withoutEffect(request.value, document);
  if (!json) for (const sentence of ineffective) terminal.note(`${sentence}\n`);
  const progress = await startProgress(terminal, 'Rendering');
  let file: ReturnType<typeof openOutput> | undefined;
  try {
    file = openOutput(out);
    const target = file;
    const report = await renderers[format](document, { ...options, onProgress: progress.show }, (piece) => target.write(piece));
    file.finish();
    progress.end();
    if (report.missing.length > 0 && !json) {
      const codes = report.missing.slice(0, 50).join(' ');
      terminal.note(
        `No font here has these characters; each is printed as its code in a box (docs/scripts.md tells the scripts): ${codes}\n`,
      );
    }
    const { accepted, faulty, faults, flags } = letter.signatories;
    if (json)
      terminal.out(
        `${JSON.stringify({ ok: true, out, signatories: accepted, faulty, faults: faults.map(withSentence), flags: flags.map(withSentence), ...(ineffective.length > 0 ? { ineffective } : {}), ...report })}\n`,
      );
    return 0;
  } catch (error) {
    progress.end();
    file?.abandon();
    const sentence = outputSentence(out, error);
    if (sentence === null) throw error;
    return fail(terminal, json, 'unwritable', sentence);
  }
}

export const command: Command = { name: 'render', summary: 'letter file to document', usage: USAGE, run };
