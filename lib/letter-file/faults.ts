import type { z } from 'zod';
import type { Fault } from '../shared/fault.ts';

/** `signatories[17].capacity` for `['signatories', 17, 'capacity']`. */
export function placeOf(path: readonly PropertyKey[]): string {
  let place = '';
  for (const key of path) place += typeof key === 'number' ? `[${key}]` : `${place === '' ? '' : '.'}${String(key)}`;
  return place;
}

const kindOf = (value: unknown): string => {
  if (value === null) return 'null';
  return Array.isArray(value) ? 'array' : typeof value;
};

const valueAt = (input: unknown, path: readonly PropertyKey[]): unknown => {
  let value = input;
  for (const key of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, key)) return undefined;
    value = (value as Readonly<Record<PropertyKey, unknown>>)[key];
  }
  return value;
};

/**
 * Schema issues as faults by place. Reasons: `required`, `wrong-type` (`expected`, `found`), `wrong-value` (`allowed`), `too-long`
 * (`limit`), `too-many` (`limit`), `unknown-key` (`key`), and those the schema gives itself.
 */
export function faultsOf(error: z.ZodError, input: unknown, prefix: readonly PropertyKey[] = []): Fault[] {
  return error.issues.flatMap((issue): Fault[] => {
    const place = placeOf([...prefix, ...issue.path]);
    const found = valueAt(input, issue.path);
    switch (issue.code) {
      case 'unrecognized_keys':
        return issue.keys.map((key) => ({
          place: placeOf([...prefix, ...issue.path, key]),
          reason: 'unknown-key',
          values: { key: key.slice(0, 100) },
        }));
      case 'custom': {
        const reason: unknown = issue.params?.['reason'];
        const values: unknown = issue.params?.['values'];
        return [{ place, reason: typeof reason === 'string' ? reason : 'wrong-value', ...(isValues(values) ? { values } : {}) }];
      }
      case 'too_big':
        return [{ place, reason: issue.origin === 'string' ? 'too-long' : 'too-many', values: { limit: Number(issue.maximum) } }];
      case 'too_small':
        return [{ place, reason: 'required' }];
      case 'invalid_type':
        if (found === undefined) return [{ place, reason: 'required' }];
        return [{ place, reason: 'wrong-type', values: { expected: issue.expected, found: kindOf(found) } }];
      case 'invalid_value': {
        if (found === undefined) return [{ place, reason: 'required' }];
        const values = { allowed: issue.values.map(String).join(', '), found: String(found).slice(0, 100) };
        return [{ place, reason: 'wrong-value', values }];
      }
      default:
        return [{ place, reason: 'wrong-value', values: { found: String(found).slice(0, 100) } }];
    }
  });
}

const isValues = (values: unknown): values is Readonly<Record<string, string | number>> => typeof values === 'object' && values !== null;
