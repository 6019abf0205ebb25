import type { LetterStatus } from '../../db/schema/values.ts';

export const letterActs = [
  'comment',
  'consult',
  'end-consultation',
  'open',
  'change-text',
  'close',
  'reopen',
  'schedule',
  'deliver',
  'release',
  'hide',
  'show',
  'withdraw',
  'replace',
] as const;
export type LetterAct = (typeof letterActs)[number];

/** Where the list lives: from the opening on, until it is withdrawn. */
const stays = { open: 'open', closed: 'closed', delivered: 'delivered' } as const;

/** The life of a letter, whole: what is not in this table can't happen. */
const transitions: Readonly<Record<LetterAct, Partial<Record<LetterStatus, LetterStatus>>>> = {
  comment: { draft: 'draft', consultation: 'consultation' },
  consult: { draft: 'consultation' },
  'end-consultation': { consultation: 'draft' },
  open: { draft: 'open', consultation: 'open' },
  'change-text': { open: 'open' },
  close: { open: 'closed' },
  reopen: { closed: 'open' },
  /** Deadline, date and place: outside of the frozen text. */
  schedule: { open: 'open', closed: 'closed' },
  deliver: { closed: 'delivered' },
  release: stays,
  hide: stays,
  show: stays,
  withdraw: { open: 'withdrawn', closed: 'withdrawn', delivered: 'withdrawn' },
  /** Names the letter that stands in a withdrawn one's place, where its withdrawal named none. */
  replace: { withdrawn: 'withdrawn' },
};

/** Where `act` leads from `status`, or null where it can't be done. */
export const statusAfter = (status: LetterStatus, act: LetterAct): LetterStatus | null => transitions[act][status] ?? null;

/** The statuses an act can be done in: the guard of its UPDATE. */
export const statusesFor = (act: LetterAct): readonly LetterStatus[] => Object.keys(transitions[act]) as LetterStatus[];

/** The words of the letter may still change freely: nobody has been asked to sign. */
export const isDraft = (status: LetterStatus): boolean => status === 'draft' || status === 'consultation';

/** The text is frozen and people may sign it. */
export const takesSignatures = (status: LetterStatus): boolean => status === 'open';

/** Names may still come in that were given in time, or by other means: into the list, and after the delivery into an addendum. */
export const takesNames = (status: LetterStatus): boolean => status === 'open' || status === 'closed' || status === 'delivered';

/** The list will not change any more but by a withdrawal: what comes later stands in an addendum. */
export const isFinal = (status: LetterStatus): boolean => status === 'delivered' || status === 'withdrawn';
