import { z } from 'zod';
import type { Fault } from '../shared/fault.ts';
import type { Result } from '../shared/result.ts';
import type { TextFault } from '../text/characters.ts';
import { deadlineInstant } from './deadline.ts';

/** Collects what is wrong with a form, so that all of it is named at once. */
export class FieldChecker {
  readonly faults: Fault[] = [];

  take(place: string, accepted: Result<string, TextFault>): string {
    if (accepted.ok) return accepted.value;
    this.fault(place, accepted.reason.reason, accepted.reason.values);
    return '';
  }

  fault(place: string, reason: string, values: Fault['values'] = {}): void {
    const { limit, ...rest } = values;
    // The sentences speak of a `maximum`.
    this.faults.push({ place, reason, values: limit === undefined ? rest : { ...rest, maximum: limit } });
  }

  /** An ISO day, or null where none was typed. */
  day(place: string, value: string): string | null {
    const text = value.trim();
    if (text === '') return null;
    if (/^\d{4}-\d{2}-\d{2}$/.test(text) && deadlineInstant(text, '12:00', 'UTC')) return text;
    this.fault(place, 'not-a-date');
    return null;
  }
}

/** The end of a schema that reads with a checker: its faults become the issues of their fields. */
export function readOrReport<Given, Read>(
  given: Given,
  context: z.RefinementCtx,
  read: (checker: FieldChecker, given: Given) => Read,
): Read {
  const checker = new FieldChecker();
  const value = read(checker, given);
  if (checker.faults.length === 0) return value;
  for (const { place, reason, values } of checker.faults) {
    context.addIssue({ code: 'custom', path: [place], params: { reason, ...values } });
  }
  return z.NEVER;
}

export const typed = (limit: number) => z.string().max(limit).default('');

/** The revision that a form showed; 0 of what was not there. */
export const seenRevision = z.coerce.number().int().min(0).max(2_147_483_647);
