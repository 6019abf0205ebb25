import { findCoalition } from '../../db/queries/coalitions.ts';
import type { Reader } from '../../db/store.ts';
import { openBlob } from '../blobs/store.ts';
import type { Letterhead } from '../document/model.ts';
import type { Instance } from '../instance.ts';
import { measurePicture, type Picture } from '../pictures/picture.ts';

type Opened = Pick<Instance, 'store' | 'keys'>;

/** A coalition's logo, whole: it has a megabyte at most. Null where it has none. Who may see it is decided by the caller. */
export async function readLogo({ store, keys }: Opened, coalitionId: string): Promise<Picture | null> {
  const coalition = await findCoalition(store.read, coalitionId);
  return coalition?.settings.logo === undefined ? null : await readPicture(store.read, keys, coalitionId, coalition.settings.logo);
}

async function readPicture(db: Reader, keys: Instance['keys'], coalitionId: string, id: string): Promise<Picture | null> {
  const blob = await openBlob(db, keys, id);
  if (blob?.coalitionId !== coalitionId) return null;
  const pieces: Buffer[] = [];
  for await (const piece of blob.bytes) pieces.push(piece);
  const bytes = Buffer.concat(pieces);
  const measured = measurePicture(bytes);
  return measured && { ...measured, bytes };
}

/** What stands at the head of a coalition's letters; undefined where it says nothing. */
export async function readLetterhead({ store, keys }: Opened, coalitionId: string): Promise<Letterhead | undefined> {
  const { letterhead, logo } = (await findCoalition(store.read, coalitionId))?.settings ?? {};
  if (!letterhead) return undefined;
  const picture = letterhead.logo && logo !== undefined ? await readPicture(store.read, keys, coalitionId, logo) : null;
  if (letterhead.lines.length === 0 && picture === null) return undefined;
  if (picture === null) return { lines: letterhead.lines, logo: null };
  const { mediaType, width, height, bytes } = picture;
  return { lines: letterhead.lines, logo: { mediaType, width, height, base64: bytes.toString('base64') } };
}
