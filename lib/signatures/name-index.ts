import { blindIndex } from '../crypto/blind-index.ts';
import type { Keys } from '../crypto/keys.ts';
import { normaliseOrganisationName } from '../organisations/name.ts';

/** Finds a name again within one letter, however it was spaced and capitalised: with the address, one person's one entry. */
export const nameIndexOf = (keys: Keys, letterId: string, name: string): Buffer =>
  blindIndex(keys, 'name', letterId, normaliseOrganisationName(name));
