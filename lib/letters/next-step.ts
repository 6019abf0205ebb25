import type { LetterStatus } from '../../db/schema/values.ts';

/** The one thing to do now at a letter; each has its words on the desk. */
export const nextSteps = ['write', 'set-deadline', 'freeze', 'invite', 'gather', 'close', 'deliver', 'done', 'withdrawn'] as const;
export type NextStep = (typeof nextSteps)[number];

export interface LetterFacts {
  readonly status: LetterStatus;
  /** Addressee, headline and text are there. */
  readonly written: boolean;
  readonly deadlineAt: Date | null;
  /** Entries in the list. */
  readonly signatures: number;
}

export function nextStepOf({ status, written, deadlineAt, signatures }: LetterFacts, now: Date): NextStep {
  switch (status) {
    case 'draft':
    case 'consultation':
      if (!written) return 'write';
      return deadlineAt === null || deadlineAt <= now ? 'set-deadline' : 'freeze';
    case 'open':
      if (deadlineAt !== null && deadlineAt <= now) return 'close';
      return signatures === 0 ? 'invite' : 'gather';
    case 'closed':
      return 'deliver';
    case 'delivered':
      return 'done';
    case 'withdrawn':
      return 'withdrawn';
  }
}
