/** Joins texts so that no two lists of texts give the same bytes: each is preceded by its length in bytes (unsigned, 32 bits, big-endian). */
export function lengthPrefixed(texts: readonly string[]): Buffer {
  const pieces: Buffer[] = [];
  for (const text of texts) {
    const bytes = Buffer.from(text, 'utf8');
    const length = Buffer.alloc(4);
    length.writeUInt32BE(bytes.length);
    pieces.push(length, bytes);
  }
  return Buffer.concat(pieces);
}
