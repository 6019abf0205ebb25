import { findInvitation } from '../../db/queries/invitations.ts';
import type { Token } from '../crypto/tokens.ts';
import type { Instance } from '../instance.ts';
import { takesSignatures } from '../letters/status.ts';
import { isId } from '../shared/ids.ts';
import type { Runner } from './add.ts';
import { findLetterFacts, handedWords } from './mail.ts';
import { openInvited } from './places.ts';
import { answerable } from './status.ts';

export interface HandLinkView {
  /** The organisation, or the person. */
  readonly who: string;
  /** Its links go from hand to hand; those of others stand in mails, and nobody sees them here. */
  readonly byHand: boolean;
  /** Another link may be made. */
  readonly mayMake: boolean;
  /** The link, and words to send with it in the language of who is invited; null where it is not there to be shown. */
  readonly shown: { readonly url: string; readonly words: string; readonly language: string } | null;
}

/** @param token the link that was made a moment ago, or null */
export async function viewHandLink(
  { store, keys, config }: Instance,
  { letterId }: Runner,
  invitationId: string,
  token: Token<'hand-delivered'> | null,
): Promise<HandLinkView | null> {
  const row = isId('inv', invitationId) ? await findInvitation(store.read, letterId, invitationId) : null;
  const facts = row && (await findLetterFacts(store.read, letterId));
  if (!row || !facts) return null;
  const invited = openInvited(keys, row);
  const url = token && `${config.origin}/i/${token}`;
  const byHand = row.channel === 'by-hand';
  return {
    who: row.capacity === 'organisation' ? invited.organisation : invited.name,
    byHand,
    mayMake: byHand && takesSignatures(facts.letter.status) && answerable.includes(row.status),
    shown:
      url === null ? null : { url, words: handedWords(facts, { ...invited, capacity: row.capacity }, url), language: invited.language },
  };
}
