import { isFirstOwner } from '../../lib/coalitions/views.ts';
import type { Asking } from './member.ts';

/**
 * Whether the local mail page is open: an instance without a mail server, on the very machine of whoever founded it. Its mails hold
 * other people's live links, so nobody else may read them, and no other machine may reach them.
 */
export async function showsKeptMails({ running, who }: Asking): Promise<boolean> {
  const { loopback, smtpUrl, bindAddress } = running.config;
  const here = loopback && smtpUrl === null && ['127.0.0.1', '::1'].includes(bindAddress);
  return here && (await isFirstOwner(running, who));
}
