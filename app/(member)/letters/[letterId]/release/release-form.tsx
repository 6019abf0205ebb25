import type { Translator } from '../../../../../lib/i18n/translator.ts';
import { DEADLINE_TIME, deadlineFields } from '../../../../../lib/letters/deadline.ts';
import { type ReleaseChoice, releaseChoices } from '../../../../../lib/letters/release.ts';
import type { LetterView } from '../../../../../lib/letters/views.ts';
import { Button } from '../../../../_components/ui/button.tsx';
import { RadioGroup } from '../../../../_components/ui/choice.tsx';
import { TextField } from '../../../../_components/ui/field.tsx';
import type { FormView } from '../../../../_components/ui/form-view.ts';

/** What the form shows of a letter as it is set. */
export function releaseValues({ releaseAt, zone }: LetterView['letter'], choice: ReleaseChoice): Readonly<Record<string, string>> {
  const at = releaseAt === null ? { day: '', time: DEADLINE_TIME } : deadlineFields(releaseAt, zone);
  return { when: choice, releaseDay: at.day, releaseTime: at.time };
}

/** From when on everybody may read a letter. The day stands apart: it must work without a script. */
export function ReleaseForm({
  t,
  form,
  back,
  letter,
}: {
  readonly t: Translator;
  readonly form: FormView;
  readonly back: string;
  readonly letter: LetterView['letter'];
}) {
  const offered = releaseChoices.filter((choice) => choice !== 'delivery' || letter.status !== 'delivered');
  return (
    <section>
      <h2>{t('letters.release.set')}</h2>
      <form className="form" method="post" action={`${back}/release/set`} noValidate>
        <RadioGroup
          t={t}
          form={form}
          name="when"
          label={t('letters.release.when')}
          options={offered.map((choice) => {
            const words = { value: choice, label: t(`letters.release.when.${choice}`) };
            return choice === 'invited-only' ? { ...words, hint: t('letters.release.when.invited-only.hint') } : words;
          })}
        />
        <TextField
          t={t}
          form={form}
          name="releaseDay"
          type="date"
          width="medium"
          optional
          label={t('letters.release.day')}
          hint={t('letters.release.day.hint', { zone: letter.zone.replaceAll('_', ' ') })}
        />
        <TextField t={t} form={form} name="releaseTime" type="time" width="short" optional label={t('letters.release.time')} />
        <div className="actions actions--after">
          <Button>{t('letters.release.button')}</Button>
        </div>
      </form>
    </section>
  );
}
