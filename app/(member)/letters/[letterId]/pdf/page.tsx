import { notFound, redirect } from 'next/navigation';
import { storedLetter } from '../../../../../lib/letters/document.ts';
import { countPublications, hasAddresseeEdition } from '../../../../../lib/letters/editions.ts';
import { viewLetter } from '../../../../../lib/letters/views.ts';
import { PdfWaiting } from '../../../../_components/letter/pdf-wait.tsx';
import { PageHead } from '../../../../_components/ui/shell.tsx';
import { instance } from '../../../../_request/instance.ts';
import { pdfOf } from '../../../../_request/letter-file.ts';
import { extentOf } from '../../../../_request/letter-pdf.ts';
import { requestTranslator } from '../../../../_request/locale.ts';
import { requireLetter } from '../../../../_request/member.ts';
import { askedPath, lookAt, readPdfAsked } from '../../../../_request/pdf-waiting.ts';
import type { LetterPageProps } from '../letter-page.ts';

export async function generateMetadata() {
  return { title: (await requestTranslator('member'))('pdf.title') };
}

interface PdfPageProps extends LetterPageProps {
  readonly searchParams: Promise<Readonly<Record<string, string | readonly string[] | undefined>>>;
}

/** Where a member waits for the PDF of a long list: for the addressee's copy, whoever may have it. */
export default async function PdfPage({ params, searchParams }: PdfPageProps) {
  const { letterId } = await params;
  const asked = readPdfAsked(await searchParams);
  const edition = asked.naming['edition'] === 'addressee' ? 'addressee' : 'public';
  const { running, scope } = await requireLetter(letterId, edition === 'addressee' ? 'run' : 'read');
  const now = instance().now();
  const search = new URLSearchParams(asked.naming);
  const language = search.get('language');
  const stored = await storedLetter(running, scope.letterId, { edition, now, language, extent: extentOf(search) });
  const view = await viewLetter(running, scope, now);
  if (!stored || !view) notFound();
  if (edition === 'addressee' && !hasAddresseeEdition(view.letter, await countPublications(running, view.letter))) notFound();
  const wait = await lookAt(pdfOf(stored, scope.letterId, search), asked);
  const file = `/api/files/letters/${letterId}/${edition === 'addressee' ? 'addressee' : 'pdf'}`;
  if (wait === 'finished' && asked.fresh) redirect(askedPath(file, asked, { straight: '1' }));
  const t = await requestTranslator('member');
  return (
    <>
      <PageHead title={t('pdf.title')} over={<bdi lang={view.letter.authenticLanguage}>{view.headline}</bdi>} />
      <PdfWaiting t={t} wait={wait} asked={asked} page={`/letters/${letterId}/pdf`} file={file} back={`/letters/${letterId}`} />
    </>
  );
}
