import { expect, it } from 'vitest';
import { formAge, stampForm } from '../../../lib/forms/form-age.ts';
import { testKeys } from '../../support/keys.ts';

const NOW = new Date('2026-03-02T10:00:00Z');

it('takes the age of a form from a stamp that nobody else can make', () => {
  const keys = testKeys();
  const stamp = stampForm(keys, 'open-sign/one', NOW);
  const age = (form: string, given: string, seconds: number) => formAge(keys, form, given, new Date(NOW.getTime() + seconds * 1_000));
  expect([2.999, 3, 7_200, 7_201].map((seconds) => age('open-sign/one', stamp, seconds))).toEqual(['too-young', 'fit', 'fit', 'too-old']);
  for (const [form, given] of [
    ['open-sign/other', stamp],
    ['open-sign/one', ''],
    ['open-sign/one', 'AAAA'],
    ['open-sign/one', `${stamp.slice(0, -2)}AA`],
  ] as const)
    expect(age(form, given, 60)).toBe('too-old');
});
