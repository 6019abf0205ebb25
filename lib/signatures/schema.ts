import { z } from 'zod';
import { type PublicationChoice, publicationChoices } from '../../db/schema/values.ts';
import type { EmailAddress } from '../crypto/email-address.ts';
import { LOCALES } from '../i18n/locales.ts';
import { shownWords } from './consent-wording.ts';
import { emailField, FIELD_LIMITS, optionalEmail, optionalLine, requiredLine } from './fields.ts';

/** In whose name: an organisation's, or one's own. */
export const signers = ['organisation', 'personal'] as const;
export type Signer = (typeof signers)[number];

/** Organisations that one act may sign for beside the first one. */
export const MOST_OTHERS = 5;

const other = z.object({
  organisation: optionalLine(FIELD_LIMITS.organisation),
  acronym: optionalLine(FIELD_LIMITS.acronym),
  role: optionalLine(FIELD_LIMITS.role),
  country: optionalLine(FIELD_LIMITS.place),
  /** "I am authorised to sign for …", said of each. */
  authorised: z.literal('yes').optional(),
});
type Other = z.output<typeof other>;

/** The names a group of fields has in the form; a fault at a field has the same name for its place. */
export const otherField = (index: number, field: keyof Other): string => `others[${index}].${field}`;
const OTHER_FIELDS = Object.keys(other.shape) as readonly (keyof Other)[];

const fields = z.object({
  /** Of the text that was on the page, in the language it was read in. */
  fingerprint: z.string().regex(/^[0-9a-f]{64}$/),
  language: z.string().max(35),
  /** `check` shows how the entries will print, and changes nothing but that the invitation was opened; so does `more`, with a further group of fields. */
  step: z.enum(['check', 'more', 'sign']),
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
  authorised: z.literal('yes').optional(),
  others: z.array(other).max(MOST_OTHERS),
  /** Whoever signs for an organisation signs in their own name too. */
  personally: z.literal('yes').optional(),
  ownRole: optionalLine(FIELD_LIMITS.role),
  ownAffiliation: optionalLine(FIELD_LIMITS.organisation),
});
type Fields = z.output<typeof fields>;

/** The fields of an answer that the last look carries on to the signing itself, as the form names them. */
export const ENTRY_FIELDS: readonly string[] = [
  ...([
    'signer',
    'organisation',
    'acronym',
    'name',
    'role',
    'affiliation',
    'country',
    'representativePrinted',
    'publication',
    'personally',
    'ownRole',
    'ownAffiliation',
  ] satisfies (keyof Fields)[]),
  ...Array.from({ length: MOST_OTHERS }, (_, index) =>
    OTHER_FIELDS.filter((field) => field !== 'authorised').map((field) => otherField(index, field)),
  ).flat(),
];

const isFilled = ({ organisation, acronym, role, country }: Other): boolean =>
  [organisation, acronym, role, country].some((value) => value !== '');

/** The numbers of the groups in which something was typed, as a form's fields say it. */
export const filledOthers = (value: (field: string) => string): readonly number[] =>
  Array.from({ length: MOST_OTHERS }, (_, index) => index).filter((index) =>
    OTHER_FIELDS.some((field) => field !== 'authorised' && value(otherField(index, field)).trim() !== ''),
  );

/** The fields of each group, with their names in the form. */
const GROUPS = Array.from({ length: MOST_OTHERS }, (_, index) => OTHER_FIELDS.map((field) => [field, otherField(index, field)] as const));

/**
 * A form sends each field by a name of its own; the groups become a list, up to the last in which something was sent. Most answers sign for
 * nobody else, and reading five empty groups takes longer than reading the rest.
 */
function withGroups(sent: unknown): unknown {
  if (typeof sent !== 'object' || sent === null) return sent;
  const values = sent as Readonly<Record<string, unknown>>;
  // An empty tick is none of what the form sends: it is refused in an empty group too.
  const isSent = (field: keyof Other, value: unknown) => value !== undefined && (value !== '' || field === 'authorised');
  const last = GROUPS.findLastIndex((group) => group.some(([field, name]) => isSent(field, values[name])));
  const others = GROUPS.slice(0, last + 1).map((group) => Object.fromEntries(group.map(([field, name]) => [field, values[name]])));
  return { ...values, others };
}

