import { describe, expect, it } from 'vitest';
import { entryOf } from '../../../lib/block/entries.ts';
import type { Form, SignatoryRecord } from '../../../lib/block/record.ts';
import { blockWording } from '../../../lib/block/wording.ts';

const entry = (record: SignatoryRecord, form: Form = 'stacked', language = 'en', country = true) =>
  entryOf(record, { form, country, language, wording: blockWording(language) });

const society: SignatoryRecord = {
  capacity: 'organisation',
  organisation: 'Society for Night Ferries',
  acronym: 'SNF',
  name: 'Maren Oldquist',
  role: 'Chair',
  city: 'Port Ellery',
  country: 'Norway',
};
const teacher: SignatoryRecord = {
  capacity: 'personal',
  name: 'Ivo Larkspur',
  role: 'Teacher',
  organisation: 'Harbour School',
  country: 'Norway',
};

describe('entryOf', () => {
  it('sets an organisation in each form', () => {
    expect(entry(society)).toEqual({
      lines: ['Society for Night Ferries (SNF)', 'Maren Oldquist, Chair, Port Ellery, Norway'],
      lead: 31,
      parts: ['Maren Oldquist', 'Chair', 'Port Ellery', 'Norway'],
    });
    expect(entry(society, 'line').lines).toEqual(['Society for Night Ferries (SNF), Maren Oldquist, Chair, Port Ellery, Norway']);
    expect(entry(society, 'parentheses')).toEqual({
      lines: ['Society for Night Ferries (SNF; Maren Oldquist, Chair, Port Ellery, Norway)'],
      lead: 25,
      parts: ['SNF', 'Maren Oldquist', 'Chair', 'Port Ellery', 'Norway'],
    });
  });

  it('sets a person in each form', () => {
    const parts = ['Teacher', 'Harbour School', 'Norway'];
    expect(entry(teacher)).toEqual({ lines: ['Ivo Larkspur', 'Teacher, Harbour School, Norway'], lead: 12, parts });
    expect(entry(teacher, 'line')).toEqual({ lines: ['Ivo Larkspur, Teacher, Harbour School, Norway'], lead: 12, parts });
    expect(entry(teacher, 'parentheses')).toEqual({ lines: ['Ivo Larkspur (Teacher, Harbour School, Norway)'], lead: 12, parts });
    expect(entry(teacher, 'stacked', 'en', false).lines[1]).toBe('Teacher, Harbour School');
  });

  it('keeps an incomplete organisation as the source left it', () => {
    expect(entry({ capacity: 'organisation', name: 'Ivo Larkspur' })).toEqual({ lines: ['Ivo Larkspur'], lead: 12 });
    expect(entry({ capacity: 'organisation', organisation: 'Ferry Watch' })).toEqual({ lines: ['Ferry Watch'], lead: 11 });
    expect(entry({ capacity: 'organisation', organisation: 'Ferry Watch' }, 'parentheses').lines).toEqual(['Ferry Watch']);
  });

  it('prints what the record says to print, verbatim', () => {
    expect(entry({ ...teacher, printAs: 'Ivo Larkspur | harbour school\n(in his own name)' }, 'line')).toEqual({
      lines: ['Ivo Larkspur | harbour school', '(in his own name)'],
      lead: 12,
    });
    expect(entry({ ...teacher, printAs: 'Larkspur, I.' }).lead).toBe(12);
  });

  it('joins with the comma of the language', () => {
    expect(entry({ capacity: 'personal', name: 'آرش روشن‌دلی', role: 'آموزگار', city: 'بندر' }, 'line', 'fa').lines).toEqual([
      'آرش روشن‌دلی، آموزگار، بندر',
    ]);
    expect(entry({ capacity: 'personal', name: '歐陽晚晴', role: '教師' }, 'line', 'zh').lines).toEqual(['歐陽晚晴，教師']);
    expect(entry({ capacity: 'personal', name: 'דוד', role: 'מורה' }, 'line', 'he').lines).toEqual(['דוד, מורה']);
  });

  it('leads with the name in the language of the letter and adds the other script', () => {
    const both: SignatoryRecord = { capacity: 'personal', name: 'Arash Roshandeli', names: { fa: 'آرش روشن‌دلی' } };
    expect(entry(both)).toEqual({ lines: ['Arash Roshandeli (آرش روشن‌دلی)'], lead: 31 });
    expect(entry(both, 'line', 'fa').lines).toEqual(['آرش روشن‌دلی (Arash Roshandeli)']);
  });
});
