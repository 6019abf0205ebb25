import type { ReactNode } from 'react';
import type { Option } from './field.tsx';
import { describe, errorId, type FieldProps, frameClass, HintAndError, hintId, LabelText } from './field-frame.tsx';
import { fieldId } from './form-view.ts';

interface ChoiceProps extends FieldProps {
  readonly options: readonly (Option & { readonly more?: ReactNode })[];
  /** The legend as a heading of the page's main question. */
  readonly heading?: boolean;
}

/** One answer out of a few. `more` of an option stands below it and is always shown: it must work without JavaScript. */
export function RadioGroup({ options, heading, ...field }: ChoiceProps) {
  const { form, name } = field;
  return (
    <fieldset className={frameClass(field)} aria-describedby={describe(field)['aria-describedby']}>
      <legend className={heading ? 'field__label field__label--heading' : 'field__label'}>
        <LabelText {...field} />
      </legend>
      <HintAndError {...field} />
      {options.map(({ value, label, hint, more }, index) => {
        // The first control bears the field's own id: the error summary leads there.
        const id = index === 0 ? fieldId(name, form) : `${fieldId(name, form)}-${index}`;
        return (
          <div className="choice" key={value}>
            <input
              className="choice__input"
              type="radio"
              id={id}
              name={name}
              value={value}
              defaultChecked={form.holds(name, value)}
              aria-describedby={hint ? `${id}-hint` : undefined}
            />
            <label className="choice__label" htmlFor={id}>
              {label}
            </label>
            {hint ? (
              <p className="choice__hint" id={`${id}-hint`}>
                {hint}
              </p>
            ) : null}
            {more ? <div className="choice__more">{more}</div> : null}
          </div>
        );
      })}
    </fieldset>
  );
}

/** One box that says yes: "I am authorised to sign for …". Sends `value`, or nothing. */
export function Checkbox({ value = 'yes', ...field }: FieldProps & { readonly value?: string }) {
  const { t, form, name, hint } = field;
  const error = form.error(name);
  return (
    <div className={frameClass(field)}>
      {error === null ? null : (
        <p className="field__error" id={errorId(field)}>
          <span className="visually-hidden">{t('ui.error-prefix')} </span>
          {error}
        </p>
      )}
      <div className="choice">
        <input
          className="choice__input"
          type="checkbox"
          id={fieldId(name, form)}
          name={name}
          value={value}
          defaultChecked={form.holds(name, value)}
          {...describe(field)}
        />
        <label className="choice__label" htmlFor={fieldId(name, form)}>
          <LabelText {...field} />
        </label>
        {hint ? (
          <div className="choice__hint" id={hintId(field)}>
            {hint}
          </div>
        ) : null}
      </div>
    </div>
  );
}
