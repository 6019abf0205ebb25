import { notFound } from 'next/navigation';
import { rolesGivenBy } from '../../../../../../lib/coalitions/managing.ts';
import { viewMember } from '../../../../../../lib/coalitions/members-view.ts';
import { ownZone } from '../../../../../../lib/letters/deadline.ts';
import { Button, ButtonForm } from '../../../../../_components/ui/button.tsx';
import { ErrorSummary } from '../../../../../_components/ui/error-summary.tsx';
import { PageHead } from '../../../../../_components/ui/shell.tsx';
import { Time } from '../../../../../_components/ui/time.tsx';
import { instance } from '../../../../../_request/instance.ts';
import { requestTranslator } from '../../../../../_request/locale.ts';
import { requireCoalition } from '../../../../../_request/member.ts';
import { readForm } from '../../../../../_request/read-form.ts';
import { memberPagePath, membersPath } from '../paths.ts';
import { RoleChoice } from '../role-choice.tsx';

interface MemberPageProps {
  readonly params: Promise<{ readonly coalitionId: string; readonly memberId: string }>;
}

export async function generateMetadata() {
  const t = await requestTranslator('member');
  return { title: t('members.title') };
}

/** One member: another role, the removal, or its undoing. */
export default async function MemberPage({ params }: MemberPageProps) {
  const { coalitionId, memberId } = await params;
  const t = await requestTranslator('member');
  const path = memberPagePath(coalitionId, memberId);
  const { running, scope } = await requireCoalition(coalitionId, 'manage-members', path);
  const member = await viewMember(running, scope, memberId, instance().now());
  if (!member?.managed) notFound();
  const { name, role, organisation } = member;
  const form = await readForm(t, 'member', path, { role });
  const over = <a href={membersPath(coalitionId)}>{t('members.title')}</a>;
  if (member.removed) {
    return (
      <>
        <ErrorSummary t={t} form={form} />
        <PageHead title={t('members.member.removed', { name })} over={over}>
          <p>{t('members.member.removed.text', { role: t(`members.role.${role}`) })}</p>
        </PageHead>
        <ButtonForm action={`${path}/restore`}>{t('members.member.restore', { name })}</ButtonForm>
      </>
    );
  }
  return (
    <>
      <ErrorSummary t={t} form={form} />
      <PageHead title={<bdi>{name}</bdi>} over={over}>
        <p>
          {organisation === '' ? null : (
            <>
              <bdi>{organisation}</bdi> ·{' '}
            </>
          )}
          {t(`members.role.${role}`)} · {t('members.column.since')} <Time t={t} at={member.since} zone={ownZone()} short />
        </p>
      </PageHead>
      <form className="form" method="post" action={`${path}/role`} noValidate>
        <RoleChoice t={t} form={form} label={t('members.member.role')} roles={rolesGivenBy(scope.role)} />
        <div className="actions">
          <Button>{t('members.member.role.button')}</Button>
        </div>
      </form>
      <section className="panel panel--apart">
        <h2>{t('members.member.remove')}</h2>
        <p>{t('members.member.remove.text')}</p>
        <ButtonForm action={`${path}/remove`} look="danger">
          {t('members.member.remove.button', { name })}
        </ButtonForm>
      </section>
    </>
  );
}
