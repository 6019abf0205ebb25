import { z } from 'zod';
import { optionalLine } from './fields.ts';

/** As many as a link may ever be set to: more than any letter has had. */
const MOST = 10_000_000;

/** The form that makes an open link: what it is for, how many may come by it, and its last day. */
export const openLinkForm = z.object({
  label: optionalLine(80),
  cap: z
    .string()
    .default('')
    .transform((typed, context) => {
      const text = typed.trim();
      if (text === '') return null;
      const cap = Number(text);
      if (/^\d{1,9}$/.test(text) && cap >= 1 && cap <= MOST) return cap;
      context.addIssue({ code: 'custom', params: { reason: 'not-a-count' } });
      return z.NEVER;
    }),
  /** ISO calendar date in the letter's zone, to its last minute; empty for none. */
  lastDay: z
    .string()
    .default('')
    .transform((typed) => typed.trim()),
});
