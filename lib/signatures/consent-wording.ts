import type { Capacity } from '../../db/schema/values.ts';
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
