import type { LetterStatus } from '../../db/schema/values.ts';

export const letterActs = ['consult', 'end-consultation', 'open', 'change-text', 'close', 'reopen', 'deliver', 'withdraw'] as const;
export type LetterAct = (typeof letterActs)[number];

/** The life of a letter, whole: what is not in this table can't happen. */
const transitions: Readonly<Record<LetterAct, Partial<Record<LetterStatus, LetterStatus>>>> = {
  consult: { draft: 'consultation' },
  'end-consultation': { consultation: 'draft' },
  open: { draft: 'open', consultation: 'open' },
  'change-text': { open: 'open' },
  close: { open: 'closed' },
  reopen: { closed: 'open' },
  deliver: { closed: 'delivered' },
  withdraw: { open: 'withdrawn', closed: 'withdrawn', delivered: 'withdrawn' },
};

/** Where `act` leads from `status`, or null where it can't be done. */
export const statusAfter = (status: LetterStatus, act: LetterAct): LetterStatus | null => transitions[act][status] ?? null;

/** The statuses an act can be done in: the guard of its UPDATE. */
export const statusesFor = (act: LetterAct): readonly LetterStatus[] => Object.keys(transitions[act]) as LetterStatus[];

/** The words of the letter may still change freely: nobody has been asked to sign. */
export const isDraft = (status: LetterStatus): boolean => status === 'draft' || status === 'consultation';

/** The text is frozen and people may sign it. */
export const takesSignatures = (status: LetterStatus): boolean => status === 'open';

/** The list will not change any more. */
export const isFinal = (status: LetterStatus): boolean => status === 'delivered' || status === 'withdrawn';
