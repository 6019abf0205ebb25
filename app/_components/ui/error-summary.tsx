import type { Translator } from '../../../lib/i18n/translator.ts';
import { type FormView, fieldId } from './form-view.ts';
import { Notice } from './notice.tsx';

/** Above the page's heading after a refusal: every fault, each a link to its field. Takes the focus when the page opens. */
export function ErrorSummary({ t, form }: { readonly t: Translator; readonly form: FormView }) {
  if (form.errors.length === 0) return form.keptAt === null ? null : <Begun t={t} />;
  return (
    // biome-ignore lint/a11y/noAutofocus: after a refusal the summary is what the page opens for, and it works without JavaScript
    <div className="errors" role="alert" tabIndex={-1} autoFocus>
      <h2>{t('ui.problem')}</h2>
      <ul>
        {form.errors.map(({ place, message }) => (
          <li key={`${place} ${message}`}>{place === '' ? message : <a href={`#${fieldId(place, form)}`}>{message}</a>}</li>
        ))}
      </ul>
    </div>
  );
}

/** Some time after a refusal: the fields hold what was typed then, and nobody shall wonder where it comes from. */
function Begun({ t }: { readonly t: Translator }) {
  return (
    <Notice t={t} title={t('ui.begun.title')}>
      {t('ui.begun.text')}
    </Notice>
  );
}
