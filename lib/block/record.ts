/** What the signatory block is made from: one record for each signature, and the letter's settings. */
import type { SectionKind } from './model.ts';

export type Capacity = 'organisation' | 'personal';
/** Who may see the name: everybody, the reader of the addressee's edition, or nobody, the signature being counted. */
export type PublicationChoice = 'public' | 'addressee' | 'counted';

export interface SignatoryRecord {
  readonly capacity: Capacity;
  /** The person who signs; for an organisation its representative. */
  readonly name?: string;
  readonly role?: string;
  /** The organisation that signs; beside a personal signature the affiliation. */
  readonly organisation?: string;
  readonly acronym?: string;
  readonly city?: string;
  readonly country?: string;
  readonly url?: string;
  readonly familyName?: string;
  /** Overrides what the entry is sorted by, in every order but `signing` and `manual`. */
  readonly sortAs?: string;
  /** Printed as it stands, whatever the section's form. */
  readonly printAs?: string;
  /** The leading name in other languages or scripts, by BCP 47 language. */
  readonly names?: Readonly<Record<string, string>>;
  readonly section?: 'initiators';
  readonly publication?: PublicationChoice;
  /** ISO 8601 instant or date. */
  readonly signedAt?: string;
  /** ISO calendar date of the addendum it stands in, where the letter had been delivered before the name came. */
  readonly addendum?: string;
}

export type Order = 'signing' | 'manual' | 'alphabetical' | 'family-name' | 'given-name' | 'country';
export type Form = 'stacked' | 'line' | 'parentheses';

export interface SectionSettings {
  /** Null: the default of the letter's language for people and initiators, none for organisations. */
  readonly heading: string | null;
  readonly order: Order;
  readonly form: Form;
  readonly columns: 1 | 2 | 3;
}

export interface BlockSettings {
  readonly initiators: SectionSettings;
  readonly organisations: SectionSettings;
  readonly personal: SectionSettings;
  readonly numbered: boolean;
  readonly counts: boolean;
  readonly country: boolean;
  readonly identificationNote: boolean;
  /** Of the letter's paragraphs, not of the list: as wide as their column on a page. */
  readonly justified: boolean;
}

/** What holds where a letter is silent; the only place that says so. */
export const defaultBlockSettings: BlockSettings = {
  initiators: { heading: null, order: 'signing', form: 'stacked', columns: 1 },
  organisations: { heading: null, order: 'alphabetical', form: 'stacked', columns: 1 },
  personal: { heading: null, order: 'signing', form: 'stacked', columns: 1 },
  numbered: false,
  counts: false,
  country: true,
  identificationNote: true,
  justified: false,
};

/** Settings as a letter file or a form gives them: any key may be missing. */
export interface GivenBlockSettings {
  readonly initiators?: GivenSection | undefined;
  readonly organisations?: GivenSection | undefined;
  readonly personal?: GivenSection | undefined;
  readonly numbered?: boolean | undefined;
  readonly counts?: boolean | undefined;
  readonly country?: boolean | undefined;
  readonly identificationNote?: boolean | undefined;
  readonly justified?: boolean | undefined;
}
export type GivenSection = { readonly [Key in keyof SectionSettings]?: SectionSettings[Key] | undefined } & {
  /** Of the letter's translations, by BCP 47 language; `heading` is the authentic text's. No letter file has them. */
  readonly headings?: Readonly<Record<string, string>> | undefined;
};

/** @param translation the language of a translation, where it is that one's list: its headings are its own, or the usual words */
export function withDefaults(given: GivenBlockSettings = {}, translation?: string): BlockSettings {
  const section = (defaults: SectionSettings, chosen: GivenSection = {}): SectionSettings => ({
    heading: (translation === undefined ? chosen.heading : chosen.headings?.[translation]) || defaults.heading,
    order: chosen.order ?? defaults.order,
    form: chosen.form ?? defaults.form,
    columns: chosen.columns ?? defaults.columns,
  });
  return {
    initiators: section(defaultBlockSettings.initiators, given.initiators),
    organisations: section(defaultBlockSettings.organisations, given.organisations),
    personal: section(defaultBlockSettings.personal, given.personal),
    numbered: given.numbered ?? defaultBlockSettings.numbered,
    counts: given.counts ?? defaultBlockSettings.counts,
    country: given.country ?? defaultBlockSettings.country,
    identificationNote: given.identificationNote ?? defaultBlockSettings.identificationNote,
    justified: given.justified ?? defaultBlockSettings.justified,
  };
}

/**
 * Where records come from: each call starts from the beginning and gives them in file order, in batches of up to a few thousand. A
 * source that knows its records' sections may leave out those of others than `only`; it need not.
 */
export type RecordSource = (only?: SectionKind) => Iterable<readonly SignatoryRecord[]> | AsyncIterable<readonly SignatoryRecord[]>;

/** The section a record prints in. */
export const sectionOf = (record: SignatoryRecord): SectionKind => {
  if (record.section === 'initiators') return 'initiators';
  return record.capacity === 'organisation' ? 'organisations' : 'personal';
};

/** A source over records that are in memory already. */
export const sourceOf =
  (records: readonly SignatoryRecord[]): RecordSource =>
  () => [records];
