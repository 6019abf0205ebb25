import { SIGN_IN_MINUTES } from '../../../lib/auth/sign-in.ts';
import { Button } from '../../_components/ui/button.tsx';
import { ErrorSummary } from '../../_components/ui/error-summary.tsx';
import { TextField } from '../../_components/ui/field.tsx';
import { Notice } from '../../_components/ui/notice.tsx';
import { PageHead, Shell } from '../../_components/ui/shell.tsx';
import { requestTranslator } from '../../_request/locale.ts';
import { readForm, readNotice } from '../../_request/read-form.ts';

export async function generateMetadata() {
  const t = await requestTranslator('member');
  return { title: t('sign-in.title') };
}

export default async function SignInPage() {
  const t = await requestTranslator('member');
  const form = await readForm(t, 'sign-in', '/sign-in');
  const notice = await readNotice(t);
  return (
    <Shell t={t}>
      <ErrorSummary t={t} form={form} />
      {notice === null ? null : (
        <Notice t={t} said>
          {notice}
        </Notice>
      )}
      <PageHead title={t('sign-in.title')}>
        <p className="lead">{t('sign-in.lead')}</p>
      </PageHead>
      <form className="form" method="post" action="/api/auth/ask" noValidate>
        <TextField
          t={t}
          form={form}
          name="email"
          type="email"
          label={t('sign-in.email')}
          hint={t('sign-in.email.hint', { minutes: SIGN_IN_MINUTES })}
          autoComplete="email"
        />
        <div className="actions">
          <Button>{t('sign-in.button')}</Button>
        </div>
      </form>
    </Shell>
  );
}
