import type { Metadata } from 'next';
import { cookies } from 'next/headers';
import { loadConfig } from '../../../lib/config.ts';
import { viewStop } from '../../../lib/mailings/stops.ts';
import { ButtonForm } from '../../_components/ui/button.tsx';
import { PageHead, Shell } from '../../_components/ui/shell.tsx';
import { cookieName } from '../../_request/cookies.ts';
import { requestTranslator } from '../../_request/locale.ts';
import { product } from '../../_request/product.ts';
import { STOP_PATH } from './path.ts';

/** Says nothing of the letter: it stands in the browser's history. */
export async function generateMetadata(): Promise<Metadata> {
  const t = await requestTranslator();
  return { title: t('stop.page-title') };
}

/** No more mails of one letter, by a button: opening the link stops nothing, and what was stopped can be had again. */
export default async function StopPage() {
  const token = (await cookies()).get(cookieName('mail-stop', loadConfig().secureCookies))?.value ?? '';
  const page = await viewStop(await product(), token);
  const t = await requestTranslator('public', page?.language);
  const kind = page === null ? 'unknown' : page.stopped ? 'stopped' : 'asked';
  return (
    <Shell t={t} languages={STOP_PATH}>
      <PageHead title={t(`stop.${kind}.title`)}>
        <p>{t(`stop.${kind}.text`, { coalition: page?.coalition ?? '' })}</p>
      </PageHead>
      {page === null ? null : (
        <div className="actions">
          <ButtonForm action={page.stopped ? `${STOP_PATH}/undo` : `${STOP_PATH}/now`} look={page.stopped ? 'quiet' : 'main'}>
            {page.stopped ? t('stop.stopped.undo') : t('stop.asked.button')}
          </ButtonForm>
        </div>
      )}
    </Shell>
  );
}
