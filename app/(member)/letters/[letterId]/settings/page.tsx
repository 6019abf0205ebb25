import { notFound } from 'next/navigation';
import { mayDo } from '../../../../../lib/coalitions/access.ts';
import { differencesOfSettingsValues } from '../../../../../lib/letters/differences.ts';
import { type SettingsFormValues, settingsFormValues } from '../../../../../lib/letters/form-values.ts';
import { viewSettingsSave } from '../../../../../lib/letters/history.ts';
import { settingsPageFieldNames } from '../../../../../lib/letters/settings-schema.ts';
import { isDraft, statusAfter } from '../../../../../lib/letters/status.ts';
import { settingsOf } from '../../../../../lib/letters/translations.ts';
import { viewLetter } from '../../../../../lib/letters/views.ts';
import { Conflict } from '../../../../_components/draft/conflict.tsx';
import { isSetAside } from '../../../../_components/draft/is-set-aside.ts';
import { Button } from '../../../../_components/ui/button.tsx';
import { ErrorSummary } from '../../../../_components/ui/error-summary.tsx';
import { Notice } from '../../../../_components/ui/notice.tsx';
import { PageHead } from '../../../../_components/ui/shell.tsx';
import { Time } from '../../../../_components/ui/time.tsx';
import { instance } from '../../../../_request/instance.ts';
import { requestTranslator } from '../../../../_request/locale.ts';
import { requireLetter } from '../../../../_request/member.ts';
import { readForm } from '../../../../_request/read-form.ts';
import { Deadline, LetterHead, OwnPolicies, PresetChoice } from '../../settings-fields.tsx';
import type { LetterPageProps } from '../letter-page.ts';

export async function generateMetadata() {
  const t = await requestTranslator('member');
  return { title: t('letters.settings.title') };
}

/** What a letter has once, whatever its languages. */
export default async function SettingsPage({ params }: LetterPageProps) {
  const { letterId } = await params;
  const back = `/letters/${letterId}`;
  const path = `${back}/settings`;
  const t = await requestTranslator('member');
  const { running, scope } = await requireLetter(letterId, 'draft', path);
  const view = await viewLetter(running, scope, instance().now());
  if (!view) notFound();
  const { letter } = view;
  const values = settingsFormValues(settingsOf(letter));
  const revision = String(letter.settingsRevision);
  const form = await readForm(t, 'letter', path, { ...values, revision });
  const head = <PageHead title={t('letters.settings.title')} over={<a href={back}>{view.headline}</a>} />;
  if (!isDraft(letter.status)) {
    return (
      <>
        <ErrorSummary t={t} form={form} />
        {head}
        <Notice t={t}>
          <p>{t('letters.settings.frozen')}</p>
          {statusAfter(letter.status, 'schedule') !== null && mayDo(scope.role, 'run') ? (
            <p>
              <a href={`${back}/schedule`}>{t('letters.schedule.title')}</a>
            </p>
          ) : null}
        </Notice>
      </>
    );
  }
  const conflict = form.keptAt !== null && form.value('revision') !== revision;
  const mine: SettingsFormValues = { ...values, ...Object.fromEntries(settingsPageFieldNames.map((name) => [name, form.value(name)])) };
  const save = conflict ? await viewSettingsSave(running, scope, letter) : null;
  return (
    <>
      <ErrorSummary t={t} form={form} />
      {head}
      {save ? (
        <Conflict
          t={t}
          by={
            <>
              {t('letters.texts.saved', { name: save.savedBy })} <Time t={t} at={save.savedAt} zone={letter.zone} />
            </>
          }
          differences={differencesOfSettingsValues(values, mine)}
          language={null}
          setAside={isSetAside(form)}
        />
      ) : null}
      <form className="form" method="post" action={`${path}/save`} noValidate>
        <input type="hidden" name="revision" value={revision} />
        <Deadline t={t} form={form} past={letter.deadlineAt !== null && letter.deadlineAt <= instance().now()} />
        <PresetChoice t={t} form={form} />
        <LetterHead t={t} form={form} />
        <OwnPolicies t={t} form={form} />
        <p>
          <a href={`${back}/block`}>{t('letters.block.link')}</a>
        </p>
        <div className="actions">
          <Button>{t(conflict ? 'letters.conflict.save-mine' : 'letters.edit.button')}</Button>
          {conflict ? (
            <Button look="quiet" formAction={`${path}/set-aside`}>
              {t('letters.conflict.take-theirs')}
            </Button>
          ) : null}
          <a href={back}>{t('letters.cancel')}</a>
        </div>
      </form>
    </>
  );
}
