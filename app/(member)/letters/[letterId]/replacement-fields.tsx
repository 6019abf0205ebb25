import type { Translator } from '../../../../lib/i18n/translator.ts';
import type { ReplacementOption } from '../../../../lib/letters/replacements.ts';
import { RadioGroup } from '../../../_components/ui/choice.tsx';
import { Select } from '../../../_components/ui/field.tsx';
import type { FormView } from '../../../_components/ui/form-view.ts';

/** What stands in a withdrawn letter's place. */
export function ReplacementFields({
  t,
  form,
  options,
  none,
}: {
  readonly t: Translator;
  readonly form: FormView;
  readonly options: readonly ReplacementOption[];
  /** Nothing may be chosen as well. */
  readonly none: boolean;
}) {
  const choices = (['none', 'new-draft', 'letter'] as const).filter(
    (choice) => (none || choice !== 'none') && (options.length > 0 || choice !== 'letter'),
  );
  return (
    <>
      <RadioGroup
        t={t}
        form={form}
        name="replacement"
        label={t('letters.withdraw.replacement')}
        options={choices.map((choice) => {
          const words = { value: choice, label: t(`letters.withdraw.replacement.${choice}`) };
          return choice === 'letter' ? words : { ...words, hint: t(`letters.withdraw.replacement.${choice}.hint`) };
        })}
      />
      {options.length === 0 ? null : (
        <Select
          t={t}
          form={form}
          name="replacementId"
          optional
          label={t('letters.withdraw.which')}
          options={[
            { value: '', label: t('letters.withdraw.which.none') },
            ...options.map(({ id, headline, status }) => ({ value: id, label: `${headline} (${t(`letters.status.${status}`)})` })),
          ]}
        />
      )}
    </>
  );
}
