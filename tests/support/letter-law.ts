import type { LetterStatus, Role } from '../../db/schema/values.ts';
import type { SignedIn } from '../../lib/auth/session.ts';
import type { MemberAct } from '../../lib/coalitions/access.ts';
import type { Instance } from '../../lib/instance.ts';
import type { Invited } from './invited.ts';

/** The life of letters as the design has it, in words of its own: what random sequences of commands are held against. */

export const START = new Date('2026-03-02T10:00:00Z');
export const HOUR = 3_600_000;
export const DAY = 24 * HOUR;

const writes: readonly Role[] = ['owner', 'coordinator', 'drafter'];
export const runsIt: readonly Role[] = ['owner', 'coordinator'];
const drafts: readonly LetterStatus[] = ['draft', 'consultation'];
export const listed: readonly LetterStatus[] = ['open', 'closed', 'delivered'];

/** Who may do what, and when: written down by hand from the design, never derived from the code it is held against. */
export const LAW = {
  save: { roles: writes, from: drafts, right: 'draft' },
  comment: { roles: writes, from: drafts, right: 'draft' },
  consult: { roles: runsIt, from: ['draft'], right: 'run' },
  'end-consultation': { roles: runsIt, from: ['consultation'], right: 'run' },
  freeze: { roles: runsIt, from: drafts, right: 'run' },
  'freeze-stale': { roles: [], from: [], right: 'run' },
  'freeze-unwaived': { roles: runsIt, from: drafts, right: 'run' },
  close: { roles: runsIt, from: ['open'], right: 'run' },
  reopen: { roles: runsIt, from: ['closed'], right: 'run' },
  deliver: { roles: runsIt, from: ['closed'], right: 'run' },
  'release-now': { roles: runsIt, from: listed, right: 'run' },
  'release-at': { roles: runsIt, from: listed, right: 'run' },
  'release-at-delivery': { roles: runsIt, from: ['open', 'closed'], right: 'run' },
  'release-back': { roles: runsIt, from: listed, right: 'run' },
  hide: { roles: runsIt, from: listed, right: 'run' },
  show: { roles: runsIt, from: listed, right: 'run' },
  withdraw: { roles: runsIt, from: listed, right: 'run' },
  'withdraw-for-draft': { roles: runsIt, from: listed, right: 'run' },
  'withdraw-for-letter': { roles: runsIt, from: listed, right: 'run' },
  'name-replacement': { roles: runsIt, from: ['withdrawn'], right: 'run' },
  delete: { roles: ['owner'], from: drafts, right: 'delete' },
} as const satisfies Record<string, { roles: readonly Role[]; from: readonly LetterStatus[]; right: MemberAct }>;
export type Act = keyof typeof LAW;
export const acts = Object.keys(LAW) as readonly Act[];

/** What must hold of one letter, kept beside the product and in its own words. */
export interface Model {
  readonly id: string;
  readonly home: number;
  status: LetterStatus;
  deleted: Date | null;
  hidden: boolean;
  isPublic: boolean;
  publicFrom: Date | null;
  atDelivery: boolean;
  deadline: Date | null;
  unfinished: boolean;
  frozen: string | null;
  readonly names: string[];
  spare: Invited | null;
  replaces: string | null;
  replacedBy: string | null;
  entries: number;
}

/** What a member tries. */
export interface MemberStep {
  readonly act: Act;
  /** Index of the letter they try it on, and of another one. */
  readonly letter: number;
  readonly other: number;
  /** Which coalition they are of, and in what role. */
  readonly home: number;
  readonly role: Role;
}

/** A member, as the gates and as commands know them. */
export interface Somebody {
  readonly who: SignedIn;
  readonly memberId: string;
}

export interface World {
  readonly instance: Instance;
  /** The people of each coalition, by role. */
  readonly people: readonly Readonly<Record<Role, Somebody>>[];
  readonly coalitions: readonly string[];
  readonly letters: Model[];
}

export const fresh = (id: string, home: number, deadline: Date | null): Model => ({
  id,
  home,
  status: 'draft',
  deleted: null,
  hidden: false,
  isPublic: false,
  publicFrom: null,
  atDelivery: true,
  deadline,
  unfinished: false,
  frozen: null,
  names: [],
  spare: null,
  replaces: null,
  replacedBy: null,
  entries: 1,
});

const gone = (world: World, id: string | null) => id === null || world.letters.find((letter) => letter.id === id)?.deleted !== null;

/** Whether the letter may stand in the place of another. */
const fits = (model: Model, other: Model | undefined): other is Model =>
  other !== undefined &&
  other !== model &&
  other.home === model.home &&
  other.deleted === null &&
  other.status !== 'withdrawn' &&
  (other.replaces === null || other.replaces === model.id);

export function lawful(world: World, model: Model, { act, home, role, other }: MemberStep, now: Date): boolean {
  const law = LAW[act];
  const inTable = (law.from as readonly LetterStatus[]).includes(model.status);
  if (model.deleted || home !== model.home || !(law.roles as readonly Role[]).includes(role) || !inTable) return false;
  const late = model.deadline === null || model.deadline <= now;
  const near = model.deadline !== null && model.deadline.getTime() - now.getTime() < DAY;
  if (act === 'freeze') return !late;
  if (act === 'freeze-unwaived') return !late && !near && !model.unfinished;
  if (act === 'withdraw-for-letter') return fits(model, world.letters[other]) && world.letters[other].replaces === null;
  if (act === 'name-replacement') return gone(world, model.replacedBy);
  return true;
}
