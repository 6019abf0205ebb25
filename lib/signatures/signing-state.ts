import type { LetterRow } from '../../db/queries/letters.ts';
import type { SignatureRow, SigningRow } from '../../db/queries/signatures.ts';
import { takesNames } from '../letters/status.ts';

/** What is asked of a signing here. */
interface SigningState {
  readonly signing: Pick<SigningRow, 'confirmedAt'>;
  readonly signatures: readonly Pick<SignatureRow, 'status'>[];
}

/** Somebody signed under a letter that still takes it, and has not pressed the button: the mail that asks them to says what is so. */
export function mayBeConfirmed(letter: Pick<LetterRow, 'status'> | null, given: SigningState | null): boolean {
  if (!letter || !takesNames(letter.status)) return false;
  return given !== null && given.signing.confirmedAt === null && given.signatures.some(({ status }) => status === 'pending');
}

/** Something of what was signed stands in the list: neither taken back nor rejected, nor waiting for a look. */
export const isInList = (given: SigningState | null): boolean => given?.signatures.some(({ status }) => status === 'listed') ?? false;

/** Whom a member vouched for hears of it as long as the entry stands in the list, or waits for a look. */
export const mayBeTold = (given: SigningState | null): boolean =>
  given?.signatures.some(({ status }) => status === 'listed' || status === 'held') ?? false;
