import { findLogState, type LogScope, listAuditEntries } from '../../db/queries/audit.ts';
import type { Reader } from '../../db/store.ts';
import type { Keys } from '../crypto/keys.ts';
import { unseal } from '../crypto/seal.ts';
import type { JsonValue } from '../shared/canonical-json.ts';
import { type Result, refusal, success } from '../shared/result.ts';
import { auditRecordPlace } from './append.ts';
import { appendToFrontier, NODE_BYTES, rootOf } from './frontier.ts';
import { commitTo, leafHash } from './leaf.ts';

/** What is wrong with a log, and the first place where. */
export type LogFault =
  | { readonly kind: 'no-log' }
  /** The entry is not there, or stands twice. */
  | { readonly kind: 'missing-entry'; readonly sequence: number }
  /** The record does not open, or is not the one the entry was made for. */
  | { readonly kind: 'wrong-record'; readonly sequence: number }
  /** One of these entries, counted from 1 and both included, is not the one the frontier was made from. */
  | { readonly kind: 'changed-entry'; readonly first: number; readonly last: number };

export interface VerifiedLog {
  readonly size: number;
  /** Merkle root, 32 bytes. */
  readonly root: Buffer;
  /** Entries whose record has been erased: their place in the log is proved, their content is not. */
  readonly erased: number;
}

/** Recomputes a log from its first entry (`docs/audit-log.md`). Entries added meanwhile are left for the next time. */
export async function verifyLog(db: Reader, keys: Keys, scope: LogScope): Promise<Result<VerifiedLog, LogFault>> {
  const state = await findLogState(db, scope);
  if (!state) return refusal({ kind: 'no-log' });
  let frontier: Buffer = Buffer.alloc(0);
  let erased = 0;
  let size = 0;
  while (size < state.size) {
    const page = await listAuditEntries(db, scope.id, size);
    if (page.length === 0) return refusal({ kind: 'missing-entry', sequence: size + 1 });
    for (const { entry, salt, sealed } of page.slice(0, state.size - size)) {
      if (entry.sequence !== size + 1) return refusal({ kind: 'missing-entry', sequence: size + 1 });
      if (salt && sealed) {
        const record = unseal(keys, auditRecordPlace(scope, entry.sequence), sealed);
        const fits = record.ok && commitTo(salt, record.value as JsonValue).equals(entry.commitment);
        if (!fits) return refusal({ kind: 'wrong-record', sequence: entry.sequence });
      } else erased++;
      frontier = appendToFrontier(frontier, size, leafHash(entry));
      size++;
    }
  }
  const changed = firstDifference(frontier, state.frontier, size);
  return changed ? refusal(changed) : success({ size, root: rootOf(frontier), erased });
}

/** The entries under the first perfect subtree whose root differs. */
function firstDifference(computed: Buffer, stored: Buffer, size: number): LogFault | null {
  if (computed.equals(stored)) return null;
  let before = 0;
  for (let at = 0; at < computed.length; at += NODE_BYTES) {
    const width = 2 ** Math.floor(Math.log2(size - before));
    const same = computed.subarray(at, at + NODE_BYTES).equals(stored.subarray(at, at + NODE_BYTES));
    if (!same) return { kind: 'changed-entry', first: before + 1, last: before + width };
    before += width;
  }
  // The stored frontier has more nodes than its size allows.
  return { kind: 'changed-entry', first: 1, last: size };
}
