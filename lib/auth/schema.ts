import { z } from 'zod';
import { emailField } from '../signatures/fields.ts';

export const signInForm = z.object({ email: emailField });

/** A button that needs nothing typed. */
export const emptyForm = z.object({});

export const endSessionForm = z.object({ session: z.string().max(60) });
