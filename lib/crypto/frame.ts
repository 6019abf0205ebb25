/** Joins texts so that no two lists of texts give the same bytes: each is preceded by its length in bytes (unsigned, 32 bits, big-endian). */
export function lengthPrefixed(texts: readonly string[]): Buffer {
  // One buffer: every sealed record and every look-up passes here.
  let size = 0;
  for (const text of texts) size += 4 + Buffer.byteLength(text, 'utf8');
  const bytes = Buffer.alloc(size);
  let at = 0;
  for (const text of texts) {
    const length = bytes.write(text, at + 4, 'utf8');
    bytes.writeUInt32BE(length, at);
    at += 4 + length;
  }
  return bytes;
}
