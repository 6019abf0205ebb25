import { SECTION_KINDS } from '../../../../../lib/block/sections.ts';
import type { Translator } from '../../../../../lib/i18n/translator.ts';
import { blockColumns, blockForms, blockOrders, blockSwitches, headingField } from '../../../../../lib/letters/block-schema.ts';
import { languageName } from '../../../../../lib/letters/languages.ts';
import { languageDirection } from '../../../../../lib/text/direction.ts';
import { Checkbox } from '../../../../_components/ui/choice.tsx';
import { Details } from '../../../../_components/ui/details.tsx';
import { Select, TextField } from '../../../../_components/ui/field.tsx';
import type { FormView } from '../../../../_components/ui/form-view.ts';

interface BlockFieldsProps {
  readonly t: Translator;
  readonly form: FormView;
  /** Of the letter's texts, the authentic one first. */
  readonly languages: readonly string[];
}

export function BlockFields({ t, form, languages }: BlockFieldsProps) {
  return (
    <>
      {SECTION_KINDS.map((section) => (
        <fieldset className="fieldset" key={section}>
          <legend className="field__label field__label--heading">{t(`letters.form.${section}`)}</legend>
          <Headings t={t} form={form} section={section} languages={languages} />
          <Select
            t={t}
            form={form}
            name={`${section}Order`}
            label={t('letters.form.order')}
            options={blockOrders.map((order) => ({ value: order, label: t(`letters.order.${order}`) }))}
          />
          <Select
            t={t}
            form={form}
            name={`${section}Form`}
            label={t('letters.form.form')}
            options={blockForms.map((name) => ({ value: name, label: t(`letters.block-form.${name}`) }))}
          />
          <Select
            t={t}
            form={form}
            name={`${section}Columns`}
            label={t('letters.form.columns')}
            options={blockColumns.map((count) => ({ value: count, label: count }))}
          />
        </fieldset>
      ))}
      <fieldset className="fieldset">
        <legend className="field__label field__label--heading">{t('letters.block.all')}</legend>
        {blockSwitches.map((name) => (
          <Checkbox key={name} t={t} form={form} name={name} label={t(`letters.form.${WORDS[name]}`)} />
        ))}
      </fieldset>
    </>
  );
}

const WORDS = {
  numbered: 'numbered',
  counts: 'counts',
  country: 'country',
  identificationNote: 'identification-note',
  justified: 'justified',
} as const;

/** That of the authentic text first; the translations' under a fold where there are many. */
function Headings({ t, form, section, languages }: BlockFieldsProps & { readonly section: (typeof SECTION_KINDS)[number] }) {
  const [authentic, ...others] = languages.map((language, index) => (
    <TextField
      key={language}
      t={t}
      form={form}
      name={headingField(section, language)}
      optional
      label={languages.length === 1 ? t('letters.form.heading') : t('letters.block.heading-in', { language: languageName(language) })}
      hint={index === 0 ? t(`letters.form.${section}.heading.hint`) : undefined}
      lang={language}
      dir={languageDirection(language)}
      autoComplete="off"
    />
  ));
  if (others.length < 3)
    return (
      <>
        {authentic}
        {others}
      </>
    );
  return (
    <>
      {authentic}
      <Details
        summary={t('letters.block.headings-in-others')}
        open={languages.some((language) => form.error(headingField(section, language)))}
      >
        {others}
      </Details>
    </>
  );
}
