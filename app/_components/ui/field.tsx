import { describe, FieldFrame, type FieldProps } from './field-frame.tsx';
import { fieldId } from './form-view.ts';

interface Typing {
  /** HTML's autofill name: `name`, `organization`, `email`, `off`. */
  readonly autoComplete?: string;
  /** The language of what is typed, where it is known (the letter's). */
  readonly lang?: string;
  /** Where it is known; left out, it follows what is typed. */
  readonly dir?: 'ltr' | 'rtl' | 'auto';
  readonly width?: 'full' | 'medium' | 'short';
}

const inputClass = (width: Typing['width'] = 'full'): string => (width === 'full' ? 'input' : `input input--${width}`);

/** One line. Its direction follows what is typed, unless it is an address, a link or a date: those are left to right in every script. */
export function TextField({
  type = 'text',
  inputMode,
  autoComplete,
  lang,
  dir = 'auto',
  width,
  ...field
}: FieldProps &
  Typing & {
    readonly type?: 'text' | 'email' | 'url' | 'date' | 'time' | 'search' | 'password';
    readonly inputMode?: 'text' | 'email' | 'url' | 'numeric' | 'search';
  }) {
  return (
    <FieldFrame {...field}>
      <input
        className={inputClass(width)}
        id={fieldId(field.name, field.form)}
        name={field.name}
        type={type}
        inputMode={inputMode}
        autoComplete={autoComplete}
        lang={lang}
        dir={type === 'text' || type === 'search' ? dir : 'ltr'}
        spellCheck={type === 'text' ? undefined : false}
        defaultValue={type === 'password' ? '' : field.form.value(field.name)}
        {...describe(field)}
      />
    </FieldFrame>
  );
}

/** Several lines; `letter` sets them in the letter's own type, tall. */
export function TextArea({
  rows = 5,
  letter = false,
  autoComplete = 'off',
  lang,
  dir = 'auto',
  ...field
}: FieldProps & Typing & { readonly rows?: number; readonly letter?: boolean }) {
  return (
    <FieldFrame {...field}>
      <textarea
        className={letter ? 'input input--letter' : 'input'}
        id={fieldId(field.name, field.form)}
        name={field.name}
        rows={rows}
        autoComplete={autoComplete}
        lang={lang}
        dir={dir}
        defaultValue={field.form.value(field.name)}
        {...describe(field)}
      />
    </FieldFrame>
  );
}

export interface Option {
  readonly value: string;
  readonly label: string;
  readonly hint?: string;
}

/** A list to pick one from; up to seven answers are easier as a RadioGroup. */
export function Select({ options, autoComplete, ...field }: FieldProps & Typing & { readonly options: readonly Option[] }) {
  return (
    <FieldFrame {...field}>
      <select
        className="input"
        id={fieldId(field.name, field.form)}
        name={field.name}
        autoComplete={autoComplete}
        defaultValue={field.form.value(field.name)}
        {...describe(field)}
      >
        {options.map(({ value, label }) => (
          <option key={value} value={value}>
            {label}
          </option>
        ))}
      </select>
    </FieldFrame>
  );
}
