import { notFound } from 'next/navigation';
import { type ListPage, listPage } from '../../../../../lib/block/list-page.ts';
import type { Translator } from '../../../../../lib/i18n/translator.ts';
import { storedLetter } from '../../../../../lib/letters/document.ts';
import { PAGE_ROWS } from '../../../../../lib/letters/views.ts';
import { languageDirection } from '../../../../../lib/text/direction.ts';
import { BlockParts } from '../../../../_components/letter/block-parts.tsx';
import { LetterView, Sheet } from '../../../../_components/letter/letter-view.tsx';
import { LetterheadView } from '../../../../_components/letter/letterhead-view.tsx';
import { ButtonLink } from '../../../../_components/ui/button.tsx';
import { Pages } from '../../../../_components/ui/pages.tsx';
import { PageHead } from '../../../../_components/ui/shell.tsx';
import { instance } from '../../../../_request/instance.ts';
import { requestTranslator } from '../../../../_request/locale.ts';
import { requireLetter } from '../../../../_request/member.ts';
import type { LetterPageProps } from '../letter-page.ts';

export async function generateMetadata() {
  const t = await requestTranslator('member');
  return { title: t('letters.preview.title') };
}

/** The letter and its list as they print; of a long list one page at a time, the letter itself on the first. */
export default async function PreviewPage({
  params,
  searchParams,
}: LetterPageProps & { readonly searchParams: Promise<{ readonly page?: string | string[] }> }) {
  const { letterId } = await params;
  const { page } = await searchParams;
  const t = await requestTranslator('member');
  const { running } = await requireLetter(letterId, 'read');
  const stored = await storedLetter(running, letterId, { edition: 'public', now: instance().now() });
  const [authentic] = stored?.document.texts ?? [];
  if (!stored || !authentic) notFound();
  const { document, sections } = stored;
  const list = await listPage(sections, typeof page === 'string' && /^\d{1,9}$/.test(page) ? Number(page) : 1, PAGE_ROWS);
  const mark = document.mark === null ? {} : { mark: t(`letters.mark.${document.mark.type}`) };
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
      {list.number > 1 ? <Which t={t} letterId={letterId} list={list} /> : null}
      <Sheet {...mark}>
        {list.number === 1 ? <LetterheadView letterhead={document.letterhead} /> : null}
        {list.number > 1
          ? null
          : document.texts.map((text) => (
              <LetterView key={text.language} text={text} place={document.place} date={document.date} headlineLevel={2} />
            ))}
        <BlockParts parts={list.parts} language={authentic.language} direction={languageDirection(authentic.language)} />
      </Sheet>
      {list.pages > 1 ? <Which t={t} letterId={letterId} list={list} /> : null}
    </>
  );
}

/** Which entries stand here, of how many, and the way to the others. */
function Which({ t, letterId, list }: { readonly t: Translator; readonly letterId: string; readonly list: ListPage }) {
  const { from, to, total, number, pages } = list;
  return (
    <>
      <p>{t('letters.preview.shown', { from, to, total })}</p>
      <Pages
        t={t}
        label={t('letters.preview.pages')}
        number={number}
        pages={pages}
        hrefOf={(page) => `/letters/${letterId}/preview${page === 1 ? '' : `?page=${page}`}`}
      />
    </>
  );
}
