import { notFound } from 'next/navigation';
import { deadlineFields } from '../../../../../lib/letters/deadline.ts';
import { viewSettingsSave } from '../../../../../lib/letters/history.ts';
import { statusAfter } from '../../../../../lib/letters/status.ts';
import { viewLetter } from '../../../../../lib/letters/views.ts';
import { Button, ButtonLink } from '../../../../_components/ui/button.tsx';
import { ErrorSummary } from '../../../../_components/ui/error-summary.tsx';
import { TextField } from '../../../../_components/ui/field.tsx';
import { Notice } from '../../../../_components/ui/notice.tsx';
import { PageHead } from '../../../../_components/ui/shell.tsx';
import { Time } from '../../../../_components/ui/time.tsx';
import { instance } from '../../../../_request/instance.ts';
import { requestTranslator } from '../../../../_request/locale.ts';
import { requireLetter } from '../../../../_request/member.ts';
import { readForm } from '../../../../_request/read-form.ts';
import type { LetterPageProps } from '../letter-page.ts';

export async function generateMetadata() {
  const t = await requestTranslator('member');
  return { title: t('letters.schedule.title') };
}

/** What can still be set once the text is frozen, and stands outside of it. */
export default async function SchedulePage({ params }: LetterPageProps) {
  const { letterId } = await params;
  const back = `/letters/${letterId}`;
  const t = await requestTranslator('member');
  const { running, scope } = await requireLetter(letterId, 'run', `${back}/schedule`);
  const view = await viewLetter(running, scope, instance().now());
  if (!view) notFound();
  const { letter } = view;
  const head = <PageHead title={t('letters.schedule.title')} over={<a href={back}>{view.headline}</a>} />;
  if (statusAfter(letter.status, 'schedule') === null) {
    return (
      <>
        {head}
        <Notice t={t}>{t('fault.schedule.not-now')}</Notice>
        <ButtonLink href={back}>{t('letters.back')}</ButtonLink>
      </>
    );
  }
  const deadline = letter.deadlineAt === null ? { day: '', time: '' } : deadlineFields(letter.deadlineAt, letter.zone);
  const stored = { deadlineDay: deadline.day, deadlineTime: deadline.time, date: letter.date ?? '', place: letter.place ?? '' };
  const form = await readForm(t, 'schedule', `${back}/schedule`, stored);
  const last = await viewSettingsSave(running, scope, letter);
  return (
    <>
      <ErrorSummary t={t} form={form} />
      {head}
      <p>{t('letters.schedule.lead')}</p>
      <p className="quiet">
        {t('letters.texts.saved', { name: last.savedBy })} <Time t={t} at={last.savedAt} zone={letter.zone} /> ·{' '}
        <a href={`${back}/history`}>{t('letters.history.link')}</a>
      </p>
      <form className="form" method="post" action={`${back}/schedule/save`} noValidate>
        {/* Of what is stored now, even after a refusal: whoever saves again has been told that it changed. */}
        <input type="hidden" name="revision" value={letter.settingsRevision} />
        {letter.status === 'open' ? (
          <>
            <TextField
              t={t}
              form={form}
              name="deadlineDay"
              type="date"
              width="medium"
              label={t('letters.form.deadline')}
              hint={t('letters.schedule.deadline.hint', { zone: letter.zone.replaceAll('_', ' ') })}
            />
            <TextField t={t} form={form} name="deadlineTime" type="time" width="short" label={t('letters.form.deadline-time')} />
          </>
        ) : (
          <p>{t('letters.schedule.closed')}</p>
        )}
        <TextField t={t} form={form} name="place" optional width="medium" label={t('letters.form.place')} autoComplete="off" />
        <TextField
          t={t}
          form={form}
          name="date"
          type="date"
          optional
          width="medium"
          label={t('letters.form.date')}
          hint={t('letters.form.date.hint')}
        />
        <div className="actions">
          <Button>{t('letters.edit.button')}</Button>
          <a href={back}>{t('letters.cancel')}</a>
        </div>
      </form>
    </>
  );
}
