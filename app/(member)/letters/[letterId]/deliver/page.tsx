import { notFound } from 'next/navigation';
import { countPublications } from '../../../../../lib/letters/editions.ts';
import { policiesOf } from '../../../../../lib/letters/presets.ts';
import { statusAfter } from '../../../../../lib/letters/status.ts';
import { viewLetter } from '../../../../../lib/letters/views.ts';
import { ButtonForm, ButtonLink } from '../../../../_components/ui/button.tsx';
import { ErrorSummary } from '../../../../_components/ui/error-summary.tsx';
import { Notice } from '../../../../_components/ui/notice.tsx';
import { PageHead } from '../../../../_components/ui/shell.tsx';
import { Facts } from '../../../../_components/ui/table.tsx';
import { instance } from '../../../../_request/instance.ts';
import { requestTranslator } from '../../../../_request/locale.ts';
import { requireLetter } from '../../../../_request/member.ts';
import { readForm } from '../../../../_request/read-form.ts';
import type { LetterPageProps } from '../letter-page.ts';

export async function generateMetadata() {
  const t = await requestTranslator('member');
  return { title: t('letters.deliver.title') };
}

export default async function DeliverPage({ params }: LetterPageProps) {
  const { letterId } = await params;
  const t = await requestTranslator('member');
  const { running, scope } = await requireLetter(letterId, 'run');
  const view = await viewLetter(running, scope, instance().now());
  if (!view) notFound();
  const { letter } = view;
  const back = `/letters/${letterId}`;
  const form = await readForm(t, 'deliver', `${back}/deliver`);
  const head = <PageHead title={t('letters.deliver.title')} over={<a href={back}>{view.headline}</a>} />;
  if (statusAfter(letter.status, 'deliver') === null) {
    return (
      <>
        {head}
        <Notice t={t}>{t('fault.deliver.not-now')}</Notice>
        <ButtonLink href={back}>{t('letters.back')}</ButtonLink>
      </>
    );
  }
  const counts = await countPublications(running, letter);
  return (
    <>
      <ErrorSummary t={t} form={form} />
      {head}
      <p className="lead">{t('letters.deliver.lead')}</p>
      <Facts
        facts={[
          { name: t('letters.fact.organisations'), value: letter.organisationCount },
          { name: t('letters.fact.people'), value: letter.personCount },
          { name: t('letters.deliver.in-public'), value: counts.public },
          ...(counts.addressee === 0 ? [] : [{ name: t('letters.deliver.in-addressee'), value: counts.addressee }]),
          ...(counts.counted === 0 ? [] : [{ name: t('letters.deliver.in-none'), value: counts.counted }]),
        ]}
      />
      <ul>
        <li>{t('letters.deliver.final')}</li>
        {letter.date === null ? <li>{t('letters.deliver.date')}</li> : null}
        {policiesOf(letter.policies).publicAt === 'delivery' ? <li>{t('letters.deliver.public')}</li> : null}
      </ul>
      {counts.addressee === 0 ? null : (
        <Notice t={t} tone="warning" title={t('letters.deliver.addressee.title')}>
          <p>{t('letters.deliver.addressee.text', { count: counts.addressee })}</p>
          {letter.namesHidden ? <p>{t('letters.files.addressee.hidden')}</p> : null}
          <p>
            <a href={`/api/files/letters/${letterId}/addressee`}>{t('letters.files.addressee')}</a>
          </p>
        </Notice>
      )}
      <p>
        <a href={`/api/files/letters/${letterId}/pdf?show=1`}>{t('letters.deliver.look')}</a>
      </p>
      <div className="actions">
        <ButtonForm action={`${back}/deliver/confirm`}>{t('letters.deliver.button')}</ButtonForm>
        <a href={back}>{t('letters.cancel')}</a>
      </div>
    </>
  );
}
