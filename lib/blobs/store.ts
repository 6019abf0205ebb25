import { createHash } from 'node:crypto';
import {
  deleteBlob,
  deleteBlobChunks,
  findBlob,
  findBlobChunk,
  insertBlob,
  insertBlobChunk,
  listInactiveBlobs,
  markBlobActive,
  markBlobInactive,
} from '../../db/queries/blobs.ts';
import type { BlobKind } from '../../db/schema/values.ts';
import type { Reader, Store, Tx } from '../../db/store.ts';
import type { Keys } from '../crypto/keys.ts';
import { sealBytes, unsealBytes } from '../crypto/seal.ts';
import type { Instance } from '../instance.ts';
import { newId } from '../shared/ids.ts';
import { type Result, refusal, success } from '../shared/result.ts';

/** Bytes of a piece before sealing: one is a row, and its transaction is short. */
export const CHUNK_BYTES = 1_048_576;

export interface NewBlob {
  readonly coalitionId: string;
  readonly letterId: string | null;
  readonly kind: BlobKind;
  readonly mediaType: string;
  /** For a file that holds hidden names. */
  readonly sealed: boolean;
}

/** A file whose bytes are stored but which nobody can see before `activateBlob`. */
export interface WrittenBlob {
  readonly id: string;
  /** Bytes, before sealing. */
  readonly size: number;
  /** 64 hex digits. */
  readonly sha256: string;
}

export interface OpenBlob extends WrittenBlob {
  readonly coalitionId: string;
  readonly letterId: string | null;
  readonly kind: BlobKind;
  readonly mediaType: string;
  /** The bytes, in pieces of a megabyte. Throws `BlobDamaged` at the piece that is not what was written. */
  readonly bytes: AsyncIterable<Buffer>;
}

/** Stored bytes are not those that were written: a damaged disk, or somebody who changed the database. */
export class BlobDamaged extends Error {
  override readonly name = 'BlobDamaged';
  constructor(id: string) {
    super(`file ${id} is damaged`);
  }
}

/**
 * The place a piece is sealed for. Its number keeps pieces from being swapped or left out, and its being the last from being cut off
 * behind another.
 */
const chunkPlace = (scope: string, id: string, number: number, last: boolean) => ({
  table: 'blob_chunks',
  id: `${id}/${number}/${last ? 'last' : 'more'}`,
  scope,
});

/** Cuts a stream into pieces of `CHUNK_BYTES`, and tells the last; of no bytes there is one empty piece. */
async function* chunksOf(content: AsyncIterable<Uint8Array>): AsyncGenerator<{ bytes: Buffer; last: boolean }> {
  let gathered: Uint8Array[] = [];
  let length = 0;
  for await (const piece of content) {
    gathered.push(piece);
    length += piece.length;
    if (length <= CHUNK_BYTES) continue;
    const all = Buffer.concat(gathered);
    let at = 0;
    // What fills a piece exactly waits: it may be the last one.
    for (; all.length - at > CHUNK_BYTES; at += CHUNK_BYTES) yield { bytes: all.subarray(at, at + CHUNK_BYTES), last: false };
    gathered = [all.subarray(at)];
    length = all.length - at;
  }
  yield { bytes: Buffer.concat(gathered), last: true };
}

/**
 * Stores a file's bytes, each piece in a transaction of its own. The file becomes visible by `activateBlob`, in the transaction of the
 * change it belongs to; one that never does is cleaned away.
 * @param most bytes at most
 */
export async function writeBlob(
  { store, keys, random }: Pick<Instance, 'store' | 'keys' | 'random'>,
  blob: NewBlob,
  content: AsyncIterable<Uint8Array>,
  most: number,
  now: Date,
): Promise<Result<WrittenBlob, 'too-large'>> {
  const id = newId('blb', random);
  await store.inTransaction((tx) => insertBlob(tx, { ...blob, id, size: 0, sha256: '', createdAt: now }));
  const hash = createHash('sha256');
  let [size, number] = [0, 0];
  try {
    for await (const { bytes, last } of chunksOf(content)) {
      size += bytes.length;
      if (size > most) break;
      hash.update(bytes);
      const stored = blob.sealed ? sealBytes(keys, chunkPlace(blob.coalitionId, id, number, last), bytes) : bytes;
      await store.inTransaction((tx) => insertBlobChunk(tx, id, number, stored));
      number++;
    }
  } catch (error) {
    await removeBlob(store, id);
    throw error;
  }
  if (size > most) {
    await removeBlob(store, id);
    return refusal('too-large');
  }
  return success({ id, size, sha256: hash.digest('hex') });
}

/** Makes a written file visible, in the transaction of the change it belongs to. */
export async function activateBlob(tx: Tx, { id, size, sha256 }: WrittenBlob, now: Date): Promise<void> {
  if (!(await markBlobActive(tx, id, { size, sha256 }, now))) throw new Error(`file ${id} is not waiting to be activated`);
}

/** A visible file, or null. Whether the reader may see it is the caller's to decide. */
export async function openBlob(db: Reader, keys: Keys, id: string): Promise<OpenBlob | null> {
  const blob = await findBlob(db, id);
  if (!blob) return null;
  const { size, sha256, coalitionId, letterId, kind, mediaType } = blob;
  return { id, size, sha256, coalitionId, letterId, kind, mediaType, bytes: readChunks(db, keys, blob) };
}

type StoredBlob = NonNullable<Awaited<ReturnType<typeof findBlob>>>;

async function* readChunks(db: Reader, keys: Keys, blob: StoredBlob): AsyncGenerator<Buffer> {
  const count = Math.max(1, Math.ceil(blob.size / CHUNK_BYTES));
  const hash = createHash('sha256');
  for (let number = 0; number < count; number++) {
    const stored = await findBlobChunk(db, blob.id, number);
    if (!stored) throw new BlobDamaged(blob.id);
    let bytes = stored;
    if (blob.sealed) {
      const opened = unsealBytes(keys, chunkPlace(blob.coalitionId, blob.id, number, number === count - 1), stored);
      if (!opened.ok) throw new BlobDamaged(blob.id);
      bytes = opened.value;
    }
    hash.update(bytes);
    // Asked before the last piece leaves: who reads to the end has the whole file or an error.
    if (number === count - 1 && hash.digest('hex') !== blob.sha256) throw new BlobDamaged(blob.id);
    yield bytes;
  }
}

/** Hides a file in the caller's transaction; `removeOrphans`, or `removeBlob` after it, frees the space. */
export async function hideBlob(tx: Tx, id: string): Promise<void> {
  await markBlobInactive(tx, id);
}

/** Removes a file: hidden at once, then piece by piece. */
export async function removeBlob(store: Store, id: string): Promise<void> {
  await store.inTransaction((tx) => markBlobInactive(tx, id));
  // Overwriting a deleted megabyte takes as long as writing it: a few at a time.
  while ((await store.inTransaction((tx) => deleteBlobChunks(tx, id, 2))) > 0);
  await store.inTransaction((tx) => deleteBlob(tx, id));
}

/** Removes files that were never activated, or hidden, and were begun before that instant; the number removed. */
export async function removeOrphans(store: Store, before: Date): Promise<number> {
  const ids = await listInactiveBlobs(store.read, before);
  for (const id of ids) await removeBlob(store, id);
  return ids.length;
}
