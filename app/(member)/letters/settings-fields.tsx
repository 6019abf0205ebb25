import { letterKinds, presets } from '../../../db/schema/values.ts';
import type { Translator } from '../../../lib/i18n/translator.ts';
import { zonesWith } from '../../../lib/letters/deadline.ts';
import { isOffered, offeredPresets, representativeChoices } from '../../../lib/letters/presets.ts';
import { sectionChoices } from '../../../lib/letters/settings-schema.ts';
import { PresetTables } from '../../_components/letter/policy-list.tsx';
import { RadioGroup } from '../../_components/ui/choice.tsx';
import { Select, TextField } from '../../_components/ui/field.tsx';
import type { FormView } from '../../_components/ui/form-view.ts';

interface SettingsFieldsProps {
  readonly t: Translator;
  readonly form: FormView;
}

/**
 * A day is enough: it ends at 23:59 in the letter's own zone.
 * @param past the stored deadline has gone by while the letter was a draft
 */
export function Deadline({ t, form, past = false }: SettingsFieldsProps & { readonly past?: boolean }) {
  return (
    <>
      <TextField
        t={t}
        form={form}
        name="deadlineDay"
        type="date"
        width="medium"
        label={t('letters.form.deadline')}
        hint={t(past ? 'letters.form.deadline.past' : 'letters.form.deadline.hint')}
      />
      <TextField t={t} form={form} name="deadlineTime" type="time" width="short" label={t('letters.form.deadline-time')} />
      <Select
        t={t}
        form={form}
        name="zone"
        label={t('letters.form.zone')}
        hint={t('letters.form.zone.hint')}
        options={zonesWith(form.value('zone')).map((zone) => ({ value: zone, label: zone.replaceAll('_', ' ') }))}
      />
    </>
  );
}

export function PresetChoice({ t, form }: SettingsFieldsProps) {
  return (
    <>
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
      <PresetTables t={t} />
    </>
  );
}

/** What a letter may have otherwise than its preset sets it. */
export function OwnPolicies({ t, form }: SettingsFieldsProps) {
  return (
    <Select
      t={t}
      form={form}
      name="representativePrinted"
      label={t('letters.form.representativePrinted')}
      hint={t('letters.form.representativePrinted.hint')}
      options={[
        { value: '', label: t('letters.form.usual') },
        ...representativeChoices.map((choice) => ({ value: choice, label: t(`letters.representative.${choice}`) })),
      ]}
    />
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

/** Kind, place and date: what stands over every text of the letter. */
export function LetterHead({ t, form }: SettingsFieldsProps) {
  return (
    <>
      <Select
        t={t}
        form={form}
        name="kind"
        label={t('letters.form.kind')}
        options={letterKinds.map((kind) => ({ value: kind, label: t(`letters.kind.${kind}`) }))}
      />
      <TextField t={t} form={form} name="place" optional width="medium" label={t('letters.form.place')} autoComplete="off" />
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
    </>
  );
}

export function SignatoryBlock({ t, form }: SettingsFieldsProps) {
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
      {choice('justified', t('letters.form.justified'), yesNo)}
    </>
  );
}
