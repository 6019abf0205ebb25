import type { z } from 'zod';
import type { Fault } from '../../lib/shared/fault.ts';

type Issue = z.core.$ZodIssue;

/** What a schema found, in our words. One fault a place: the first, since the others mostly follow from it. */
export function faultsOf(error: z.ZodError): readonly Fault[] {
  const faults = new Map<string, Fault>();
  for (const issue of error.issues) {
    const place = placeOf(issue.path);
    if (!faults.has(place)) faults.set(place, { place, ...reasonOf(issue) });
  }
  return [...faults.values()];
}

/** `['signatories', 17, 'capacity']` → `signatories[17].capacity`. */
const placeOf = (path: readonly PropertyKey[]): string =>
  path.reduce<string>(
    (place, step) => (typeof step === 'number' ? `${place}[${step}]` : place === '' ? String(step) : `${place}.${String(step)}`),
    '',
  );

function reasonOf(issue: Issue): Omit<Fault, 'place'> {
  switch (issue.code) {
    case 'invalid_type':
      return { reason: issue.input === undefined ? 'required' : 'invalid' };
    case 'too_small':
      return smallness(issue.origin, Number(issue.minimum));
    case 'too_big':
      return largeness(issue.origin, Number(issue.maximum));
    case 'invalid_value':
      return { reason: issue.input === undefined ? 'required' : 'not-offered' };
    case 'invalid_format':
      return { reason: FORMATS[issue.format] ?? 'invalid' };
    case 'custom':
      return customReason(issue.params ?? {});
    default:
      return { reason: 'invalid' };
  }
}

const FORMATS: Readonly<Record<string, string>> = {
  email: 'not-an-address',
  url: 'not-a-link',
  date: 'not-a-date',
  datetime: 'not-a-date',
};

function smallness(origin: string, minimum: number): Omit<Fault, 'place'> {
  if (origin === 'string') return minimum <= 1 ? { reason: 'required' } : { reason: 'too-short', values: { minimum } };
  return { reason: origin === 'array' || origin === 'set' ? 'too-few' : 'too-small', values: { minimum } };
}

function largeness(origin: string, maximum: number): Omit<Fault, 'place'> {
  if (origin === 'string') return { reason: 'too-long', values: { maximum } };
  return { reason: origin === 'array' || origin === 'set' ? 'too-many' : 'too-large', values: { maximum } };
}

/** A schema's own rule names its reason: `.refine(isSingleLine, { params: { reason: 'line-break' } })`. */
function customReason({ reason, ...rest }: Record<string, unknown>): Omit<Fault, 'place'> {
  const values = Object.fromEntries(
    Object.entries(rest).filter((entry): entry is [string, string | number] => /^(string|number)$/.test(typeof entry[1])),
  );
  return { reason: typeof reason === 'string' ? reason : 'invalid', ...(Object.keys(values).length > 0 ? { values } : {}) };
}
