import { notFound } from 'next/navigation';
import { letterFormValues } from '../../../../../lib/letters/form-values.ts';
import { isDraft } from '../../../../../lib/letters/status.ts';
import { viewLetter } from '../../../../../lib/letters/views.ts';
import { Button } from '../../../../_components/ui/button.tsx';
import { ErrorSummary } from '../../../../_components/ui/error-summary.tsx';
import { Notice } from '../../../../_components/ui/notice.tsx';
import { PageHead } from '../../../../_components/ui/shell.tsx';
import { instance } from '../../../../_request/instance.ts';
import { requestTranslator } from '../../../../_request/locale.ts';
import { requireLetter } from '../../../../_request/member.ts';
import { readForm } from '../../../../_request/read-form.ts';
import { LetterFields } from '../../letter-fields.tsx';
import type { LetterPageProps } from '../letter-page.ts';

export async function generateMetadata() {
  const t = await requestTranslator('member');
  return { title: t('letters.edit.title') };
}

export default async function EditLetterPage({ params }: LetterPageProps) {
  const { letterId } = await params;
  const t = await requestTranslator('member');
  const { running, scope } = await requireLetter(letterId, 'draft', `/letters/${letterId}/edit`);
  const view = await viewLetter(running, scope, instance().now());
  const text = view?.texts[0];
  if (!view || !text) notFound();
  const back = `/letters/${letterId}`;
  if (!isDraft(view.letter.status)) {
    return (
      <>
        <PageHead title={t('letters.edit.title')} over={<a href={back}>{view.headline}</a>} />
        <Notice t={t}>{t('letters.edit.frozen')}</Notice>
      </>
    );
  }
  const revision = String(view.letter.revision);
  const form = await readForm(t, 'letter', `${back}/edit`, { ...letterFormValues(view.letter, text), revision });
  const stale = form.value('revision') !== revision;
  return (
    <>
      <ErrorSummary t={t} form={form} />
      <PageHead title={t('letters.edit.title')} over={<a href={back}>{view.headline}</a>} />
      {stale ? (
        <Notice t={t} tone="warning" title={t('letters.edit.stale.title')}>
          <p>{t('letters.edit.stale.text')}</p>
          <p>
            <a href={`${back}/preview`}>{t('letters.edit.stale.look')}</a>
          </p>
        </Notice>
      ) : null}
      <form className="form" method="post" action={`${back}/edit/save`} noValidate>
        {/* Of what is stored now, even after a refusal: whoever saves again has been told what changed meanwhile. */}
        <input type="hidden" name="revision" value={revision} />
        <LetterFields t={t} form={form} />
        <div className="actions">
          <Button>{t('letters.edit.button')}</Button>
          <a href={back}>{t('letters.cancel')}</a>
        </div>
      </form>
    </>
  );
}
