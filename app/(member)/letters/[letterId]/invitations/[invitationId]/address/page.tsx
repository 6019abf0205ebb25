import { notFound } from 'next/navigation';
import { viewHandLink } from '../../../../../../../lib/invitations/hand-link-view.ts';
import { Button } from '../../../../../../_components/ui/button.tsx';
import { ErrorSummary } from '../../../../../../_components/ui/error-summary.tsx';
import { TextField } from '../../../../../../_components/ui/field.tsx';
import { PageHead } from '../../../../../../_components/ui/shell.tsx';
import { requestTranslator } from '../../../../../../_request/locale.ts';
import { requireLetter } from '../../../../../../_request/member.ts';
import { readForm } from '../../../../../../_request/read-form.ts';
import { invitationsPath, readdressPath } from '../../paths.ts';

interface AddressPageProps {
  readonly params: Promise<{ readonly letterId: string; readonly invitationId: string }>;
}

export async function generateMetadata() {
  const t = await requestTranslator('member');
  return { title: t('invitations.address.title') };
}

/** Another address for an invitation: what ends with the old one is said before it does. */
export default async function AddressPage({ params }: AddressPageProps) {
  const { letterId, invitationId } = await params;
  const path = readdressPath(letterId, invitationId);
  const t = await requestTranslator('member');
  const { running, scope } = await requireLetter(letterId, 'run', path);
  const view = await viewHandLink(running, scope, invitationId, null);
  if (!view) notFound();
  const form = await readForm(t, 'readdress', path);
  return (
    <>
      <ErrorSummary t={t} form={form} />
      <PageHead title={t('invitations.address.title')} over={<a href={invitationsPath(letterId)}>{t('invitations.title')}</a>}>
        <p>
          <bdi>{view.who}</bdi>
        </p>
      </PageHead>
      <p>{t('invitations.address.text')}</p>
      <form className="form" method="post" action={`${path}/change`} noValidate>
        <TextField t={t} form={form} name="email" type="email" label={t('invitations.address.new')} autoComplete="off" width="medium" />
        <div className="actions">
          <Button>{t('invitations.address.button')}</Button>
        </div>
      </form>
    </>
  );
}
