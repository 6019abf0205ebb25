import type { LetterStatus, Role } from '../../db/schema/values.ts';
import { type MemberAct, mayDo } from '../coalitions/access.ts';
import { type LetterAct, letterActs, statusAfter } from './status.ts';

/**
 * Whose step each act is. Comments are for those who write the draft: observers read (the table of who may do what gives them nothing
 * to write anywhere). Asking the whole coalition for comments sends mail in its name, so it is for those who run the letter.
 */
const RIGHTS: Readonly<Record<LetterAct, MemberAct>> = {
  comment: 'draft',
  consult: 'run',
  'end-consultation': 'run',
  open: 'run',
  'change-text': 'run',
  close: 'run',
  reopen: 'run',
  schedule: 'run',
  deliver: 'run',
  release: 'run',
  hide: 'run',
  show: 'run',
  withdraw: 'run',
  replace: 'run',
};

/** In the table of a letter's life from the start, and without a page or a command yet. */
const NOT_BUILT: readonly LetterAct[] = ['change-text'];

export interface LetterStanding {
  readonly status: LetterStatus;
  readonly namesHidden: boolean;
  /** The letter that stands in its place, where one is named. */
  readonly replacedBy: string | null;
}

/** What somebody of this role can do with a letter as it stands: what the table of its life and the table of roles allow, no more. */
export function offeredActs(letter: LetterStanding, role: Role): ReadonlySet<LetterAct> {
  const pointless: readonly LetterAct[] = [
    letter.namesHidden ? 'hide' : 'show',
    ...(letter.replacedBy === null ? [] : (['replace'] as const)),
  ];
  return new Set(
    letterActs.filter(
      (act) => statusAfter(letter.status, act) !== null && mayDo(role, RIGHTS[act]) && !NOT_BUILT.includes(act) && !pointless.includes(act),
    ),
  );
}
