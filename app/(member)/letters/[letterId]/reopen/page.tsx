import { notFound } from 'next/navigation';
import { DEADLINE_TIME } from '../../../../../lib/letters/deadline.ts';
import { viewLetter } from '../../../../../lib/letters/views.ts';
import { Button } from '../../../../_components/ui/button.tsx';
import { ErrorSummary } from '../../../../_components/ui/error-summary.tsx';
import { TextField } from '../../../../_components/ui/field.tsx';
import { PageHead } from '../../../../_components/ui/shell.tsx';
import { instance } from '../../../../_request/instance.ts';
import { requestTranslator } from '../../../../_request/locale.ts';
import { requireLetter } from '../../../../_request/member.ts';
import { readForm } from '../../../../_request/read-form.ts';
import type { LetterPageProps } from '../letter-page.ts';

export async function generateMetadata() {
  const t = await requestTranslator('member');
  return { title: t('letters.reopen.title') };
}

export default async function ReopenPage({ params }: LetterPageProps) {
  const { letterId } = await params;
  const t = await requestTranslator('member');
  const { running, scope } = await requireLetter(letterId, 'run');
  const view = await viewLetter(running, scope, instance().now());
  if (!view) notFound();
  const back = `/letters/${letterId}`;
  const form = await readForm(t, 'reopen', `${back}/reopen`, { deadlineTime: DEADLINE_TIME });
  return (
    <>
      <ErrorSummary t={t} form={form} />
      <PageHead title={t('letters.reopen.title')} over={<a href={back}>{view.headline}</a>}>
        <p className="lead">{t('letters.reopen.lead')}</p>
      </PageHead>
      <form className="form" method="post" action={`${back}/reopen/confirm`} noValidate>
        <TextField
          t={t}
          form={form}
          name="deadlineDay"
          type="date"
          width="medium"
          label={t('letters.form.deadline')}
          hint={t('letters.reopen.zone', { zone: view.letter.zone.replaceAll('_', ' ') })}
        />
        <TextField t={t} form={form} name="deadlineTime" type="time" width="short" label={t('letters.form.deadline-time')} />
        <div className="actions">
          <Button>{t('letters.reopen.button')}</Button>
          <a href={back}>{t('letters.cancel')}</a>
        </div>
      </form>
    </>
  );
}
