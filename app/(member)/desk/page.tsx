import { redirect } from 'next/navigation';
import { viewMemberships } from '../../../lib/coalitions/views.ts';
import { EmptyState } from '../../_components/ui/empty-state.tsx';
import { PageHead } from '../../_components/ui/shell.tsx';
import { Table } from '../../_components/ui/table.tsx';
import { requestTranslator } from '../../_request/locale.ts';
import { requireMember } from '../../_request/member.ts';

export async function generateMetadata() {
  const t = await requestTranslator('member');
  return { title: t('desk.title') };
}

/** Where whoever signs in arrives: at the letters of their coalition, or at the choice between several. */
export default async function DeskPage() {
  const { running, who } = await requireMember();
  const memberships = await viewMemberships(running, who);
  const [first, ...others] = memberships;
  if (first && others.length === 0) redirect(`/coalitions/${first.coalitionId}`);
  const t = await requestTranslator('member');
  if (!first) return <EmptyState title={t('desk.none.title')}>{t('desk.none.text')}</EmptyState>;
  return (
    <>
      <PageHead title={t('desk.coalitions')} />
      <Table
        caption={t('desk.coalitions')}
        captionHidden
        keyOf={({ coalitionId }) => coalitionId}
        rows={memberships}
        columns={[
          {
            heading: t('desk.column.coalition'),
            cell: ({ coalitionId, coalitionName }) => (
              <a href={`/coalitions/${coalitionId}`}>
                <bdi>{coalitionName}</bdi>
              </a>
            ),
          },
          { heading: t('desk.column.role'), labelled: true, cell: ({ role }) => t(`members.role.${role}`) },
        ]}
      />
    </>
  );
}
