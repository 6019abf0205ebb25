import { mayDo } from '../../../../../lib/coalitions/access.ts';
import { readMemberCursor, viewMember, viewMembers, viewPending } from '../../../../../lib/coalitions/members-view.ts';
import { viewCoalition } from '../../../../../lib/coalitions/views.ts';
import { ownZone } from '../../../../../lib/letters/deadline.ts';
import { CoalitionTabs } from '../../../../_components/coalition/coalition-tabs.tsx';
import { ButtonForm } from '../../../../_components/ui/button.tsx';
import { ErrorSummary } from '../../../../_components/ui/error-summary.tsx';
import { Notice } from '../../../../_components/ui/notice.tsx';
import { PageHead } from '../../../../_components/ui/shell.tsx';
import { instance } from '../../../../_request/instance.ts';
import { requestTranslator } from '../../../../_request/locale.ts';
import { requireCoalition } from '../../../../_request/member.ts';
import { readForm } from '../../../../_request/read-form.ts';
import type { CoalitionPageProps } from '../coalition-page.ts';
import { InviteMemberForm } from './invite-form.tsx';
import { MembersTable } from './members-table.tsx';
import { membersPath } from './paths.ts';
import { PendingTable } from './pending-table.tsx';

interface MembersPageProps extends CoalitionPageProps {
  readonly searchParams: Promise<{ readonly after?: string | string[]; readonly removed?: string | string[] }>;
}

export async function generateMetadata() {
  const t = await requestTranslator('member');
  return { title: t('members.title') };
}

/** Who works in a coalition, who is invited to, and the form that invites the next. */
export default async function MembersPage({ params, searchParams }: MembersPageProps) {
  const { coalitionId } = await params;
  const { after, removed } = await searchParams;
  const t = await requestTranslator('member');
  const path = membersPath(coalitionId);
  const { running, scope } = await requireCoalition(coalitionId, 'read', path);
  const now = instance().now();
  const cursor = readMemberCursor(typeof after === 'string' ? after : null);
  const list = await viewMembers(running, scope, cursor);
  const manages = mayDo(scope.role, 'manage-members');
  const gone = manages && typeof removed === 'string' ? await viewMember(running, scope, removed, now) : null;
  const form = await readForm(t, 'invite-member', path, { role: 'drafter', language: 'en' });
  const act = await readForm(t, 'member', path);
  const zone = ownZone();
  return (
    <>
      <ErrorSummary t={t} form={act} />
      <ErrorSummary t={t} form={form} />
      {gone?.removed ? (
        <Notice t={t} said title={t('members.member.removed', { name: gone.name })}>
          <ButtonForm action={`${path}/${gone.id}/restore`} look="quiet">
            {t('members.member.restore', { name: gone.name })}
          </ButtonForm>
        </Notice>
      ) : null}
      <CoalitionTabs t={t} coalition={await viewCoalition(running, scope)} current="members" />
      <PageHead title={t('members.title')}>
        <p>{t('members.lead')}</p>
      </PageHead>
      <MembersTable t={t} path={path} members={list.members} zone={zone} />
      <p className="actions">
        {cursor === null ? null : <a href={path}>{t('members.first')}</a>}
        {list.next === null ? null : <a href={`${path}?after=${encodeURIComponent(list.next)}`}>{t('members.more')}</a>}
      </p>
      <PendingTable t={t} path={path} pending={await viewPending(running, scope, now)} zone={zone} />
      {manages && running.config.loopback && running.config.smtpUrl === null ? (
        <Notice t={t} tone="warning">
          <p>{t.rich('members.loopback', {}, { link: (words) => <MailPageLink key="link">{words}</MailPageLink> })}</p>
        </Notice>
      ) : null}
      {manages ? <InviteMemberForm t={t} form={form} path={path} role={scope.role} /> : null}
    </>
  );
}

const MailPageLink = ({ children }: { readonly children: React.ReactNode }) => <a href="/mail">{children}</a>;
