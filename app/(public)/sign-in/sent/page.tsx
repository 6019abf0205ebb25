import { SIGN_IN_MINUTES } from '../../../../lib/auth/sign-in.ts';
import { PageHead, Shell } from '../../../_components/ui/shell.tsx';
import { requestTranslator } from '../../../_request/locale.ts';
import { product } from '../../../_request/product.ts';

export async function generateMetadata() {
  const t = await requestTranslator('member');
  return { title: t('sign-in.sent.title') };
}

/** The same for every address: it does not tell who is a member. */
export default async function SignInSentPage() {
  const t = await requestTranslator('member');
  const { config } = await product();
  return (
    <Shell t={t}>
      <PageHead title={t('sign-in.sent.title')}>
        <p className="lead">{t('sign-in.sent.lead')}</p>
      </PageHead>
      <p>{t('sign-in.sent.browser', { minutes: SIGN_IN_MINUTES })}</p>
      <p>{t('sign-in.sent.earlier')}</p>
      {config.smtpUrl === null ? <p>{t('sign-in.sent.kept')}</p> : null}
      <p>
        <a href="/sign-in">{t('sign-in.sent.again')}</a>
      </p>
    </Shell>
  );
}
