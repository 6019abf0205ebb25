import { createHash } from 'node:crypto';

export const NODE_BYTES = 32;

const parent = (left: Uint8Array, right: Uint8Array) => createHash('sha256').update(Buffer.of(1)).update(left).update(right).digest();

/**
 * The Merkle frontier of a log: the roots of its perfect subtrees, largest first, one for each bit set in `size` (RFC 9162 §2.1).
 * It is all that is needed to append and to give the root, so a letter's row carries it whole: at most 32 bytes for each doubling.
 * @param frontier of the log before, empty for none
 * @param size entries before
 */
export function appendToFrontier(frontier: Uint8Array, size: number, leaf: Uint8Array): Buffer {
  if (frontier.length !== NODE_BYTES * bitCount(size))
    throw new Error(`a frontier of ${frontier.length} bytes is not that of ${size} entries`);
  const nodes: Uint8Array[] = [];
  for (let at = 0; at < frontier.length; at += NODE_BYTES) nodes.push(frontier.subarray(at, at + NODE_BYTES));
  let node: Uint8Array = leaf;
  // As in binary addition: every set low bit carries into the next subtree.
  for (let bits = size; bits % 2 === 1; bits = (bits - 1) / 2) node = parent(nodes.pop() as Uint8Array, node);
  nodes.push(node);
  return Buffer.concat(nodes);
}

/** The root hash of the log with this frontier; that of no entries is SHA-256 of nothing. */
export function rootOf(frontier: Uint8Array): Buffer {
  let root: Uint8Array | undefined;
  for (let at = frontier.length - NODE_BYTES; at >= 0; at -= NODE_BYTES) {
    const node = frontier.subarray(at, at + NODE_BYTES);
    root = root ? parent(node, root) : node;
  }
  return root ? Buffer.from(root) : createHash('sha256').digest();
}

function bitCount(size: number): number {
  let count = 0;
  for (let bits = size; bits > 0; bits = Math.floor(bits / 2)) count += bits % 2;
  return count;
}
