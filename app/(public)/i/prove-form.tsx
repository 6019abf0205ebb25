import type { Translator } from '../../../lib/i18n/translator.ts';
import { Button } from '../../_components/ui/button.tsx';
import { TextField } from '../../_components/ui/field.tsx';
import type { FormView } from '../../_components/ui/form-view.ts';
import { INVITATION_PATH } from './gate.ts';

interface ProveFormProps {
  readonly t: Translator;
  readonly form: FormView;
  readonly invitation: string;
}

/** The way for whoever signed by a link from hand to hand to be listed without anybody's help. */
export function ProveForm({ t, form, invitation }: ProveFormProps) {
  return (
    <section className="signing-other" aria-labelledby="prove-title">
      <h2 id="prove-title">{t('signing.prove.title')}</h2>
      <p>{t('signing.prove.text')}</p>
      <form className="form" method="post" action={`${INVITATION_PATH}/prove`} noValidate>
        <input type="hidden" name="invitation" value={invitation} />
        <TextField
          t={t}
          form={form}
          name="email"
          type="email"
          inputMode="email"
          label={t('signing.email')}
          hint={t('signing.prove.hint')}
          autoComplete="email"
        />
        <Button>{t('signing.prove.button')}</Button>
      </form>
    </section>
  );
}
