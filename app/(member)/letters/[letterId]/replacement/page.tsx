import { notFound } from 'next/navigation';
import { offeredActs } from '../../../../../lib/letters/offered-acts.ts';
import { viewReplacementOptions, viewReplacements } from '../../../../../lib/letters/replacements.ts';
import { viewLetter } from '../../../../../lib/letters/views.ts';
import { Button } from '../../../../_components/ui/button.tsx';
import { ErrorSummary } from '../../../../_components/ui/error-summary.tsx';
import { PageHead } from '../../../../_components/ui/shell.tsx';
import { instance } from '../../../../_request/instance.ts';
import { requestTranslator } from '../../../../_request/locale.ts';
import { requireLetter } from '../../../../_request/member.ts';
import { readForm } from '../../../../_request/read-form.ts';
import type { LetterPageProps } from '../letter-page.ts';
import { ReplacementFields } from '../replacement-fields.tsx';

export async function generateMetadata() {
  const t = await requestTranslator('member');
  return { title: t('letters.replacement.title') };
}

/** Names what stands in the place of a letter that was withdrawn without saying so. */
export default async function ReplacementPage({ params }: LetterPageProps) {
  const { letterId } = await params;
  const t = await requestTranslator('member');
  const { running, scope } = await requireLetter(letterId, 'run');
  const view = await viewLetter(running, scope, instance().now());
  if (!view) notFound();
  const { replacedBy } = await viewReplacements(running, scope, view.letter);
  if (!offeredActs({ ...view.letter, replacedBy: replacedBy?.id ?? null }, scope.role).has('replace')) notFound();
  const back = `/letters/${letterId}`;
  const form = await readForm(t, 'withdraw-letter', `${back}/replacement`, { replacement: 'new-draft' });
  return (
    <>
      <ErrorSummary t={t} form={form} />
      <PageHead title={t('letters.replacement.title')} over={<a href={back}>{view.headline}</a>}>
        <p className="lead">{t('letters.replacement.lead')}</p>
      </PageHead>
      <form className="form" method="post" action={`${back}/replacement/name`} noValidate>
        <ReplacementFields t={t} form={form} options={await viewReplacementOptions(running, scope)} none={false} />
        <div className="actions">
          <Button>{t('letters.replacement.button')}</Button>
          <a href={back}>{t('letters.cancel')}</a>
        </div>
      </form>
    </>
  );
}
