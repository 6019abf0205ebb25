import { z } from 'zod';
import { roles } from '../../db/schema/values.ts';
import { LOCALES } from '../i18n/locales.ts';
import { emailField, FIELD_LIMITS, optionalLine, requiredLine } from '../signatures/fields.ts';
import { COALITION_NAME_LIMIT, PERSON_NAME_LIMIT } from './founding.ts';

/** The set-up page: the first coalition and its owner. */
export const setUpForm = z.object({
  coalition: requiredLine(COALITION_NAME_LIMIT),
  name: requiredLine(PERSON_NAME_LIMIT),
  email: emailField,
});

/** The page of a member's invitation; the address is the one that was invited. */
export const joinForm = z.object({ name: requiredLine(PERSON_NAME_LIMIT), organisation: optionalLine(FIELD_LIMITS.organisation) });

const role = z.enum(roles);

export const inviteMemberForm = z.object({
  email: emailField,
  role,
  organisation: optionalLine(FIELD_LIMITS.organisation),
  /** Of the mail. */
  language: z.enum(LOCALES).default('en'),
});
export type InviteMemberInput = z.output<typeof inviteMemberForm>;

export const roleForm = z.object({ role });

/** One's own name, on the account's page. */
export const nameForm = z.object({ name: requiredLine(PERSON_NAME_LIMIT) });

export const organisationForm = z.object({ organisation: optionalLine(FIELD_LIMITS.organisation) });

export const leaveForm = z.object({ sure: z.literal('yes') });
