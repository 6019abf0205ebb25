import type { Metadata } from 'next';
import { cookies } from 'next/headers';
import { loadConfig } from '../../../lib/config.ts';
import { openOwnSigning } from '../../../lib/signatures/access.ts';
import { viewOwnPage } from '../../../lib/signatures/own-view.ts';
import { LinkPage } from '../../_components/signing/link-page.tsx';
import { OwnEntries } from '../../_components/signing/own-entries.tsx';
import { Notice } from '../../_components/ui/notice.tsx';
import { Shell } from '../../_components/ui/shell.tsx';
import { cookieName } from '../../_request/cookies.ts';
import { requestTranslator } from '../../_request/locale.ts';
import { OWN_PATH } from '../../_request/own-page.ts';
import { product } from '../../_request/product.ts';
import { readNotice } from '../../_request/read-form.ts';
import { ownPath } from './door.ts';
import { readOwnForm } from './own-form.ts';

/** Says nothing of the letter: it stands in the browser's history. */
export async function generateMetadata(): Promise<Metadata> {
  const t = await requestTranslator();
  return { title: t('signing.own.page-title') };
}

/** What somebody signed who came by an open link: for as long as the letter lives. */
export default async function OwnPage() {
  const jar = await cookies();
  const { secureCookies } = loadConfig();
  const token = jar.get(cookieName('own-page', secureCookies))?.value ?? '';
  const instance = await product();
  const opened = await openOwnSigning(instance, token);
  const page = opened.ok ? await viewOwnPage(instance, opened.value, new Date()) : null;
  if (!page) {
    const t = await requestTranslator();
    return <LinkPage t={t} path={OWN_PATH} known={token !== ''} kept={false} notice={await readNotice(t)} />;
  }
  const t = await requestTranslator('public', page.locale);
  const notice = await readNotice(t);
  const withdraw = await readOwnForm(t, 'withdraw', 'own-page', page.own.signingId);
  return (
    <Shell t={t} languages={OWN_PATH}>
      {notice === null ? null : (
        <Notice t={t} tone="success" said>
          {notice}
        </Notice>
      )}
      <OwnEntries
        t={t}
        letter={page.letter}
        own={page.own}
        final={page.final}
        pathOf={(act) => ownPath('own-page', act)}
        forms={[withdraw]}
        withdraw={withdraw}
        list={null}
      />
    </Shell>
  );
}
