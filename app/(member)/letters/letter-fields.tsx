import type { Translator } from '../../../lib/i18n/translator.ts';
import { Details } from '../../_components/ui/details.tsx';
import type { FormView } from '../../_components/ui/form-view.ts';
import { Deadline, LetterHead, OwnPolicies, PresetChoice, SignatoryBlock } from './settings-fields.tsx';
import { LanguageSelect, MainText, TEXT_PARTS, TextParts } from './text-fields.tsx';

/** A new letter: what it needs first; everything else is under *More*. */
export function LetterFields({ t, form }: { readonly t: Translator; readonly form: FormView }) {
  const written = { t, form, lang: form.value('language') || 'en' };
  return (
    <>
      <MainText {...written} />
      <Deadline t={t} form={form} />
      <PresetChoice t={t} form={form} />
      <Details summary={t('letters.form.more')} open={form.errors.some(({ place }) => MORE.has(place))}>
        <LanguageSelect t={t} form={form} hint={t('letters.form.language.hint')} />
        <LetterHead t={t} form={form} />
        <OwnPolicies t={t} form={form} />
        <TextParts {...written} />
        <SignatoryBlock t={t} form={form} />
      </Details>
    </>
  );
}

const MORE: ReadonlySet<string> = new Set([
  ...TEXT_PARTS,
  'kind',
  'date',
  'place',
  'representativePrinted',
  'organisationsHeading',
  'personalHeading',
]);
