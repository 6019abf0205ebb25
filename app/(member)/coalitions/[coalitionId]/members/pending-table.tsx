import { MEMBER_INVITATION_HOURS } from '../../../../../lib/coalitions/invitation-link.ts';
import type { PendingItem } from '../../../../../lib/coalitions/members-view.ts';
import type { Translator } from '../../../../../lib/i18n/translator.ts';
import { Badge } from '../../../../_components/ui/badge.tsx';
import { ButtonForm } from '../../../../_components/ui/button.tsx';
import { Nothing, Table } from '../../../../_components/ui/table.tsx';
import { Time } from '../../../../_components/ui/time.tsx';

interface PendingTableProps {
  readonly t: Translator;
  readonly path: string;
  readonly pending: readonly PendingItem[];
  readonly zone: string;
}

/** Invitations to become a member that nobody has used yet. */
export function PendingTable({ t, path, pending, zone }: PendingTableProps) {
  if (pending.length === 0) return null;
  return (
    <section>
      <h2>{t('members.pending.title')}</h2>
      <p>{t('members.pending.text', { days: MEMBER_INVITATION_HOURS / 24 })}</p>
      <Table
        caption={t('members.pending.title')}
        captionHidden
        keyOf={({ id }) => id}
        rows={pending}
        columns={[
          { heading: t('members.column.address'), cell: (item) => <Invited t={t} item={item} /> },
          { heading: t('members.column.role'), cell: ({ role }) => t(`members.role.${role}`) },
          { heading: t('members.column.until'), labelled: true, cell: (item) => <Until t={t} item={item} zone={zone} /> },
          ...(pending.some(({ managed }) => managed)
            ? [{ heading: t('members.column.actions'), cell: (item: PendingItem) => <Acts t={t} path={path} item={item} /> }]
            : []),
        ]}
      />
    </section>
  );
}

function Invited({ t, item: { email, organisation, lost, managed } }: { readonly t: Translator; readonly item: PendingItem }) {
  return (
    <>
      {email === null ? t('members.pending.hidden') : <bdi>{email}</bdi>}
      {organisation === '' ? null : (
        <span className="who__contact">
          <bdi>{organisation}</bdi>
        </span>
      )}
      {lost === null ? null : (
        <span className="who__trouble">
          {t(`members.pending.${lost}`)} {managed ? t(`members.pending.${lost}.next`) : null}
        </span>
      )}
    </>
  );
}

function Until({ t, item: { until, expired }, zone }: { readonly t: Translator; readonly item: PendingItem; readonly zone: string }) {
  if (expired) return <Badge tone="warning">{t('members.pending.expired')}</Badge>;
  return until === null ? <Nothing /> : <Time t={t} at={until} zone={zone} short />;
}

function Acts({ t, path, item: { id, email, managed } }: { readonly t: Translator; readonly path: string; readonly item: PendingItem }) {
  if (!managed) return null;
  // Buttons of many rows read alike in a list of controls; the address tells them apart.
  const named = <span className="visually-hidden">: {email}</span>;
  return (
    <div className="row-acts">
      <ButtonForm action={`${path}/invitations/${id}/resend`} look="link">
        {t('members.pending.resend')}
        {named}
      </ButtonForm>
      <ButtonForm action={`${path}/invitations/${id}/revoke`} look="link">
        {t('members.pending.revoke')}
        {named}
      </ButtonForm>
    </div>
  );
}
