import { listPeopleOfMembers } from '../../db/queries/people.ts';
import { openPerson } from '../auth/person.ts';
import type { Instance } from '../instance.ts';

/** Who members are to one another, by their ids; also those who left, since what they wrote stays theirs. */
export async function memberNames(
  { store, keys }: Pick<Instance, 'store' | 'keys'>,
  coalitionId: string,
  memberIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await listPeopleOfMembers(store.read, coalitionId, [...new Set(memberIds)]);
  return new Map(rows.map(({ memberId, person }) => [memberId, openPerson(keys, person).name]));
}
