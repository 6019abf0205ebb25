import { describe, FieldFrame, type FieldProps } from './field-frame.tsx';
import { fieldId } from './form-view.ts';

/** One file to send. Browsers never fill it in again: after a refusal it is chosen anew. */
export function FileField({ accept, ...field }: FieldProps & { readonly accept: string }) {
  return (
    <FieldFrame {...field}>
      <input
        className="input input--file"
        id={fieldId(field.name, field.form)}
        name={field.name}
        type="file"
        accept={accept}
        {...describe(field)}
      />
    </FieldFrame>
  );
}
