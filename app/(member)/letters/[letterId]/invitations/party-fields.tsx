import { LOCALE_NAMES, LOCALES } from '../../../../../lib/i18n/locales.ts';
import { RadioGroup } from '../../../../_components/ui/choice.tsx';
import { Select, TextField } from '../../../../_components/ui/field.tsx';
import type { FieldProps } from '../../../../_components/ui/field-frame.tsx';

type PartyProps = Pick<FieldProps, 't' | 'form'>;

/** Who is invited, by whatever way the link goes. */
export function PartyFields({ t, form }: PartyProps) {
  const field = { t, form };
  return (
    <>
      <RadioGroup
        {...field}
        name="capacity"
        label={t('invitations.capacity')}
        options={[
          { value: 'organisation', label: t('invitations.capacity.organisation'), hint: t('invitations.capacity.organisation-hint') },
          { value: 'personal', label: t('invitations.capacity.personal'), hint: t('invitations.capacity.personal-hint') },
        ]}
      />
      <div className="inviting__organisation">
        <TextField {...field} name="organisation" label={t('invitations.organisation')} autoComplete="off" />
        <TextField {...field} name="acronym" label={t('invitations.acronym')} optional width="short" autoComplete="off" />
      </div>
      <TextField {...field} name="name" label={t('invitations.name')} hint={t('invitations.name-hint')} autoComplete="off" />
    </>
  );
}

export function LanguageField({ label, ...field }: PartyProps & { readonly label: string }) {
  return (
    <Select {...field} name="language" label={label} options={LOCALES.map((locale) => ({ value: locale, label: LOCALE_NAMES[locale] }))} />
  );
}
