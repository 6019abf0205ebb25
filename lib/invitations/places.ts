import type { Keys } from '../crypto/keys.ts';
import { type SealPlace, unseal } from '../crypto/seal.ts';
import { type StoredInvitation, storedAnswer, storedInvitation } from './schema.ts';

export const invitationPlace = (letterId: string, id: string): SealPlace => ({ table: 'invitations', id, scope: letterId });
export const answerPlace = (letterId: string, id: string): SealPlace => ({ table: 'invitations', column: 'answer', id, scope: letterId });

interface SealedRow {
  readonly id: string;
  readonly letterId: string;
  readonly sealed: Uint8Array;
  readonly answer: Uint8Array | null;
}

/** Whom an invitation is for. @throws where the row is another's or was changed outside the product */
export function openInvited(keys: Keys, row: Pick<SealedRow, 'id' | 'letterId' | 'sealed'>): StoredInvitation {
  const opened = unseal(keys, invitationPlace(row.letterId, row.id), row.sealed);
  if (!opened.ok) throw new Error(`invitation ${row.id} does not open: ${opened.reason}`);
  return storedInvitation.parse(opened.value);
}

/** The reason somebody gave for declining; null where none was given. */
export function openRefusalReason(keys: Keys, row: Pick<SealedRow, 'id' | 'letterId' | 'answer'>): string | null {
  if (row.answer === null) return null;
  const opened = unseal(keys, answerPlace(row.letterId, row.id), row.answer);
  if (!opened.ok) throw new Error(`the answer of invitation ${row.id} does not open: ${opened.reason}`);
  return storedAnswer.parse(opened.value).reason || null;
}
