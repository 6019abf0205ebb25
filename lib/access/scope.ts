/**
 * Proofs of who may reach what. A query or command that touches a tenant's rows takes one of these, so that a forgotten check does not
 * compile. Only the `access.ts` of a domain mints them, after it read the row that proves the right.
 */
declare const coalitionBrand: unique symbol;
declare const letterBrand: unique symbol;
declare const invitationBrand: unique symbol;
declare const signingBrand: unique symbol;

export type Role = 'owner' | 'coordinator' | 'drafter' | 'observer';

/** A member, in their coalition. */
export interface CoalitionProof {
  readonly coalitionId: string;
  readonly memberId: string;
  readonly role: Role;
}
export type CoalitionScope = CoalitionProof & { readonly [coalitionBrand]: true };

/** A member, at one letter of their coalition. */
export interface LetterProof extends CoalitionProof {
  readonly letterId: string;
}
export type LetterScope = LetterProof & { readonly [letterBrand]: true };

/** Whoever holds the link of one invitation: no account, no role. */
export interface InvitationProof {
  readonly coalitionId: string;
  readonly letterId: string;
  readonly invitationId: string;
  /** Their link was handed over by a coordinator and proves no address: what is signed by it waits for a proof. */
  readonly byHand: boolean;
}
export type InvitationScope = InvitationProof & { readonly [invitationBrand]: true };

/** Whoever proved the address of one signing: their own entries and nobody else's. */
export interface SigningProof {
  readonly coalitionId: string;
  readonly letterId: string;
  readonly signingId: string;
}
export type SigningScope = SigningProof & { readonly [signingBrand]: true };

export const mintCoalitionScope = (proof: CoalitionProof): CoalitionScope => proof as CoalitionScope;
export const mintLetterScope = (proof: LetterProof): LetterScope => proof as LetterScope;
export const mintInvitationScope = (proof: InvitationProof): InvitationScope => proof as InvitationScope;
export const mintSigningScope = (proof: SigningProof): SigningScope => proof as SigningScope;
