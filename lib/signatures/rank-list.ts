import { z } from 'zod';
import { findLetterById, type LetterRow } from '../../db/queries/letters.ts';
import { listPrintableAt } from '../../db/queries/printing.ts';
import { clearRanks, markRanked, type NewRank, storeRanks } from '../../db/queries/ranked.ts';
import { holdLetter } from '../../db/queries/signatures.ts';
import type { Part } from '../block/addenda.ts';
import { fractionsBetween } from '../block/fractions.ts';
import { findPrintOrder, type PartOrder, type PrintOrder } from '../block/print-order.ts';
import { isByPosition, orderedHead, rankByHand, sectionHead } from '../block/rank.ts';
import { SECTION_KINDS } from '../block/sections.ts';
import type { Instance } from '../instance.ts';
import type { JobHandler } from '../jobs/handler.ts';
import { letterBlock } from '../letters/document.ts';
import { policiesOf } from '../letters/presets.ts';
import { breathe } from '../shared/breathe.ts';
import { openPrintable } from './printable-record.ts';
import { isRanked, markOf, mayBeRanked, newRank, rankedAs } from './ranking.ts';
import { placedRows } from './records.ts';

/** Entries written by one transaction: well under its 50 ms. */
const CHUNK = 100;
/** Hexadecimal digits left free behind each rank. */
const ROOM = 4;

/**
 * Ranks a whole list anew. While it lasts the list shows to nobody: not by one order, and not by two. A crash in the middle loses the
 * work and nothing else; of two at once, the later one's ranks count.
 */
export const rankList: JobHandler<{ readonly letterId: string }> = {
  kind: 'rank-list',
  payload: z.strictObject({ letterId: z.string() }),
  async run(instance, { letterId }, now) {
    const letter = await beginRanking(instance, letterId, now);
    if (!letter) return;
    const seen = new Map<number, number>();
    const order = await findPrintOrder(noting(placedRows(instance, { letterId, edition: 'public' }), seen), {
      settings: letterBlock(letter),
      language: letter.authenticLanguage,
      edition: 'public',
    });
    for (const { part, kind, places, byHand } of sectionsOf(order)) {
      const head = sectionHead(letter.rankGeneration, kind, part);
      const ordered = fractionsBetween('', null, places.length - byHand, ROOM);
      const rankAt = (index: number, { place, position }: { readonly place: number | null; readonly position: number }): string | null => {
        if (index >= byHand) return place === null ? orderedHead(head) + ordered[index - byHand] : null;
        return place === null ? null : rankByHand(head, place, position);
      };
      for (let from = 0; from < places.length; from += CHUNK) {
        const chunk = [...places.subarray(from, from + CHUNK)];
        if (!(await writeChunk(instance, letter, { chunk, from, seen, rankAt }, now))) return;
        await breathe();
      }
    }
    await endRanking(instance, letter, order, now);
  },
};

const partsOf = (order: PrintOrder): readonly (readonly [Part, PartOrder])[] => [[null, order], ...order.addenda];

const sectionsOf = (order: PrintOrder) =>
  partsOf(order).flatMap(([part, { places, byHand }]) =>
    SECTION_KINDS.map((kind) => ({ part, kind, places: places[kind], byHand: byHand[kind] })),
  );

/** From here on nobody sees the list, and no other ranking of it counts. */
async function beginRanking({ store }: Instance, letterId: string, now: Date): Promise<LetterRow | null> {
  return await store.inTransaction(async (tx) => {
    if (!(await holdLetter(tx, letterId))) return null;
    const letter = await findLetterById(tx, letterId);
    if (!letter || !mayBeRanked(letter, now)) return null;
    return await markRanked(tx, letterId, { rankedAs: null, rankGeneration: letter.rankGeneration + 1, printedNames: true });
  });
}

async function* noting(batches: ReturnType<typeof placedRows>, seen: Map<number, number>) {
  for await (const batch of batches) {
    for (const { place, sealed } of batch) seen.set(place, markOf(sealed));
    yield batch;
  }
}

interface Chunk {
  /** Places in the order of signing, as they are ranked. */
  readonly chunk: readonly number[];
  /** The first one's number in its section. */
  readonly from: number;
  readonly seen: ReadonlyMap<number, number>;
  /** Null where the entry was put elsewhere since. */
  readonly rankAt: (index: number, row: { readonly place: number | null; readonly position: number }) => string | null;
}

/** Those that changed since they were sorted are left out: they have no rank, and get one afterwards. @returns false where the ranking counts no more */
async function writeChunk(instance: Instance, letter: LetterRow, { chunk, from, seen, rankAt }: Chunk, now: Date): Promise<boolean> {
  const policies = policiesOf(letter.policies);
  return await instance.store.inTransaction(async (tx) => {
    // Whoever changes a signature holds its letter: nothing moves between the look and the write.
    if (!(await holdLetter(tx, letter.id))) return false;
    const still = await findLetterById(tx, letter.id);
    // Once the names may not show they are emptied, and nobody would come for what is written after that.
    if (still?.rankGeneration !== letter.rankGeneration || !mayBeRanked(still, now)) return false;
    const rows = new Map((await listPrintableAt(tx, letter.id, chunk)).map((row) => [row.position, row]));
    const ranks: NewRank[] = [];
    const changed: string[] = [];
    for (const [offset, position] of chunk.entries()) {
      const row = rows.get(position);
      if (!row) continue;
      const rank = seen.get(position) === markOf(row.sealed) ? rankAt(from + offset, row) : null;
      const record = openPrintable(instance.keys, { ...row, letterId: letter.id }, policies);
      if (rank === null) changed.push(row.id);
      else ranks.push(newRank(letter, { id: row.id, rank, record }));
    }
    await storeRanks(tx, letter.id, ranks);
    await clearRanks(tx, changed);
    return true;
  });
}

async function endRanking({ store }: Instance, letter: LetterRow, order: PrintOrder, now: Date): Promise<void> {
  const settings = letterBlock(letter);
  const outOfOrder = SECTION_KINDS.filter(
    (kind) => isByPosition(settings[kind].order) && partsOf(order).some(([, { surveys }]) => !surveys[kind].timesInOrder),
  );
  await store.inTransaction(async (tx) => {
    if (!(await holdLetter(tx, letter.id))) return;
    const still = await findLetterById(tx, letter.id);
    if (still?.rankGeneration !== letter.rankGeneration || !mayBeRanked(still, now)) return;
    const ranked = rankedAs(letter, outOfOrder);
    // Where the letter says otherwise by now it is not ranked, and so it is ranked again.
    if (isRanked({ ...still, rankedAs: ranked })) await markRanked(tx, letter.id, { rankedAs: ranked });
  });
}
