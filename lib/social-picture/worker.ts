import { parentPort, workerData } from 'node:worker_threads';
import { drawSocialPicture, type SocialPictureInput } from './picture.ts';

/** The drawing thread: one picture, and it ends. */
if (parentPort === null) throw new Error('this file runs as a worker thread');
const { input, fonts } = workerData as { readonly input: SocialPictureInput; readonly fonts: string };
parentPort.postMessage(drawSocialPicture(input, new URL(fonts)));
