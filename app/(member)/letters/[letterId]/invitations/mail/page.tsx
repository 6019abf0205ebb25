import { notFound } from 'next/navigation';
import { LOCALE_NAMES, LOCALES } from '../../../../../../lib/i18n/locales.ts';
import { messageField, subjectField, viewWording } from '../../../../../../lib/invitations/wording.ts';
import { viewLetter } from '../../../../../../lib/letters/views.ts';
import { Button } from '../../../../../_components/ui/button.tsx';
import { ErrorSummary } from '../../../../../_components/ui/error-summary.tsx';
import { TextArea, TextField } from '../../../../../_components/ui/field.tsx';
import { Notice } from '../../../../../_components/ui/notice.tsx';
import { PageHead } from '../../../../../_components/ui/shell.tsx';
import { Facts } from '../../../../../_components/ui/table.tsx';
import { instance } from '../../../../../_request/instance.ts';
import { requestTranslator } from '../../../../../_request/locale.ts';
import { requireLetter } from '../../../../../_request/member.ts';
import { readForm } from '../../../../../_request/read-form.ts';
import type { LetterPageProps } from '../../letter-page.ts';
import { invitationsPath, wordingPath } from '../paths.ts';
import { MailPreviews } from './mail-previews.tsx';

export async function generateMetadata() {
  const t = await requestTranslator('member');
  return { title: t('invitations.mail.title') };
}

/** The letter's own words for its invitations, and how the mail looks that leaves with them. */
export default async function WordingPage({ params }: LetterPageProps) {
  const { letterId } = await params;
  const path = wordingPath(letterId);
  const t = await requestTranslator('member');
  const { running, scope } = await requireLetter(letterId, 'run', path);
  const letter = await viewLetter(running, scope, instance().now());
  const view = letter && (await viewWording(running, scope));
  if (!letter || !view) notFound();
  const form = await readForm(t, 'wording', path, view.values);
  const test = await readForm(t, 'test-mail', path);
  const field = { t, form };
  return (
    <>
      <ErrorSummary t={t} form={form} />
      <ErrorSummary t={t} form={test} />
      <PageHead title={t('invitations.mail.title')} over={<a href={invitationsPath(letterId)}>{t('invitations.title')}</a>}>
        <p>{t('invitations.mail.lead')}</p>
      </PageHead>
      {view.neutral ? (
        <Notice t={t} title={t('invitations.mail.neutral.title')}>
          {t('invitations.mail.neutral.text')}
        </Notice>
      ) : null}
      <Facts facts={[{ name: t('invitations.mail.from'), value: <bdi>{view.fromName}</bdi> }]} />
      {view.final ? (
        <p className="quiet">{t('fault.wording.letter-ended')}</p>
      ) : (
        <form className="form" method="post" action={`${path}/save`} noValidate>
          <input type="hidden" name="seen" value={view.seen} />
          {view.neutral
            ? null
            : LOCALES.map((locale) => (
                <fieldset key={locale} className="fieldset">
                  <legend>{t('invitations.mail.language', { language: LOCALE_NAMES[locale] })}</legend>
                  <TextField
                    {...field}
                    name={subjectField(locale)}
                    label={t('invitations.mail.subject')}
                    hint={t('invitations.mail.subject-hint')}
                    optional
                    lang={locale}
                    autoComplete="off"
                  />
                  <TextArea
                    {...field}
                    name={messageField(locale)}
                    label={t('invitations.mail.message')}
                    hint={t('invitations.mail.message-hint')}
                    optional
                    lang={locale}
                    rows={6}
                  />
                </fieldset>
              ))}
          <TextField
            {...field}
            name="replyTo"
            type="email"
            label={t('invitations.mail.reply-to')}
            hint={
              view.coalitionReplyTo === null
                ? t('invitations.mail.reply-to-hint')
                : t('invitations.mail.reply-to-hint-coalition', { address: view.coalitionReplyTo })
            }
            optional
            autoComplete="off"
            width="medium"
          />
          <div className="actions">
            <Button>{t('invitations.mail.save')}</Button>
          </div>
        </form>
      )}
      <MailPreviews t={t} at={{ running, scope }} path={path} sample={letter.letter.sample} />
    </>
  );
}
