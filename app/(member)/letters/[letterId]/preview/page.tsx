import { notFound } from 'next/navigation';
import { letterDocument } from '../../../../../lib/letters/document.ts';
import { languageDirection } from '../../../../../lib/text/direction.ts';
import { BlockView } from '../../../../_components/letter/block-view.tsx';
import { LetterView, Sheet } from '../../../../_components/letter/letter-view.tsx';
import { ButtonLink } from '../../../../_components/ui/button.tsx';
import { PageHead } from '../../../../_components/ui/shell.tsx';
import { instance } from '../../../../_request/instance.ts';
import { requestTranslator } from '../../../../_request/locale.ts';
import { requireLetter } from '../../../../_request/member.ts';
import type { LetterPageProps } from '../letter-page.ts';

/** Entries of one section on the page; the files have them all. */
const SHOWN = 500;

export async function generateMetadata() {
  const t = await requestTranslator('member');
  return { title: t('letters.preview.title') };
}

/** The letter and its list as they print. */
export default async function PreviewPage({ params }: LetterPageProps) {
  const { letterId } = await params;
  const t = await requestTranslator('member');
  const { running } = await requireLetter(letterId, 'read');
  const document = await letterDocument(running, letterId, { edition: 'public', now: instance().now() });
  const [authentic] = document?.texts ?? [];
  if (!document || !authentic) notFound();
  const mark = document.mark === null ? {} : { mark: t(`letters.mark.${document.mark.type}`) };
  const total = document.sections.reduce((sum, section) => sum + section.count, 0);
  return (
    <>
      <PageHead
        title={t('letters.preview.title')}
        over={<a href={`/letters/${letterId}`}>{authentic.headline}</a>}
        actions={
          <ButtonLink href={`/api/files/letters/${letterId}/pdf?show=1`} look="quiet">
            {t('letters.preview.pdf')}
          </ButtonLink>
        }
      />
      <Sheet {...mark}>
        {document.texts.map((text) => (
          <LetterView key={text.language} text={text} place={document.place} date={document.date} headlineLevel={2} />
        ))}
        {document.sections.map((section) => (
          <BlockView
            key={section.kind}
            section={section}
            language={authentic.language}
            direction={languageDirection(authentic.language)}
            limit={SHOWN}
            headingLevel={3}
          />
        ))}
      </Sheet>
      {document.sections.some(({ count }) => count > SHOWN) ? <p>{t('letters.preview.shortened', { shown: SHOWN, total })}</p> : null}
    </>
  );
}
