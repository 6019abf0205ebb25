import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { cache } from 'react';
import { loadConfig } from '../../../../lib/config.ts';
import type { Translator } from '../../../../lib/i18n/translator.ts';
import { type PublicLetter, type Tombstone, viewPublicPage } from '../../../../lib/letters/public-page.ts';
import { signedInWords } from '../../../../lib/letters/signed-in-words.ts';
import { withoutSuperscript } from '../../../../lib/text/superscript-runs.ts';
import { LetterView, Sheet } from '../../../_components/letter/letter-view.tsx';
import { LetterheadView } from '../../../_components/letter/letterhead-view.tsx';
import { WithdrawnNotice } from '../../../_components/signing/withdrawn-letter.tsx';
import { Notice } from '../../../_components/ui/notice.tsx';
import { PageHead, Shell } from '../../../_components/ui/shell.tsx';
import { requestTranslator } from '../../../_request/locale.ts';
import { product } from '../../../_request/product.ts';
import { Genuine, HowToSign, Standing, TextLanguages } from './letter-parts.tsx';
import { publicPath, publicPathWith } from './paths.ts';
import { Signatories } from './signatories.tsx';

interface PublicPageProps {
  readonly params: Promise<{ readonly slug: string }>;
  readonly searchParams: Promise<Readonly<Record<string, string | readonly string[] | undefined>>>;
}

/** Longer than any name that anybody would look for by. */
const LONGEST_WORDS = 200;

// Asked for by the page and by its head.
const load = cache(async (slug: string, language: string | null, after: string | null, words: string) => {
  const now = new Date();
  return { now, page: await viewPublicPage(await product(), slug, { language, after, words }, now) };
});

async function read({ params, searchParams }: PublicPageProps) {
  const [{ slug }, given] = [await params, await searchParams];
  const one = (name: string): string | null => (typeof given[name] === 'string' && given[name] !== '' ? given[name] : null);
  const asked = {
    language: one('language'),
    after: one('after'),
    words: (one('find') ?? '').toWellFormed().trim().slice(0, LONGEST_WORDS),
  };
  return { asked, ...(await load(slug, asked.language, asked.after, asked.words)) };
}

export async function generateMetadata(props: PublicPageProps): Promise<Metadata> {
  const { asked, page } = await read(props);
  if (!page) return { title: (await requestTranslator())('not-found.title') };
  const t = await requestTranslator('public', page.text.language);
  const title = withoutSuperscript(page.text.headline);
  const { origin } = loadConfig();
  const own = page.kind === 'letter' && !page.text.authentic ? page.text.language : null;
  const canonical = `${origin}${publicPathWith(page.slug, { language: own })}`;
  if (page.kind === 'withdrawn') return { title: `${t('public.withdrawn')}: ${title}`, alternates: { canonical } };
  const description = describe(t, page);
  const image = {
    url: `${origin}${publicPath(page.slug)}/picture.png${own === null ? '' : `?language=${own}`}`,
    width: 1200,
    height: 630,
    alt: title,
  };
  // Only the first page of a real letter is for search engines: the others say the same words above other names.
  const index = !page.sample && asked.after === null && asked.words === '';
  return {
    title,
    description,
    robots: { index, follow: index },
    alternates: { canonical },
    openGraph: {
      type: 'article',
      title,
      description,
      url: canonical,
      siteName: t('app.name'),
      locale: page.text.language,
      images: [image],
    },
    twitter: { card: 'summary_large_image', title, description, images: [image] },
  };
}

/** Who writes to whom, and how many have signed: never who. */
function describe(t: Translator, { coalition, counts, text }: PublicLetter): string {
  const to = text.addressees.map(({ name, office }) => name || office || '').join(', ');
  return [coalition, to, signedInWords(t, counts)].filter((part) => part !== '').join(' · ');
}

/** The letter as everybody reads it, with those who signed it; every address of a letter that is not public is none. */
export default async function PublicPage(props: PublicPageProps) {
  const { asked, now, page } = await read(props);
  if (!page) notFound();
  const t = await requestTranslator('public', page.text.language);
  if (page.kind === 'withdrawn') return <Withdrawn t={t} page={page} />;
  const inside = asked.after !== null || asked.words !== '';
  const list = <Signatories t={t} letter={page} language={asked.language} words={asked.words} now={now} />;
  if (inside) {
    return (
      <Shell t={t} languages={publicPath(page.slug)}>
        <PageHead title={<bdi lang={page.text.language}>{withoutSuperscript(page.text.headline)}</bdi>} over={<bdi>{page.coalition}</bdi>}>
          <p>
            <a href={publicPathWith(page.slug, { language: asked.language })}>{t('public.back')}</a>
          </p>
        </PageHead>
        {list}
      </Shell>
    );
  }
  return (
    <Shell t={t} languages={publicPath(page.slug)}>
      {page.sample ? <Notice t={t}>{t('public.sample')}</Notice> : null}
      <TextLanguages t={t} letter={page} />
      <Sheet>
        <LetterheadView letterhead={page.letterhead} />
        <LetterView text={page.text} place={page.place} date={page.date} />
      </Sheet>
      <Standing t={t} letter={page} />
      {page.replaces === null ? null : (
        <p>
          {t('public.replaces')}{' '}
          <a href={publicPath(page.replaces.slug)}>
            <bdi>{page.replaces.headline}</bdi>
          </a>
        </p>
      )}
      <HowToSign t={t} letter={page} />
      {list}
      <Genuine t={t} letter={page} />
    </Shell>
  );
}

/** What is left of a letter that was withdrawn after everybody could read it. */
function Withdrawn({ t, page }: { readonly t: Translator; readonly page: Tombstone }) {
  return (
    <Shell t={t} languages={publicPath(page.slug)}>
      <PageHead title={<bdi lang={page.text.language}>{withoutSuperscript(page.text.headline)}</bdi>} />
      <WithdrawnNotice t={t} withdrawn={page.withdrawn} signed={false} />
    </Shell>
  );
}
