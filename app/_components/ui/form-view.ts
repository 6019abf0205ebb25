/** A form's values and errors, ready for its fields. */
export interface FormView {
  readonly name: string;
  /** Before the ids of its fields, where it stands apart from another form of its page; left out for a page's first. */
  readonly ids?: string;
  /** The faults in words, in the order found; `place` is a field's name, or empty for the form as a whole. */
  readonly errors: readonly { readonly place: string; readonly message: string }[];
  /** Why it was refused as a whole, as the command names it. */
  readonly reasons: readonly string[];
  /** When it came back from a refusal; null for a fresh form. */
  readonly keptAt: Date | null;
  /** What a text field shows. */
  value(field: string): string;
  /** Whether a box or radio is ticked. */
  holds(field: string, value: string): boolean;
  error(field: string): string | null;
}

type Values = Readonly<Record<string, string | readonly string[] | null | undefined>>;

export function formView(
  name: string,
  values: Values,
  errors: FormView['errors'],
  keptAt: Date | null = null,
  reasons: FormView['reasons'] = [],
): FormView {
  const listed = (field: string): readonly string[] => {
    const value = Object.hasOwn(values, field) ? values[field] : undefined;
    return value === null || value === undefined ? [] : typeof value === 'string' ? [value] : value;
  };
  return {
    name,
    errors,
    reasons,
    keptAt,
    value: (field) => listed(field)[0] ?? '',
    holds: (field, value) => listed(field).includes(value),
    error: (field) => errors.find(({ place }) => place === field)?.message ?? null,
  };
}

/** The id of a field's control, which the error summary links to: the first of its radios or boxes, or the only control. */
export const fieldId = (name: string, { ids }: Pick<FormView, 'ids'> = {}): string =>
  `${ids === undefined ? '' : `${ids}-`}field-${name.replaceAll(/[^\w-]+/g, '-').replaceAll(/^-+|-+$/g, '')}`;

/** A form beside another one of its page: fields of one name in both have ids of their own, and so each label its field. */
export const besideAnother = (form: FormView): FormView => ({ ...form, ids: form.name });
