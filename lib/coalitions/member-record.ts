import { z } from 'zod';
import type { MemberRow } from '../../db/queries/coalitions.ts';
import type { Keys } from '../crypto/keys.ts';
import { seal, unseal } from '../crypto/seal.ts';

/** What is kept sealed of a membership. */
export interface MemberRecord {
  /** Whom they come from; empty where they did not say. */
  readonly organisation: string;
  /** They went by themselves: nobody brings them back unasked. */
  readonly left?: boolean;
}

const SEALED = z.object({ organisation: z.string().default(''), left: z.boolean().exactOptional() });

const memberPlace = (id: string, coalitionId: string) => ({ table: 'members', id, scope: coalitionId });

export const sealMember = (keys: Keys, { id, coalitionId }: Pick<MemberRow, 'id' | 'coalitionId'>, record: MemberRecord): Buffer =>
  seal(keys, memberPlace(id, coalitionId), { ...record });

/** Members from before organisations were asked for have no record. */
export function openMember(keys: Keys, { id, coalitionId, sealed }: Pick<MemberRow, 'id' | 'coalitionId' | 'sealed'>): MemberRecord {
  if (sealed === null) return { organisation: '' };
  const opened = unseal(keys, memberPlace(id, coalitionId), sealed);
  if (!opened.ok) throw new Error(`member ${id} cannot be opened: ${opened.reason}`);
  return SEALED.parse(opened.value);
}
