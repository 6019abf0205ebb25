import { listPeopleOfMembers } from '../../db/queries/people.ts';
import { openPerson } from '../auth/person.ts';
import type { Instance } from '../instance.ts';
import { openMember } from './member-record.ts';

/** Who members are to one another, with whom they come from, by their ids; also those who left, since what they wrote stays theirs. */
export async function memberNames(
  { store, keys }: Pick<Instance, 'store' | 'keys'>,
  coalitionId: string,
  memberIds: readonly string[],
): Promise<ReadonlyMap<string, string>> {
  const rows = await listPeopleOfMembers(store.read, coalitionId, [...new Set(memberIds)]);
  return new Map(
    rows.map(({ member, person }) => {
      const { organisation } = openMember(keys, member);
      const { name } = openPerson(keys, person);
      return [member.id, organisation === '' ? name : `${name} (${organisation})`];
    }),
  );
}
