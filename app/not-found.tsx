import type { Metadata } from 'next';
import { PageHead, Shell } from './_components/ui/shell.tsx';
import { requestTranslator } from './_request/locale.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await requestTranslator())('not-found.title') };
}

export default async function NotFoundPage() {
  const t = await requestTranslator();
  return (
    <Shell t={t}>
      <PageHead title={t('not-found.title')} />
      <p>{t('not-found.text')}</p>
      <p>
        <a href="/">{t('not-found.start')}</a>
      </p>
    </Shell>
  );
}
