import type { SignatoryRecord } from '../block/record.ts';
import type { OnFault } from '../letter-file/read.ts';
import { incompleteness } from '../letter-file/record.ts';
import type { FaultyEntry, SignatoriesSurvey } from '../letter-file/signatories.ts';
import { salvageRecord } from '../signatures/stored-record.ts';

/** One entry of a file as it goes into the database. */
export interface ImportEntry {
  readonly record: SignatoryRecord;
  /** From 1, over the whole list: held entries keep their place in it. */
  readonly position: number;
  readonly flags: readonly string[];
  /** True for an entry with a fault. */
  readonly held: boolean;
}

/**
 * The entries of a file in its order, in batches: the good ones, and with `hold` what can be kept of the faulty ones.
 * @param lost is told of each faulty entry that `hold` could not keep: no JSON object, or one that does not say its capacity
 */
export async function* importEntries(
  survey: SignatoriesSurvey,
  onFault: OnFault,
  lost: (entry: FaultyEntry) => void,
): AsyncGenerator<readonly ImportEntry[]> {
  // Where no organisation of the list names a person, none is incomplete for it.
  const flagged = new Set(survey.flags.map((flag) => flag.reason));
  const flagsOf = (record: SignatoryRecord): readonly string[] => {
    const missing = incompleteness(record);
    return missing !== null && flagged.has(missing) ? [missing] : [];
  };
  const faulty = onFault === 'hold' ? survey.faultyEntries()[Symbol.asyncIterator]() : null;
  const advance = async (): Promise<FaultyEntry | null> => {
    const step = await faulty?.next();
    return step && !step.done ? step.value : null;
  };
  let next = await advance();
  /** Of the entry that comes: places are counted from 1, indexes from 0. */
  let index = 0;

  async function heldHere(atEnd: boolean): Promise<ImportEntry[]> {
    const held: ImportEntry[] = [];
    while (next && (atEnd || next.index <= index)) {
      index++;
      const record = salvageRecord(next.given);
      if (record) held.push({ record, position: index, flags: [...new Set(next.faults.map((fault) => fault.reason))], held: true });
      else lost(next);
      next = await advance();
    }
    return held;
  }

  for await (const records of survey.source()) {
    const entries: ImportEntry[] = [];
    for (const record of records) {
      if (next && next.index <= index) entries.push(...(await heldHere(false)));
      index++;
      entries.push({ record, position: index, flags: flagsOf(record), held: false });
    }
    yield entries;
  }
  const rest = await heldHere(true);
  if (rest.length > 0) yield rest;
}
