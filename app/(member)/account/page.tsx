import { viewSessions } from '../../../lib/auth/session.ts';
import { type MembershipView, viewMemberships } from '../../../lib/coalitions/views.ts';
import type { Translator } from '../../../lib/i18n/translator.ts';
import { ownZone } from '../../../lib/letters/deadline.ts';
import { Badge } from '../../_components/ui/badge.tsx';
import { Button, ButtonForm } from '../../_components/ui/button.tsx';
import { ErrorSummary } from '../../_components/ui/error-summary.tsx';
import { TextField } from '../../_components/ui/field.tsx';
import { PageHead } from '../../_components/ui/shell.tsx';
import { Facts, Table } from '../../_components/ui/table.tsx';
import { Time } from '../../_components/ui/time.tsx';
import { instance } from '../../_request/instance.ts';
import { requestTranslator } from '../../_request/locale.ts';
import { requireMember } from '../../_request/member.ts';
import { readForm } from '../../_request/read-form.ts';

export async function generateMetadata() {
  const t = await requestTranslator('member');
  return { title: t('members.account.title') };
}

export default async function AccountPage() {
  const t = await requestTranslator('member');
  const { running, who } = await requireMember();
  const memberships = await viewMemberships(running, who);
  const sessions = await viewSessions(running, who, instance().now());
  const zone = ownZone();
  const form = await readForm(t, 'name', '/account', { name: who.person.name });
  return (
    <>
      <ErrorSummary t={t} form={form} />
      <PageHead title={t('members.account.title')} />
      <Facts
        facts={[
          { name: t('members.account.email'), value: <bdi>{who.person.email}</bdi> },
          ...(memberships.length === 0 ? [] : [{ name: t('desk.coalitions'), value: <Memberships t={t} memberships={memberships} /> }]),
        ]}
      />
      <form className="form" method="post" action="/account/name" noValidate>
        <TextField
          t={t}
          form={form}
          name="name"
          label={t('members.name.label')}
          hint={t('members.name.hint')}
          autoComplete="name"
          width="medium"
        />
        <div className="actions">
          <Button look="quiet">{t('members.name.button')}</Button>
        </div>
      </form>
      <h2>{t('members.sessions.title')}</h2>
      <p>{t('members.sessions.text', { zone })}</p>
      <Table
        caption={t('members.sessions.title')}
        captionHidden
        keyOf={({ id }) => id}
        rows={sessions}
        columns={[
          {
            heading: t('members.sessions.since'),
            labelled: true,
            cell: ({ createdAt }) => <Time t={t} at={createdAt} zone={zone} short />,
          },
          { heading: t('members.sessions.seen'), labelled: true, cell: ({ seenAt }) => <Time t={t} at={seenAt} zone={zone} short /> },
          {
            heading: t('members.sessions.until'),
            labelled: true,
            cell: ({ expiresAt }) => <Time t={t} at={expiresAt} zone={zone} short />,
          },
          {
            heading: t('members.sessions.end'),
            cell: ({ id, current }) =>
              current ? (
                <Badge tone="accent">{t('members.sessions.current')}</Badge>
              ) : (
                <ButtonForm action="/account/end-session" look="link" values={{ session: id }}>
                  {t('members.sessions.end')}
                </ButtonForm>
              ),
          },
        ]}
      />
      {sessions.length > 1 ? (
        <ButtonForm action="/account/end-others" look="quiet">
          {t('members.sessions.end-others')}
        </ButtonForm>
      ) : null}
    </>
  );
}

function Memberships({ t, memberships }: { readonly t: Translator; readonly memberships: readonly MembershipView[] }) {
  return (
    <ul className="plain-list">
      {memberships.map(({ coalitionId, coalitionName, role }) => (
        <li key={coalitionId}>
          <a href={`/coalitions/${coalitionId}/members/own`}>
            <bdi>{coalitionName}</bdi>
          </a>{' '}
          ({t(`members.role.${role}`)})
        </li>
      ))}
    </ul>
  );
}
