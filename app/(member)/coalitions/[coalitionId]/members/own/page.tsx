import { notFound } from 'next/navigation';
import { viewMember } from '../../../../../../lib/coalitions/members-view.ts';
import { viewCoalition } from '../../../../../../lib/coalitions/views.ts';
import { Button } from '../../../../../_components/ui/button.tsx';
import { Checkbox } from '../../../../../_components/ui/choice.tsx';
import { ErrorSummary } from '../../../../../_components/ui/error-summary.tsx';
import { TextField } from '../../../../../_components/ui/field.tsx';
import { PageHead } from '../../../../../_components/ui/shell.tsx';
import { instance } from '../../../../../_request/instance.ts';
import { requestTranslator } from '../../../../../_request/locale.ts';
import { requireCoalition } from '../../../../../_request/member.ts';
import { readForm } from '../../../../../_request/read-form.ts';
import type { CoalitionPageProps } from '../../coalition-page.ts';
import { membersPath } from '../paths.ts';

export async function generateMetadata() {
  const t = await requestTranslator('member');
  return { title: t('members.own') };
}

/** One's own membership: whom one comes from, and the way out. */
export default async function OwnMembershipPage({ params }: CoalitionPageProps) {
  const { coalitionId } = await params;
  const t = await requestTranslator('member');
  const back = membersPath(coalitionId);
  const path = `${back}/own`;
  const { running, scope } = await requireCoalition(coalitionId, 'read', path);
  const member = await viewMember(running, scope, scope.memberId, instance().now());
  if (!member) notFound();
  const { name: coalition } = await viewCoalition(running, scope);
  const form = await readForm(t, 'organisation', path, { organisation: member.organisation });
  const leave = await readForm(t, 'leave', path);
  return (
    <>
      <ErrorSummary t={t} form={form} />
      <ErrorSummary t={t} form={leave} />
      <PageHead title={t('members.own')} over={<a href={back}>{t('members.title')}</a>}>
        <p>
          {t(`members.role.${member.role}`)}. {t(`members.may.${member.role}`)}
        </p>
      </PageHead>
      <form className="form" method="post" action={`${back}/organisation`} noValidate>
        <TextField
          t={t}
          form={form}
          name="organisation"
          label={t('members.join.organisation')}
          hint={t('members.join.organisation.hint')}
          optional
          autoComplete="organization"
        />
        <div className="actions">
          <Button look="quiet">{t('members.member.organisation.button')}</Button>
        </div>
      </form>
      <section className="panel panel--apart">
        <h2>{t('members.member.leave')}</h2>
        <p>{t('members.member.leave.text')}</p>
        <form className="form" method="post" action={`${back}/leave`} noValidate>
          <Checkbox t={t} form={leave} name="sure" label={t('members.member.leave.sure', { coalition })} />
          <div className="actions">
            <Button look="danger">{t('members.member.leave.button')}</Button>
          </div>
        </form>
      </section>
    </>
  );
}
