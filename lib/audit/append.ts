import { insertAuditEntry, type LogScope, storeFrontier, takeLogPlace } from '../../db/queries/audit.ts';
import type { ActorKind } from '../../db/schema/values.ts';
import type { Tx } from '../../db/store.ts';
import { seal } from '../crypto/seal.ts';
import type { Instance } from '../instance.ts';
import type { JsonValue } from '../shared/canonical-json.ts';
import { appendToFrontier } from './frontier.ts';
import { commitTo, leafHash } from './leaf.ts';
import type { AuditType } from './types.ts';

export interface Actor {
  readonly kind: ActorKind;
  /** A member's or a signing's id; null for the system. */
  readonly id: string | null;
}

export interface AuditEvent {
  readonly scope: LogScope;
  readonly type: AuditType;
  readonly actor: Actor;
  /** Of the text concerned, 64 hex digits. */
  readonly fingerprint?: string;
  /** What happened, names and all: sealed, committed to, and erasable. */
  readonly record: JsonValue;
}

const SALT_BYTES = 32;

/** The place an entry's record is sealed for. */
export const auditRecordPlace = (scope: LogScope, sequence: number) => ({
  table: 'audit_records',
  id: `${scope.id}/${sequence}`,
  scope: scope.id,
});

/**
 * Writes one entry of a letter's or coalition's log, in the transaction of the change it records: a change without its entry, or an
 * entry without its change, can't be committed.
 * @returns its place in the log, from 1
 */
export async function appendAudit(tx: Tx, instance: Pick<Instance, 'keys' | 'random'>, event: AuditEvent, now: Date): Promise<number> {
  const { scope } = event;
  const place = await takeLogPlace(tx, scope);
  if (!place) throw new Error(`no ${scope.kind} ${scope.id} to log for`);
  const { size: sequence, frontier } = place;
  await storeFrontier(tx, scope, await writeLogEntry(tx, instance, event, { sequence, frontier }, now));
  return sequence;
}

/**
 * Writes one entry at a place that its caller has taken, in a log that they hold.
 * @returns the frontier that they have to store with the log's new size
 */
export async function writeLogEntry(
  tx: Tx,
  { keys, random }: Pick<Instance, 'keys' | 'random'>,
  event: AuditEvent,
  { sequence, frontier }: { readonly sequence: number; readonly frontier: Buffer | null },
  now: Date,
): Promise<Buffer> {
  const { scope, type, actor } = event;
  const salt = random(SALT_BYTES);
  const entry = {
    scopeId: scope.id,
    sequence,
    type,
    at: now,
    actorKind: actor.kind,
    actorId: actor.id,
    fingerprint: event.fingerprint ?? null,
    commitment: commitTo(salt, event.record),
  };
  const sealed = seal(keys, auditRecordPlace(scope, sequence), event.record);
  await insertAuditEntry(tx, entry, { salt, sealed });
  return appendToFrontier(frontier ?? Buffer.alloc(0), sequence - 1, leafHash(entry));
}
