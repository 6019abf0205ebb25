import { findSignatureBound, listPrintableSignatures, type PrintableSignature } from '../../db/queries/printing.ts';
import type { SectionKind } from '../block/model.ts';
import type { RecordSource, SignatoryRecord } from '../block/record.ts';
import type { Edition } from '../document/model.ts';
import type { Instance } from '../instance.ts';
import { openRecord } from './places.ts';

export interface ListedRecordsInput {
  readonly letterId: string;
  readonly edition: Edition;
}

const CHUNK = 500;

/**
 * The listed entries of a letter in the order of signing, as the block is made from. Read in chunks, each by its own short query: no
 * reader is held open over an await. Who signed after this was called is not among them; who withdrew is gone from the next chunk on.
 *
 * A name this edition does not print is never opened: such an entry gives its capacity and its publication choice alone, which is all
 * that counting needs.
 */
export async function listedRecords(
  { store, keys }: Pick<Instance, 'store' | 'keys'>,
  { letterId, edition }: ListedRecordsInput,
): Promise<RecordSource> {
  const asOf = await findSignatureBound(store.read, letterId);
  async function* source(only?: SectionKind): AsyncGenerator<readonly SignatoryRecord[]> {
    // An initiator may be of either capacity, so only these two can be told from the row.
    const capacity = only === 'initiators' ? undefined : only && (only === 'organisations' ? 'organisation' : 'personal');
    for (let after = 0; ; ) {
      const rows = await listPrintableSignatures(store.read, letterId, { capacity, after, asOf, limit: CHUNK });
      const last = rows.at(-1);
      if (!last) return;
      after = last.position;
      yield rows.map(recordOf);
      if (rows.length < CHUNK) return;
    }
  }
  const recordOf = (row: PrintableSignature): SignatoryRecord => {
    const { publication } = row;
    const printed = publication === 'public' || (publication === 'addressee' && edition === 'addressee');
    if (!printed) return { capacity: row.capacity, publication };
    // The choice of the row wins: its signatory may have changed it since.
    const { publication: _, ...record } = openRecord(keys, { ...row, letterId });
    return publication === 'public' ? record : { ...record, publication };
  };
  return source;
}
