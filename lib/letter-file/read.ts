import { isUtf8 } from 'node:buffer';
import { readFile, stat } from 'node:fs/promises';
import type { Fault } from '../shared/fault.ts';
import type { Result } from '../shared/result.ts';
import { refusal, success } from '../shared/result.ts';
import { jsonErrorPlace } from './json-syntax.ts';
import type { LetterFile } from './letter-file.ts';
import { acceptLetterHead } from './letter-file.ts';
import type { SignatoriesSurvey } from './signatories.ts';
import { isUtf16, joinSurveys, surveyInline, surveyLines } from './signatories.ts';

/** Bytes of a letter file with its inline signatories; a longer list belongs in a file of lines. */
export const LETTER_FILE_LIMIT = 50 * 1024 * 1024;

/** What happens to an entry with a fault: nothing is read, it is left out, or it is kept apart and doesn't print. */
export type OnFault = 'refuse' | 'drop' | 'hold';

export interface ReadLetterInput {
  readonly letterFile: string;
  /** NDJSON: one signatory a line, after those in the letter file. */
  readonly signatoriesFile?: string | undefined;
  readonly onFault: OnFault;
  /** Bytes of the signatories' file read so far. */
  readonly onProgress?: (bytes: number) => void;
}

export interface ReadLetter {
  readonly file: LetterFile;
  /** `source` gives the accepted records; `faults` and `faulty` tell of those dropped or held. */
  readonly signatories: SignatoriesSurvey;
}

/**
 * `file` says which of the two couldn't be opened, `code` why (`ESPIPE`: a list that can't be read twice, as a pipe). `faults` may be fewer than `total` where a file is wrong throughout.
 */
export type ReadLetterRefusal =
  | { readonly type: 'unreadable'; readonly file: string; readonly code: string }
  | { readonly type: 'faults'; readonly faults: readonly Fault[]; readonly total: number };

/**
 * Opens a letter file. A fault of the letter itself, or of a list as a whole, always refuses; a fault of a signatory does what `onFault` says. All faults are
 * given at once, by place, those of NDJSON also with the `line`.
 */
export async function readLetter(input: ReadLetterInput): Promise<Result<ReadLetter, ReadLetterRefusal>> {
  const text = await openText(input.letterFile);
  if (!text.ok) return text;
  const parsed = parseLetter(text.value);
  if (!parsed.ok) return refusal({ type: 'faults', faults: parsed.reason, total: parsed.reason.length });
  const { head, signatories: inline } = parsed.value;
  const accepted = acceptLetterHead(head);
  let signatories = surveyInline(inline);
  const fileFaults: Fault[] = accepted.ok ? [] : [...accepted.reason];
  if (input.signatoriesFile !== undefined) {
    try {
      const found = await stat(input.signatoriesFile);
      // Read for printing, a pipe would be empty and every name of it lost.
      if (!found.isFile() && !found.isDirectory()) return refusal({ type: 'unreadable', file: input.signatoriesFile, code: 'ESPIPE' });
      if (found.isFile() && (await isUtf16(input.signatoriesFile))) fileFaults.push({ place: 'signatories', reason: 'utf-16' });
      else {
        const survey = await surveyLines(input.signatoriesFile, inline.length, input.onProgress);
        if (survey.fileFault) fileFaults.push(survey.fileFault);
        signatories = joinSurveys(signatories, survey);
      }
    } catch (error) {
      return unreadable(input.signatoriesFile, error);
    }
  }
  if (!accepted.ok || fileFaults.length > 0 || (input.onFault === 'refuse' && signatories.faulty > 0)) {
    const refused = input.onFault === 'refuse' ? signatories : { faults: [], faultCount: 0 };
    return refusal({ type: 'faults', faults: [...fileFaults, ...refused.faults], total: fileFaults.length + refused.faultCount });
  }
  return success({ file: accepted.value, signatories });
}

/** The letter of a text that is in memory already, as an upload gives it: parsed, its signatories apart and not yet judged. */
export function parseLetter(text: string): Result<{ readonly head: unknown; readonly signatories: readonly unknown[] }, readonly Fault[]> {
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch {
    return refusal([{ place: '', reason: 'not-json', values: jsonErrorPlace(text) }]);
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return refusal([{ place: '', reason: 'not-a-letter-file' }]);
  const { signatories, ...head } = value as Readonly<Record<string, unknown>>;
  if (signatories === undefined) return success({ head, signatories: [] });
  if (!Array.isArray(signatories)) {
    return refusal([{ place: 'signatories', reason: 'wrong-type', values: { expected: 'array', found: typeof signatories } }]);
  }
  return success({ head, signatories });
}

async function openText(file: string): Promise<Result<string, ReadLetterRefusal>> {
  const whole = (reason: string, values: Readonly<Record<string, number>> = {}): Result<never, ReadLetterRefusal> =>
    refusal({ type: 'faults', faults: [{ place: '', reason, values }], total: 1 });
  try {
    if ((await stat(file)).size > LETTER_FILE_LIMIT) return whole('file-too-large', { limit: LETTER_FILE_LIMIT });
    const bytes = await readFile(file);
    if (!isUtf8(bytes)) return whole('not-utf-8');
    return success(bytes.toString('utf8').replace(/^\uFEFF/, ''));
  } catch (error) {
    return unreadable(file, error);
  }
}

/** A file that isn't there or may not be read is an expected outcome; anything else is thrown on. */
function unreadable(file: string, error: unknown): Result<never, ReadLetterRefusal> {
  if (error instanceof Error && 'code' in error && typeof error.code === 'string') {
    return refusal({ type: 'unreadable', file, code: error.code });
  }
  throw error;
}
