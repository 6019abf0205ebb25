import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { normaliseOrganisationName } from '../../../lib/organisations/name.ts';

describe('what an organisation is told apart by', () => {
  it.each([
    ['Harbour Forum', 'The Harbour Forum'],
    ['Harbour Forum', ' harbour  FORUM. '],
    ['Harbour-Forum', 'Harbour Forum'],
    ['The The Forum', 'The Forum'],
    ['Seafarers’ Union', "Seafarers' Union"],
    ['Ｈarbour Forum', 'Harbour Forum'],
    ['انجمن\u200Cها', 'انجمن ها'],
  ])('takes %s and %s for one', (one, other) => {
    expect(normaliseOrganisationName(one)).toBe(normaliseOrganisationName(other));
  });

  it.each([
    ['Harbour Forum', 'Harbour Forums'],
    ['Forum für Häfen', 'Forum fur Hafen'],
    ['+', '−'],
  ])('keeps %s and %s apart', (one, other) => {
    expect(normaliseOrganisationName(one)).not.toBe(normaliseOrganisationName(other));
  });

  it('changes nothing the second time, and leaves no name empty', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1, unit: 'grapheme' }), (name) => {
        const once = normaliseOrganisationName(name);
        if (name.trim() !== '') expect(once).not.toBe('');
        expect(normaliseOrganisationName(once)).toBe(once);
      }),
    );
  });
});
