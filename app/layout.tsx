import type { Metadata, Viewport } from 'next';
import type { ReactNode } from 'react';
import { requestTranslator } from './_request/locale.ts';
import './globals.css';

export async function generateMetadata(): Promise<Metadata> {
  const t = await requestTranslator();
  return {
    title: { default: t('app.name'), template: `%s – ${t('app.name')}` },
    description: t('app.tagline'),
    // A letter opens itself to search engines only once it is public; everything else stays out.
    robots: { index: false, follow: false },
    formatDetection: { telephone: false, email: false, address: false },
  };
}

export const viewport: Viewport = {
  colorScheme: 'light dark',
  themeColor: [
    { media: '(prefers-color-scheme: light)', color: '#fbfaf7' },
    { media: '(prefers-color-scheme: dark)', color: '#141618' },
  ],
};

export default async function RootLayout({ children }: { readonly children: ReactNode }) {
  const t = await requestTranslator();
  return (
    <html lang={t.locale} dir={t.direction}>
      <body>{children}</body>
    </html>
  );
}
