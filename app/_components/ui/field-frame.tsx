import type { ReactNode } from 'react';
import type { Translator } from '../../../lib/i18n/translator.ts';
import { type FormView, fieldId } from './form-view.ts';

export interface FieldProps {
  readonly t: Translator;
  readonly form: FormView;
  readonly name: string;
  readonly label: string;
  readonly hint?: ReactNode;
  /** Fields are required unless they say so; the word stands at the label. */
  readonly optional?: boolean;
}

type Named = Pick<FieldProps, 'form' | 'name'>;
export const hintId = ({ form, name }: Named): string => `${fieldId(name, form)}-hint`;
export const errorId = ({ form, name }: Named): string => `${fieldId(name, form)}-error`;

/** What a control says of itself to a screen reader: hint and error by id, and that it is wrong. */
export function describe({ form, name, hint }: FieldProps): { readonly 'aria-describedby'?: string; readonly 'aria-invalid'?: true } {
  const wrong = form.error(name) !== null;
  const ids = [...(hint ? [hintId({ form, name })] : []), ...(wrong ? [errorId({ form, name })] : [])];
  return { ...(ids.length > 0 ? { 'aria-describedby': ids.join(' ') } : {}), ...(wrong ? { 'aria-invalid': true as const } : {}) };
}

export function LabelText({ t, label, optional }: Pick<FieldProps, 't' | 'label' | 'optional'>) {
  return (
    <>
      {label}
      {optional ? <span className="field__optional"> ({t('ui.optional')})</span> : null}
    </>
  );
}

export function HintAndError({ t, form, name, hint }: FieldProps) {
  const error = form.error(name);
  return (
    <>
      {hint ? (
        <div className="field__hint" id={hintId({ form, name })}>
          {hint}
        </div>
      ) : null}
      {error === null ? null : (
        <p className="field__error" id={errorId({ form, name })}>
          <span className="visually-hidden">{t('ui.error-prefix')} </span>
          {error}
        </p>
      )}
    </>
  );
}

export const frameClass = ({ form, name }: Pick<FieldProps, 'form' | 'name'>): string =>
  form.error(name) === null ? 'field' : 'field field--error';

/** Label, hint and error around one control. */
export function FieldFrame(props: FieldProps & { readonly children: ReactNode }) {
  return (
    <div className={frameClass(props)}>
      <label className="field__label" htmlFor={fieldId(props.name, props.form)}>
        <LabelText {...props} />
      </label>
      <HintAndError {...props} />
      {props.children}
    </div>
  );
}
