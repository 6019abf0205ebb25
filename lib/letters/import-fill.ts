import { type BatchSignature, insertBatchConsents, insertBatchSignatures } from '../../db/queries/batches.ts';
import { takeOrganisations } from '../../db/queries/organisations.ts';
import type { Tx } from '../../db/store.ts';
import { seal } from '../crypto/seal.ts';
import type { Instance } from '../instance.ts';
import type { OnFault } from '../letter-file/read.ts';
import type { FaultyEntry, SignatoriesSurvey } from '../letter-file/signatories.ts';
import { normaliseOrganisationName } from '../organisations/name.ts';
import { newId, type Random } from '../shared/ids.ts';
import { signaturePlace } from '../signatures/places.ts';
import { type ImportEntry, importEntries } from './import-entries.ts';
import type { Ids, Voucher } from './import-start.ts';
import { inPace, Pace, type Piece } from './pace.ts';

/** Rows a transaction writes: with its sync to disk well under 50 ms, so that whoever signs meanwhile hardly waits. */
const SIGNATURES = { aimMs: 20, least: 100, most: 300 };
/**
 * Signatures a statement writes. An embedded database takes them one at a time, by a statement that is built once: that is three times as
 * quick as building one for many. A server is asked and answers each time, and that takes longer than the building.
 */
const SIGNATURES_AT_ONCE = { sqlite: 1, postgres: 25 };
/** A consent is a shorter row. */
const CONSENTS = { aimMs: 20, least: 200, most: 600 };
/** Consents a statement writes: it cannot be broken off. */
const CONSENTS_AT_ONCE = 200;
const ORGANISATIONS = { aimMs: 20, least: 25, most: 200 };
/** Entries that are sorted by id before they are written: see `fillImport`. */
const WINDOW = 2000;

export interface ImportSource {
  readonly signatories: SignatoriesSurvey;
  readonly onFault: OnFault;
  readonly onProgress?: (done: number) => void;
}

/** A second entry of one organisation; indexes are from 0 over the whole list. */
export interface DuplicateEntry {
  readonly index: number;
  /** Of the entry that counts. */
  readonly first: number;
}

/** More than anybody reads. */
const DUPLICATES_KEPT = 10_000;

export interface Filled {
  listed: number;
  /** Listed organisations. */
  organisations: number;
  held: number;
  heldFaulty: number;
  duplicates: number;
  readonly duplicateEntries: DuplicateEntry[];
  flagged: number;
  readonly lost: FaultyEntry[];
}

/**
 * Writes the entries into the inactive batch, in short transactions.
 *
 * Ids are random, so in file order nearly every row of a transaction would land on a page of its own of the tables' indexes, and each
 * commit would write them all. Sorted by id within a window, neighbours share pages: a third of the writing.
 */
export async function fillImport(instance: Instance, input: ImportSource, to: Voucher & Ids, now: Date): Promise<Filled> {
  const { store, keys, random } = instance;
  const filled: Filled = { listed: 0, organisations: 0, held: 0, heldFaulty: 0, duplicates: 0, duplicateEntries: [], flagged: 0, lost: [] };
  /** One organisation counts once: the letter is new, so those of this file are all there are. */
  const seen = new Map<string, number>();
  let done = 0;
  const pace = { signatures: new Pace(SIGNATURES), consents: new Pace(CONSENTS), organisations: new Pace(ORGANISATIONS) };
  const atOnce = SIGNATURES_AT_ONCE[store.dialect];
  const lost = (entry: FaultyEntry) => void filled.lost.push(entry);
  for await (const entries of inPieces(importEntries(input.signatories, input.onFault, lost), WINDOW)) {
    const organisations = await takeAll(instance, to.coalitionId, entries, { random, pace: pace.organisations, now });
    const rows = entries.map((entry) => {
      const id = newId('sig', random);
      const row = rowOf(entry, organisations, seen, filled, now);
      return { ...row, id, sealed: seal(keys, signaturePlace(to.letterId, id), ofTheList(entry.record)) };
    });
    rows.sort((left, right) => (left.id < right.id ? -1 : 1));
    for (let from = 0; from < rows.length; ) {
      const written = await inPace(store, pace.signatures, (tx, piece) =>
        insertBatchSignatures(tx, to, rows.slice(from, from + piece.rows), { atOnce, isOver: piece.isOver }),
      );
      from += written;
      done += written;
      input.onProgress?.(done);
    }
    for (let from = 0; from < entries.length; ) {
      from += await inPace(store, pace.consents, (tx, piece) => insertConsents(tx, to, entries.slice(from, from + piece.rows), piece));
    }
  }
  return filled;
}

