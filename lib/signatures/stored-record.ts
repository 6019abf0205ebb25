import { z } from 'zod';
import type { SignatoryRecord } from '../block/record.ts';
import { acceptRecord } from '../letter-file/record.ts';

/** An entry that was held because something is missing or wrong in it: whatever of it could be read. It never prints as it is. */
const HELD = z.object({
  capacity: z.enum(['organisation', 'personal']),
  name: z.string().exactOptional(),
  role: z.string().exactOptional(),
  organisation: z.string().exactOptional(),
  acronym: z.string().exactOptional(),
  city: z.string().exactOptional(),
  country: z.string().exactOptional(),
  printAs: z.string().exactOptional(),
}) satisfies z.ZodType<SignatoryRecord>;

const TEXT_KEYS = ['name', 'role', 'organisation', 'acronym', 'city', 'country'] as const;

/** The record of a stored signature. @throws where it is none, not even an incomplete one */
export function readStoredRecord(value: unknown): SignatoryRecord {
  const accepted = acceptRecord(value, []);
  return accepted.ok ? accepted.value : HELD.parse(value);
}

/**
 * What can be kept of an entry with faults, so that a coordinator can put it right. An entry that does not say its capacity can't be
 * kept: it is not ours to guess. Null then.
 */
export function salvageRecord(given: unknown): SignatoryRecord | null {
  if (typeof given !== 'object' || given === null) return null;
  const { capacity } = given as Readonly<Record<string, unknown>>;
  if (capacity !== 'organisation' && capacity !== 'personal') return null;
  const kept: Record<string, string> = {};
  for (const key of TEXT_KEYS) {
    const value = (given as Readonly<Record<string, unknown>>)[key];
    // Judged alone, beside a name that is surely good: what is wrong with the rest must not take this field with it.
    if (typeof value !== 'string' || value === '') continue;
    const alone = acceptRecord({ capacity, name: 'x', [key]: value }, []);
    if (alone.ok && alone.value[key] !== undefined) kept[key] = alone.value[key];
  }
  return { capacity, ...kept };
}
