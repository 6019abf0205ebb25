import type { MailKind } from '../email/message.ts';

/**
 * Which mail goes first. 0 and 1: somebody sits before their screen and waits for it; a thousand invitations queued before it may take
 * minutes, and a paced outbox hours. 4: everybody's at once, and a day later would do.
 */
const PRIORITIES: Readonly<Record<MailKind, number>> = {
  'sign-in': 0,
  confirmation: 1,
  'fresh-link': 1,
  receipt: 1,
  test: 1,
  'member-invitation': 2,
  invitation: 2,
  vouched: 2,
  consultation: 3,
  reminder: 3,
  'confirmation-reminder': 3,
  withdrawal: 3,
  delivery: 4,
};

export const priorityOf = (kind: MailKind): number => PRIORITIES[kind];

/** Up to this one somebody is waiting. */
export const LAST_URGENT = 1;
export const LAST_PRIORITY = 4;
