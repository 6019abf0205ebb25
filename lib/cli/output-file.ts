import { closeSync, fsyncSync, openSync, renameSync, rmSync, statSync, writeSync } from 'node:fs';
import { dirname, join } from 'node:path';

export interface OutputFile {
  write(bytes: Uint8Array | string): void;
  /** Puts the whole file in its place, in one step. */
  finish(): void;
  /** Leaves no trace; what stood in its place before still does. */
  abandon(): void;
}

/** A file that is there whole or not at all: it is written beside its place and renamed once it is on disk. */
export function openOutput(file: string): OutputFile {
  // The draft's own name is short and new: what is wrong with this one would show only after all the work, when it is renamed.
  if (statSync(file, { throwIfNoEntry: false })?.isDirectory()) throw Object.assign(new Error('a folder'), { code: 'EISDIR' });
  const draft = join(dirname(file), `.undersigned-${process.pid}-${Date.now().toString(36)}.part`);
  const handle = openSync(draft, 'wx', 0o644);
  let open = true;
  const close = () => {
    if (open) closeSync(handle);
    open = false;
  };
  return {
    write(bytes) {
      const buffer = typeof bytes === 'string' ? Buffer.from(bytes, 'utf8') : bytes;
      for (let at = 0; at < buffer.length; ) at += writeSync(handle, buffer, at);
    },
    finish() {
      fsyncSync(handle);
      close();
      renameSync(draft, file);
    },
    abandon() {
      close();
      rmSync(draft, { force: true });
    },
  };
}

/**
 * That of the files a command reads which its output would replace, by whatever path or link; undefined where none is. The renaming
 * would come when all has been read, and so without an error.
 */
export function ownInput(out: string, inputs: readonly string[]): string | undefined {
  const place = identityOf(out);
  return place === null ? undefined : inputs.find((input) => identityOf(input) === place);
}

function identityOf(file: string): string | null {
  try {
    const { dev, ino } = statSync(file, { bigint: true });
    return `${dev} ${ino}`;
  } catch {
    return null;
  }
}

/** The sentence against a file that could not be written, or null for an error of another kind. */
export function outputSentence(file: string, error: unknown): string | null {
  const code = (error as NodeJS.ErrnoException).code;
  switch (code) {
    case 'ENOENT':
      return `${file} cannot be written: its folder does not exist.`;
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return `${file} cannot be written: this user may not write there.`;
    case 'EISDIR':
      return `${file} is a folder.`;
    case 'ENOSPC':
    case 'EDQUOT':
      return `${file} cannot be written: the disk is full.`;
    case 'ENOTDIR':
      return `${file} cannot be written: a part of its path is a file, not a folder.`;
    case 'ENAMETOOLONG':
      return `${file} cannot be written: its name is too long.`;
    case 'EIO':
      return `${file} cannot be written: the disk reports an error.`;
    default:
      return null;
  }
}
