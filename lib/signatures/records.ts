import {
  findSignatureBound,
  findStoredPolicies,
  listPrintableAt,
  listPrintableSignatures,
  type PrintableSignature,
} from '../../db/queries/printing.ts';
import type { SectionKind } from '../block/model.ts';
import type { PlacedRecord } from '../block/print-order.ts';
import type { RecordSource, SignatoryRecord } from '../block/record.ts';
import { printsIn } from '../block/sections.ts';
import type { Edition } from '../document/model.ts';
import type { Instance } from '../instance.ts';
import { policiesOf } from '../letters/presets.ts';
import { breathe } from '../shared/breathe.ts';
import { openPrintable, type PrintingPolicies } from './printable-record.ts';

export interface ListedRecordsInput {
  readonly letterId: string;
  readonly edition: Edition;
}

type Host = Pick<Instance, 'store' | 'keys'>;

/** Rows read and opened in one go, some milliseconds: everybody else's requests wait for it. */
const CHUNK = 250;

/**
 * The listed entries of a letter in the order of signing, as the block is made from. Read in chunks, each by its own short query: no
 * reader is held open over an await. Who signed after this was called is not among them; who withdrew is gone from the next chunk on.
 *
 * A name this edition does not print is never opened: such an entry gives its capacity and its publication choice alone, which is all
 * that counting needs.
 */
export async function listedRecords(host: Host, input: ListedRecordsInput): Promise<RecordSource> {
  const asOf = await findSignatureBound(host.store.read, input.letterId);
  const policies = await policiesIn(host, input);
  return async function* source(only?: SectionKind): AsyncGenerator<readonly SignatoryRecord[]> {
    // An initiator may be of either capacity, so only these two can be told from the row.
    const capacity = only === 'initiators' ? undefined : only && (only === 'organisations' ? 'organisation' : 'personal');
    for await (const rows of chunksOf(host, input.letterId, { capacity, asOf })) {
      yield rows.map((row) => recordOf(host, input, policies, row));
    }
  };
}

/** The same entries with their places, once. */
export const placedRecords = (host: Host, input: ListedRecordsInput): AsyncGenerator<readonly PlacedRecord[]> => placedRows(host, input);

/** The same, with what each was opened from. */
export async function* placedRows(
  host: Host,
  input: ListedRecordsInput,
): AsyncGenerator<readonly (PlacedRecord & { readonly sealed: Buffer })[]> {
  const asOf = await findSignatureBound(host.store.read, input.letterId);
  const policies = await policiesIn(host, input);
  for await (const rows of chunksOf(host, input.letterId, { capacity: undefined, asOf })) {
    yield rows.map((row) => ({
      place: row.position,
      byHand: row.place,
      record: recordOf(host, input, policies, row),
      sealed: row.sealed,
    }));
  }
}

/**
 * The entries at these places, as given by `placedRecords`, that are still listed and print in this edition: an order is remembered, but
 * whether a name may show is read again with every row.
 */
export async function recordsAt(host: Host, input: ListedRecordsInput, places: readonly number[]): Promise<readonly SignatoryRecord[]> {
  if (places.length === 0) return [];
  await breathe();
  const policies = await policiesIn(host, input);
  const rows = new Map((await listPrintableAt(host.store.read, input.letterId, places)).map((row) => [row.position, row]));
  return places.flatMap((place) => {
    const row = rows.get(place);
    const record = row && recordOf(host, input, policies, row);
    return record && printsIn(record, input.edition) ? [record] : [];
  });
}

async function* chunksOf(
  { store }: Host,
  letterId: string,
  { capacity, asOf }: { readonly capacity: SignatoryRecord['capacity'] | undefined; readonly asOf: number },
): AsyncGenerator<readonly PrintableSignature[]> {
  for (let after = 0; ; ) {
    const rows = await listPrintableSignatures(store.read, letterId, { capacity, after, asOf, limit: CHUNK });
    const last = rows.at(-1);
    if (!last) return;
    after = last.position;
    yield rows;
    if (rows.length < CHUNK) return;
    await breathe();
  }
}

/** Read with every walk: they are set while nobody can sign yet, and whoever reads afterwards prints by what stands there then. */
const policiesIn = async ({ store }: Host, { letterId }: ListedRecordsInput): Promise<PrintingPolicies> =>
  policiesOf(await findStoredPolicies(store.read, letterId));

function recordOf(
  { keys }: Host,
  { letterId, edition }: ListedRecordsInput,
  policies: PrintingPolicies,
  row: PrintableSignature,
): SignatoryRecord {
  const { publication, capacity } = row;
  const standing = row.addendum === null ? {} : { addendum: row.addendum };
  if (!printsIn(row, edition)) return { capacity, publication, ...standing };
  // The choice of the row wins: its signatory may have changed it since.
  const { publication: _, ...record } = openPrintable(keys, { ...row, letterId }, policies);
  return publication === 'public' ? { ...record, ...standing } : { ...record, publication, ...standing };
}
