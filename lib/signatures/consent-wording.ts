import { z } from 'zod';
import { type Capacity, type PublicationChoice, publicationChoices } from '../../db/schema/values.ts';
import type { MessageKey } from '../i18n/messages.ts';

/**
 * What somebody agreed to in so many words. The id is stored with the signing and the consent; the wording of an id never changes: a
 * new wording is a new id beside the old one.
 */
export const consentWordings = {
  'organisation/1': 'consent.organisation.1',
  'personal/1': 'consent.personal.1',
} as const satisfies Record<string, MessageKey>;

export type ConsentWording = keyof typeof consentWordings;

/** The wording shown today. */
export const consentWordingFor = (capacity: Capacity): ConsentWording => (capacity === 'organisation' ? 'organisation/1' : 'personal/1');

export const isConsentWording = (id: string): id is ConsentWording => Object.hasOwn(consentWordings, id);

/** In which words somebody chose who sees their name. As with a consent's, the wording of an id never changes. */
export const publicationWordings = {
  'publication/1': {
    public: 'consent.publication.1.public',
    addressee: 'consent.publication.1.addressee',
    counted: 'consent.publication.1.counted',
  },
} as const satisfies Record<string, Readonly<Record<PublicationChoice, MessageKey>>>;

export type PublicationWording = keyof typeof publicationWordings;

/** The wording shown today. */
export const PUBLICATION_WORDING: PublicationWording = 'publication/1';

export const isPublicationWording = (id: string): id is PublicationWording => Object.hasOwn(publicationWordings, id);

/**
 * What stood on the page when somebody agreed to an entry, or changed what they had agreed to: sealed with who acted, since the consent
 * itself is never changed.
 */
export const shownWords = z.object({
  /** Id of the entry. */
  signature: z.string(),
  /** ISO 8601, UTC. */
  at: z.string(),
  wording: z.string(),
  publication: z.enum(publicationChoices),
  publicationWording: z.string(),
  /** What the page called whoever reads the addressee's copy; empty where the letter names nobody, and the page said "the addressee". */
  reader: z.string(),
});
export type ShownWords = z.output<typeof shownWords>;

/** The words that are shown today for an entry. */
export const wordsShown = (
  signature: string,
  { capacity, publication, reader }: { readonly capacity: Capacity; readonly publication: PublicationChoice; readonly reader: string },
  at: Date,
): ShownWords => ({
  signature,
  at: at.toISOString(),
  wording: consentWordingFor(capacity),
  publication,
  publicationWording: PUBLICATION_WORDING,
  reader,
});
