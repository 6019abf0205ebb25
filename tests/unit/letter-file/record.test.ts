import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { acceptPlainRecord, acceptRecord } from '../../../lib/letter-file/record.ts';
import { recordSchema } from '../../../lib/letter-file/schema.ts';
import { awkwardNames, honestNames, hostileNames } from '../../support/names.ts';
import { runs } from '../../support/property.ts';
import { records } from '../../support/records.ts';

const texts = fc.oneof(
  fc.constantFrom(
    ...honestNames,
    ...awkwardNames,
    ...hostileNames.map(([name]) => name),
    '',
    ' ',
    'a  b',
    'e\u0301',
    'x\n',
    'x'.repeat(301),
  ),
  fc.string({ unit: 'binary', maxLength: 12 }),
);
const anything = fc.oneof({ weight: 8, arbitrary: texts }, fc.constantFrom<unknown>(null, 1, true, [], {}));
const keys = fc.constantFrom(
  'name',
  'role',
  'organisation',
  'acronym',
  'city',
  'country',
  'familyName',
  'sortAs',
  'url',
  'printAs',
  'extra',
  '__proto__',
);
/** Objects that are nearly records, as JSON gives them. */
const nearRecords: fc.Arbitrary<unknown> = fc
  .record(
    {
      capacity: fc.constantFrom<unknown>('organisation', 'personal', 'personal', 'organization', 1),
      rest: fc.array(fc.tuple(keys, anything), { maxLength: 5 }),
      publication: fc.constantFrom<unknown>('public', 'addressee', 'counted', 'all'),
      section: fc.constantFrom<unknown>('initiators', 'x'),
      signedAt: fc.constantFrom<unknown>(
        '2026-02-28T10:00:00Z',
        '2026-02-31T10:00:00Z',
        '2026-02-28',
        '2026-02-28T24:00:00Z',
        '2026-02-28T10:00:00+02:00',
        'x',
      ),
    },
    { requiredKeys: [] },
  )
  .map(({ rest = [], ...head }) => {
    const pairs = [...Object.entries(head), ...rest].map(([key, value]) => `${JSON.stringify(key)}:${JSON.stringify(value)}`);
    return JSON.parse(`{${pairs.join(',')}}`);
  });

describe('acceptPlainRecord', () => {
  it('accepts only what the schema accepts, and gives the same record', () => {
    let accepted = 0;
    fc.assert(
      fc.property(fc.oneof(nearRecords, records), (value) => {
        const plain = acceptPlainRecord(value);
        const parsed = recordSchema.safeParse(value);
        if (plain === null) return;
        accepted++;
        expect(parsed.success ? parsed.data : parsed.error).toEqual(plain);
      }),
      { numRuns: runs(4000) },
    );
    expect(accepted).toBeGreaterThan(500);
  });

  it('knows nearly every good record', () => {
    for (const name of honestNames) expect(acceptPlainRecord({ capacity: 'personal', name })).toEqual({ capacity: 'personal', name });
  });
});

describe('acceptRecord', () => {
  const faults = (value: unknown): unknown => {
    const accepted = acceptRecord(value, ['signatories', 17]);
    return accepted.ok ? [] : accepted.reason.map(({ place, reason }) => `${place} ${reason}`);
  };
  it.each([
    [{ capacity: 'personal', organisation: 'School' }, ['signatories[17].name personal-without-name']],
    [{ capacity: 'organisation', city: 'x' }, ['signatories[17] neither-name-nor-organisation']],
    [{ capacity: 'organisation', name: '', organisation: ' ' }, ['signatories[17] neither-name-nor-organisation']],
    [{ capacity: 'organization', name: 'A' }, ['signatories[17].capacity wrong-value']],
    [{ name: 'A' }, ['signatories[17].capacity required']],
    [{ capacity: 'personal', name: 'A', organization: 'B' }, ['signatories[17].organization unknown-key']],
    [{ capacity: 'personal', name: 7 }, ['signatories[17].name wrong-type']],
    [{ capacity: 'personal', name: 'A\u202E' }, ['signatories[17].name forbidden-character']],
    [{ capacity: 'personal', name: 'A', url: 'javascript:alert(1)' }, ['signatories[17].url not-a-web-address']],
    [{ capacity: 'personal', name: 'A', signedAt: '2026-02-31' }, ['signatories[17].signedAt wrong-value']],
    [{ capacity: 'personal', name: 'A', names: { 'not a tag': 'B' } }, ['signatories[17].names.not a tag wrong-value']],
    ['A', ['signatories[17] wrong-type']],
    [null, ['signatories[17] wrong-type']],
    [{ capacity: 'organisation', name: 'Only a person' }, []],
    [{ capacity: 'personal', name: 'A', names: { fa: 'ب' }, printAs: 'A\nB', url: 'https://example.org' }, []],
  ])('judges %j', (value, expected) => {
    expect(faults(value)).toEqual(expected);
  });
});
