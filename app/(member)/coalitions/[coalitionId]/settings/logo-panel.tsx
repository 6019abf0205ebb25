import type { Translator } from '../../../../../lib/i18n/translator.ts';
import { ButtonForm } from '../../../../_components/ui/button.tsx';
import { logoPath, settingsPath } from './paths.ts';

interface LogoPanelProps {
  readonly t: Translator;
  readonly coalitionId: string;
  /** Id of the stored picture; null where there is none. */
  readonly logo: string | null;
  readonly changes: boolean;
}

/** The logo as it is, and the button that removes it. */
export function LogoPanel({ t, coalitionId, logo, changes }: LogoPanelProps) {
  const path = `${settingsPath(coalitionId)}/logo`;
  return (
    <section className="panel panel--apart" id="logo">
      <h2>{t('coalition.logo')}</h2>
      {logo === null ? (
        <p>{t('coalition.logo.none')}</p>
      ) : (
        // biome-ignore lint/performance/noImgElement: a member-only picture of a few kilobytes, which no optimiser may fetch
        <img className="logo" src={logoPath(coalitionId, logo)} alt={t('coalition.logo')} />
      )}
      {changes && logo !== null ? (
        <ButtonForm action={`${path}/remove`} look="link">
          {t('coalition.logo.remove')}
        </ButtonForm>
      ) : null}
    </section>
  );
}
