import { z } from 'zod';
import { isId } from '../shared/ids.ts';
import { acceptLine, acceptLines } from '../text/characters.ts';
import { WAIVER_FIELD, WAIVER_LIMIT, type Waivers } from './checks.ts';
import { COMMENT_LIMIT } from './comments.ts';
import { type FieldChecker, readOrReport, typed } from './field-checker.ts';
import { releaseChoices } from './release.ts';
import type { Replacement } from './withdrawing.ts';

const MOST_WAIVERS = 1000;

/** What the freeze page showed, and why what was found there stays. */
export const freezeForm = z
  .looseObject({
    fingerprint: z.string().regex(/^[0-9a-f]{64}$/),
    revision: z.coerce.number().int().positive().max(2_147_483_647),
  })
  .transform(({ fingerprint, revision, ...rest }, context) =>
    readOrReport(rest, context, (checker) => ({ fingerprint, revision, waivers: readWaivers(checker, rest) })),
  );

function readWaivers(checker: FieldChecker, fields: Readonly<Record<string, unknown>>): Waivers {
  const given = Object.entries(fields).filter(([name]) => name.startsWith(WAIVER_FIELD));
  const waivers: [string, string][] = [];
  for (const [name, value] of given.slice(0, MOST_WAIVERS)) {
    if (typeof value !== 'string') checker.fault(name, 'invalid');
    else waivers.push([name.slice(WAIVER_FIELD.length), checker.take(name, acceptLine(value, WAIVER_LIMIT))]);
  }
  return Object.fromEntries(waivers);
}

export const commentForm = z.object({ text: typed(COMMENT_LIMIT) }).transform((given, context) =>
  readOrReport(given, context, (checker) => {
    const text = checker.take('text', acceptLines(given.text, COMMENT_LIMIT)).trim();
    if (text === '' && checker.faults.length === 0) checker.fault('text', 'required');
    return { text };
  }),
);

export const releaseForm = z.object({ when: z.enum(releaseChoices), releaseDay: typed(10), releaseTime: typed(5) });

/** Typed to withdraw a letter: nobody withdraws one by a slip of the finger. */
export const WITHDRAWAL_WORD = 'WITHDRAW';
/** UTF-16 units of the reason that signatories read. */
export const REASON_LIMIT = 2000;

const replacementFields = { replacement: z.enum(['none', 'new-draft', 'letter']).optional(), replacementId: typed(100) };

function readReplacement(
  checker: FieldChecker,
  given: { readonly replacement?: string | undefined; readonly replacementId: string },
): Replacement {
  if (given.replacement === undefined) checker.fault('replacement', 'required');
  if (given.replacement === 'letter' && !isId('let', given.replacementId)) checker.fault('replacementId', 'required');
  if (given.replacement === 'letter') return { letterId: given.replacementId };
  return given.replacement === 'new-draft' ? 'new-draft' : 'none';
}

export const withdrawLetterForm = z
  .object({ reason: typed(REASON_LIMIT), word: typed(30), ...replacementFields })
  .transform((given, context) =>
    readOrReport(given, context, (checker) => {
      const reason = checker.take('reason', acceptLines(given.reason, REASON_LIMIT)).trim();
      if (reason === '' && checker.faults.length === 0) checker.fault('reason', 'required');
      if (given.word.trim().toUpperCase() !== WITHDRAWAL_WORD) checker.fault('word', 'required', { word: WITHDRAWAL_WORD });
      return { reason, replacement: readReplacement(checker, given) };
    }),
  );

/** The replacement of a letter that was withdrawn without one. */
export const replacementForm = z.object(replacementFields).transform((given, context) =>
  readOrReport(given, context, (checker): Exclude<Replacement, 'none'> => {
    const replacement = readReplacement(checker, given);
    if (replacement !== 'none') return replacement;
    if (given.replacement === 'none') checker.fault('replacement', 'required');
    return 'new-draft';
  }),
);
