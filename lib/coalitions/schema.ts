import { z } from 'zod';
import { emailField, requiredLine } from '../signatures/fields.ts';
import { COALITION_NAME_LIMIT, PERSON_NAME_LIMIT } from './founding.ts';

/** The set-up page: the first coalition and its owner. */
export const setUpForm = z.object({
  coalition: requiredLine(COALITION_NAME_LIMIT),
  name: requiredLine(PERSON_NAME_LIMIT),
  email: emailField,
});

/** The page of a member's invitation; the address is the one that was invited. */
export const joinForm = z.object({ name: requiredLine(PERSON_NAME_LIMIT) });
