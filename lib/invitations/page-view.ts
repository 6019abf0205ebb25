import { findInvitation, type InvitationRow, listPassedOn } from '../../db/queries/invitations.ts';
import type { LetterRow } from '../../db/queries/letters.ts';
import { findSigningOfInvitation } from '../../db/queries/signatures.ts';
import type { Capacity } from '../../db/schema/values.ts';
import type { InvitationScope } from '../access/scope.ts';
import type { Keys } from '../crypto/keys.ts';
import type { Instance } from '../instance.ts';
import { signersFor } from '../signatures/capacity.ts';
import { mayHaveFinal, type OwnSigning, readOwnSigning } from '../signatures/own-view.ts';
import type { Signer } from '../signatures/schema.ts';
import { type ShownLetter, showLetter } from '../signatures/shown-letter.ts';
import { awaitsProof, isOwnersAlone } from '../signatures/status.ts';
import { mayAnswerLate, signingIsOver, stillAnswers } from './answers.ts';
import { findLetterFacts } from './mail.ts';
import { openInvited, openRefusalReason } from './places.ts';
import type { StoredInvitation } from './schema.ts';
import { type SignedSoFar, viewSignedSoFar } from './signed-so-far.ts';

/** A colleague, as far as whoever passed it on needs to know them again. */
export interface PassedOnTo {
  readonly name: string;
  /** `m…@org.example` */
  readonly address: string;
  readonly at: Date;
  readonly signed: boolean;
}

export interface InvitationPage {
  readonly invitationId: string;
  readonly capacity: Capacity;
  readonly invited: StoredInvitation;
  readonly signers: readonly Signer[];
  readonly state: 'answerable' | 'declined' | 'signed' | 'closed' | 'letter-withdrawn';
  /** After the deadline or the close, since its coordinator let it: until the delivery. */
  readonly late: boolean;
  readonly consideringUntil: string | null;
  /** They answered that they do not sign, and why, where they said so. */
  readonly declined: { readonly reason: string | null } | null;
  readonly letter: ShownLetter;
  /** Who has signed so far; null where nothing of it may show. */
  readonly signed: SignedSoFar | null;
  readonly own: OwnSigning | null;
  /** Whether a yes can still become a no, or a "not yet"; `for-good` once nobody can sign again. */
  readonly change: 'for-now' | 'for-good' | null;
  /** Its link goes from hand to hand: it was sent to no address. */
  readonly byHand: boolean;
  /** What was signed waits for a proof of who signed it. */
  readonly unproved: boolean;
  /** Its link went from hand to hand, and whoever signed has confirmed an own address since: it says how things stand, and does nothing. */
  readonly ownersAlone: boolean;
  /** To whom its holder passed it on, the last first. */
  readonly passedOn: readonly PassedOnTo[];
  /** The final document may be had. */
  readonly final: boolean;
}

/**
 * Everything the page behind a personal link shows; null where the letter is gone. Reads only.
 * @param listPage of the list of those who have signed, from 1, or `short` for its first page where it is short; null where it is not asked for
 */
export async function viewInvitation(
  instance: Instance,
  scope: InvitationScope,
  now: Date,
  listPage: number | 'short' | null = null,
): Promise<InvitationPage | null> {
  const { store, keys } = instance;
  const facts = await findLetterFacts(store.read, scope.letterId);
  const row = await findInvitation(store.read, scope.letterId, scope.invitationId);
  if (!facts || !row || row.status === 'revoked') return null;
  const { letter } = facts;
  const invited = openInvited(keys, row);
  const shown = await showLetter(instance, facts, invited.language, now);
  if (!shown) return null;
  const given = row.status === 'signed' ? await findSigningOfInvitation(store.read, scope.letterId, row.id) : null;
  const own = given && (await readOwnSigning(instance, given, letter));
  const over = signingIsOver(letter, now);
  const late = over && mayAnswerLate(letter, row);
  const ownersAlone = scope.byHand && given !== null && isOwnersAlone(given.signing);
  return {
    invitationId: row.id,
    capacity: row.capacity,
    invited,
    signers: signersFor(row.capacity),
    state: stateOf(row, letter, over && !late),
    late,
    consideringUntil: row.status === 'considering' ? row.consideringUntil : null,
    declined: row.status === 'declined' ? { reason: openRefusalReason(keys, row) } : null,
    letter: shown,
    signed: listPage === null ? null : await viewSignedSoFar(instance, letter, { language: shown.text.language, page: listPage, now }),
    own,
    change: !own || ownersAlone || !(late || stillAnswers(letter, now)) ? null : over && !late ? 'for-good' : 'for-now',
    byHand: scope.byHand || row.channel === 'by-hand',
    unproved: given !== null && awaitsProof(given.signing) && given.signatures.some(({ status }) => status === 'pending'),
    ownersAlone,
    passedOn: (await listPassedOn(store.read, letter.id, [row.id])).toReversed().map((child) => passedOnTo(keys, child)),
    final: own !== null && !ownersAlone && mayHaveFinal(letter, own, now),
  };
}

function stateOf(row: InvitationRow, letter: LetterRow, over: boolean): InvitationPage['state'] {
  if (letter.status === 'withdrawn') return 'letter-withdrawn';
  if (row.status === 'signed') return 'signed';
  if (over) return 'closed';
  return row.status === 'declined' ? 'declined' : 'answerable';
}

function passedOnTo(keys: Keys, child: InvitationRow): PassedOnTo {
  const { name, email } = openInvited(keys, child);
  return { name, address: maskedAddress(email), at: child.createdAt, signed: child.status === 'signed' };
}

/** Enough of an address to know it again: `m…@org.example`. */
export const maskedAddress = (email: string): string => `${[...email][0] ?? ''}…${email.slice(email.lastIndexOf('@'))}`;
