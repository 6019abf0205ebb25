import { and, eq, gt, lt } from 'drizzle-orm';
import type { Reader, Tx } from '../store.ts';

export async function insertFormDraft(tx: Tx, draft: { id: string; sealed: Buffer; expiresAt: Date }): Promise<void> {
  await tx.insert(tx.tables.formDrafts).values(draft);
}

export async function findFormDraft(db: Reader, id: string, now: Date): Promise<Buffer | null> {
  const { formDrafts } = db.tables;
  const [row] = await db
    .select()
    .from(formDrafts)
    .where(and(eq(formDrafts.id, id), gt(formDrafts.expiresAt, now)))
    .limit(1);
  return row?.sealed ?? null;
}

export async function deleteFormDraft(tx: Tx, id: string): Promise<void> {
  await tx.delete(tx.tables.formDrafts).where(eq(tx.tables.formDrafts.id, id));
}

export async function deleteFormDraftsBefore(tx: Tx, now: Date): Promise<void> {
  await tx.delete(tx.tables.formDrafts).where(lt(tx.tables.formDrafts.expiresAt, now));
}
