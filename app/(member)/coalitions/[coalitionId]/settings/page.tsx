import { mayDo } from '../../../../../lib/coalitions/access.ts';
import { viewCoalition, viewSettings } from '../../../../../lib/coalitions/views.ts';
import { CoalitionTabs } from '../../../../_components/coalition/coalition-tabs.tsx';
import { ErrorSummary } from '../../../../_components/ui/error-summary.tsx';
import { Notice } from '../../../../_components/ui/notice.tsx';
import { PageHead } from '../../../../_components/ui/shell.tsx';
import { requestTranslator } from '../../../../_request/locale.ts';
import { requireCoalition } from '../../../../_request/member.ts';
import { readForm } from '../../../../_request/read-form.ts';
import type { CoalitionPageProps } from '../coalition-page.ts';
import { LogoPanel } from './logo-panel.tsx';
import { settingsPath } from './paths.ts';
import { SettingsFacts } from './settings-facts.tsx';
import { SettingsForm } from './settings-form.tsx';

export async function generateMetadata() {
  const t = await requestTranslator('member');
  return { title: t('coalition.tabs.settings') };
}

/** How a coalition shows itself; its owners change it, the other members read it. */
export default async function SettingsPage({ params }: CoalitionPageProps) {
  const { coalitionId } = await params;
  const t = await requestTranslator('member');
  const path = settingsPath(coalitionId);
  const { running, scope } = await requireCoalition(coalitionId, 'read', path);
  const settings = await viewSettings(running, scope);
  const changes = mayDo(scope.role, 'manage-owners');
  const { letterhead } = settings;
  const form = await readForm(t, 'coalition-settings', path, {
    name: settings.name,
    publicName: settings.publicName,
    senderName: settings.senderName,
    replyTo: settings.replyTo,
    defaultPreset: settings.defaultPreset,
    letterheadLines: letterhead?.lines.join('\n'),
    letterheadLogo: letterhead?.logo ? 'yes' : null,
    shown: settings.state,
  });
  const conflict = changes && form.keptAt !== null && form.value('shown') !== settings.state;
  const logo = await readForm(t, 'coalition-logo', path);
  return (
    <>
      <ErrorSummary t={t} form={form} />
      <ErrorSummary t={t} form={logo} />
      <CoalitionTabs t={t} coalition={await viewCoalition(running, scope)} current="settings" />
      <PageHead title={t('coalition.tabs.settings')}>
        <p>{t(changes ? 'coalition.settings.lead' : 'coalition.settings.read-only')}</p>
      </PageHead>
      {conflict ? (
        <Notice t={t} tone="warning" title={t('coalition.settings.conflict')}>
          <p>{t('coalition.settings.conflict.lead')}</p>
          <SettingsFacts t={t} settings={settings} />
        </Notice>
      ) : null}
      {changes ? (
        <SettingsForm t={t} form={form} path={path} shown={settings.state} hasLogo={settings.logo !== undefined} />
      ) : (
        <SettingsFacts t={t} settings={settings} />
      )}
      <LogoPanel t={t} coalitionId={coalitionId} logo={settings.logo ?? null} changes={changes} />
    </>
  );
}
