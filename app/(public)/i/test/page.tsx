import type { Metadata } from 'next';
import { PageHead, Shell } from '../../../_components/ui/shell.tsx';
import { requestTranslator } from '../../../_request/locale.ts';

/** Says nothing of any letter. */
export async function generateMetadata(): Promise<Metadata> {
  return { title: (await requestTranslator())('mail.test.page-title') };
}

/** Where the link of a test mail leads: it opens nothing. */
export default async function TestLinkPage() {
  const t = await requestTranslator();
  return (
    <Shell t={t} languages="/i/test">
      <PageHead title={t('mail.test.page-title')}>
        <p>{t('mail.test.page-text')}</p>
      </PageHead>
    </Shell>
  );
}
