import { describe, expect, it } from 'vitest';
import { formView } from '../../../app/_components/ui/form-view.ts';
import { formOfInvitation } from '../../../app/(public)/i/invitation-form.ts';
import { translator } from '../../../lib/i18n/translator.ts';

const t = translator('en');
const initial = { organisation: 'Harbour Forum', name: '' };
const typed = { invitation: 'inv_a', step: 'check', organisation: 'Ferry Workers Union', name: 'Tomas Ardelean', publication: 'counted' };
const other = t('fault.sign.other-invitation');

describe('a form behind a personal link', () => {
  it('shows what was typed for its own invitation', () => {
    const kept = formView('sign', typed, [{ place: 'role', message: 'Enter your role.' }]);
    expect(formOfInvitation(t, kept, 'inv_a', initial)).toBe(kept);
  });

  it.each([
    ['sent for another invitation', [{ place: '', message: other }], [{ place: '', message: other }]],
    ['with faults in the fields of another', [{ place: 'role', message: 'Enter your role.' }], [{ place: '', message: other }]],
    ['looked at for another invitation', [], []],
  ])('shows nothing of a form %s but what was wrong', (_, faults, shown) => {
    const form = formOfInvitation(t, formView('sign', typed, faults), 'inv_b', initial);
    expect(form.errors).toEqual(shown);
    expect(Object.keys(typed).map((field) => form.value(field))).toEqual(['', '', 'Harbour Forum', '', '']);
    expect(form.holds('publication', 'counted')).toBe(false);
  });

  it('starts with what is known of the invitation where nothing was kept', () => {
    const form = formOfInvitation(t, formView('sign', initial, []), 'inv_b', initial);
    expect([form.value('organisation'), form.errors]).toEqual(['Harbour Forum', []]);
  });
});
