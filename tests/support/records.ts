import fc from 'fast-check';
import type { SignatoryRecord } from '../../lib/block/record.ts';
import { awkwardNames, honestNames } from './names.ts';

const name = fc.constantFrom(...honestNames, ...awkwardNames);
const optional = <Value>(value: fc.Arbitrary<Value>) => fc.option(value, { nil: undefined, freq: 2 });

const present = (record: Readonly<Record<string, unknown>>): SignatoryRecord =>
  Object.fromEntries(Object.entries(record).filter(([, value]) => value !== undefined)) as unknown as SignatoryRecord;

const details = {
  role: optional(fc.constantFrom('Chair', 'رئیس', '委員長', 'Director, Programmes')),
  city: optional(fc.constantFrom('Port Ellery', 'بندر', '港町')),
  country: optional(fc.constantFrom('Norway', 'نروژ', 'Österland')),
  publication: optional(fc.constantFrom('public' as const, 'addressee' as const, 'counted' as const)),
  section: optional(fc.constant('initiators' as const)),
  signedAt: optional(
    fc.date({ min: new Date('2020-01-01'), max: new Date('2026-01-01'), noInvalidDate: true }).map((date) => date.toISOString()),
  ),
};

/** Good records of both capacities, as `acceptRecord` gives them. */
export const records: fc.Arbitrary<SignatoryRecord> = fc.oneof(
  fc.record({ capacity: fc.constant('personal' as const), name, organisation: optional(name), ...details }).map(present),
  fc
    .record({
      capacity: fc.constant('organisation' as const),
      organisation: name,
      acronym: optional(fc.constantFrom('PE', 'ب‌پ')),
      name: optional(name),
      ...details,
    })
    .map(present),
);

/** Lists in which every record can be told from every other by its `url`. */
export const recordLists: fc.Arbitrary<readonly SignatoryRecord[]> = fc
  .array(records, { maxLength: 40 })
  .map((list) => list.map((record, index) => ({ ...record, city: `#${index}` })));
