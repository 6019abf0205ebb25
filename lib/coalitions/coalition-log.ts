import type { Tx } from '../../db/store.ts';
import type { CoalitionScope } from '../access/scope.ts';
import { appendAudit } from '../audit/append.ts';
import type { AuditType } from '../audit/types.ts';
import type { Instance } from '../instance.ts';
import type { JsonValue } from '../shared/canonical-json.ts';

/** Writes an entry into a coalition's log, in the name of the member who acts. */
export async function logCoalition(
  tx: Tx,
  instance: Pick<Instance, 'keys' | 'random'>,
  { coalitionId, memberId }: Pick<CoalitionScope, 'coalitionId' | 'memberId'>,
  event: { readonly type: AuditType; readonly record: JsonValue },
  now: Date,
): Promise<void> {
  await appendAudit(
    tx,
    instance,
    { scope: { kind: 'coalition', id: coalitionId }, actor: { kind: 'member', id: memberId }, ...event },
    now,
  );
}
