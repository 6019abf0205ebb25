import { describe, expect, it } from 'vitest';
import { formView } from '../../../app/_components/ui/form-view.ts';
import { formOf } from '../../../app/_request/form-of-link.ts';
import { translator } from '../../../lib/i18n/translator.ts';

const t = translator('en');
const now = new Date('2026-03-02T10:00:00Z');
const ago = (seconds: number) => new Date(now.getTime() - seconds * 1_000);
const initial = { organisation: 'Harbour Forum', name: '' };
const typed = { invitation: 'inv_a', step: 'check', organisation: 'Ferry Workers Union', name: 'Tomas Ardelean', publication: 'counted' };
const of = (id: string) => ({ field: 'invitation', id }) as const;
const other = t('fault.sign.other-invitation');

describe('a form behind a personal link', () => {
  it('shows what was typed for its own invitation', () => {
    const kept = formView('sign', typed, [{ place: 'role', message: 'Enter your role.' }], ago(3_600));
    expect(formOf(t, kept, of('inv_a'), initial, now)).toBe(kept);
  });

  it.each([
    ['sent for another invitation', [{ place: '', message: other }], [{ place: '', message: other }]],
    ['with faults in the fields of another', [{ place: 'role', message: 'Enter your role.' }], [{ place: '', message: other }]],
    ['looked at for another invitation', [], []],
  ])('shows nothing of a form %s but what was wrong', (_, faults, shown) => {
    const form = formOf(t, formView('sign', typed, faults, ago(2)), of('inv_b'), initial, now);
    expect(form.errors).toEqual(shown);
    expect(Object.keys(typed).map((field) => form.value(field))).toEqual(['', '', 'Harbour Forum', '', '']);
    expect(form.holds('publication', 'counted')).toBe(false);
  });

  it('says nothing of what somebody typed for another a while ago', () => {
    const form = formOf(t, formView('sign', typed, [{ place: 'role', message: 'x' }], ago(60)), of('inv_b'), initial, now);
    expect([form.errors, form.value('organisation')]).toEqual([[], 'Harbour Forum']);
  });

  it('shows it again once its own link was opened, as it was asked', () => {
    const form = formOf(t, formView('sign', typed, [{ place: '', message: other }], ago(30)), of('inv_a'), initial, now);
    expect([form.value('name'), form.error(''), form.holds('publication', 'counted')]).toEqual([
      'Tomas Ardelean',
      t('fault.way-in-ended'),
      true,
    ]);
  });

  it('starts with what is known of the invitation where nothing was kept', () => {
    const form = formOf(t, formView('sign', initial, []), of('inv_b'), initial, now);
    expect([form.value('organisation'), form.errors]).toEqual(['Harbour Forum', []]);
  });
});
