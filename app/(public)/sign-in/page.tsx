import { memberPath } from '../../../lib/auth/schema.ts';
import { SIGN_IN_MINUTES } from '../../../lib/auth/sign-in.ts';
import { Button, ButtonLink } from '../../_components/ui/button.tsx';
import { ErrorSummary } from '../../_components/ui/error-summary.tsx';
import { TextField } from '../../_components/ui/field.tsx';
import { Notice } from '../../_components/ui/notice.tsx';
import { PageHead, Shell } from '../../_components/ui/shell.tsx';
import { requestTranslator } from '../../_request/locale.ts';
import { currentMember } from '../../_request/member.ts';
import { readForm, readNotice } from '../../_request/read-form.ts';

export async function generateMetadata() {
  const t = await requestTranslator('member');
  return { title: t('sign-in.title') };
}

interface SignInPageProps {
  readonly searchParams: Promise<{ readonly to?: string | string[] }>;
}

export default async function SignInPage({ searchParams }: SignInPageProps) {
  const t = await requestTranslator('member');
  const to = memberPath.safeParse((await searchParams).to);
  const form = await readForm(t, 'sign-in', '/sign-in', { to: to.success ? to.data : '' });
  const notice = await readNotice(t);
  const signedIn = await currentMember();
  return (
    <Shell t={t}>
      <ErrorSummary t={t} form={form} />
      {notice === null ? null : (
        <Notice t={t} said>
          {notice}
        </Notice>
      )}
      <PageHead title={t('sign-in.title')}>
        <p className="lead">{t(form.value('to') === '' ? 'sign-in.lead' : 'sign-in.lead-back')}</p>
      </PageHead>
      {signedIn ? (
        <Notice t={t}>
          <p>{t('sign-in.signed-in', { name: signedIn.who.person.name })}</p>
          <ButtonLink href={form.value('to') === '' ? '/desk' : form.value('to')}>{t('sign-in.already.button')}</ButtonLink>
        </Notice>
      ) : null}
      <form className="form" method="post" action="/api/auth/ask" noValidate>
        <input type="hidden" name="to" value={form.value('to')} />
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
