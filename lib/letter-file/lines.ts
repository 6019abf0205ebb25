import { isUtf8 } from 'node:buffer';
import { open } from 'node:fs/promises';

const CHUNK_BYTES = 1 << 20;
/** A signatory's line; the longest record the schema takes is far below. */
export const LINE_LIMIT_BYTES = 64 * 1024;
const LINE_FEED = 10;

/** Why a line can't be given: its bytes are no UTF-8, or there are more than `LINE_LIMIT_BYTES` of them. */
export type BadLine = 'not-utf-8' | 'line-too-long';
export type Line = string | { readonly bad: BadLine };

/**
 * The lines of a file without their line ends, some thousands at a time, in memory that doesn't grow with the file. A byte order mark
 * at the start is no part of the first line. Throws what the file system throws.
 */
export async function* readLines(file: string, onProgress: (bytes: number) => void = () => {}): AsyncGenerator<readonly Line[]> {
  const handle = await open(file, 'r');
  try {
    const chunk = Buffer.allocUnsafeSlow(CHUNK_BYTES);
    let rest: Buffer = Buffer.alloc(0);
    let skipping = false;
    let first = true;
    let total = 0;
    for (;;) {
      const { bytesRead } = await handle.read(chunk, 0, CHUNK_BYTES, null);
      if (bytesRead === 0) break;
      total += bytesRead;
      let part = rest.length === 0 ? chunk.subarray(0, bytesRead) : Buffer.concat([rest, chunk.subarray(0, bytesRead)]);
      if (first && part.length >= 3) {
        first = false;
        if (part[0] === 0xef && part[1] === 0xbb && part[2] === 0xbf) part = part.subarray(3);
      }
      const lines: Line[] = [];
      const end = part.lastIndexOf(LINE_FEED);
      if (end !== -1) {
        const start = skipping ? part.indexOf(LINE_FEED) + 1 : 0;
        if (skipping) lines.push({ bad: 'line-too-long' });
        skipping = false;
        if (start <= end) pushLines(lines, part.subarray(start, end));
      }
      rest = Buffer.from(part.subarray(end + 1));
      if (rest.length > LINE_LIMIT_BYTES) {
        skipping = true;
        rest = Buffer.alloc(0);
      }
      onProgress(total);
      if (lines.length > 0) yield lines;
    }
    if (skipping) yield [{ bad: 'line-too-long' }];
    else if (rest.length > 0) {
      const lines: Line[] = [];
      pushLines(lines, rest);
      yield lines;
    }
  } finally {
    await handle.close();
  }
}

/** `bytes` holds whole lines, the last without its line feed. */
function pushLines(lines: Line[], bytes: Buffer): void {
  if (isUtf8(bytes)) {
    for (const line of bytes.toString('utf8').split('\n')) lines.push(checked(line));
    return;
  }
  for (let start = 0; start <= bytes.length; ) {
    const found = bytes.indexOf(LINE_FEED, start);
    const end = found === -1 ? bytes.length : found;
    const line = bytes.subarray(start, end);
    lines.push(isUtf8(line) ? checked(line.toString('utf8')) : { bad: 'not-utf-8' });
    start = end + 1;
  }
}

function checked(line: string): Line {
  if (line.length > LINE_LIMIT_BYTES || (line.length * 3 > LINE_LIMIT_BYTES && Buffer.byteLength(line) > LINE_LIMIT_BYTES)) {
    return { bad: 'line-too-long' };
  }
  return line.endsWith('\r') ? line.slice(0, -1) : line;
}
