import { type BatchSignature, insertBatchConsents, insertBatchSignatures } from '../../db/queries/batches.ts';
import { takeOrganisations } from '../../db/queries/organisations.ts';
import { seal } from '../crypto/seal.ts';
import type { Instance } from '../instance.ts';
import type { OnFault } from '../letter-file/read.ts';
import type { FaultyEntry, SignatoriesSurvey } from '../letter-file/signatories.ts';
import { normaliseOrganisationName } from '../organisations/name.ts';
import { newId } from '../shared/ids.ts';
import { pooledRandom } from '../shared/pooled-random.ts';
import { signaturePlace } from '../signatures/places.ts';
import { type ImportEntry, importEntries } from './import-entries.ts';
import type { Ids, Voucher } from './import-start.ts';

/** Rows a transaction writes: with its sync to disk well under 50 ms, so that whoever signs meanwhile hardly waits. */
const CHUNK = 250;

export interface ImportSource {
  readonly signatories: SignatoriesSurvey;
  readonly onFault: OnFault;
  readonly onProgress?: (done: number) => void;
}

export interface Filled {
  listed: number;
  /** Listed organisations. */
  organisations: number;
  held: number;
  heldFaulty: number;
  duplicates: number;
  flagged: number;
  readonly lost: FaultyEntry[];
}

/** Writes the entries into the inactive batch, chunk by chunk. */
export async function fillImport(instance: Instance, input: ImportSource, to: Voucher & Ids, now: Date): Promise<Filled> {
  const { store } = instance;
  const random = pooledRandom(instance.random);
  const filled: Filled = { listed: 0, organisations: 0, held: 0, heldFaulty: 0, duplicates: 0, flagged: 0, lost: [] };
  /** One organisation counts once: the letter is new, so those of this file are all there are. */
  const seen = new Set<string>();

  async function write(chunk: readonly ImportEntry[]): Promise<void> {
    const first = chunk[0]?.position ?? 0;
    const last = chunk.at(-1)?.position ?? 0;
    // Sealing waits for nothing and holds nobody up: before the transaction.
    const sealed = chunk.map((entry) => {
      const id = newId('sig', random);
      return { id, entry, sealed: seal(instance.keys, signaturePlace(to.letterId, id), entry.record) };
    });
    const named = chunk.flatMap(({ record }) => (organisationOf(record) === null ? [] : [record]));
    await store.inTransaction(async (tx) => {
      const organisations = await takeOrganisations(
        tx,
        to.coalitionId,
        named.map(({ organisation = '', acronym = null, country = null, url = null }) => ({
          id: newId('org', random),
          name: organisation,
          normalisedName: normaliseOrganisationName(organisation),
          acronym,
          country,
          url,
          createdAt: now,
        })),
      );
      const rows = sealed.map(({ id, entry, sealed: bytes }) => ({ ...rowOf(entry, organisations, seen, filled, now), id, sealed: bytes }));
      await insertBatchSignatures(tx, to, rows);
      await insertBatchConsents(tx, to, first, last);
    });
  }

  let done = 0;
  const lost = (entry: FaultyEntry) => void filled.lost.push(entry);
  for await (const chunk of inChunks(importEntries(input.signatories, input.onFault, lost), CHUNK)) {
    await write(chunk);
    done += chunk.length;
    input.onProgress?.(done);
  }
  return filled;
}

/** The same items in pieces of `size`; the last may be shorter. */
async function* inChunks<Item>(batches: AsyncIterable<readonly Item[]>, size: number): AsyncGenerator<readonly Item[]> {
  let rest: readonly Item[] = [];
  for await (const batch of batches) {
    const items = rest.length === 0 ? batch : [...rest, ...batch];
    let from = 0;
    for (; from + size <= items.length; from += size) yield items.slice(from, from + size);
    rest = items.slice(from);
  }
  if (rest.length > 0) yield rest;
}

const organisationOf = (record: ImportEntry['record']): string | null =>
  record.capacity === 'organisation' && record.organisation !== undefined ? normaliseOrganisationName(record.organisation) : null;

/** Decides what an entry is, and counts it. */
function rowOf(
  { record, position, flags, held: faulty }: ImportEntry,
  organisations: ReadonlyMap<string, string>,
  seen: Set<string>,
  filled: Filled,
  now: Date,
): Omit<BatchSignature, 'id' | 'sealed'> {
  const name = organisationOf(record);
  const organisationId = name === null ? null : (organisations.get(name) ?? null);
  const duplicate = !faulty && organisationId !== null && seen.has(organisationId);
  const held = faulty || duplicate;
  if (organisationId !== null && !held) seen.add(organisationId);
  if (held) filled.held++;
  else filled.listed++;
  if (faulty) filled.heldFaulty++;
  if (duplicate) filled.duplicates++;
  if (!held && record.capacity === 'organisation') filled.organisations++;
  if (!held && flags.length > 0) filled.flagged++;
  return {
    position,
    capacity: record.capacity,
    status: held ? 'held' : 'listed',
    authority: record.capacity === 'personal' ? null : held ? 'awaiting-decision' : 'authorised',
    publication: record.publication ?? 'public',
    organisationId,
    flags: duplicate ? [...flags, 'duplicate-organisation'] : flags,
    signedAt: record.signedAt === undefined ? now : new Date(record.signedAt),
    listedAt: held ? null : now,
  };
}
