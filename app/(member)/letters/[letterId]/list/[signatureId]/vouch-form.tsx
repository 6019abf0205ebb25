import type { Entry } from '../../../../../../lib/block/model.ts';
import type { Translator } from '../../../../../../lib/i18n/translator.ts';
import { Button } from '../../../../../_components/ui/button.tsx';
import { TextField } from '../../../../../_components/ui/field.tsx';
import type { FormView } from '../../../../../_components/ui/form-view.ts';

interface VouchFormProps {
  readonly t: Translator;
  readonly form: FormView;
  readonly path: string;
  /** Everything of the act that is let in by it. */
  readonly entries: readonly Entry[];
  readonly seen: string;
}

/** For an entry that came by a link from hand to hand: nobody has proved who signed it. */
export function VouchForm({ t, form, path, entries, seen }: VouchFormProps) {
  const field = { t, form };
  return (
    <section aria-labelledby="vouch">
      <h2 id="vouch">{t('list.vouch-entry.title')}</h2>
      <p>{t('list.vouch-entry.text')}</p>
      {entries.length < 2 ? null : (
        <ul>
          {entries.map((entry) => (
            <li key={entry.lines.join('\n')}>
              <bdi>{entry.lines.join(', ')}</bdi>
            </li>
          ))}
        </ul>
      )}
      <form className="form" method="post" action={`${path}/vouch`} noValidate>
        <input type="hidden" name="seen" value={seen} />
        <TextField {...field} name="means" label={t('list.vouch.means')} hint={t('list.vouch-entry.means-hint')} autoComplete="off" />
        <TextField {...field} name="date" type="date" width="short" label={t('list.vouch.date')} autoComplete="off" />
        <div className="actions">
          <Button>{t('list.vouch-entry.button')}</Button>
        </div>
      </form>
    </section>
  );
}
