import type { Translator } from '../../../lib/i18n/translator.ts';
import { languageOptions, letterLanguages } from '../../../lib/letters/languages.ts';
import { Details } from '../../_components/ui/details.tsx';
import { Select, TextArea, TextField } from '../../_components/ui/field.tsx';
import type { FormView } from '../../_components/ui/form-view.ts';

export interface TextFieldsProps {
  readonly t: Translator;
  readonly form: FormView;
  /** BCP 47, of what is typed. */
  readonly lang: string;
  /** Where the language is certain: its direction, also of fields that are still empty. */
  readonly dir?: 'ltr' | 'rtl' | 'auto';
}

/** What a text needs first. */
export function MainText({ t, form, lang, dir = 'auto' }: TextFieldsProps) {
  const written = { t, form, lang, dir };
  return (
    <>
      <TextArea {...written} name="to" rows={4} label={t('letters.form.to')} hint={t('letters.form.to.hint')} />
      <TextField {...written} name="headline" label={t('letters.form.headline')} autoComplete="off" />
      <TextArea {...written} name="body" rows={20} letter label={t('letters.form.body')} hint={t('letters.form.body.hint')} />
      <Details summary={t('letters.form.marks')}>
        <Marks t={t} />
      </Details>
    </>
  );
}

export function LanguageSelect({ t, form, hint }: Pick<TextFieldsProps, 't' | 'form'> & { readonly hint: string }) {
  return (
    <Select
      t={t}
      form={form}
      name="language"
      label={t('letters.form.language')}
      hint={hint}
      options={languageOptions(t.locale, letterLanguages)}
    />
  );
}

/** The parts around the text that many letters do without. */
export function TextParts({ t, form, lang, dir = 'auto' }: TextFieldsProps) {
  const written = { t, form, lang, dir, optional: true };
  return (
    <>
      <TextField {...written} name="subtitle" label={t('letters.form.subtitle')} autoComplete="off" />
      <TextArea {...written} name="salutation" rows={2} label={t('letters.form.salutation')} />
      <TextArea {...written} name="closing" rows={2} label={t('letters.form.closing')} />
      <TextArea {...written} name="disclaimer" rows={3} label={t('letters.form.disclaimer')} />
      <TextField {...written} name="reference" width="medium" label={t('letters.form.reference')} autoComplete="off" />
      <TextArea {...written} name="cc" rows={2} label={t('letters.form.cc')} hint={t('letters.form.cc.hint')} />
    </>
  );
}

export const TEXT_PARTS: ReadonlySet<string> = new Set(['language', 'subtitle', 'salutation', 'closing', 'disclaimer', 'reference', 'cc']);

function Marks({ t }: { readonly t: Translator }) {
  const marks = [
    ['**…**', 'letters.form.marks.strong'],
    ['*…*', 'letters.form.marks.emphasis'],
    ['## …', 'letters.form.marks.heading'],
    ['- …', 'letters.form.marks.list'],
    ['1. …', 'letters.form.marks.numbers'],
    ['> …', 'letters.form.marks.quote'],
    ['[…](https://example.org)', 'letters.form.marks.link'],
    ['…[^1]  [^1]: …', 'letters.form.marks.footnote'],
  ] as const;
  return (
    <dl className="facts">
      {marks.map(([mark, key]) => (
        <MarkPair key={mark} mark={mark} words={t(key)} />
      ))}
    </dl>
  );
}

function MarkPair({ mark, words }: { readonly mark: string; readonly words: string }) {
  return (
    <>
      <dt>
        <code dir="ltr">{mark}</code>
      </dt>
      <dd>{words}</dd>
    </>
  );
}
