import { createHash } from 'node:crypto';
import { z } from 'zod';
import { findCoalition } from '../../db/queries/coalitions.ts';
import { holdLetterRow } from '../../db/queries/drafts.ts';
import { findLetter, type LetterRow } from '../../db/queries/letters.ts';
import { storeLetterMails } from '../../db/queries/mailings.ts';
import type { StoredLetterMails } from '../../db/schema/tables/letters.ts';
import type { LetterScope } from '../access/scope.ts';
import type { For } from '../coalitions/access.ts';
import { letterSender, mailSender } from '../coalitions/mail-sender.ts';
import { LOCALES, type Locale } from '../i18n/locales.ts';
import type { Instance } from '../instance.ts';
import { logLetter } from '../letters/drafting.ts';
import { policiesOf } from '../letters/presets.ts';
import { isFinal } from '../letters/status.ts';
import { canonicalJson } from '../shared/canonical-json.ts';
import type { Fault } from '../shared/fault.ts';
import { type Result, refusal, success } from '../shared/result.ts';
import { FIELD_LIMITS, optionalEmail, optionalLine, optionalLines } from '../signatures/fields.ts';

/** UTF-16 units of a subject: what a list of mails shows of it, and some more. */
const SUBJECT_LIMIT = 120;

export const subjectField = (locale: Locale): string => `subject-${locale}`;
export const messageField = (locale: Locale): string => `message-${locale}`;

const line = optionalLine(SUBJECT_LIMIT);
const lines = optionalLines(FIELD_LIMITS.message);

/** A letter's own subject and message in each language of mails, and where answers to its mails go. What is empty is as the product has it. */
export const wordingForm = z.object({
  ...Object.fromEntries(LOCALES.map((locale) => [subjectField(locale), line])),
  ...Object.fromEntries(LOCALES.map((locale) => [messageField(locale), lines])),
  replyTo: optionalEmail,
  /** What stood there when the page was opened. */
  seen: z.string().max(64).default(''),
} as {
  readonly [Field in `subject-${Locale}` | `message-${Locale}`]: typeof line;
} & { readonly replyTo: typeof optionalEmail; readonly seen: z.ZodDefault<z.ZodString> });
export type WordingInput = z.output<typeof wordingForm>;

/** Tells one state of a letter's mails from another. */
const seenOf = (mails: StoredLetterMails | null): string =>
  createHash('sha256')
    .update(canonicalJson({ ...(mails ?? {}) }))
    .digest('hex')
    .slice(0, 32);

export interface WordingView {
  readonly letter: LetterRow;
  readonly seen: string;
  /** By the fields' names. */
  readonly values: Readonly<Record<string, string>>;
  readonly fromName: string;
  /** Where answers go that the letter says nothing of; null for nowhere in particular. */
  readonly coalitionReplyTo: string | null;
  /** Mails of this letter say nothing of it: no words of its own go out. */
  readonly neutral: boolean;
  /** The letter is delivered or withdrawn: no invitation goes out any more. */
  readonly final: boolean;
}

export async function viewWording({ store }: Pick<Instance, 'store'>, scope: For<LetterScope, 'run'>): Promise<WordingView | null> {
  const letter = await findLetter(store.read, scope.coalitionId, scope.letterId);
  const coalition = letter && (await findCoalition(store.read, scope.coalitionId));
  if (!letter || !coalition) return null;
  const policies = policiesOf(letter.policies);
  const { wording, replyTo } = letter.mails ?? {};
  return {
    letter,
    seen: seenOf(letter.mails),
    values: {
      replyTo: replyTo ?? '',
      ...Object.fromEntries(
        LOCALES.flatMap((locale) => [
          [subjectField(locale), wording?.[locale]?.subject ?? ''],
          [messageField(locale), wording?.[locale]?.message ?? ''],
        ]),
      ),
    },
    fromName: letterSender(coalition, policies, letter.mails).fromName,
    coalitionReplyTo: mailSender(coalition).replyTo ?? null,
    neutral: policies.mails === 'neutral',
    final: isFinal(letter.status),
  };
}

/**
 * Keeps a letter's own words for its invitations, and where answers to any of its mails go. Mails that wait already stay as they are.
 * @returns `stale` where somebody else saved since the page was opened; a fault at a subject or message under a letter whose mails say nothing of it
 */
export async function saveWording(
  instance: Instance,
  scope: For<LetterScope, 'run'>,
  input: WordingInput,
  now: Date,
): Promise<Result<null, 'not-found' | 'letter-ended' | 'stale' | Fault>> {
  return await instance.store.inTransaction(async (tx) => {
    const letter = await holdLetterRow(tx, scope.coalitionId, scope.letterId);
    if (!letter) return refusal('not-found');
    if (isFinal(letter.status)) return refusal('letter-ended');
    const typed = LOCALES.flatMap((locale) => {
      const [subject, message] = [input[`subject-${locale}`], input[`message-${locale}`]];
      return subject === '' && message === '' ? [] : [{ locale, subject, message }];
    });
    const [first] = typed;
    if (first && policiesOf(letter.policies).mails === 'neutral') {
      return refusal({ place: first.subject === '' ? messageField(first.locale) : subjectField(first.locale), reason: 'neutral' });
    }
    const before = letter.mails;
    const after: StoredLetterMails = {
      ...(before?.fromName === undefined ? {} : { fromName: before.fromName }),
      ...(input.replyTo === null ? {} : { replyTo: input.replyTo.asTyped }),
      ...(typed.length === 0
        ? {}
        : { wording: Object.fromEntries(typed.map(({ locale, subject, message }) => [locale, { subject, message }])) }),
    };
    if (seenOf(before) === seenOf(after)) return success(null);
    if (input.seen !== seenOf(before)) return refusal('stale');
    await storeLetterMails(tx, letter.id, after);
    const record = { part: 'mails', before: canonicalJson({ ...(before ?? {}) }), after: canonicalJson({ ...after }) };
    await logLetter(tx, instance, scope, { type: 'letter-settings-changed', record }, now);
    return success(null);
  });
}
