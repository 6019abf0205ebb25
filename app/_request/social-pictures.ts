import { type RenderQueue, renderQueue } from '../../lib/pdf/render-queue.ts';
import { BoundedCache } from '../../lib/shared/bounded-cache.ts';
import { drawInWorker } from '../../lib/social-picture/in-worker.ts';
import type { SocialPictureInput } from '../../lib/social-picture/picture.ts';

/** A thread and some hundred milliseconds each. */
const LIMITS = { running: 1, waiting: 8 };
/** Bytes of pictures that are kept, and what one takes about. */
const KEPT_BYTES = 32 * 1024 * 1024;
const PICTURE_BYTES = 100 * 1024;
/** Signatures come all day: their number in the picture may be this much behind. */
const COUNTS_MS = 60_000;

interface Drawn {
  readonly counts: string;
  readonly at: number;
  readonly bytes: Promise<Buffer>;
}

// Route handlers have copies of this module of their own; only globalThis is shared by them.
const memo: { undersignedPictures?: BoundedCache<Drawn>; undersignedDrawing?: RenderQueue } = globalThis as typeof memo;

/** As many pictures are being drawn, or wait for it, as may be. */
export class PictureBusy extends Error {
  override readonly name = 'PictureBusy';
}

/**
 * The picture of a letter, drawn once for what it says. Several who ask for it at once wait for the same one.
 * @param root the folder of the checkout, with its final slash
 * @throws PictureBusy where too many wait already
 */
export async function socialPicture(slug: string, input: SocialPictureInput, root: URL, now: Date): Promise<Buffer> {
  memo.undersignedPictures ??= new BoundedCache(KEPT_BYTES);
  const pictures = memo.undersignedPictures;
  const { counts, ...standing } = input;
  const key = `${slug} ${input.language}`;
  // Where the counts go, or come back, the old picture says what it must not.
  const version = JSON.stringify({ ...standing, counted: counts !== '' });
  const known = pictures.get(key, version);
  if (known && (known.counts === counts || now.getTime() - known.at < COUNTS_MS)) return await known.bytes;
  const drawn: Drawn = { counts, at: now.getTime(), bytes: onTurn(() => drawInWorker(input, root)) };
  pictures.set(key, version, drawn, PICTURE_BYTES);
  try {
    return await drawn.bytes;
  } catch (error) {
    pictures.delete(key, drawn);
    throw error;
  }
}

async function onTurn(draw: () => Promise<Buffer>): Promise<Buffer> {
  memo.undersignedDrawing ??= renderQueue(LIMITS);
  const entered = memo.undersignedDrawing.enter(new AbortController().signal);
  if (!entered.ok) throw new PictureBusy();
  const leave = await entered.value.turn;
  try {
    return await draw();
  } finally {
    leave();
  }
}
