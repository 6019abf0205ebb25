import { Worker } from 'node:worker_threads';
import type { SocialPictureInput } from './picture.ts';

/**
 * `drawSocialPicture` in a thread of its own: some hundred milliseconds that a server spends on others meanwhile.
 * @param root the folder of the checkout, with its final slash: a bundled module does not lie beside the worker
 */
export function drawInWorker(input: SocialPictureInput, root: URL): Promise<Buffer> {
  const fonts = new URL('lib/pdf/fonts/', root).href;
  const worker = new Worker(new URL('lib/social-picture/worker.ts', root), { workerData: { input, fonts } });
  return new Promise((resolve, reject) => {
    worker.once('message', (bytes: Uint8Array) => resolve(Buffer.from(bytes)));
    worker.once('error', reject);
    worker.once('exit', (code) => reject(new Error(`the drawing thread ended with code ${code}`)));
  });
}
