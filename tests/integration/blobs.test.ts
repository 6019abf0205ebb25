import { createHash } from 'node:crypto';
import { and, eq, sql } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { activateBlob, BlobDamaged, CHUNK_BYTES, hideBlob, openBlob, removeBlob, removeOrphans, writeBlob } from '../../lib/blobs/store.ts';
import type { Instance } from '../../lib/instance.ts';
import { testKeys } from '../support/keys.ts';
import { INSTANT } from '../support/rows.ts';
import { describeEachStore, testInstance, testRandom } from '../support/stores.ts';

const LOGO = { coalitionId: 'coa_1', letterId: null, kind: 'logo', mediaType: 'image/png', sealed: false } as const;
const SCAN = { coalitionId: 'coa_1', letterId: 'let_1', kind: 'scan', mediaType: 'application/pdf', sealed: true } as const;
const MOST = 50 * CHUNK_BYTES;

const bytesOf = (size: number) => {
  // A megabyte holds it a whole number of times: each piece of a file is then the same.
  const block = testRandom('blob')(1024);
  return Buffer.alloc(size, block);
};

async function* inPieces(bytes: Buffer, length: number) {
  for (let at = 0; at < bytes.length; at += length) yield bytes.subarray(at, at + length);
}

async function store(instance: Instance, blob: typeof LOGO | typeof SCAN, bytes: Buffer, piece = 65_536): Promise<string> {
  const written = await writeBlob(instance, blob, inPieces(bytes, piece), MOST, INSTANT);
  if (!written.ok) throw new Error(written.reason);
  await instance.store.inTransaction((tx) => activateBlob(tx, written.value, INSTANT));
  return written.value.id;
}

async function readAll(instance: Instance, id: string, keys = instance.keys): Promise<Buffer | null> {
  const blob = await openBlob(instance.store.read, keys, id);
  if (!blob) return null;
  const pieces: Buffer[] = [];
  for await (const piece of blob.bytes) pieces.push(piece);
  return Buffer.concat(pieces);
}

const chunkCount = async (instance: Instance) =>
  (await instance.store.read.select({ one: sql`1` }).from(instance.store.read.tables.blobChunks)).length;

describeEachStore('a file', (open) => {
  it.each([0, 1, CHUNK_BYTES - 1, CHUNK_BYTES, CHUNK_BYTES + 1, 2 * CHUNK_BYTES, 3 * CHUNK_BYTES + 17])(
    'of %i bytes comes back as it was, sealed or not, whatever the pieces it came in',
    async (size) => {
      const instance = testInstance((await open()).store);
      const bytes = bytesOf(size);
      for (const [blob, piece] of [
        [LOGO, 65_536],
        [SCAN, 100_003],
        [SCAN, 4 * CHUNK_BYTES],
      ] as const) {
        const id = await store(instance, blob, bytes, piece);
        expect((await readAll(instance, id))?.equals(bytes)).toBe(true);
        const stored = await openBlob(instance.store.read, instance.keys, id);
        expect(stored).toMatchObject({ size, kind: blob.kind, mediaType: blob.mediaType, letterId: blob.letterId });
        expect(stored?.sha256).toBe(createHash('sha256').update(bytes).digest('hex'));
      }
      expect(await chunkCount(instance)).toBe(3 * Math.max(1, Math.ceil(size / CHUNK_BYTES)));
    },
  );

  it('is seen by nobody before it is activated, nor after it is hidden', async () => {
    const instance = testInstance((await open()).store);
    const written = await writeBlob(instance, LOGO, inPieces(bytesOf(100), 10), MOST, INSTANT);
    if (!written.ok) throw new Error(written.reason);
    const { id } = written.value;
    expect(await openBlob(instance.store.read, instance.keys, id)).toBeNull();
    const failing = instance.store.inTransaction(async (tx) => {
      await activateBlob(tx, written.value, INSTANT);
      throw new Error('no');
    });
    await expect(failing).rejects.toThrow('no');
    expect(await openBlob(instance.store.read, instance.keys, id)).toBeNull();
    await instance.store.inTransaction((tx) => activateBlob(tx, written.value, INSTANT));
    expect(await openBlob(instance.store.read, instance.keys, id)).not.toBeNull();
    await instance.store.inTransaction((tx) => hideBlob(tx, id));
    expect(await openBlob(instance.store.read, instance.keys, id)).toBeNull();
  });

  it('leaves nothing where it is too large, or where its stream breaks', async () => {
    const instance = testInstance((await open()).store);
    const large = await writeBlob(instance, SCAN, inPieces(bytesOf(CHUNK_BYTES + 2), 1000), CHUNK_BYTES + 1, INSTANT);
    expect(large).toEqual({ ok: false, reason: 'too-large' });
    async function* broken() {
      yield bytesOf(2 * CHUNK_BYTES);
      throw new Error('connection lost');
    }
    await expect(writeBlob(instance, SCAN, broken(), MOST, INSTANT)).rejects.toThrow('connection lost');
    expect(await chunkCount(instance)).toBe(0);
    expect(await instance.store.read.select().from(instance.store.read.tables.blobs)).toEqual([]);
  });

  it('is removed piece by piece', async () => {
    const instance = testInstance((await open()).store);
    const kept = await store(instance, LOGO, bytesOf(10));
    await removeBlob(instance.store, await store(instance, SCAN, bytesOf(4 * CHUNK_BYTES + 1)));
    expect(await chunkCount(instance)).toBe(1);
    expect(await readAll(instance, kept)).toEqual(bytesOf(10));
  });

  it('that nobody activated is cleaned away, but not one that is being written', async () => {
    const instance = testInstance((await open()).store);
    const kept = await store(instance, LOGO, bytesOf(10));
    for (const at of [0, 1000]) {
      await writeBlob(instance, SCAN, inPieces(bytesOf(10), 10), MOST, new Date(INSTANT.getTime() + at));
    }
    expect(await removeOrphans(instance.store, new Date(INSTANT.getTime() + 1000))).toBe(1);
    expect(await chunkCount(instance)).toBe(2);
    expect(await readAll(instance, kept)).toEqual(bytesOf(10));
    expect(await removeOrphans(instance.store, new Date(INSTANT.getTime() + 2000))).toBe(1);
    expect(await removeOrphans(instance.store, new Date(INSTANT.getTime() + 2000))).toBe(0);
  });

  it('can’t be activated once it has been cleaned away', async () => {
    const instance = testInstance((await open()).store);
    const written = await writeBlob(instance, LOGO, inPieces(bytesOf(10), 10), MOST, INSTANT);
    if (!written.ok) throw new Error(written.reason);
    await removeBlob(instance.store, written.value.id);
    await expect(instance.store.inTransaction((tx) => activateBlob(tx, written.value, INSTANT))).rejects.toThrow('not waiting');
  });
});

