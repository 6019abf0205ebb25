import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { entryOf } from '../../../lib/block/entries.ts';
import { entryPieces } from '../../../lib/block/pieces.ts';
import { blockWording } from '../../../lib/block/wording.ts';
import { recordLists } from '../../support/records.ts';

describe('entryPieces', () => {
  const settings = { country: true, language: 'fa', wording: blockWording('fa') } as const;
  const record = {
    capacity: 'organisation',
    organisation: 'کانون مثال',
    acronym: 'KM',
    name: 'Ana, MD',
    role: 'مدیر',
    city: 'Oslo',
  } as const;

  it('keeps every part to itself, whatever the form', () => {
    const parts = (form: 'stacked' | 'line' | 'parentheses') =>
      entryPieces(entryOf(record, { ...settings, form })).map((line) =>
        line.map(({ kind, text }) => (kind === 'joint' ? `<${text}>` : text)),
      );
    expect(parts('stacked')).toEqual([['کانون مثال (KM)'], ['Ana, MD', '<، >', 'مدیر', '<، >', 'Oslo']]);
    expect(parts('line')).toEqual([['کانون مثال (KM)', '<، >', 'Ana, MD', '<، >', 'مدیر', '<، >', 'Oslo']]);
    expect(parts('parentheses')).toEqual([['کانون مثال', '< (>', 'KM', '<؛ >', 'Ana, MD', '<، >', 'مدیر', '<، >', 'Oslo', '<)>']]);
  });

  it('joins to the very lines', () => {
    fc.assert(
      fc.property(recordLists, fc.constantFrom('stacked', 'line', 'parentheses'), (records, form) => {
        for (const entry of records.map((one) => entryOf(one, { ...settings, form }))) {
          expect(entryPieces(entry).map((line) => line.map(({ text }) => text).join(''))).toEqual(entry.lines);
        }
      }),
    );
  });
});
