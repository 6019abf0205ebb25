import type { Translator } from '../../../../../lib/i18n/translator.ts';
import { Button, ButtonForm } from '../../../../_components/ui/button.tsx';
import { FileField } from '../../../../_components/ui/file-field.tsx';
import type { FormView } from '../../../../_components/ui/form-view.ts';
import { logoPath, settingsPath } from './paths.ts';

interface LogoPanelProps {
  readonly t: Translator;
  readonly form: FormView;
  readonly coalitionId: string;
  /** Id of the stored picture; null where there is none. */
  readonly logo: string | null;
  readonly changes: boolean;
}

/** The logo as it is, and the forms that change it. */
export function LogoPanel({ t, form, coalitionId, logo, changes }: LogoPanelProps) {
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
      {changes ? (
        <>
          <form className="form" method="post" action={path} encType="multipart/form-data" noValidate>
            <FileField
              t={t}
              form={form}
              name="logo"
              label={t(logo === null ? 'coalition.logo.choose' : 'coalition.logo.replace')}
              hint={t('coalition.logo.hint')}
              accept="image/png,image/jpeg"
            />
            <div className="actions">
              <Button look="quiet">{t('coalition.logo.button')}</Button>
            </div>
          </form>
          {logo === null ? null : (
            <ButtonForm action={`${path}/remove`} look="link">
              {t('coalition.logo.remove')}
            </ButtonForm>
          )}
        </>
      ) : null}
    </section>
  );
}
