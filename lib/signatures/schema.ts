import { z } from 'zod';
import { publicationChoices } from '../../db/schema/values.ts';
import { FIELD_LIMITS, optionalLine, requiredLine } from './fields.ts';

/** In whose name: an organisation and the person who signs for it, the organisation alone, or oneself. */
export const signers = ['representative', 'organisation', 'personal'] as const;
export type Signer = (typeof signers)[number];

const common = {
  /** The invitation the page was of: with two links open in one browser, an answer must not land at the other one. */
  invitation: z.string().max(60),
  /** Of the text that was on the page, in the language it was read in. */
  fingerprint: z.string().regex(/^[0-9a-f]{64}$/),
  language: z.string().max(35),
  /** `check` shows how the entry will print, and changes nothing but that the invitation was opened. */
  step: z.enum(['check', 'sign']),
  name: requiredLine(FIELD_LIMITS.name),
  country: optionalLine(FIELD_LIMITS.place),
  publication: z.enum(publicationChoices),
};

const forOrganisation = {
  ...common,
  organisation: requiredLine(FIELD_LIMITS.organisation),
  acronym: optionalLine(FIELD_LIMITS.acronym),
  role: requiredLine(FIELD_LIMITS.role),
  /** "I am authorised to sign for …" */
  authorised: z.literal('yes').optional(),
};

/** The form somebody signs with who came by a personal link. */
export const signForm = z
  .discriminatedUnion('signer', [
    z.object({ signer: z.literal('representative'), ...forOrganisation }),
    z.object({ signer: z.literal('organisation'), ...forOrganisation }),
    z.object({
      signer: z.literal('personal'),
      ...common,
      role: optionalLine(FIELD_LIMITS.role),
      affiliation: optionalLine(FIELD_LIMITS.organisation),
    }),
  ])
  .superRefine((given, context) => {
    if (given.step === 'sign' && given.signer !== 'personal' && given.authorised !== 'yes') {
      context.addIssue({ code: 'custom', path: ['authorised'], params: { reason: 'required' } });
    }
  });
export type SignInput = z.output<typeof signForm>;

/** Who acted, as sealed in the row of the signing. */
export const storedSigner = z.object({ email: z.string(), name: z.string(), role: z.string() });

/** A withdrawal names the page it was sent from, and says that it is meant. */
export const withdrawForm = z.object({ invitation: z.string().max(60), sure: z.literal('yes') });
