import { open, stat } from 'node:fs/promises';
import type { SectionKind } from '../block/model.ts';
import type { RecordSource, SignatoryRecord } from '../block/record.ts';
import { sectionOf } from '../block/record.ts';
import type { Fault } from '../shared/fault.ts';
import { placeOf } from './faults.ts';
import { jsonErrorPlace } from './json-syntax.ts';
import { type BadLine, type Line, readLines } from './lines.ts';
import { acceptRecord, incompleteness } from './record.ts';

/** An entry that can't print, with what is wrong and what stood there. */
export interface FaultyEntry {
  /** From 0, over the whole list: the 17 of `signatories[17]`. */
  readonly index: number;
  /** From 1, in a file of one object a line; null inline. */
  readonly line: number | null;
  readonly faults: readonly Fault[];
  /** The value as it was, or the line where it is no JSON. */
  readonly given: unknown;
}

/** What one pass over the signatories found. */
export interface SignatoriesSurvey {
  readonly read: number;
  readonly accepted: number;
  readonly faulty: number;
  /** Faults of the faulty entries by place, the first `FAULTS_KEPT`. */
  readonly faults: readonly Fault[];
  /** How many faults there are, kept or not. */
  readonly faultCount: number;
  /**
   * Entries kept as the source left them though something is missing, the first `FAULTS_KEPT`: `organisation-without-name`, and
   * `organisation-without-person` where other organisations of the list name one.
   */
  readonly flags: readonly Fault[];
  /** The accepted records; may be walked any number of times. */
  readonly source: RecordSource;
  /**
   * For indexes over the whole list, the line each stands on in a file of one object a line; what came inline has none. In one pass,
   * however many.
   */
  readonly linesOf: (indexes: readonly number[]) => ReadonlyMap<number, number>;
  /** The faulty ones, from the beginning on each call. */
  readonly faultyEntries: () => AsyncIterable<FaultyEntry>;
}

/** A survey of a file, with what is wrong with the file as a whole. */
export interface FileSurvey extends SignatoriesSurvey {
  /** `no-line-is-json` of a file with entries of which none parses: another format, which no policy can make a list of. */
  readonly fileFault: Fault | null;
}

/** More faults than anybody reads, and a bound on memory where every line of a million is wrong. */
const FAULTS_KEPT = 100_000;

/** Reasons against a line that was not even parsed. */
const NO_JSON: ReadonlySet<string> = new Set(['not-json', 'not-utf-8', 'line-too-long'] satisfies ('not-json' | BadLine)[]);

const BLANK = 0;
const FAULTY = 1;
/** Accepted, by section; `EXACT` is added where the parsed object is the record as it stands. */
const SECTION_MARK: Readonly<Record<SectionKind, number>> = { initiators: 2, organisations: 3, personal: 4 };
const EXACT = 8;

type Judgement =
  | { readonly record: SignatoryRecord; readonly exact: boolean }
  | { readonly faults: readonly Fault[]; readonly given: unknown };

function judge(value: unknown, index: number): Judgement {
  const accepted = acceptRecord(value, ['signatories', index]);
  return accepted.ok ? { record: accepted.value, exact: accepted.value === value } : { faults: accepted.reason, given: value };
}

function judgeLine(line: Line, index: number, lineNumber: number): Judgement {
  const place = placeOf(['signatories', index]);
  if (typeof line !== 'string') return { faults: [{ place, reason: line.bad, values: { line: lineNumber } }], given: null };
  let value: unknown;
  try {
    value = JSON.parse(line);
  } catch {
    const { column } = jsonErrorPlace(line);
    return { faults: [{ place, reason: 'not-json', values: { line: lineNumber, column } }], given: line };
  }
  const judged = judge(value, index);
  if ('record' in judged) return judged;
  return { ...judged, faults: judged.faults.map((fault) => ({ ...fault, values: { ...fault.values, line: lineNumber } })) };
}

class Tally {
  read = 0;
  accepted = 0;
  faulty = 0;
  readonly faults: Fault[] = [];
  faultCount = 0;
  readonly flags: Fault[] = [];
  /** Organisations that name a person. */
  representatives = 0;

  take(judged: Judgement, line: number | null): void {
    const index = this.read++;
    if (!('record' in judged)) {
      this.faulty++;
      this.faultCount += judged.faults.length;
      for (const fault of judged.faults) if (this.faults.length < FAULTS_KEPT) this.faults.push(fault);
      return;
    }
    this.accepted++;
    const missing = incompleteness(judged.record);
    if (judged.record.capacity === 'organisation' && judged.record.name !== undefined) this.representatives++;
    if (missing === null || this.flags.length >= FAULTS_KEPT) return;
    const place = placeOf(['signatories', index]);
    this.flags.push({ place, reason: missing, ...(line === null ? {} : { values: { line } }) });
  }
}

/** True for a file that begins with the byte order mark of UTF-16: no line of it can be read. */
export async function isUtf16(file: string): Promise<boolean> {
  const handle = await open(file, 'r');
  try {
    const { buffer, bytesRead } = await handle.read(Buffer.alloc(2), 0, 2, 0);
    return bytesRead === 2 && (buffer.readUInt16BE() === 0xfffe || buffer.readUInt16BE() === 0xfeff);
  } finally {
    await handle.close();
  }
}

