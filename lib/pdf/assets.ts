import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

/** Where the renderer finds its files. A bundled server passes these explicitly: its modules do not lie beside them. */
export interface PdfAssets {
  /** Folder of the fonts, with its final slash. */
  readonly fonts: URL;
  /** `worker.ts`, for rendering in a thread of its own. */
  readonly worker: URL;
}

/** The files of a checkout at `root`, a folder given with its final slash. */
export function assetsAt(root: URL): PdfAssets {
  return {
    fonts: new URL('lib/pdf/fonts/', root),
    worker: new URL('lib/pdf/worker.ts', root),
  };
}

// A bundler takes `new URL('…', import.meta.url)` for a file to bring along, and a folder is none: two steps it does not follow.
export const defaultAssets = (): PdfAssets => assetsAt(pathToFileURL(join(import.meta.dirname, '../../')));
