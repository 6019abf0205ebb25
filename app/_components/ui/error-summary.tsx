import type { Translator } from '../../../lib/i18n/translator.ts';
import { type FormView, fieldId } from './form-view.ts';

/** Above the page's heading after a refusal: every fault, each a link to its field. Takes the focus when the page opens. */
export function ErrorSummary({ t, form }: { readonly t: Translator; readonly form: FormView }) {
  if (form.errors.length === 0) return null;
  return (
    // biome-ignore lint/a11y/noAutofocus: after a refusal the summary is what the page opens for, and it works without JavaScript
    <div className="errors" role="alert" tabIndex={-1} autoFocus>
      <h2>{t('ui.problem')}</h2>
      <ul>
        {form.errors.map(({ place, message }) => (
          <li key={`${place} ${message}`}>{place === '' ? message : <a href={`#${fieldId(place)}`}>{message}</a>}</li>
        ))}
      </ul>
    </div>
  );
}
