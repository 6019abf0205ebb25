import type { InvitationStatus } from '../../db/schema/values.ts';

/** Nobody has answered for good: an invitation in one of these may still be signed, declined or put off. */
export const answerable: readonly InvitationStatus[] = ['prepared', 'sent', 'bounced', 'opened', 'considering', 'declined'];

/** Where the first POST of whoever holds the link is news. */
export const unopened: readonly InvitationStatus[] = ['prepared', 'sent', 'bounced'];

/** What a coordinator may still take back: everything that was not signed. A signature is withdrawn or hidden, its invitation stands. */
export const revocable: readonly InvitationStatus[] = ['prepared', 'sent', 'bounced', 'opened', 'considering', 'declined'];
