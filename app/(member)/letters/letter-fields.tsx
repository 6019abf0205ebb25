import { letterKinds, presets } from '../../../db/schema/values.ts';
import type { Translator } from '../../../lib/i18n/translator.ts';
import { zones } from '../../../lib/letters/deadline.ts';
import { languageName, letterLanguages } from '../../../lib/letters/languages.ts';
import { isOffered, offeredPresets } from '../../../lib/letters/presets.ts';
import { sectionChoices } from '../../../lib/letters/schema.ts';
import { RadioGroup } from '../../_components/ui/choice.tsx';
import { Details } from '../../_components/ui/details.tsx';
import { Select, TextArea, TextField } from '../../_components/ui/field.tsx';
import type { FormView } from '../../_components/ui/form-view.ts';

interface LetterFieldsProps {
  readonly t: Translator;
  readonly form: FormView;
}

/** What a letter needs first; everything else is under *More*. */
export function LetterFields({ t, form }: LetterFieldsProps) {
  const lang = form.value('language') || 'en';
  return (
    <>
      <TextArea t={t} form={form} name="to" rows={4} lang={lang} label={t('letters.form.to')} hint={t('letters.form.to.hint')} />
      <TextField t={t} form={form} name="headline" lang={lang} label={t('letters.form.headline')} autoComplete="off" />
      <TextArea
        t={t}
        form={form}
        name="body"
        rows={20}
        letter
        lang={lang}
        label={t('letters.form.body')}
        hint={t('letters.form.body.hint')}
      />
      <Details summary={t('letters.form.marks')}>
        <Marks t={t} />
      </Details>
      <Deadline t={t} form={form} />
      <RadioGroup
        t={t}
        form={form}
        name="preset"
        label={t('letters.form.preset')}
        options={offeredPresets.map((name) => ({
          value: name,
          label: t(`letters.preset.${name}`),
          hint: t(`letters.preset.${name}.hint`),
        }))}
      />
      <NotYet t={t} />
      <Details summary={t('letters.form.more')} open={form.errors.some(({ place }) => MORE.has(place))}>
        <TextParts t={t} form={form} lang={lang} />
        <SignatoryBlock t={t} form={form} />
      </Details>
    </>
  );
}

const MORE: ReadonlySet<string> = new Set([
  'kind',
  'language',
  'date',
  'place',
  'subtitle',
  'salutation',
  'closing',
  'disclaimer',
  'reference',
  'cc',
  'organisationsHeading',
  'personalHeading',
]);

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

/** A day is enough: it ends at 23:59 in the letter's own zone. */
function Deadline({ t, form }: LetterFieldsProps) {
  return (
    <>
      <TextField
        t={t}
        form={form}
        name="deadlineDay"
        type="date"
        width="medium"
        label={t('letters.form.deadline')}
        hint={t('letters.form.deadline.hint')}
      />
      <TextField t={t} form={form} name="deadlineTime" type="time" width="short" label={t('letters.form.deadline-time')} />
      <Select
        t={t}
        form={form}
        name="zone"
        label={t('letters.form.zone')}
        hint={t('letters.form.zone.hint')}
        options={zones.map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') }))}
      />
    </>
  );
}

/** What will come, and why it is not offered: whoever needs it must not mistake another preset for it. */
function NotYet({ t }: { readonly t: Translator }) {
  return presets
    .filter((name) => !isOffered(name))
    .map((name) => (
      <p key={name} className="field__hint">
        {t('letters.preset.not-yet', { name: t(`letters.preset.${name}`), reason: t('letters.preset.people-at-risk.not-yet') })}
      </p>
    ));
}

function TextParts({ t, form, lang }: LetterFieldsProps & { readonly lang: string }) {
  return (
    <>
      <Select
        t={t}
        form={form}
        name="language"
        label={t('letters.form.language')}
        hint={t('letters.form.language.hint')}
        options={letterLanguages.map((tag) => ({ value: tag, label: languageName(tag) }))}
      />
      <Select
        t={t}
        form={form}
        name="kind"
        label={t('letters.form.kind')}
        options={letterKinds.map((kind) => ({ value: kind, label: t(`letters.kind.${kind}`) }))}
      />
      <TextField t={t} form={form} name="place" optional width="medium" lang={lang} label={t('letters.form.place')} autoComplete="off" />
      <TextField
        t={t}
        form={form}
        name="date"
        type="date"
        optional
        width="medium"
        label={t('letters.form.date')}
        hint={t('letters.form.date.hint')}
      />
      <TextField t={t} form={form} name="subtitle" optional lang={lang} label={t('letters.form.subtitle')} autoComplete="off" />
      <TextArea t={t} form={form} name="salutation" optional rows={2} lang={lang} label={t('letters.form.salutation')} />
      <TextArea t={t} form={form} name="closing" optional rows={2} lang={lang} label={t('letters.form.closing')} />
      <TextArea t={t} form={form} name="disclaimer" optional rows={3} lang={lang} label={t('letters.form.disclaimer')} />
      <TextField t={t} form={form} name="reference" optional width="medium" label={t('letters.form.reference')} autoComplete="off" />
      <TextArea t={t} form={form} name="cc" optional rows={2} label={t('letters.form.cc')} hint={t('letters.form.cc.hint')} />
    </>
  );
}

function SignatoryBlock({ t, form }: LetterFieldsProps) {
  const usual = { value: '', label: t('letters.form.usual') };
  const choice = (name: string, label: string, options: readonly { readonly value: string; readonly label: string }[]) => (
    <Select t={t} form={form} name={name} label={label} options={[usual, ...options]} />
  );
  const yesNo = [
    { value: 'yes', label: t('letters.form.yes') },
    { value: 'no', label: t('letters.form.no') },
  ];
  return (
    <>
      <h2>{t('letters.form.block')}</h2>
      {(['organisations', 'personal'] as const).map((section) => (
        <fieldset className="fieldset" key={section}>
          <legend className="field__label field__label--heading">{t(`letters.form.${section}`)}</legend>
          <TextField
            t={t}
            form={form}
            name={`${section}Heading`}
            optional
            label={t('letters.form.heading')}
            hint={t(`letters.form.${section}.heading.hint`)}
            autoComplete="off"
          />
          {choice(
            `${section}Order`,
            t('letters.form.order'),
            sectionChoices.orders.map((order) => ({ value: order, label: t(`letters.order.${order}`) })),
          )}
          {choice(
            `${section}Form`,
            t('letters.form.form'),
            sectionChoices.forms.map((name) => ({ value: name, label: t(`letters.block-form.${name}`) })),
          )}
          {choice(
            `${section}Columns`,
            t('letters.form.columns'),
            sectionChoices.columns.map((count) => ({ value: count, label: count })),
          )}
        </fieldset>
      ))}
      {choice('numbered', t('letters.form.numbered'), yesNo)}
      {choice('counts', t('letters.form.counts'), yesNo)}
      {choice('country', t('letters.form.country'), yesNo)}
      {choice('identificationNote', t('letters.form.identification-note'), yesNo)}
    </>
  );
}
