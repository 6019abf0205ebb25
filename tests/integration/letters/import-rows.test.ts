import { eq } from 'drizzle-orm';
import { expect, it } from 'vitest';
import { type BatchSignature, insertBatch, insertBatchSignatures } from '../../../db/queries/batches.ts';
import { insertSigning } from '../../../db/queries/signatures.ts';
import { NOW, openTestLetter } from '../../support/invited.ts';
import { describeEachStore, testInstance } from '../../support/stores.ts';

describeEachStore('the rows of an import', (open) => {
  it('are written until the time is over, to the end of the statement under way', async () => {
    const { store } = await open();
    const { letterId, letter } = await openTestLetter(testInstance(store));
    const of = { letterId, signingId: 'sgn_1', batchId: 'bat_1' };
    await store.inTransaction(async (tx) => {
      const { memberId } = letter;
      await insertBatch(tx, { id: of.batchId, letterId, memberId, means: 'paper', fileHash: '', state: 'filling', createdAt: NOW });
      await insertSigning(tx, {
        id: of.signingId,
        letterId,
        batchId: of.batchId,
        origin: 'import',
        proof: 'vouched',
        sealed: Buffer.from('none'),
        wording: 'vouched/1',
        language: 'en',
        vouchedBy: memberId,
        vouchedMeans: 'paper',
        vouchedOn: '2026-03-02',
        createdAt: NOW,
        confirmedAt: NOW,
      });
    });
    const row = {
      capacity: 'personal',
      authority: null,
      publication: 'public',
      organisationId: null,
      sealed: Buffer.from('sealed'),
      flags: ['x'],
      signedAt: NOW,
    } as const;
    const rows = Array.from({ length: 5 }, (_, index): BatchSignature => {
      const state = index % 2 === 1 ? ({ status: 'held', listedAt: null } as const) : ({ status: 'listed', listedAt: NOW } as const);
      return { ...row, ...state, id: `sig_${index}`, position: index + 1 };
    });
    const insert = (from: number, atOnce: number, isOver: () => boolean) =>
      store.inTransaction((tx) => insertBatchSignatures(tx, of, rows.slice(from), { atOnce, isOver }));

    expect(await insert(0, 1, () => true)).toBe(1);
    expect(await insert(1, 2, () => true)).toBe(2);
    expect(await insert(3, 1, () => false)).toBe(2);
    const { signatures } = store.read.tables;
    const stored = await store.read.select().from(signatures).where(eq(signatures.letterId, letterId)).orderBy(signatures.position);
    expect(stored).toMatchObject(rows);
  });
});
