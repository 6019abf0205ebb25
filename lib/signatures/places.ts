import type { SealPlace } from '../crypto/seal.ts';

/** Where the signatory record of one signature (`SignatoryRecord`, as given) is sealed. */
export const signaturePlace = (letterId: string, id: string): SealPlace => ({ table: 'signatures', id, scope: letterId });

/** Where `{ email, name, role }` of who acted is sealed. */
export const signingPlace = (letterId: string, id: string): SealPlace => ({ table: 'signings', id, scope: letterId });
