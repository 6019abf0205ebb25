import type { Proof, SignatureStatus } from '../../db/schema/values.ts';

/** Whatever can happen to an entry of the list. */
export const signatureActs = [
  'confirm',
  'keep-back',
  'pass-over',
  'approve',
  'hold',
  'reject',
  'turn-away',
  'put-back',
  'withdraw',
  'let-expire',
  'erase',
] as const;
export type SignatureAct = (typeof signatureActs)[number];

/** The life of an entry, whole: what is not in this table can't happen. */
const transitions: Readonly<Record<SignatureAct, Partial<Record<SignatureStatus, SignatureStatus>>>> = {
  /** The address is proved, and nothing is to be looked at. */
  confirm: { pending: 'listed', confirmed: 'listed' },
  /** The address is proved, and somebody has to look. */
  'keep-back': { pending: 'held', confirmed: 'held' },
  /** The same person stands under the letter already: this one ends, whatever else the signing gave goes on. */
  'pass-over': { pending: 'rejected' },
  approve: { held: 'listed' },
  hold: { listed: 'held' },
  reject: { confirmed: 'rejected', held: 'rejected', listed: 'rejected' },
  /** Nobody proved who signed, and whoever handed the link around takes it back. */
  'turn-away': { pending: 'rejected' },
  /** What was rejected is looked at anew. It never gets back into the list by one step: who was told of a rejection counts on it. */
  'put-back': { rejected: 'held' },
  withdraw: { pending: 'withdrawn', confirmed: 'withdrawn', held: 'withdrawn', listed: 'withdrawn' },
  /** Nobody confirmed it in time. */
  'let-expire': { pending: 'erased' },
  erase: { pending: 'erased', confirmed: 'erased', held: 'erased', listed: 'erased', withdrawn: 'erased', rejected: 'erased' },
};

/** Where `act` leads from `status`, or null where it can't be done. */
export const signatureStatusAfter = (status: SignatureStatus, act: SignatureAct): SignatureStatus | null =>
  transitions[act][status] ?? null;

/** The statuses an act can be done in: the guard of its UPDATE. */
export const signatureStatusesFor = (act: SignatureAct): readonly SignatureStatus[] => Object.keys(transitions[act]) as SignatureStatus[];

/**
 * Whether nobody has proved the address yet: an entry of such a signing is nobody's to look at. It is confirmed, which asks whatever has to
 * be asked of it, or it goes.
 */
export const awaitsProof = ({ proof, confirmedAt }: { readonly proof: Proof; readonly confirmedAt: Date | null }): boolean =>
  proof === 'confirmation' && confirmedAt === null;

/**
 * Whether whoever signed has confirmed an address of their own. A link that went through other hands does nothing about such an answer any
 * more: the mails to that address have the way in.
 */
export const isOwnersAlone = ({ proof, confirmedAt }: { readonly proof: Proof; readonly confirmedAt: Date | null }): boolean =>
  proof === 'confirmation' && confirmedAt !== null;

/** Counts or may come to count: what ended is nobody's answer any more. */
export const isLive = (status: SignatureStatus): boolean => signatureStatusAfter(status, 'withdraw') !== null;