/** Signatories that came inline, as parsed JSON. */
export function surveyInline(values: readonly unknown[]): SignatoriesSurvey {
  const tally = new Tally();
  const records: SignatoryRecord[] = [];
  const faulty: FaultyEntry[] = [];
  for (const value of values) {
    const index = tally.read;
    const judged = judge(value, index);
    tally.take(judged, null);
    if ('record' in judged) records.push(judged.record);
    else faulty.push({ index, line: null, faults: judged.faults, given: judged.given });
  }
  async function* faultyEntries(): AsyncGenerator<FaultyEntry> {
    yield* faulty;
  }
  return { ...results(tally), source: () => [records], faultyEntries, linesOf: () => new Map() };
}

/**
 * A file of one JSON object a line. This pass judges every line and remembers one byte of each; the source it gives reads the file
 * again on every walk, parses only the lines of the section asked for, and holds some thousands at a time.
 *
 * @param startIndex the index of the first entry, where others came inline before it
 */
export async function surveyLines(file: string, startIndex: number, onProgress?: (bytes: number) => void): Promise<FileSurvey> {
  const tally = new Tally();
  tally.read = startIndex;
  let marks = new Uint8Array(1024);
  let lineNumber = 0;
  let someJson = false;
  const version = await versionOf(file);
  for await (const lines of readLines(file, onProgress)) {
    if (lineNumber + lines.length > marks.length) {
      const larger = new Uint8Array(Math.max(marks.length * 2, lineNumber + lines.length));
      larger.set(marks);
      marks = larger;
    }
    for (const line of lines) {
      lineNumber++;
      if (typeof line === 'string' && line.trim() === '') continue;
      const judged = judgeLine(line, tally.read, lineNumber);
      tally.take(judged, lineNumber);
      someJson ||= 'record' in judged || !judged.faults.some(({ reason }) => NO_JSON.has(reason));
      marks[lineNumber - 1] = 'record' in judged ? SECTION_MARK[sectionOf(judged.record)] | (judged.exact ? EXACT : 0) : FAULTY;
    }
  }

  async function* source(only?: SectionKind): AsyncGenerator<readonly SignatoryRecord[]> {
    await requireSame(file, version);
    const wanted = only === undefined ? null : SECTION_MARK[only];
    let at = 0;
    for await (const lines of readLines(file)) {
      const records: SignatoryRecord[] = [];
      for (const line of lines) {
        const mark = marks[at++] ?? BLANK;
        if (mark <= FAULTY || typeof line !== 'string' || (wanted !== null && (mark & ~EXACT) !== wanted)) continue;
        const value: unknown = JSON.parse(line);
        if ((mark & EXACT) !== 0) records.push(value as SignatoryRecord);
        else {
          const accepted = acceptRecord(value, []);
          if (accepted.ok) records.push(accepted.value);
        }
      }
      if (records.length > 0) yield records;
    }
  }

  async function* faultyEntries(): AsyncGenerator<FaultyEntry> {
    await requireSame(file, version);
    let at = 0;
    let index = startIndex - 1;
    for await (const lines of readLines(file)) {
      for (const line of lines) {
        const mark = marks[at++] ?? BLANK;
        if (mark !== BLANK) index++;
        if (mark !== FAULTY) continue;
        const judged = judgeLine(line, index, at);
        if (!('record' in judged)) yield { index, line: at, faults: judged.faults, given: judged.given };
      }
    }
  }

  function linesOf(indexes: readonly number[]): ReadonlyMap<number, number> {
    const wanted = new Set(indexes);
    const found = new Map<number, number>();
    let index = startIndex - 1;
    for (let at = 0; at < lineNumber && found.size < wanted.size; at++) {
      if (marks[at] === BLANK) continue;
      index++;
      if (wanted.has(index)) found.set(index, at + 1);
    }
    return found;
  }

  const fileFault = someJson || tally.read === startIndex ? null : { place: 'signatories', reason: 'no-line-is-json' };
  return { ...results(tally), read: tally.read - startIndex, source, faultyEntries, linesOf, fileFault };
}

const results = ({ read, accepted, faulty, faults, faultCount, flags, representatives }: Tally) => ({
  read,
  accepted,
  faulty,
  faults,
  faultCount,
  // A list of organisations alone isn't incomplete in every line.
  flags: representatives > 0 ? flags : flags.filter((flag) => flag.reason !== 'organisation-without-person'),
});

const versionOf = async (file: string): Promise<string> => {
  const { size, mtimeMs } = await stat(file);
  return `${size} ${mtimeMs}`;
};

/** Names that were judged in one pass and printed from another must be the same names. */
async function requireSame(file: string, version: string): Promise<void> {
  if ((await versionOf(file)) !== version) throw new Error(`${file} changed while it was read`);
}

/** Two lists as one, the first before the second. */
export function joinSurveys(first: SignatoriesSurvey, second: SignatoriesSurvey): SignatoriesSurvey {
  async function* source(only?: SectionKind): AsyncGenerator<readonly SignatoryRecord[]> {
    yield* first.source(only);
    yield* second.source(only);
  }
  async function* faultyEntries(): AsyncGenerator<FaultyEntry> {
    yield* first.faultyEntries();
    yield* second.faultyEntries();
  }
  return {
    read: first.read + second.read,
    accepted: first.accepted + second.accepted,
    faulty: first.faulty + second.faulty,
    faults: [...first.faults, ...second.faults],
    faultCount: first.faultCount + second.faultCount,
    flags: [...first.flags, ...second.flags],
    source,
    faultyEntries,
    linesOf: (indexes) => new Map([...first.linesOf(indexes), ...second.linesOf(indexes)]),
  };
}
