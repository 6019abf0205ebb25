import { addToCounts, insertSignatures, takePositions } from '../../db/queries/signatures.ts';
import type { SignatoryRecord } from '../../lib/block/record.ts';
import { seal } from '../../lib/crypto/seal.ts';
import type { Instance } from '../../lib/instance.ts';
import { newId } from '../../lib/shared/ids.ts';
import { signaturePlace } from '../../lib/signatures/places.ts';
import { benchSignatories } from './signatories.ts';

/** Rows of one transaction: each column is a bound value, and there is an end to them. */
const CHUNK = 500;

/**
 * Writes invented signatures into a letter's list as if they had been signed here, in chunks: a million take some minutes.
 * @param onProgress is told how many there are by now
 */
export async function writeSignatures(
  instance: Instance,
  letterId: string,
  count: number,
  onProgress: (done: number) => void = () => undefined,
): Promise<void> {
  const { keys, random, store } = instance;
  const now = new Date();
  const signingId = newId('sgn', random);
  await store.inTransaction(async (tx) => {
    const act = { id: signingId, letterId, origin: 'on-behalf', proof: 'vouched', wording: 'bench', language: 'en' } as const;
    await tx.insert(tx.tables.signings).values({ ...act, sealed: Buffer.alloc(0), createdAt: now, confirmedAt: now });
  });
  let done = 0;
  let chunk: SignatoryRecord[] = [];
  const write = async () => {
    const records = chunk;
    chunk = [];
    await store.inTransaction(async (tx) => {
      const first = (await takePositions(tx, letterId, records.length)) ?? 0;
      const rows = records.map((record, index) => {
        const id = newId('sig', random);
        const stands = { status: 'listed', authority: null, publication: 'public', flags: [], signedAt: now, listedAt: now } as const;
        const sealed = seal(keys, signaturePlace(letterId, id), record);
        return { id, letterId, signingId, position: first + index, capacity: record.capacity, sealed, ...stands };
      });
      await insertSignatures(tx, rows);
      const organisations = records.filter(({ capacity }) => capacity === 'organisation').length;
      await addToCounts(tx, letterId, { organisations, persons: records.length - organisations });
    });
    done += records.length;
    onProgress(done);
  };
  for (const signatory of benchSignatories(count)) {
    chunk.push(signatory);
    if (chunk.length === CHUNK) await write();
  }
  if (chunk.length > 0) await write();
}
