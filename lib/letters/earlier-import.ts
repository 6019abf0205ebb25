import { findActiveBatchOfFile } from '../../db/queries/batches.ts';
import { findCoalitionBySlug } from '../../db/queries/coalitions.ts';
import type { Instance } from '../instance.ts';

export interface EarlierImport {
  readonly letterId: string;
  readonly headline: string;
  readonly importedAt: Date;
}

/**
 * The letter that the very same files were imported as in this coalition, the latest where there are several; null where there is none.
 * @param fileHash as `importLetter` takes it
 */
export async function findEarlierImport(
  { store: { read } }: Instance,
  { coalitionSlug, fileHash }: { readonly coalitionSlug: string; readonly fileHash: string },
): Promise<EarlierImport | null> {
  const coalition = await findCoalitionBySlug(read, coalitionSlug);
  const found = coalition && (await findActiveBatchOfFile(read, coalition.id, fileHash));
  return found ? { letterId: found.letterId, headline: found.headline, importedAt: found.createdAt } : null;
}
