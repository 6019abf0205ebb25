import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { acceptPasted, guessColumns, readPasted } from '../../../lib/signatures/pasted-rows.ts';
import { vouchRowsForm } from '../../../lib/signatures/vouch-schema.ts';

const form = (rows: string, more: object = {}) =>
  vouchRowsForm.parse({ rows, kind: 'personal', publication: 'public', means: 'by telephone', date: '2026-03-01', ...more });
const accepted = (rows: string, more: object = {}) => {
  const pasted = acceptPasted(form(rows, more));
  if (!pasted.ok) throw new Error(JSON.stringify(pasted.reason));
  return pasted.value;
};
const refused = (rows: string, more: object = {}) => {
  const pasted = acceptPasted(form(rows, more));
  return pasted.ok ? [] : pasted.reason;
};

describe('a pasted table', () => {
  it('is read out of a spreadsheet or a file, by its headings in whatever order', () => {
    const spreadsheet = 'E-mail\tFull name\tCountry\nada@home.example\tAda Brandvold\tNorway\n\n\tMirela "Mira" Quist\t\n';
    expect(accepted(spreadsheet)).toMatchObject([
      { line: 2, row: { capacity: 'personal', name: 'Ada Brandvold', country: 'Norway', email: { canonical: 'ada@home.example' } } },
      { line: 4, row: { name: 'Mirela "Mira" Quist', country: '', email: null } },
    ]);
    const file = 'type;organisation;acronym;shoe size\nNGO;"Lock; Weir and Quay";LWQ;44\nPerson;Institute of Tides;;\n';
    expect(refused(file, { kind: 'column' })).toEqual([{ place: 'rows', reason: 'row-required', values: { line: 3, column: 'name' } }]);
    expect(accepted(file.replace('\nPerson;Institute of Tides;;', ''), { kind: 'column' })).toMatchObject([
      { row: { capacity: 'organisation', organisation: 'Lock; Weir and Quay', acronym: 'LWQ' } },
    ]);
  });

  it('asks what its columns hold where it has no headings, and takes the answer', () => {
    const rows = 'Ada Brandvold,ada@home.example\nMirela Quist,';
    expect(refused(rows)).toEqual([{ place: 'column0', reason: 'choose' }]);
    expect(accepted(rows, { column0: 'name', column1: 'email' }).map(({ row }) => row.name)).toEqual(['Ada Brandvold', 'Mirela Quist']);
    expect(accepted(rows, { column0: 'name', column1: 'skip', heading: 'yes' }).map(({ row }) => row.name)).toEqual(['Mirela Quist']);
    expect(refused(rows, { column0: 'name', column1: 'name' })).toEqual([{ place: 'column1', reason: 'twice' }]);
    expect(refused(rows, { column0: 'name', kind: 'column' })).toEqual([{ place: 'kind', reason: 'no-such-column' }]);
  });

  it('names every fault by line and column, and takes nothing', () => {
    const rows = 'name\temail\tcity\nAda\tnot an address\tOslo\n"Two\nlines"\t\t\n\tx@home.example\t\nGood One\t\tRi\u202Ega\n';
    expect(refused(rows)).toMatchObject([
      { reason: 'row-not-an-address', values: { line: 2, column: 'email' } },
      { reason: 'row-line-break', values: { line: 3, column: 'name' } },
      { reason: 'row-required', values: { line: 5, column: 'name' } },
      { reason: 'row-forbidden-character', values: { line: 6, column: 'city' } },
    ]);
    expect(refused('name\n"never closed')).toMatchObject([{ reason: 'broken' }]);
    expect(refused('name\n')).toMatchObject([{ reason: 'required' }]);
    const many = `name\n${'Somebody\n'.repeat(201)}`;
    expect(refused(many)).toEqual([{ place: 'rows', reason: 'too-many-rows', values: { maximum: 200, rows: 201 } }]);
    expect(refused(`name\temail\n${'Ada\tx\n'.repeat(80)}`)).toHaveLength(51);
  });

  it('never throws, whatever was pasted', () => {
    const cell = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.constantFrom('name', '"', '\t', '\r\n', ';', ',', '=1+1', 'organisation', '\uFEFF'),
    );
    fc.assert(
      fc.property(fc.array(cell, { maxLength: 30 }), (cells) => {
        const text = cells.join('');
        const read = readPasted(text);
        if (read.ok) guessColumns(read.value[0]?.cells ?? []);
        acceptPasted(form(text));
        acceptPasted(form(text, { column0: 'name', kind: 'column' }));
      }),
    );
  });
});
