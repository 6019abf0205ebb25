import { memberPath } from '../../../../lib/auth/schema.ts';
import { STEP_UP_MINUTES } from '../../../../lib/auth/step-up.ts';
import { Button } from '../../../_components/ui/button.tsx';
import { ErrorSummary } from '../../../_components/ui/error-summary.tsx';
import { PageHead } from '../../../_components/ui/shell.tsx';
import { requestTranslator } from '../../../_request/locale.ts';
import { requireMember } from '../../../_request/member.ts';
import { readForm } from '../../../_request/read-form.ts';

export async function generateMetadata() {
  const t = await requestTranslator('member');
  return { title: t('members.prove.title') };
}

interface ProvePageProps {
  readonly searchParams: Promise<{ readonly to?: string | string[] }>;
}

/** Where a command leads that asks for a fresh proof of the member's address; what was typed is kept meanwhile. */
export default async function ProvePage({ searchParams }: ProvePageProps) {
  const t = await requestTranslator('member');
  const { who } = await requireMember('/account');
  const to = memberPath.safeParse((await searchParams).to);
  const form = await readForm(t, 'prove', '/account/prove', { to: to.success ? to.data : '/desk' });
  return (
    <>
      <ErrorSummary t={t} form={form} />
      <PageHead title={t('members.prove.title')}>
        <p className="lead">{t('members.prove.lead', { minutes: STEP_UP_MINUTES })}</p>
      </PageHead>
      <p>{t('members.prove.how', { email: who.person.email })}</p>
      <form className="form" method="post" action="/account/prove/ask" noValidate>
        <input type="hidden" name="to" value={form.value('to')} />
        <div className="actions">
          <Button>{t('members.prove.button')}</Button>
          <a href={form.value('to')}>{t('members.prove.back')}</a>
        </div>
      </form>
    </>
  );
}
