import type { Translator } from '../../../../../../../lib/i18n/translator.ts';
import { guessColumns, isHeading, MOST_PASTED, readPasted } from '../../../../../../../lib/signatures/pasted-rows.ts';
import { columnField, MOST_COLUMNS, pastedColumns } from '../../../../../../../lib/signatures/vouch-schema.ts';
import { Button } from '../../../../../../_components/ui/button.tsx';
import { Checkbox, RadioGroup } from '../../../../../../_components/ui/choice.tsx';
import { Select, TextArea } from '../../../../../../_components/ui/field.tsx';
import { type FormView, formView } from '../../../../../../_components/ui/form-view.ts';
import { requestTranslator } from '../../../../../../_request/locale.ts';
import type { LetterPageProps } from '../../../letter-page.ts';
import { vouchPath, vouchRowsPath } from '../../paths.ts';
import { VouchingFields } from '../vouch-fields.tsx';
import { VouchPage } from '../vouch-page.tsx';

export async function generateMetadata() {
  const t = await requestTranslator('member');
  return { title: t('list.vouch.title') };
}

/** Many that came by other means, pasted out of a spreadsheet. */
export default async function VouchRowsPage({ params }: LetterPageProps) {
  const { letterId } = await params;
  const path = vouchRowsPath(letterId);
  return (
    <VouchPage letterId={letterId} path={path} name="vouch-rows" lead="list.vouch.rows.lead">
      {({ t, form, ...vouching }) => {
        const field = { t, form };
        return (
          <>
            <p>
              <a href={vouchPath(letterId)}>{t('list.vouch.one.link')}</a>
            </p>
            <form className="form" method="post" action={`${path}/record`} noValidate>
              <TextArea
                {...field}
                name="rows"
                rows={10}
                dir="auto"
                label={t('list.vouch.rows')}
                hint={t('list.vouch.rows.hint', { maximum: MOST_PASTED })}
              />
              <Columns {...field} />
              <RadioGroup
                {...field}
                name="kind"
                label={t('list.vouch.kind')}
                options={(['column', 'organisation', 'personal'] as const).map((value) => ({
                  value,
                  label: t(`list.vouch.kind.${value}`),
                }))}
              />
              <VouchingFields {...field} {...vouching} />
              <div className="actions">
                <Button>{t('list.vouch.rows.button')}</Button>
              </div>
            </form>
          </>
        );
      }}
    </VouchPage>
  );
}

/** What each column of the pasted table is: asked for once there is a table, with the guess chosen. */
function Columns({ t, form }: { readonly t: Translator; readonly form: FormView }) {
  const read = readPasted(form.value('rows'));
  const [first] = read.ok ? read.value : [];
  if (!first) return null;
  const guessed = guessColumns(first.cells);
  const asked = form.value(columnField(0)) !== '';
  const values = Object.fromEntries(guessed.map((column, index) => [columnField(index), column ?? 'skip']));
  const heading = isHeading(guessed) ? 'yes' : '';
  const shown = asked ? form : formView(form.name, { ...values, heading }, form.errors, form.keptAt);
  const field = { t, form: shown };
  return (
    <fieldset className="field">
      <legend className="field__label">{t('list.vouch.columns')}</legend>
      {first.cells.slice(0, MOST_COLUMNS).map((cell, index) => (
        <Select
          key={columnField(index)}
          {...field}
          name={columnField(index)}
          label={t('list.vouch.column', { number: index + 1, sample: cell.slice(0, 60) })}
          options={[
            { value: 'skip', label: t('list.vouch.column.skip') },
            ...pastedColumns.map((value) => ({ value, label: t(`list.vouch.column.${value}`) })),
          ]}
        />
      ))}
      <Checkbox {...field} name="heading" label={t('list.vouch.heading')} />
    </fieldset>
  );
}
