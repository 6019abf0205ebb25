import { notFound } from 'next/navigation';
import { mayDo } from '../../../../../lib/coalitions/access.ts';
import { formatInstant } from '../../../../../lib/i18n/format.ts';
import { readCursor, viewInvitations } from '../../../../../lib/invitations/desk-view.ts';
import { dayIn } from '../../../../../lib/letters/deadline.ts';
import { takesSignatures } from '../../../../../lib/letters/status.ts';
import { viewLetter } from '../../../../../lib/letters/views.ts';
import { viewWaitingMails } from '../../../../../lib/mailings/remind-now.ts';
import { EmptyState } from '../../../../_components/ui/empty-state.tsx';
import { ErrorSummary } from '../../../../_components/ui/error-summary.tsx';
import { Notice } from '../../../../_components/ui/notice.tsx';
import { PageHead } from '../../../../_components/ui/shell.tsx';
import { instance } from '../../../../_request/instance.ts';
import { requestTranslator } from '../../../../_request/locale.ts';
import { requireLetter } from '../../../../_request/member.ts';
import { readForm } from '../../../../_request/read-form.ts';
import type { LetterPageProps } from '../letter-page.ts';
import { InvitationList } from './invitation-list.tsx';
import { InviteForm } from './invite-form.tsx';
import { byHandPath, invitationsPath, wordingPath } from './paths.ts';

interface InvitationsPageProps extends LetterPageProps {
  readonly searchParams: Promise<{ readonly after?: string | string[] }>;
}

export async function generateMetadata() {
  const t = await requestTranslator('member');
  return { title: t('invitations.title') };
}

/** Who was invited, what became of it, and the form that invites the next. */
export default async function InvitationsPage({ params, searchParams }: InvitationsPageProps) {
  const { letterId } = await params;
  const { after } = await searchParams;
  const t = await requestTranslator('member');
  const { running, scope } = await requireLetter(letterId, 'read');
  const view = await viewLetter(running, scope, instance().now());
  if (!view) notFound();
  const cursor = readCursor(typeof after === 'string' ? after : undefined);
  const list = await viewInvitations(running, scope, cursor);
  const path = invitationsPath(letterId);
  const form = await readForm(t, 'invite', path, { language: view.letter.authenticLanguage === 'fa' ? 'fa' : 'en' });
  const act = await readForm(t, 'invitation', path);
  const waiting = await viewWaitingMails(running, scope, instance().now());
  const runs = mayDo(scope.role, 'run');
  const { sample } = view.letter;
  const open = takesSignatures(view.letter.status);
  return (
    <>
      <ErrorSummary t={t} form={act} />
      <ErrorSummary t={t} form={form} />
      <PageHead title={t('invitations.title')} over={<a href={`/letters/${letterId}`}>{view.headline}</a>}>
        <p>{t('invitations.lead')}</p>
      </PageHead>
      {sample ? <Notice t={t}>{t('invitations.none-to-sample')}</Notice> : null}
      {!sample && running.config.loopback && running.config.smtpUrl === null ? (
        <Notice t={t} tone="warning">
          <p>{t.rich('invitations.loopback', {}, { link: (words) => <MailPageLink key="link">{words}</MailPageLink> })}</p>
        </Notice>
      ) : null}
      {waiting.count === 0 ? null : (
        <p className="quiet">
          {waiting.until === null
            ? t('invitations.waiting', { count: waiting.count })
            : t('invitations.waiting-until', { count: waiting.count, until: formatInstant(t.locale, waiting.until, view.letter.zone) })}
        </p>
      )}
      {runs && open && !sample && list.items.length > 0 ? (
        <p className="actions">
          <a href={`${path}/remind`}>{t('invitations.remind')}</a>
        </p>
      ) : null}
      {runs && open && !sample ? (
        <p className="actions">
          <a href={byHandPath(letterId)}>{t('invitations.by-hand.link')}</a>
        </p>
      ) : null}
      {runs ? (
        <p className="actions">
          <a href={wordingPath(letterId)}>{t('invitations.mail.link')}</a>
        </p>
      ) : null}
      {list.items.length > 0 ? (
        <InvitationList
          t={t}
          path={path}
          list={list}
          first={cursor === null}
          today={dayIn(instance().now(), view.letter.zone)}
          acts={runs}
        />
      ) : null}
      {list.hidden ? (
        <Notice t={t} title={t('letters.names.list-hidden.title')}>
          {t('letters.names.list-hidden.text')}
        </Notice>
      ) : null}
      {list.items.length === 0 && !sample && !list.hidden ? (
        <EmptyState title={t('invitations.empty.title')}>
          {runs && open ? t('invitations.empty.text') : t('invitations.not-open')}
        </EmptyState>
      ) : null}
      {runs && open && !sample ? <InviteForm t={t} form={form} path={path} at={{ running, scope }} /> : null}
      {runs && !open && !sample && list.items.length > 0 ? <p className="quiet">{t('invitations.not-open')}</p> : null}
    </>
  );
}

const MailPageLink = ({ children }: { readonly children: React.ReactNode }) => <a href="/mail">{children}</a>;
