import { z } from 'zod';
import { publicationChoices } from '../../db/schema/values.ts';
import { FIELD_LIMITS, optionalLine, optionalLines, requiredLine } from './fields.ts';
import { ofOwnPage, signers } from './schema.ts';

const entryFields = z.object({
  signer: z.enum(signers),
  organisation: optionalLine(FIELD_LIMITS.organisation),
  acronym: optionalLine(FIELD_LIMITS.acronym),
  name: requiredLine(FIELD_LIMITS.name),
  role: optionalLine(FIELD_LIMITS.role),
  affiliation: optionalLine(FIELD_LIMITS.organisation),
  city: optionalLine(FIELD_LIMITS.place),
  country: optionalLine(FIELD_LIMITS.place),
  representativePrinted: z
    .enum(['yes', ''])
    .default('')
    .transform((ticked) => ticked === 'yes'),
});

const missing = (context: z.RefinementCtx, place: string) =>
  context.addIssue({ code: 'custom', path: [place], params: { reason: 'required' } });

/** What is asked of an organisation; asked also where another field is wrong, so that all faults are told at once. */
function requireOrganisation(
  given: { readonly signer: string; readonly organisation: string; readonly role: string },
  context: z.RefinementCtx,
) {
  if (given.signer !== 'organisation') return;
  if (given.organisation === '') missing(context, 'organisation');
  if (given.role === '') missing(context, 'role');
}

/** Whoever touches what is somebody else's says why. */
function requireReason({ reason }: { readonly reason: string }, context: z.RefinementCtx) {
  if (reason === '') missing(context, 'reason');
}

/** The form by which somebody corrects an entry of their own. */
export const correctOwnForm = entryFields
  .extend({
    ...ofOwnPage,
    entry: z.string().max(60),
    /** The entry that the form stood beside, as `seenMark` has it. */
    seen: z.string().max(64).default(''),
    publication: z.enum(publicationChoices),
    /** "I am authorised to sign for …": asked where the organisation changes. */
    authorised: z.literal('yes').optional(),
  })
  .superRefine(requireOrganisation, { when: () => true });
export type CorrectOwnInput = z.output<typeof correctOwnForm>;

/** The form by which a coordinator corrects an entry: neither whether it signs as an organisation nor who sees it is theirs to choose. */
export const correctEntryForm = entryFields
  .extend({ reason: optionalLines(FIELD_LIMITS.reason) })
  .omit({ signer: true, representativePrinted: true, name: true })
  .extend({ name: optionalLine(FIELD_LIMITS.name) })
  .superRefine(requireReason, { when: () => true });
export type CorrectEntryInput = z.output<typeof correctEntryForm>;

export const refuseWishForm = z.object({ reason: optionalLines(FIELD_LIMITS.reason) }).superRefine(requireReason, { when: () => true });

export const takeBackWishForm = z.object({ ...ofOwnPage, entry: z.string().max(60) });

/** What an entry's signatory wants it to become, as it is sealed; read back through this. */
export const storedWish = z.object({
  signer: z.enum(signers),
  organisation: z.string(),
  acronym: z.string(),
  name: z.string(),
  role: z.string(),
  affiliation: z.string(),
  city: z.string(),
  country: z.string(),
  representativePrinted: z.boolean(),
});
