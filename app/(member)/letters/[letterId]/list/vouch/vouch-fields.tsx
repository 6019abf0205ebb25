import { publicationChoices } from '../../../../../../db/schema/values.ts';
import { Checkbox, RadioGroup } from '../../../../../_components/ui/choice.tsx';
import { TextField } from '../../../../../_components/ui/field.tsx';
import type { FieldProps } from '../../../../../_components/ui/field-frame.tsx';

/** What a member says of whoever they record: who sees the name, by what means the yes came, and when. */
export function VouchingFields({
  reader,
  prints,
  mark,
  ...field
}: Pick<FieldProps, 't' | 'form'> & { readonly reader: string; readonly prints: boolean; readonly mark: string }) {
  const { t } = field;
  return (
    <>
      <input type="hidden" name="mark" value={mark} />
      <RadioGroup
        {...field}
        name="publication"
        label={t('signing.publication')}
        options={publicationChoices.map((value) => ({
          value,
          label: t(`signing.publication-option.${value}`),
          hint: t(`signing.publication-option.${value}-hint`, { reader }),
        }))}
      />
      {prints ? <Checkbox {...field} name="representativePrinted" label={t('list.vouch.printed')} /> : null}
      <TextField {...field} name="means" label={t('list.vouch.means')} hint={t('list.vouch.means.hint')} autoComplete="off" />
      <TextField {...field} name="date" type="date" width="short" label={t('list.vouch.date')} autoComplete="off" />
    </>
  );
}
