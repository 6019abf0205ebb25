import { z } from 'zod';
import { isId } from '../shared/ids.ts';
import { emailField } from '../signatures/fields.ts';

/** A page of members to go on at after signing in; anything else is left out. */
export const memberPath = z
  .string()
  .max(200)
  .regex(/^\/(?:letters|coalitions|desk|account|mail)(?:\/[\w-]+)*$/);

export const signInForm = z.object({ email: emailField, to: memberPath.optional().catch(undefined) });

/** The page to go on at once the address is proved anew. */
export const proveForm = z.object({ to: memberPath.catch('/desk') });

/** A button that needs nothing typed. */
export const emptyForm = z.object({});

export const endSessionForm = z.object({ session: z.string().refine((text) => isId('ses', text)) });
