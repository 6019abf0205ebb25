import { z } from 'zod';
import { capacities } from '../../db/schema/values.ts';
import { LOCALES } from '../i18n/locales.ts';
import { dayField, emailField, FIELD_LIMITS, optionalEmail, optionalLine, optionalLines } from '../signatures/fields.ts';

/** Asked also where another field is wrong, so that all faults are told at once. */
const required = (place: string) => ({ path: [place], params: { reason: 'required' }, when: () => true });

const party = {
  capacity: z.enum(capacities),
  organisation: optionalLine(FIELD_LIMITS.organisation),
  acronym: optionalLine(FIELD_LIMITS.acronym),
  /** Of the person who gets the link; may be unknown for an organisation. */
  name: optionalLine(FIELD_LIMITS.name),
  language: z.enum(LOCALES).default('en'),
};

/** The form that invites one organisation or one person by mail. */
export const inviteForm = z
  .object({ ...party, email: emailField, message: optionalLines(FIELD_LIMITS.message) })
  .refine(({ capacity, organisation }) => capacity !== 'organisation' || organisation !== '', required('organisation'))
  .refine(({ capacity, name }) => capacity !== 'personal' || name !== '', required('name'));
export type InviteInput = z.output<typeof inviteForm>;

/** The same for a link that a coordinator hands over: an address may be noted, and gets no mail. */
export const byHandForm = z
  .object({ ...party, email: optionalEmail })
  .refine(({ capacity, organisation }) => capacity !== 'organisation' || organisation !== '', required('organisation'))
  .refine(({ capacity, name }) => capacity !== 'personal' || name !== '', required('name'));
export type ByHandInput = z.output<typeof byHandForm>;

/** What the link's holder sends with every answer: which invitation their page was of. */
const ofPage = {
  invitation: z.string().max(60),
  /** What was signed, on the page of somebody who had signed; their yes is taken back by this answer. */
  signing: z.string().max(60).optional(),
  /** Asked of them once nobody can sign again. */
  sure: z.literal('yes').optional(),
};

export const declineForm = z.object({ ...ofPage, reason: optionalLines(FIELD_LIMITS.reason) });
export type DeclineInput = z.output<typeof declineForm>;

export const considerForm = z.object({ ...ofPage, until: dayField });
export type ConsiderInput = z.output<typeof considerForm>;

/** What is sealed in an invitation's row; read back through this. */
export const storedInvitation = z.object({
  /** Empty where its link goes from hand to hand and no address was noted. */
  email: z.string(),
  name: z.string(),
  organisation: z.string(),
  acronym: z.string(),
  message: z.string(),
  language: z.enum(LOCALES),
  /** The address was given by whoever held another's link: what is signed by it is looked at. */
  claimed: z.boolean().exactOptional(),
});
export type StoredInvitation = z.infer<typeof storedInvitation>;

export const storedAnswer = z.object({ reason: z.string() });