describeEachStore('a sealed file', (open) => {
  const sealed = async () => {
    const instance = testInstance((await open()).store);
    const bytes = bytesOf(3 * CHUNK_BYTES);
    bytes.write('A hidden name', CHUNK_BYTES + 5);
    const pieces = [0, 1, 2].map((number) => bytes.subarray(number * CHUNK_BYTES, (number + 1) * CHUNK_BYTES)) as [Buffer, Buffer, Buffer];
    return { instance, pieces, id: await store(instance, SCAN, bytes) };
  };
  /** What somebody with the database in hand would do besides: the stored hash fits the changed bytes. */
  const rehash = (instance: Instance, id: string, pieces: readonly Buffer[]) =>
    instance.store.inTransaction(async (tx) => {
      const sha256 = createHash('sha256').update(Buffer.concat(pieces)).digest('hex');
      await tx.update(tx.tables.blobs).set({ sha256 }).where(eq(tx.tables.blobs.id, id));
    });
  const expectDamaged = async (instance: Instance, id: string) => {
    await expect(readAll(instance, id)).rejects.toThrow(BlobDamaged);
  };

  it('shows nothing of its bytes, and opens with its keys alone', async () => {
    const { instance, id } = await sealed();
    const { blobChunks } = instance.store.read.tables;
    const rows = await instance.store.read.select().from(blobChunks);
    expect(rows.some((row) => row.bytes.includes('hidden name'))).toBe(false);
    await expect(readAll(instance, id, testKeys('other'))).rejects.toThrow(BlobDamaged);
  });

  // Each is red without the number, the id or the `last` in the place a piece is sealed for.
  it('is not read with two pieces swapped', async () => {
    const { instance, pieces, id } = await sealed();
    await instance.store.inTransaction(async (tx) => {
      const { blobChunks } = tx.tables;
      for (const [from, to] of [
        [0, 9],
        [1, 0],
        [9, 1],
      ] as const) {
        await tx.update(blobChunks).set({ number: to }).where(eq(blobChunks.number, from));
      }
    });
    await rehash(instance, id, [pieces[1], pieces[0], pieces[2]]);
    await expectDamaged(instance, id);
  });

  it('is not read with its end cut off', async () => {
    const { instance, pieces, id } = await sealed();
    await instance.store.inTransaction(async (tx) => {
      const { blobs, blobChunks } = tx.tables;
      await tx.delete(blobChunks).where(eq(blobChunks.number, 2));
      await tx.update(blobs).set({ size: 2 * CHUNK_BYTES });
    });
    await rehash(instance, id, [pieces[0], pieces[1]]);
    await expectDamaged(instance, id);
  });

  it('is not read with a piece of another', async () => {
    const { instance, pieces, id } = await sealed();
    const other = await store(instance, SCAN, bytesOf(3 * CHUNK_BYTES));
    await rehash(instance, id, [pieces[0], bytesOf(CHUNK_BYTES), pieces[2]]);
    await instance.store.inTransaction(async (tx) => {
      const { blobChunks } = tx.tables;
      const of = (blobId: string, number: number) => and(eq(blobChunks.blobId, blobId), eq(blobChunks.number, number));
      await tx.delete(blobChunks).where(of(id, 1));
      await tx.update(blobChunks).set({ blobId: id }).where(of(other, 1));
    });
    await expectDamaged(instance, id);
  });

  it('is not read with a piece missing', async () => {
    const { instance, id } = await sealed();
    await instance.store.inTransaction((tx) => tx.delete(tx.tables.blobChunks).where(eq(tx.tables.blobChunks.number, 1)));
    await expectDamaged(instance, id);
  });
});

describeEachStore('a file in the clear', (open) => {
  it('is not read to its end once it was changed', async () => {
    const instance = testInstance((await open()).store);
    const id = await store(instance, LOGO, bytesOf(2000));
    await instance.store.inTransaction((tx) => tx.update(tx.tables.blobChunks).set({ bytes: bytesOf(2001).subarray(1) }));
    await expect(readAll(instance, id)).rejects.toThrow(BlobDamaged);
  });
});
