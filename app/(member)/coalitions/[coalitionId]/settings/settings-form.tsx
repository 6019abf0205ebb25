import type { Translator } from '../../../../../lib/i18n/translator.ts';
import { offeredPresets } from '../../../../../lib/letters/presets.ts';
import { Button } from '../../../../_components/ui/button.tsx';
import { Checkbox } from '../../../../_components/ui/choice.tsx';
import { Select, TextArea, TextField } from '../../../../_components/ui/field.tsx';
import { FileField } from '../../../../_components/ui/file-field.tsx';
import type { FormView } from '../../../../_components/ui/form-view.ts';

interface SettingsFormProps {
  readonly t: Translator;
  readonly form: FormView;
  readonly path: string;
  /** The state of the settings that stands beside the form. */
  readonly shown: string;
  readonly hasLogo: boolean;
}

export function SettingsForm({ t, form, path, shown, hasLogo }: SettingsFormProps) {
  const field = { t, form, autoComplete: 'off' };
  const presets = [
    { value: '', label: t('coalition.settings.preset.none') },
    ...offeredPresets.map((preset) => ({ value: preset, label: t(`letters.preset.${preset}`) })),
  ];
  return (
    <form className="form" method="post" action={`${path}/save`} encType="multipart/form-data" noValidate>
      <input type="hidden" name="shown" value={shown} />
      <TextField {...field} name="name" label={t('set-up.coalition')} hint={t('coalition.settings.name.hint')} />
      <TextField
        {...field}
        name="publicName"
        label={t('coalition.settings.public-name')}
        hint={t('coalition.settings.public-name.hint')}
        optional
      />
      <h2>{t('coalition.settings.mails')}</h2>
      <TextField
        {...field}
        name="senderName"
        label={t('coalition.settings.sender')}
        hint={t('coalition.settings.sender.hint')}
        optional
        width="medium"
      />
      <TextField
        {...field}
        name="replyTo"
        type="email"
        label={t('coalition.settings.reply-to')}
        hint={t('coalition.settings.reply-to.hint')}
        optional
        width="medium"
      />
      <h2>{t('coalition.settings.letters')}</h2>
      <Select {...field} name="defaultPreset" label={t('coalition.settings.preset')} options={presets} />
      <TextArea
        {...field}
        name="letterheadLines"
        label={t('coalition.settings.letterhead')}
        hint={t('coalition.settings.letterhead.hint')}
        optional
        rows={4}
      />
      <FileField
        t={t}
        form={form}
        name="logo"
        label={t(hasLogo ? 'coalition.logo.replace' : 'coalition.logo.choose')}
        hint={t('coalition.logo.hint')}
        accept="image/png,image/jpeg"
        optional
      />
      <Checkbox
        t={t}
        form={form}
        name="letterheadLogo"
        label={t('coalition.settings.letterhead-logo')}
        hint={hasLogo ? null : t('coalition.settings.letterhead-logo.hint')}
      />
      <div className="actions">
        <Button>{t('coalition.settings.button')}</Button>
      </div>
    </form>
  );
}
