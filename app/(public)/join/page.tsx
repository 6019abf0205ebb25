import { cookies } from 'next/headers';
import { viewMemberInvitation } from '../../../lib/coalitions/invite.ts';
import { Button } from '../../_components/ui/button.tsx';
import { ErrorSummary } from '../../_components/ui/error-summary.tsx';
import { TextField } from '../../_components/ui/field.tsx';
import { PageHead, Shell } from '../../_components/ui/shell.tsx';
import { Facts } from '../../_components/ui/table.tsx';
import { cookieName } from '../../_request/cookies.ts';
import { instance } from '../../_request/instance.ts';
import { requestTranslator } from '../../_request/locale.ts';
import { currentMember } from '../../_request/member.ts';
import { product } from '../../_request/product.ts';
import { readForm } from '../../_request/read-form.ts';

export async function generateMetadata() {
  const t = await requestTranslator('member');
  return { title: t('members.join.title') };
}

export default async function JoinPage() {
  const t = await requestTranslator('member');
  const { secureCookies, now } = instance();
  const token = (await cookies()).get(cookieName('join', secureCookies))?.value ?? '';
  const invitation = await viewMemberInvitation(await product(), token, now());
  if (!invitation) {
    return (
      <Shell t={t}>
        <PageHead title={t('members.join.ended.title')}>
          <p className="lead">{t('members.join.ended.text')}</p>
        </PageHead>
        <p>
          <a href="/sign-in">{t('set-up.ended.sign-in')}</a>
        </p>
      </Shell>
    );
  }
  const known = (await currentMember())?.who;
  // Their name is known where it is they who look; somebody else's is not told.
  const name = known?.person.email === invitation.email ? known.person.name : '';
  const form = await readForm(t, 'join', '/join', { name, organisation: invitation.organisation });
  return (
    <Shell t={t}>
      <ErrorSummary t={t} form={form} />
      <PageHead title={t('members.join.title')}>
        <p className="lead">{t('members.join.lead', { coalition: invitation.coalitionName })}</p>
      </PageHead>
      <Facts
        facts={[
          {
            name: t('members.join.role'),
            value: (
              <>
                {t(`members.role.${invitation.role}`)}
                <span className="fact-note">{t(`members.may.${invitation.role}`)}</span>
              </>
            ),
          },
          { name: t('members.join.email'), value: <bdi>{invitation.email}</bdi> },
        ]}
      />
      <form className="form" method="post" action="/join/accept" noValidate>
        <TextField t={t} form={form} name="name" label={t('set-up.name')} autoComplete="name" />
        <TextField
          t={t}
          form={form}
          name="organisation"
          label={t('members.join.organisation')}
          hint={t('members.join.organisation.hint')}
          optional
          autoComplete="organization"
        />
        <div className="actions">
          <Button>{t('members.join.button')}</Button>
        </div>
      </form>
    </Shell>
  );
}