async function insertConsents(tx: Tx, to: Ids, entries: readonly ImportEntry[], { isOver }: Piece): Promise<number> {
  let written = 0;
  while (written < entries.length && !(written > 0 && isOver())) {
    const some = entries.slice(written, written + CONSENTS_AT_ONCE);
    await insertBatchConsents(tx, to, some[0]?.position ?? 0, some.at(-1)?.position ?? 0);
    written += some.length;
  }
  return written;
}

/** The organisations these entries name, those that are new made: ids by normalised name. */
async function takeAll(
  { store }: Instance,
  coalitionId: string,
  entries: readonly ImportEntry[],
  { random, pace, now }: { readonly random: Random; readonly pace: Pace; readonly now: Date },
): Promise<ReadonlyMap<string, string>> {
  const found = new Map<string, string>();
  const named = new Map<string, ImportEntry['record']>();
  for (const { record } of entries) {
    const name = organisationOf(record);
    if (name !== null && !named.has(name)) named.set(name, record);
  }
  const wanted = [...named].map(([normalisedName, { organisation = '', acronym = null, country = null, url = null }]) => ({
    id: newId('org', random),
    name: organisation,
    normalisedName,
    acronym,
    country,
    url,
    createdAt: now,
  }));
  for (let from = 0; from < wanted.length; ) {
    from += await inPace(store, pace, async (tx, { rows }) => {
      const some = wanted.slice(from, from + rows);
      for (const [name, id] of await takeOrganisations(tx, coalitionId, some)) found.set(name, id);
      return some.length;
    });
  }
  return found;
}

/** The same items in pieces of `size`; the last may be shorter. */
async function* inPieces<Item>(batches: AsyncIterable<readonly Item[]>, size: number): AsyncGenerator<readonly Item[]> {
  let rest: readonly Item[] = [];
  for await (const batch of batches) {
    const items = rest.length === 0 ? batch : [...rest, ...batch];
    let from = 0;
    for (; from + size <= items.length; from += size) yield items.slice(from, from + size);
    rest = items.slice(from);
  }
  if (rest.length > 0) yield rest;
}

/** A letter that takes an import has not been delivered here: whatever it was elsewhere, everybody stands in its list. */
function ofTheList(record: ImportEntry['record']): ImportEntry['record'] {
  if (record.addendum === undefined) return record;
  const { addendum: _, ...listed } = record;
  return listed;
}

const organisationOf = (record: ImportEntry['record']): string | null =>
  record.capacity === 'organisation' && record.organisation !== undefined ? normaliseOrganisationName(record.organisation) : null;

/** Decides what an entry is, and counts it. */
function rowOf(
  { record, position, flags, held: faulty }: ImportEntry,
  organisations: ReadonlyMap<string, string>,
  seen: Map<string, number>,
  filled: Filled,
  now: Date,
): Omit<BatchSignature, 'id' | 'sealed'> {
  const name = organisationOf(record);
  const organisationId = name === null ? null : (organisations.get(name) ?? null);
  const first = faulty || organisationId === null ? undefined : seen.get(organisationId);
  const duplicate = first !== undefined;
  const held = faulty || duplicate;
  if (organisationId !== null && !held) seen.set(organisationId, position - 1);
  if (held) filled.held++;
  else filled.listed++;
  if (faulty) filled.heldFaulty++;
  if (duplicate) {
    filled.duplicates++;
    if (filled.duplicateEntries.length < DUPLICATES_KEPT) filled.duplicateEntries.push({ index: position - 1, first });
  }
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
