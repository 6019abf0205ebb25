import { viewSettings } from '../../../../../../lib/coalitions/views.ts';
import { newLetterValues } from '../../../../../../lib/letters/form-values.ts';
import { guessZone } from '../../../../../../lib/letters/views.ts';
import { Button } from '../../../../../_components/ui/button.tsx';
import { ErrorSummary } from '../../../../../_components/ui/error-summary.tsx';
import { PageHead } from '../../../../../_components/ui/shell.tsx';
import { requestTranslator } from '../../../../../_request/locale.ts';
import { requireCoalition } from '../../../../../_request/member.ts';
import { readForm } from '../../../../../_request/read-form.ts';
import { LetterFields } from '../../../../letters/letter-fields.tsx';
import { LivePreview } from '../../../../letters/live-preview.tsx';
import { PreviewButtons } from '../../../../letters/preview-buttons.tsx';
import type { CoalitionPageProps } from '../../coalition-page.ts';

export async function generateMetadata() {
  const t = await requestTranslator('member');
  return { title: t('letters.new.title') };
}

export default async function NewLetterPage({ params }: CoalitionPageProps) {
  const { coalitionId } = await params;
  const back = `/coalitions/${coalitionId}`;
  const path = `${back}/letters/new`;
  const t = await requestTranslator('member');
  const { running, scope } = await requireCoalition(coalitionId, 'draft', path);
  const { defaultPreset } = await viewSettings(running, scope);
  const form = await readForm(t, 'letter', path, newLetterValues(await guessZone(running, scope), defaultPreset));
  return (
    <>
      <ErrorSummary t={t} form={form} />
      <PageHead title={t('letters.new.title')}>
        <p className="lead">{t('letters.new.lead')}</p>
      </PageHead>
      <div className="writing">
        <form className="form" id="letter" method="post" action={`${path}/create`} noValidate>
          <LetterFields t={t} form={form} />
          <div className="actions">
            <Button>{t('letters.new.button')}</Button>
            <PreviewButtons t={t} path={path} />
            <a href={back}>{t('letters.cancel')}</a>
          </div>
        </form>
        <aside className="writing__aside">
          <LivePreview form="letter" action={`${path}/preview`} title={t('letters.live.title')} failed={t('letters.live.failed')} />
        </aside>
      </div>
    </>
  );
}
