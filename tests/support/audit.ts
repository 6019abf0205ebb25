import type { listAuditEntries } from '../../db/queries/audit.ts';
import { auditRecordPlace } from '../../lib/audit/append.ts';
import { unseal } from '../../lib/crypto/seal.ts';
import type { Instance } from '../../lib/instance.ts';

/** What an entry of a letter's log holds under its seal. */
export function readAuditRecord({ keys }: Instance, row: Awaited<ReturnType<typeof listAuditEntries>>[number] | undefined): unknown {
  if (!row?.sealed) throw new Error('no such entry');
  const { scopeId, sequence } = row.entry;
  const record = unseal(keys, auditRecordPlace({ kind: 'letter', id: scopeId }, sequence), row.sealed);
  if (!record.ok) throw new Error(record.reason);
  return record.value;
}
