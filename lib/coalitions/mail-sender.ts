import type { CoalitionRow } from '../../db/queries/coalitions.ts';
import type { CoalitionSettings } from '../../db/schema/tables/people.ts';

/** The name by which signatories know who coordinates: a pseudonym, where the coalition chose one. */
export const publicNameOf = ({ name, settings }: { readonly name: string; readonly settings: CoalitionSettings }): string =>
  settings.publicName ?? name;

/** Whom a coalition's mails come from, and where answers to them go. */
export function mailSender(coalition: Pick<CoalitionRow, 'name' | 'settings'>): { readonly fromName: string; readonly replyTo?: string } {
  const { senderName, replyTo } = coalition.settings;
  return { fromName: senderName ?? publicNameOf(coalition), ...(replyTo === undefined ? {} : { replyTo }) };
}
