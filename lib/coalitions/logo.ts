import { findCoalition } from '../../db/queries/coalitions.ts';
import type { Reader } from '../../db/store.ts';
import { openBlob } from '../blobs/store.ts';
import type { Instance } from '../instance.ts';
import { measurePicture, type Picture } from '../pictures/picture.ts';

type Opened = Pick<Instance, 'store' | 'keys'>;

/** A coalition's logo, whole: it has a megabyte at most. Null where it has none. Who may see it is decided by the caller. */
export async function readLogo({ store, keys }: Opened, coalitionId: string): Promise<Picture | null> {
  const coalition = await findCoalition(store.read, coalitionId);
  return coalition?.settings.logo === undefined ? null : await readPicture(store.read, keys, coalitionId, coalition.settings.logo);
}

/** A stored picture of a coalition's; null where that is none, or another's. */
export async function readPicture(db: Reader, keys: Instance['keys'], coalitionId: string, id: string): Promise<Picture | null> {
  const blob = await openBlob(db, keys, id);
  if (blob?.coalitionId !== coalitionId) return null;
  const pieces: Buffer[] = [];
  for await (const piece of blob.bytes) pieces.push(piece);
  const bytes = Buffer.concat(pieces);
  const measured = measurePicture(bytes);
  return measured && { ...measured, bytes };
}
