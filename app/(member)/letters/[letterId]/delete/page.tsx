import { notFound } from 'next/navigation';
import { isDraft } from '../../../../../lib/letters/status.ts';
import { viewLetter } from '../../../../../lib/letters/views.ts';
import { ButtonForm } from '../../../../_components/ui/button.tsx';
import { ErrorSummary } from '../../../../_components/ui/error-summary.tsx';
import { PageHead } from '../../../../_components/ui/shell.tsx';
import { instance } from '../../../../_request/instance.ts';
import { requestTranslator } from '../../../../_request/locale.ts';
import { requireLetter } from '../../../../_request/member.ts';
import { readForm } from '../../../../_request/read-form.ts';
import type { LetterPageProps } from '../letter-page.ts';

export async function generateMetadata() {
  const t = await requestTranslator('member');
  return { title: t('letters.delete.title') };
}

export default async function DeletePage({ params }: LetterPageProps) {
  const { letterId } = await params;
  const t = await requestTranslator('member');
  const { running, scope } = await requireLetter(letterId, 'delete');
  const view = await viewLetter(running, scope, instance().now());
  if (!view || !isDraft(view.letter.status)) notFound();
  const back = `/letters/${letterId}`;
  const form = await readForm(t, 'delete', `${back}/delete`);
  return (
    <>
      <ErrorSummary t={t} form={form} />
      <PageHead title={t('letters.delete.title')} over={<a href={back}>{view.headline}</a>}>
        <p className="lead">{t('letters.delete.lead')}</p>
      </PageHead>
      <div className="actions">
        <ButtonForm action={`${back}/delete/confirm`} look="danger" values={{ sure: 'yes' }}>
          {t('letters.delete.button')}
        </ButtonForm>
        <a href={back}>{t('letters.cancel')}</a>
      </div>
    </>
  );
}
