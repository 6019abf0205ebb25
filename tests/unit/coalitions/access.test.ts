import { describe, expect, it } from 'vitest';
import { roles } from '../../../db/schema/values.ts';
import { mayDo, memberActs } from '../../../lib/coalitions/access.ts';

describe('who may do what', () => {
  it('is this table', () => {
    const table = Object.fromEntries(memberActs.map((act) => [act, roles.filter((role) => mayDo(role, act)).join(' ')]));
    expect(table).toEqual({
      read: 'owner coordinator drafter observer',
      draft: 'owner coordinator drafter',
      run: 'owner coordinator',
      'read-addresses': 'owner coordinator',
      'manage-members': 'owner coordinator',
      'manage-owners': 'owner',
      delete: 'owner',
    });
  });
});
