import { cookies } from 'next/headers';
import { SIGN_IN_MINUTES } from '../../../../lib/auth/sign-in.ts';
import { ButtonForm, ButtonLink } from '../../../_components/ui/button.tsx';
import { ErrorSummary } from '../../../_components/ui/error-summary.tsx';
import { PageHead, Shell } from '../../../_components/ui/shell.tsx';
import { cookieName } from '../../../_request/cookies.ts';
import { instance } from '../../../_request/instance.ts';
import { requestTranslator } from '../../../_request/locale.ts';
import { currentMember } from '../../../_request/member.ts';
import { readForm } from '../../../_request/read-form.ts';

export async function generateMetadata() {
  const t = await requestTranslator('member');
  return { title: t('sign-in.confirm.title') };
}

export default async function SignInConfirmPage() {
  const t = await requestTranslator('member');
  const jar = await cookies();
  const { secureCookies } = instance();
  const landed = jar.has(cookieName('sign-in', secureCookies));
  const asked = jar.has(cookieName('sign-in-browser', secureCookies));
  const form = await readForm(t, 'sign-in-confirm', '/sign-in/confirm');
  // A member who was asked to prove their address anew opens a link that is still good.
  const opens = landed && asked && form.errors.length === 0;
  if (!opens && (await currentMember())) {
    // Whoever opens an old link again has usually just used it.
    return (
      <Shell t={t}>
        <PageHead title={t('sign-in.already.title')}>
          <p className="lead">{t('sign-in.already.text')}</p>
        </PageHead>
        <div className="actions">
          <ButtonLink href="/desk">{t('sign-in.already.button')}</ButtonLink>
        </div>
      </Shell>
    );
  }
  if (!opens) {
    const why = landed && !asked ? 'other-browser' : 'ended';
    return (
      <Shell t={t}>
        <ErrorSummary t={t} form={form} />
        <PageHead title={t(`sign-in.${why}.title`)}>
          <p className="lead">{t(`sign-in.${why}.text`, { minutes: SIGN_IN_MINUTES })}</p>
        </PageHead>
        <div className="actions">
          <ButtonLink href="/sign-in">{t('sign-in.again')}</ButtonLink>
        </div>
      </Shell>
    );
  }
  return (
    <Shell t={t}>
      <PageHead title={t('sign-in.confirm.title')}>
        <p className="lead">{t('sign-in.confirm.lead')}</p>
      </PageHead>
      <ButtonForm action="/api/auth/confirm">{t('sign-in.confirm.button')}</ButtonForm>
    </Shell>
  );
}
