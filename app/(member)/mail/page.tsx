import { notFound } from 'next/navigation';
import { ownZone } from '../../../lib/letters/deadline.ts';
import { viewKeptMails } from '../../../lib/outbox/kept.ts';
import { EmptyState } from '../../_components/ui/empty-state.tsx';
import { Notice } from '../../_components/ui/notice.tsx';
import { PageHead } from '../../_components/ui/shell.tsx';
import { Table } from '../../_components/ui/table.tsx';
import { Time } from '../../_components/ui/time.tsx';
import { showsKeptMails } from '../../_request/kept-mails.ts';
import { requestTranslator } from '../../_request/locale.ts';
import { requireMember } from '../../_request/member.ts';

export async function generateMetadata() {
  const t = await requestTranslator('member');
  return { title: t('mail-page.title') };
}

/** Mails of an instance without a mail server: to try everything out alone, on one machine. */
export default async function KeptMailsPage() {
  const t = await requestTranslator('member');
  const asking = await requireMember();
  if (!(await showsKeptMails(asking))) notFound();
  const mails = await viewKeptMails(asking.running);
  const zone = ownZone();
  return (
    <>
      <PageHead title={t('mail-page.title')} />
      <Notice t={t} tone="warning" title={t('mail-page.local.title')}>
        {t('mail-page.local.text', { origin: asking.running.config.origin })}
      </Notice>
      {mails.length === 0 ? (
        <EmptyState title={t('mail-page.empty.title')}>{t('mail-page.empty.text')}</EmptyState>
      ) : (
        <Table
          caption={t('mail-page.title')}
          captionHidden
          keyOf={({ id }) => id}
          rows={mails}
          columns={[
            {
              heading: t('mail-page.subject'),
              cell: ({ id, message }) => (
                <a href={`/mail/${id}`}>
                  <bdi>{message.subject}</bdi>
                </a>
              ),
            },
            { heading: t('mail-page.to'), labelled: true, cell: ({ message }) => <bdi>{message.to}</bdi> },
            { heading: t('mail-page.at'), cell: ({ at }) => <Time t={t} at={at} zone={zone} short /> },
          ]}
        />
      )}
    </>
  );
}
