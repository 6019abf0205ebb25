import { notFound } from 'next/navigation';
import { viewLetter } from '../../../../../../lib/letters/views.ts';
import { countToRemind } from '../../../../../../lib/mailings/remind-now.ts';
import { ButtonForm, ButtonLink } from '../../../../../_components/ui/button.tsx';
import { ErrorSummary } from '../../../../../_components/ui/error-summary.tsx';
import { PageHead } from '../../../../../_components/ui/shell.tsx';
import { instance } from '../../../../../_request/instance.ts';
import { requestTranslator } from '../../../../../_request/locale.ts';
import { requireLetter } from '../../../../../_request/member.ts';
import { readForm } from '../../../../../_request/read-form.ts';
import type { LetterPageProps } from '../../letter-page.ts';
import { invitationsPath } from '../paths.ts';

export async function generateMetadata() {
  const t = await requestTranslator('member');
  return { title: t('invitations.remind.title') };
}

/** Says to how many a reminder goes before it goes. */
export default async function RemindPage({ params }: LetterPageProps) {
  const { letterId } = await params;
  const t = await requestTranslator('member');
  const { running, scope } = await requireLetter(letterId, 'run');
  const now = instance().now();
  const view = await viewLetter(running, scope, now);
  if (!view) notFound();
  const path = `${invitationsPath(letterId)}/remind`;
  const count = (await countToRemind(running, scope, now)) ?? 0;
  const form = await readForm(t, 'invitation', path);
  return (
    <>
      <ErrorSummary t={t} form={form} />
      <PageHead title={t('invitations.remind.title')} over={<a href={invitationsPath(letterId)}>{t('invitations.title')}</a>}>
        <p>{count === 0 ? t('invitations.remind.nobody') : t('invitations.remind.text', { count })}</p>
      </PageHead>
      <div className="actions">
        {count === 0 ? null : <ButtonForm action={`${path}/send`}>{t('invitations.remind.button', { count })}</ButtonForm>}
        <ButtonLink href={invitationsPath(letterId)} look="quiet">
          {t('invitations.remind.back')}
        </ButtonLink>
      </div>
    </>
  );
}
