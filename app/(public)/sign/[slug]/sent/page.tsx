import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { findLetterFacts } from '../../../../../lib/invitations/mail.ts';
import { readOpenLink } from '../../../../../lib/signatures/open-links.ts';
import { PageHead, Shell } from '../../../../_components/ui/shell.tsx';
import { requestTranslator } from '../../../../_request/locale.ts';
import { product } from '../../../../_request/product.ts';
import { openLinkPath } from '../door.ts';

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await requestTranslator())('signing.open.sent.title') };
}

/** After the form, the same for every address: what is still to be done. */
export default async function SentPage({ params }: { readonly params: Promise<{ readonly slug: string }> }) {
  const { slug } = await params;
  const running = await product();
  const found = await readOpenLink(running, slug);
  const facts = found && (await findLetterFacts(running.store.read, found.letter.id));
  if (!facts) notFound();
  const t = await requestTranslator('public', facts.letter.authenticLanguage);
  return (
    <Shell t={t} languages={`${openLinkPath(slug)}/sent`}>
      <PageHead title={t('signing.open.sent.title')}>
        <p className="lead">{t('signing.open.sent.lead')}</p>
      </PageHead>
      <p>{t('signing.open.sent.from', { from: facts.sender.fromName })}</p>
      <p>{t('signing.open.sent.none')}</p>
      <p>
        <a href={openLinkPath(slug)}>{t('signing.open.sent.back')}</a>
      </p>
    </Shell>
  );
}
