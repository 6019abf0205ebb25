import type { SignatoryRecord } from '../block/record.ts';
import type { Fault } from '../shared/fault.ts';
import type { Result } from '../shared/result.ts';
import { refusal, success } from '../shared/result.ts';
import { acceptName } from '../text/characters.ts';
import { faultsOf } from './faults.ts';
import { RECORD_LIMITS, recordSchema } from './schema.ts';

type SimpleKey = 'name' | 'role' | 'organisation' | 'acronym' | 'city' | 'country' | 'familyName' | 'sortAs';
const SIMPLE_LIMITS: Readonly<Record<SimpleKey, number>> = {
  name: RECORD_LIMITS.name,
  role: RECORD_LIMITS.role,
  organisation: RECORD_LIMITS.organisation,
  acronym: RECORD_LIMITS.acronym,
  city: RECORD_LIMITS.city,
  country: RECORD_LIMITS.country,
  familyName: RECORD_LIMITS.familyName,
  sortAs: RECORD_LIMITS.sortAs,
};
const isSimpleKey = (key: string): key is SimpleKey => Object.hasOwn(SIMPLE_LIMITS, key);

/** Whole seconds or fractions, UTC, days that every month has: what a machine writes. The schema judges all other spellings. */
const PLAIN_INSTANT = /^\d{4}-(?:0[1-9]|1[0-2])-(?:0[1-9]|1\d|2[0-8])T(?:[01]\d|2[0-3]):[0-5]\d:[0-5]\d(?:\.\d{1,9})?Z$/;

/**
 * One signatory of a letter file, with the character rules applied, or its faults. `path` is where it stands: `['signatories', 17]`.
 * A record of plain strings, that is nearly every one, is judged without the schema, which would take ten times as long over a
 * million; a test holds the two to the same answers.
 */
export function acceptRecord(value: unknown, path: readonly PropertyKey[]): Result<SignatoryRecord, readonly Fault[]> {
  const plain = acceptPlainRecord(value);
  if (plain !== null) return success(plain);
  const parsed = recordSchema.safeParse(value);
  return parsed.success ? success(parsed.data) : refusal(faultsOf(parsed.error, value, path));
}

/** The record if the short way can tell that it is good, the very object where nothing had to change; null says nothing. */
export function acceptPlainRecord(value: unknown): SignatoryRecord | null {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return null;
  const given = value as Readonly<Record<string, unknown>>;
  let changed: Record<string, unknown> | null = null;
  for (const key in given) {
    const found = given[key];
    if (typeof found !== 'string') return null;
    if (isSimpleKey(key)) {
      const limit = SIMPLE_LIMITS[key];
      // The schema measures what was typed, before spaces are folded.
      if (found === '' || found.length > limit) return null;
      const accepted = acceptName(found, limit);
      if (!accepted.ok || accepted.value === '') return null;
      if (accepted.value !== found) {
        changed ??= { ...given };
        changed[key] = accepted.value;
      }
      continue;
    }
    switch (key) {
      case 'capacity':
        if (found !== 'organisation' && found !== 'personal') return null;
        break;
      case 'publication':
        if (found !== 'public' && found !== 'addressee' && found !== 'counted') return null;
        break;
      case 'section':
        if (found !== 'initiators') return null;
        break;
      case 'signedAt':
        if (!PLAIN_INSTANT.test(found)) return null;
        break;
      default:
        return null;
    }
  }
  const record = (changed ?? given) as unknown as SignatoryRecord;
  if (
    record.capacity === undefined ||
    (record.name === undefined && (record.capacity === 'personal' || record.organisation === undefined))
  ) {
    return null;
  }
  return record;
}

/** What an accepted record leaves out that its kind usually has: it is kept as the source left it, and pointed out. */
export function incompleteness(record: SignatoryRecord): 'organisation-without-name' | 'organisation-without-person' | null {
  if (record.capacity !== 'organisation') return null;
  if (record.organisation === undefined) return 'organisation-without-name';
  return record.name === undefined ? 'organisation-without-person' : null;
}
