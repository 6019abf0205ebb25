import { findConsentFingerprint, findSigning, type SignatureRow } from '../../db/queries/signatures.ts';
import type { Capacity, PublicationChoice } from '../../db/schema/values.ts';
import type { Entry } from '../block/model.ts';
import type { Locale } from '../i18n/locales.ts';
import type { Instance } from '../instance.ts';
import { findLetterFacts } from '../invitations/mail.ts';
import { policiesOf } from '../letters/presets.ts';
import { takesNames } from '../letters/status.ts';
import type { ConfirmationScope } from './access.ts';
import { confirmationEnds } from './confirmation-term.ts';
import { printedEntry } from './mail.ts';
import { openSigner } from './places.ts';
import { openPrintable } from './printable-record.ts';
import { type ShownLetter, showLetter } from './shown-letter.ts';

/** `waiting`: a press of the button confirms. `ended`: too long after; `letter-ended`: withdrawn meanwhile. */
export type ConfirmationState = 'waiting' | 'confirmed' | 'ended' | 'letter-ended';

export interface ConfirmationPage {
  readonly state: ConfirmationState;
  readonly letter: ShownLetter;
  readonly signedBy: { readonly name: string; readonly role: string };
  readonly email: string;
  /** In which mails speak to them. */
  readonly locale: Locale | null;
  readonly entries: readonly {
    readonly id: string;
    readonly capacity: Capacity;
    readonly entry: Entry;
    /** Somebody looks at it before it stands in the list. */
    readonly held: boolean;
  }[];
  readonly publication: PublicationChoice;
  /** 64 hex digits: of the text that was on the page. */
  readonly fingerprint: string;
  /** Until when the button works. */
  readonly ends: Date;
}

/** What whoever holds the link of a mail is asked to confirm; null where it is gone. Reads only. */
export async function viewConfirmation(instance: Instance, scope: ConfirmationScope, now: Date): Promise<ConfirmationPage | null> {
  const { store, keys } = instance;
  const facts = await findLetterFacts(store.read, scope.letterId);
  const given = await findSigning(store.read, scope.letterId, scope.signingId);
  const [first] = given?.signatures ?? [];
  const letter = facts && given && (await showLetter(instance, facts, given.signing.language, now));
  if (!letter || !first) return null;
  const { signing, signatures } = given;
  const { email, name, role, locale } = openSigner(keys, signing);
  const policies = policiesOf(facts.letter.policies);
  const ends = confirmationEnds(facts.letter, scope.asks?.at ?? signing.createdAt);
  return {
    state: stateOf(signing.confirmedAt, letter, ends, now),
    letter,
    signedBy: { name, role },
    email: scope.asks?.email.asTyped ?? email,
    locale: locale ?? null,
    entries: signatures.map((signature: SignatureRow) => ({
      id: signature.id,
      capacity: signature.capacity,
      entry: printedEntry(facts.letter, openPrintable(keys, signature, policies)),
      held: signature.flags.length > 0,
    })),
    publication: first.publication,
    fingerprint: (await findConsentFingerprint(store.read, first.id)) ?? '',
    ends,
  };
}

function stateOf(confirmedAt: Date | null, { status }: ShownLetter, ends: Date, now: Date): ConfirmationState {
  if (confirmedAt !== null) return 'confirmed';
  if (!takesNames(status)) return 'letter-ended';
  return ends <= now ? 'ended' : 'waiting';
}
