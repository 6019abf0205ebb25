import type { CoalitionRow } from '../../db/queries/coalitions.ts';
import type { StoredLetterMails } from '../../db/schema/tables/letters.ts';
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

/** The same for mails about one letter, which may have a name and an address of its own. A sender's name may be a person's: where nobody is to be named, the public name stands instead. */
export function letterSender(
  coalition: Pick<CoalitionRow, 'name' | 'settings'>,
  { coordinator }: Pick<Policies, 'coordinator'>,
  own: StoredLetterMails | null,
): { readonly fromName: string; readonly replyTo?: string } {
  const { fromName, replyTo } = mailSender(coalition);
  const to = own?.replyTo ?? replyTo;
  return {
    fromName: coordinator === 'coalition' ? publicNameOf(coalition) : (own?.fromName ?? fromName),
    ...(to === undefined ? {} : { replyTo: to }),
  };
}
