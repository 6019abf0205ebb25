import type { Translator } from '../../../../../../lib/i18n/translator.ts';
import { isFinal, takesNames } from '../../../../../../lib/letters/status.ts';
import type { EntryView } from '../../../../../../lib/signatures/entry-view.ts';
import { Button, ButtonForm } from '../../../../../_components/ui/button.tsx';
import { TextArea } from '../../../../../_components/ui/field.tsx';
import type { FormView } from '../../../../../_components/ui/form-view.ts';

interface EntryActsProps {
  readonly t: Translator;
  readonly form: FormView;
  readonly path: string;
  readonly view: EntryView;
}

/** What whoever runs the letter can do about an entry in its present state; each can be undone by another. */
export function EntryActs({ t, form, path, view: { letter, entry, acts } }: EntryActsProps) {
  if (!takesNames(letter.status)) return <p className="quiet">{t('list.act.final')}</p>;
  const delivered = isFinal(letter.status);
  if (acts.length === 0) return delivered ? <p className="quiet">{t('list.act.delivered')}</p> : null;
  const plain = acts.filter((act) => act === 'approve' || act === 'put-back');
  const [reasoned, ...others] = acts.filter((act) => act === 'hold' || act === 'reject');
  return (
    <section aria-labelledby="acts">
      <h2 id="acts">{t('list.act.title')}</h2>
      {delivered && acts.includes('approve') ? <p>{t('list.act.approve.late')}</p> : null}
      {plain.map((act) => (
        <div key={act} className="entry-act">
          <p>{t(`list.act.${act}.hint`)}</p>
          <ButtonForm action={`${path}/${act}`} values={{ seen: entry.seen }}>
            {t(`list.act.${act}`)}
          </ButtonForm>
        </div>
      ))}
      {delivered ? null : (
        <p>
          <a href={`${path}/correct`}>{t('correct-entry.title')}</a>
        </p>
      )}
      {reasoned === undefined ? null : (
        <form className="form" method="post" action={`${path}/${reasoned}`} noValidate>
          <ul>
            {[reasoned, ...others].map((act) => (
              <li key={act}>
                {t(`list.act.${act}`)}: {t(`list.act.${act}.hint`)}
              </li>
            ))}
          </ul>
          <TextArea
            t={t}
            form={form}
            name="reason"
            rows={3}
            label={t('list.act.reason')}
            hint={t(acts.includes('reject') ? 'list.act.reason.mail' : 'list.act.reason.log')}
          />
          <div className="actions">
            <Button look={reasoned === 'reject' ? 'danger' : 'quiet'}>{t(`list.act.${reasoned}`)}</Button>
            {others.map((act) => (
              <Button key={act} look={act === 'reject' ? 'danger' : 'quiet'} formAction={`${path}/${act}`}>
                {t(`list.act.${act}`)}
              </Button>
            ))}
          </div>
        </form>
      )}
    </section>
  );
}
