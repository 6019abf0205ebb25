import { notFound } from 'next/navigation';
import { takesSignatures } from '../../../../../../lib/letters/status.ts';
import { viewLetter } from '../../../../../../lib/letters/views.ts';
import { Button } from '../../../../../_components/ui/button.tsx';
import { ErrorSummary } from '../../../../../_components/ui/error-summary.tsx';
import { TextField } from '../../../../../_components/ui/field.tsx';
import { Notice } from '../../../../../_components/ui/notice.tsx';
import { PageHead } from '../../../../../_components/ui/shell.tsx';
import { instance } from '../../../../../_request/instance.ts';
import { requestTranslator } from '../../../../../_request/locale.ts';
import { requireLetter } from '../../../../../_request/member.ts';
import { readForm } from '../../../../../_request/read-form.ts';
import type { LetterPageProps } from '../../letter-page.ts';
import { LanguageField, PartyFields } from '../party-fields.tsx';
import { byHandPath, invitationsPath } from '../paths.ts';

export async function generateMetadata() {
  const t = await requestTranslator('member');
  return { title: t('invitations.by-hand.title') };
}

/** Invites somebody without a mail: what such a link proves and what not, and for whom it is. */
export default async function ByHandPage({ params }: LetterPageProps) {
  const { letterId } = await params;
  const path = byHandPath(letterId);
  const t = await requestTranslator('member');
  const { running, scope } = await requireLetter(letterId, 'run', path);
  const view = await viewLetter(running, scope, instance().now());
  if (!view) notFound();
  const form = await readForm(t, 'by-hand', path, { language: view.letter.authenticLanguage === 'fa' ? 'fa' : 'en' });
  const field = { t, form };
  const open = takesSignatures(view.letter.status) && !view.letter.sample;
  return (
    <>
      <ErrorSummary t={t} form={form} />
      <PageHead title={t('invitations.by-hand.title')} over={<a href={invitationsPath(letterId)}>{t('invitations.title')}</a>}>
        <p>{t('invitations.by-hand.lead')}</p>
      </PageHead>
      {open ? (
        <form className="form inviting" method="post" action={`${path}/make`} noValidate>
          <PartyFields {...field} />
          <TextField
            {...field}
            name="email"
            type="email"
            label={t('invitations.email')}
            hint={t('invitations.by-hand.email-hint')}
            optional
            autoComplete="off"
            width="medium"
          />
          <LanguageField {...field} label={t('invitations.by-hand.language')} />
          <p>{t('invitations.by-hand.once')}</p>
          <div className="actions">
            <Button>{t('invitations.by-hand.make')}</Button>
          </div>
        </form>
      ) : (
        <Notice t={t}>{t(view.letter.sample ? 'invitations.none-to-sample' : 'invitations.not-open')}</Notice>
      )}
    </>
  );
}
