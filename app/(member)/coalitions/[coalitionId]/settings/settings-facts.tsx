import type { ReactNode } from 'react';
import type { viewSettings } from '../../../../../lib/coalitions/views.ts';
import type { Translator } from '../../../../../lib/i18n/translator.ts';
import { Facts } from '../../../../_components/ui/table.tsx';

interface SettingsFactsProps {
  readonly t: Translator;
  readonly settings: Awaited<ReturnType<typeof viewSettings>>;
}

/** The settings for whoever reads them only. */
export function SettingsFacts({ t, settings }: SettingsFactsProps) {
  const { name, publicName, senderName, replyTo, defaultPreset, letterhead } = settings;
  const said = (value: string | undefined): ReactNode => (value === undefined ? t('coalition.settings.unsaid') : <bdi>{value}</bdi>);
  return (
    <Facts
      facts={[
        { name: t('set-up.coalition'), value: said(name) },
        { name: t('coalition.settings.public-name'), value: said(publicName) },
        { name: t('coalition.settings.sender'), value: said(senderName) },
        { name: t('coalition.settings.reply-to'), value: said(replyTo) },
        {
          name: t('coalition.settings.preset'),
          value: defaultPreset === undefined ? t('coalition.settings.preset.none') : t(`letters.preset.${defaultPreset}`),
        },
        {
          name: t('coalition.settings.letterhead'),
          value: <span className="lines">{said(letterhead && letterhead.lines.length > 0 ? letterhead.lines.join('\n') : undefined)}</span>,
        },
        {
          name: t('coalition.settings.letterhead-logo'),
          value: t(letterhead?.logo ? 'coalition.settings.letterhead-logo.yes' : 'coalition.settings.letterhead-logo.no'),
        },
      ]}
    />
  );
}
