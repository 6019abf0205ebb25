import type { CoalitionRow } from '../../db/queries/coalitions.ts';
import type { CoalitionSettings } from '../../db/schema/tables/people.ts';
import type { Policies } from '../letters/presets.ts';

/** The name by which signatories know who coordinates: a pseudonym, where the coalition chose one. */
export const publicNameOf = ({ name, settings }: { readonly name: string; readonly settings: CoalitionSettings }): string =>
  settings.publicName ?? name;

/** Whom a coalition's mails come from, and where answers to them go. */
export function mailSender(coalition: Pick<CoalitionRow, 'name' | 'settings'>): { readonly fromName: string; readonly replyTo?: string } {
  const { senderName, replyTo } = coalition.settings;
  return { fromName: senderName ?? publicNameOf(coalition), ...(replyTo === undefined ? {} : { replyTo }) };
}

/** The same for mails about one letter. A sender's name may be a person's: where nobody is to be named, the public name stands instead. */
export function letterSender(coalition: Pick<CoalitionRow, 'name' | 'settings'>, { coordinator }: Pick<Policies, 'coordinator'>) {
  return coordinator === 'coalition' ? { ...mailSender(coalition), fromName: publicNameOf(coalition) } : mailSender(coalition);
}
