import { listRanked } from '../../db/queries/ranked.ts';
import { insertSignatures, takePositions } from '../../db/queries/signatures.ts';
import type { SectionKind } from '../../lib/block/model.ts';
import { pastAll, sectionHead } from '../../lib/block/rank.ts';
import type { SignatoryRecord } from '../../lib/block/record.ts';
import { SECTION_KINDS } from '../../lib/block/sections.ts';
import { seal } from '../../lib/crypto/seal.ts';
import { runNextJob } from '../../lib/jobs/run.ts';
import { letterBlock, letterState } from '../../lib/letters/document.ts';
import { printOrder } from '../../lib/letters/print-orders.ts';
import { newId } from '../../lib/shared/ids.ts';
import { countListed } from '../../lib/signatures/counts.ts';
import { signaturePlace } from '../../lib/signatures/places.ts';
import { rankDue } from '../../lib/signatures/rank-due.ts';
import { rankList } from '../../lib/signatures/rank-list.ts';
import { capacitiesOf, isRanked } from '../../lib/signatures/ranking.ts';
import { type letterRow, NOW, type OpenLetter } from './invited.ts';

/** Listed entries in a letter's list, behind one signing, without the act that would make them. */
export async function addEntries({ instance, letterId }: OpenLetter, records: readonly SignatoryRecord[]): Promise<readonly string[]> {
  const { keys, random, store } = instance;
  return await store.inTransaction(async (tx) => {
    const { signings } = tx.tables;
    const signingId = newId('sgn', random);
    const common = { letterId, origin: 'on-behalf', proof: 'vouched', wording: 'test', language: 'en', createdAt: NOW } as const;
    await tx.insert(signings).values({ id: signingId, ...common, sealed: Buffer.alloc(0), confirmedAt: NOW });
    const first = (await takePositions(tx, letterId, records.length)) ?? 0;
    const rows = records.map((record, index) => {
      const id = newId('sig', random);
      const { capacity, publication = 'public' } = record;
      const sealed = seal(keys, signaturePlace(letterId, id), record);
      const stands = { status: 'listed', authority: null, flags: [], signedAt: NOW, listedAt: NOW } as const;
      return { id, letterId, signingId, position: first + index, capacity, publication, sealed, ...stands };
    });
    await insertSignatures(tx, rows);
    await countListed(tx, letterId, rows, 1);
    return rows.map(({ id }) => id);
  });
}

/** Everything that is to be ranked or emptied is, as the background would. */
export async function settleRanks({ instance }: Pick<OpenLetter, 'instance'>, now = NOW): Promise<void> {
  for (let turn = 0; turn < 20; turn++) {
    const some = await rankDue(instance, now);
    const job = await runNextJob(instance, [rankList], () => now);
    if (!some && job === 'nothing-due') return;
    if (job !== 'nothing-due' && job !== 'done') throw new Error(job);
  }
  throw new Error('the ranks never settle');
}

type Places = Readonly<Record<SectionKind, readonly number[]>>;

/** The list as its ranks have it: places in the order of signing. */
export async function rankedPlaces({ instance, letterId }: OpenLetter, letter: Awaited<ReturnType<typeof letterRow>>): Promise<Places> {
  const placesOf = async (kind: SectionKind) => {
    const head = sectionHead(letter.rankGeneration, kind);
    const section = { letterId, capacities: capacitiesOf(kind) };
    const rows = await listRanked(instance.store.read, section, { after: head, before: pastAll(head), limit: 100_000 });
    return rows.map(({ position }) => position);
  };
  if (!isRanked(letter)) throw new Error('the list is not ranked');
  return { initiators: await placesOf('initiators'), organisations: await placesOf('organisations'), personal: await placesOf('personal') };
}

/** The list as it prints, sorted from its records. */
export async function sortedPlaces({ instance }: OpenLetter, letter: Awaited<ReturnType<typeof letterRow>>): Promise<Places> {
  const { places } = await printOrder(instance, {
    letter,
    // Rows that a test writes leave no entry in the log.
    state: `${letterState(letter)} ${Math.random()}`,
    settings: letterBlock(letter),
    edition: 'public',
  });
  return Object.fromEntries(SECTION_KINDS.map((kind) => [kind, [...places[kind]]])) as unknown as Places;
}
