import { notFound, redirect } from 'next/navigation';
import { storedLetter } from '../../../../../../lib/letters/document.ts';
import { findPublicLetter } from '../../../../../../lib/letters/public-page.ts';
import { withoutSuperscript } from '../../../../../../lib/text/superscript-runs.ts';
import { PdfWaiting } from '../../../../../_components/letter/pdf-wait.tsx';
import { PageHead, Shell } from '../../../../../_components/ui/shell.tsx';
import { requestTranslator } from '../../../../../_request/locale.ts';
import { askedPath, lookAt, readPdfAsked } from '../../../../../_request/pdf-waiting.ts';
import { product } from '../../../../../_request/product.ts';
import { publicPath, publicPathWith } from '../../paths.ts';

interface PdfPageProps {
  readonly params: Promise<{ readonly slug: string }>;
  readonly searchParams: Promise<Readonly<Record<string, string | readonly string[] | undefined>>>;
}

export async function generateMetadata() {
  return { title: (await requestTranslator('public'))('pdf.title') };
}

/** Where somebody waits for the PDF of a public letter with a long list. */
export default async function PublicPdfPage({ params, searchParams }: PdfPageProps) {
  const [{ slug }, running, now] = [await params, await product(), new Date()];
  const asked = readPdfAsked(await searchParams);
  const language = asked.naming['language'] ?? null;
  const letter = await findPublicLetter(running, slug, now);
  const stored =
    letter && letter.status !== 'withdrawn' ? await storedLetter(running, letter.id, { edition: 'public', now, language }) : null;
  if (!letter || !stored) notFound();
  const wait = await lookAt({ ...stored, letterId: letter.id }, asked);
  const [page, file] = [`${publicPath(slug)}/pdf/wait`, `${publicPath(slug)}/pdf`];
  if (wait === 'finished' && asked.fresh) redirect(askedPath(file, asked, { straight: '1' }));
  const [text] = stored.document.texts;
  const t = await requestTranslator('public', text?.language);
  const shown = { place: asked.place, ...(asked.look === null ? {} : { look: asked.look }) };
  return (
    <Shell t={t} languages={askedPath(page, asked, asked.cancelled ? { cancelled: '1' } : shown)}>
      <PageHead title={t('pdf.title')} over={<bdi lang={text?.language}>{withoutSuperscript(text?.headline ?? '')}</bdi>} />
      <PdfWaiting t={t} wait={wait} asked={asked} page={page} file={file} back={publicPathWith(slug, { language })} />
    </Shell>
  );
}
