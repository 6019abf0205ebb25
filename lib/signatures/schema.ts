import { z } from 'zod';
import { publicationChoices } from '../../db/schema/values.ts';
import { FIELD_LIMITS, optionalLine, requiredLine } from './fields.ts';

/** In whose name: an organisation's, or one's own. */
export const signers = ['organisation', 'personal'] as const;
export type Signer = (typeof signers)[number];

const fields = z.object({
  /** The invitation the page was of: with two links open in one browser, an answer must not land at the other one. */
  invitation: z.string().max(60),
  /** Of the text that was on the page, in the language it was read in. */
  fingerprint: z.string().regex(/^[0-9a-f]{64}$/),
  language: z.string().max(35),
  /** `check` shows how the entry will print, and changes nothing but that the invitation was opened. */
  step: z.enum(['check', 'sign']),
  signer: z.enum(signers),
  organisation: optionalLine(FIELD_LIMITS.organisation),
  acronym: optionalLine(FIELD_LIMITS.acronym),
  name: requiredLine(FIELD_LIMITS.name),
  role: optionalLine(FIELD_LIMITS.role),
  affiliation: optionalLine(FIELD_LIMITS.organisation),
  country: optionalLine(FIELD_LIMITS.place),
  /** "Print my name and role beside the organisation": an empty box sends nothing, or an empty value where a page carries it on. */
  representativePrinted: z.enum(['yes', '']).default(''),
  publication: z.enum(publicationChoices),
  /** "I am authorised to sign for …" */
  authorised: z.literal('yes').optional(),
});
type Fields = z.output<typeof fields>;

/** Asked of an organisation's answer only. */
const organisations =
  (isAnswered: (given: Fields) => boolean) =>
  (given: Fields): boolean =>
    given.signer !== 'organisation' || isAnswered(given);

/** Asked also where another field is wrong, so that all faults are told at once. */
const required = (place: keyof Fields) => ({ path: [place], params: { reason: 'required' }, when: () => true });

/** The form somebody signs with who came by a personal link. */
export const signForm = fields
  .refine(
    organisations(({ organisation }) => organisation !== ''),
    required('organisation'),
  )
  .refine(
    organisations(({ role }) => role !== ''),
    required('role'),
  )
  .refine(
    organisations(({ step, authorised }) => step !== 'sign' || authorised === 'yes'),
    required('authorised'),
  )
  .transform(({ organisation, acronym, authorised, affiliation, representativePrinted, signer, ...common }): SignInput => {
    if (signer === 'personal') return { ...common, signer, affiliation };
    return {
      ...common,
      signer,
      organisation,
      acronym,
      representativePrinted: representativePrinted === 'yes',
      authorised: authorised === 'yes',
    };
  });

/** One answer. What does not belong to its capacity is dropped, though a page may have sent it. */
export type SignInput = Omit<Fields, 'signer' | 'organisation' | 'acronym' | 'representativePrinted' | 'authorised' | 'affiliation'> &
  (
    | {
        readonly signer: 'organisation';
        readonly organisation: string;
        readonly acronym: string;
        /** What was ticked; the letter's policy has the last word. */
        readonly representativePrinted: boolean;
        readonly authorised: boolean;
      }
    | { readonly signer: 'personal'; readonly affiliation: string }
  );

/** Who acted, as sealed in the row of the signing. */
export const storedSigner = z.object({ email: z.string(), name: z.string(), role: z.string() });

/** A withdrawal names the page it was sent from, and says that it is meant. */
export const withdrawForm = z.object({ invitation: z.string().max(60), sure: z.literal('yes') });
