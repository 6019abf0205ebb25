import { ButtonLink } from './_components/ui/button.tsx';
import { PageHead, Shell } from './_components/ui/shell.tsx';
import { requestTranslator } from './_request/locale.ts';
import { currentMember } from './_request/member.ts';

/** What an instance says to somebody who came without a link. */
export default async function StartPage() {
  const t = await requestTranslator();
  const signedIn = (await currentMember()) !== null;
  return (
    <Shell t={t} languages="/">
      <PageHead title={t('start.title')}>
        <p className="lead">{t('start.lead')}</p>
      </PageHead>
      <h2>{t('start.invited.title')}</h2>
      <p>{t('start.invited.text')}</p>
      <h2>{t('start.members.title')}</h2>
      <p>{t(signedIn ? 'start.members.signed-in' : 'start.members.text')}</p>
      <div className="actions">
        {signedIn ? <ButtonLink href="/desk">{t('start.desk')}</ButtonLink> : <ButtonLink href="/sign-in">{t('start.sign-in')}</ButtonLink>}
      </div>
      <h2>{t('start.promises.title')}</h2>
      <ul>
        <li>{t('start.promises.text')}</li>
        <li>{t('start.promises.names')}</li>
        <li>{t('start.promises.withdraw')}</li>
      </ul>
    </Shell>
  );
}
