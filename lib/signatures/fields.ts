import { z } from 'zod';
import { parseEmailAddress } from '../crypto/email-address.ts';
import type { Result } from '../shared/result.ts';
import { acceptLines, acceptName, type TextFault } from '../text/characters.ts';

/** Longest values, in UTF-16 units: what prints on a line or two of a signatory block. */
export const FIELD_LIMITS = { name: 120, role: 120, organisation: 200, acronym: 30, place: 80, message: 2_000, reason: 1_000 } as const;

const checkedBy =
  (check: (value: string) => Result<string, TextFault>) =>
  (value: string, context: z.RefinementCtx): string => {
    const accepted = check(value);
    if (accepted.ok) return accepted.value;
    context.addIssue({ code: 'custom', params: { reason: accepted.reason.reason, ...inWords(accepted.reason.values) } });
    return z.NEVER;
  };

/** The sentences speak of a `maximum`. */
const inWords = ({ limit, ...rest }: TextFault['values']): Record<string, string | number> =>
  limit === undefined ? rest : { ...rest, maximum: limit };

const required = (value: string, context: z.RefinementCtx): string => {
  if (value === '') context.addIssue({ code: 'custom', params: { reason: 'required' } });
  return value;
};

/** One line, in the form in which it prints; empty where the field was left out. */
export const optionalLine = (limit: number) =>
  z
    .string()
    .default('')
    .transform(checkedBy((value) => acceptName(value, limit)));

export const requiredLine = (limit: number) => optionalLine(limit).transform(required);

/** Several lines of a message; empty where it was left out. */
export const optionalLines = (limit: number) =>
  z
    .string()
    .default('')
    .transform(checkedBy((value) => acceptLines(value, limit)));

/** One e-mail address, as typed and as compared. */
export const emailField = z
  .string()
  .default('')
  .transform((value, context) => {
    const parsed = parseEmailAddress(value);
    if (parsed.ok) return parsed.value;
    const reason = parsed.reason === 'required' ? 'required' : 'not-an-address';
    context.addIssue({ code: 'custom', params: { reason } });
    return z.NEVER;
  });

/** The same where it may be left out: null then. */
export const optionalEmail = z
  .string()
  .default('')
  .transform((value, context) => {
    if (value.trim() === '') return null;
    const parsed = parseEmailAddress(value);
    if (parsed.ok) return parsed.value;
    context.addIssue({ code: 'custom', params: { reason: 'not-an-address' } });
    return z.NEVER;
  });

/** An ISO calendar date that exists. */
export const dayField = z
  .string()
  .default('')
  .transform((value, context) => {
    const day = value.trim();
    const instant = new Date(`${day}T00:00:00Z`);
    const exists = /^\d{4}-\d{2}-\d{2}$/.test(day) && !Number.isNaN(instant.getTime()) && instant.toISOString().startsWith(day);
    if (!exists) context.addIssue({ code: 'custom', params: { reason: day === '' ? 'required' : 'not-a-date' } });
    return day;
  });
