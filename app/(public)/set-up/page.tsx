import { cookies } from 'next/headers';
import { isSetUp, isSetUpLink } from '../../../lib/coalitions/set-up.ts';
import type { Translator } from '../../../lib/i18n/translator.ts';
import { Button, ButtonLink } from '../../_components/ui/button.tsx';
import { ErrorSummary } from '../../_components/ui/error-summary.tsx';
import { TextField } from '../../_components/ui/field.tsx';
import { PageHead, Shell } from '../../_components/ui/shell.tsx';
import { cookieName } from '../../_request/cookies.ts';
import { instance } from '../../_request/instance.ts';
import { requestTranslator } from '../../_request/locale.ts';
import { currentMember } from '../../_request/member.ts';
import { product } from '../../_request/product.ts';
import { readForm } from '../../_request/read-form.ts';

export async function generateMetadata() {
  const t = await requestTranslator('member');
  return { title: t('set-up.title') };
}

/** Founds the instance's first coalition. Opening it changes nothing; the button does. */
export default async function SetUpPage() {
  const t = await requestTranslator('member');
  const { secureCookies, now } = instance();
  const token = (await cookies()).get(cookieName('set-up', secureCookies))?.value ?? '';
  const running = await product();
  if (!(await isSetUpLink(running, token, now()))) {
    if (await isSetUp(running)) return <IsSetUp t={t} signedIn={(await currentMember()) !== null} />;
    return (
      <Shell t={t}>
        <PageHead title={t('set-up.ended.title')}>
          <p className="lead">{t('set-up.ended.text')}</p>
        </PageHead>
        {token === '' ? <p>{t('set-up.ended.cookies')}</p> : null}
      </Shell>
    );
  }
  const form = await readForm(t, 'set-up', '/set-up');
  return (
    <Shell t={t}>
      <ErrorSummary t={t} form={form} />
      <PageHead title={t('set-up.title')}>
        <p className="lead">{t('set-up.lead')}</p>
      </PageHead>
      <form className="form" method="post" action="/set-up/found" noValidate>
        <TextField
          t={t}
          form={form}
          name="coalition"
          label={t('set-up.coalition')}
          hint={t('set-up.coalition.hint')}
          autoComplete="organization"
        />
        <TextField t={t} form={form} name="name" label={t('set-up.name')} autoComplete="name" />
        <TextField
          t={t}
          form={form}
          name="email"
          type="email"
          label={t('set-up.email')}
          hint={t('set-up.email.hint')}
          autoComplete="email"
        />
        <div className="actions">
          <Button>{t('set-up.button')}</Button>
        </div>
      </form>
    </Shell>
  );
}

/** Whoever comes back to the form after it was sent: there is nothing left to do here. */
function IsSetUp({ t, signedIn }: { readonly t: Translator; readonly signedIn: boolean }) {
  return (
    <Shell t={t}>
      <PageHead title={t('set-up.done.title')}>
        <p className="lead">{t(signedIn ? 'set-up.done.signed-in' : 'set-up.done.text')}</p>
      </PageHead>
      <div className="actions">
        {signedIn ? (
          <ButtonLink href="/desk">{t('sign-in.already.button')}</ButtonLink>
        ) : (
          <ButtonLink href="/sign-in">{t('set-up.ended.sign-in')}</ButtonLink>
        )}
      </div>
    </Shell>
  );
}
