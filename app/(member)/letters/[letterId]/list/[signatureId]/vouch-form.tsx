import type { Translator } from '../../../../../../lib/i18n/translator.ts';
import { Button } from '../../../../../_components/ui/button.tsx';
import { TextField } from '../../../../../_components/ui/field.tsx';
import type { FormView } from '../../../../../_components/ui/form-view.ts';

/** For an entry that came by a link from hand to hand: nobody has proved who signed it. */
export function VouchForm({ t, form, path }: { readonly t: Translator; readonly form: FormView; readonly path: string }) {
  const field = { t, form };
  return (
    <section aria-labelledby="vouch">
      <h2 id="vouch">{t('list.vouch-entry.title')}</h2>
      <p>{t('list.vouch-entry.text')}</p>
      <form className="form" method="post" action={`${path}/vouch`} noValidate>
        <TextField {...field} name="means" label={t('list.vouch.means')} hint={t('list.vouch-entry.means-hint')} autoComplete="off" />
        <TextField {...field} name="date" type="date" width="short" label={t('list.vouch.date')} autoComplete="off" />
        <div className="actions">
          <Button>{t('list.vouch-entry.button')}</Button>
        </div>
      </form>
    </section>
  );
}
