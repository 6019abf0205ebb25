import type { MemberItem } from '../../../../../lib/coalitions/members-view.ts';
import type { Translator } from '../../../../../lib/i18n/translator.ts';
import { Badge } from '../../../../_components/ui/badge.tsx';
import { Nothing, Table } from '../../../../_components/ui/table.tsx';
import { Time } from '../../../../_components/ui/time.tsx';

interface MembersTableProps {
  readonly t: Translator;
  readonly path: string;
  readonly members: readonly MemberItem[];
  readonly zone: string;
}

/** Who is a member, in which role; each row leads to what can be done about it. */
export function MembersTable({ t, path, members, zone }: MembersTableProps) {
  return (
    <Table
      caption={t('members.title')}
      captionHidden
      keyOf={({ id }) => id}
      rows={members}
      columns={[
        { heading: t('members.column.name'), cell: (member) => <Who t={t} member={member} /> },
        {
          heading: t('members.column.organisation'),
          cell: ({ organisation }) => (organisation === '' ? <Nothing /> : <bdi>{organisation}</bdi>),
        },
        { heading: t('members.column.role'), cell: ({ role }) => t(`members.role.${role}`) },
        { heading: t('members.column.since'), labelled: true, cell: ({ since }) => <Time t={t} at={since} zone={zone} short /> },
        { heading: t('members.column.actions'), cell: (member) => <Way t={t} path={path} member={member} /> },
      ]}
    />
  );
}

function Who({ t, member: { name, email, self } }: { readonly t: Translator; readonly member: MemberItem }) {
  return (
    <>
      <bdi>{name}</bdi> {self ? <Badge tone="accent">{t('members.self')}</Badge> : null}
      {email === null ? null : (
        <span className="who__contact">
          <bdi>{email}</bdi>
        </span>
      )}
    </>
  );
}

function Way({ t, path, member }: { readonly t: Translator; readonly path: string; readonly member: MemberItem }) {
  const { id, self, managed, name } = member;
  return (
    <span className="row-links">
      {self ? <a href={`${path}/own`}>{t('members.own')}</a> : null}
      {managed ? (
        <a href={`${path}/${id}`}>
          {t('members.change')}
          <span className="visually-hidden">: {name}</span>
        </a>
      ) : null}
    </span>
  );
}