/** What nobody typed is asked for at its field; asked also where another field is wrong, so that all faults are told at once. */
function requireFields(given: Fields, context: z.RefinementCtx): void {
  const missing = (path: readonly (string | number)[]) =>
    context.addIssue({ code: 'custom', path: [...path], params: { reason: 'required' } });
  if (given.signer !== 'organisation') return;
  if (given.organisation === '') missing(['organisation']);
  if (given.role === '') missing(['role']);
  if (given.step === 'sign' && given.authorised !== 'yes') missing(['authorised']);
  for (const [index, group] of given.others.entries()) {
    if (!isFilled(group)) continue;
    if (group.organisation === '') missing(['others', index, 'organisation']);
    if (group.role === '') missing(['others', index, 'role']);
    if (given.step === 'sign' && group.authorised !== 'yes') missing(['others', index, 'authorised']);
  }
}

/** What does not belong to its capacity is dropped, though a page may have sent it. */
function entriesOf(given: Fields): readonly [EntryInput, ...EntryInput[]] {
  const { signer, role, country, affiliation } = given;
  if (signer === 'personal') return [{ signer, role, country, affiliation }];
  const named = ({ organisation, acronym, authorised, ...rest }: Other): EntryInput => ({
    signer,
    organisation,
    acronym,
    role: rest.role,
    country: rest.country,
    representativePrinted: given.representativePrinted === 'yes',
    authorised: authorised === 'yes',
  });
  return [
    named(given),
    ...given.others.filter(isFilled).map(named),
    ...(given.personally === 'yes'
      ? [{ signer: 'personal', role: given.ownRole, country, affiliation: given.ownAffiliation } as const]
      : []),
  ];
}

const answerOf = (given: Fields): SignInput => {
  const { fingerprint, language, step, name, publication } = given;
  return { fingerprint, language, step, name, publication, entries: entriesOf(given) };
};

const signing = fields.superRefine(requireFields, { when: () => true });

/** The form somebody signs with who came by an open link: the address is theirs to give, and to prove. */
export const openSignForm = z.preprocess(withGroups, z.intersection(z.object({ email: emailField }), signing.transform(answerOf)));

/** The form somebody signs with who came by a personal link. */
export const signForm = z.preprocess(
  withGroups,
  z.intersection(
    // The invitation the page was of: with two links open in one browser, an answer must not land at the other one.
    // An address of one's own is asked for where the link came from hand to hand, and may be left out there too.
    z.object({ invitation: z.string().max(60), email: optionalEmail }),
    signing.transform(answerOf),
  ),
);

/** The form by which somebody who has signed adds an entry to what they signed. */
export const addForm = z.preprocess(withGroups, z.intersection(z.object({ signing: z.string().max(60) }), signing.transform(answerOf)));

/** One entry of an answer: an organisation, with or without the name of the person who signs for it, or that person. */
export type EntryInput =
  | {
      readonly signer: 'organisation';
      readonly organisation: string;
      readonly acronym: string;
      readonly role: string;
      readonly city?: string;
      readonly country: string;
      /** What was ticked, for all organisations of one answer; the letter's policy has the last word. */
      readonly representativePrinted: boolean;
      readonly authorised: boolean;
    }
  | {
      readonly signer: 'personal';
      readonly role: string;
      readonly affiliation: string;
      readonly city?: string;
      readonly country: string;
    };

/** One answer of one person, with everything it signs for. */
export interface SignInput {
  readonly fingerprint: string;
  readonly language: string;
  readonly step: 'check' | 'more' | 'sign';
  /** Who signs, for whomever. */
  readonly name: string;
  readonly publication: PublicationChoice;
  readonly entries: readonly [EntryInput, ...EntryInput[]];
}

/** An answer to a letter that was handed around. */
export type OpenSignInput = SignInput & { readonly email: EmailAddress };

/** An answer to a personal invitation. */
export type InvitedSignInput = SignInput & { readonly invitation: string; readonly email: EmailAddress | null };

/** What is added to a signing; who acts stands in it already. */
export type AddInput = SignInput & { readonly signing: string };

/** Who acted, as sealed in the row of the signing. */
export const storedSigner = z.object({
  email: z.string(),
  name: z.string(),
  role: z.string(),
  /** In which mails speak to them, where no invitation says it. */
  locale: z.enum(LOCALES).exactOptional(),
  /** The words that stood on the page, for each entry and each time it was agreed to; left out by what no page was shown for. */
  shown: z.array(shownWords).exactOptional(),
});

/** What the own page sends with every act: which signing the page was of. */
export const ofOwnPage = { signing: z.string().max(60) };

/** A withdrawal says that it is meant, and of what: of one entry, or of all of them. */
export const withdrawForm = z.object({
  ...ofOwnPage,
  entry: z
    .string()
    .max(60)
    .default('all')
    .transform((entry) => (entry === 'all' ? null : entry)),
  sure: z.literal('yes'),
});
