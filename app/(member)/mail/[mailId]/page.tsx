import { notFound } from 'next/navigation';
import { viewKeptMail } from '../../../../lib/outbox/kept.ts';
import { PageHead } from '../../../_components/ui/shell.tsx';
import { Facts } from '../../../_components/ui/table.tsx';
import { showsKeptMails } from '../../../_request/kept-mails.ts';
import { requestTranslator } from '../../../_request/locale.ts';
import { requireMember } from '../../../_request/member.ts';
import { MailText } from './mail-text.tsx';

interface KeptMailPageProps {
  readonly params: Promise<{ readonly mailId: string }>;
}

export default async function KeptMailPage({ params }: KeptMailPageProps) {
  const { mailId } = await params;
  const t = await requestTranslator('member');
  const asking = await requireMember();
  const mail = (await showsKeptMails(asking)) ? await viewKeptMail(asking.running, mailId) : null;
  if (!mail) notFound();
  const { message } = mail;
  return (
    <>
      <PageHead title={<bdi>{message.subject}</bdi>} over={<a href="/mail">{t('mail-page.title')}</a>} />
      <Facts
        facts={[
          { name: t('mail-page.to'), value: <bdi>{message.to}</bdi> },
          { name: t('mail-page.from'), value: <bdi>{message.fromName}</bdi> },
        ]}
      />
      <MailText message={message} origin={asking.running.config.origin} />
    </>
  );
}
