import type { Metadata } from 'next';
import { cookies } from 'next/headers';
import { redirect } from 'next/navigation';
import { loadConfig } from '../../../../lib/config.ts';
import type { Cover } from '../../../../lib/document/model.ts';
import type { Translator } from '../../../../lib/i18n/translator.ts';
import { openInvitation } from '../../../../lib/invitations/access.ts';
import { viewBoardLetter } from '../../../../lib/invitations/board-letter.ts';
import { languageName } from '../../../../lib/letters/languages.ts';
import { languageDirection } from '../../../../lib/text/direction.ts';
import { BodyView } from '../../../_components/letter/body-view.tsx';
import { LetterView, Sheet } from '../../../_components/letter/letter-view.tsx';
import { LetterheadView } from '../../../_components/letter/letterhead-view.tsx';
import { ButtonLink } from '../../../_components/ui/button.tsx';
import { PageHead, Shell } from '../../../_components/ui/shell.tsx';
import { Facts } from '../../../_components/ui/table.tsx';
import { cookieName } from '../../../_request/cookies.ts';
import { requestTranslator } from '../../../_request/locale.ts';
import { product } from '../../../_request/product.ts';
import { INVITATION_PATH } from '../gate.ts';
import { BOARD_PATH, boardPath } from './paths.ts';

/** Says nothing of the letter: it stands in the browser's history. */
export async function generateMetadata(): Promise<Metadata> {
  const t = await requestTranslator();
  return { title: t('signing.page-title') };
}

/** What an organisation's board gets to read before anybody answers: to be printed, or taken as a file. */
export default async function BoardPage({
  searchParams,
}: {
  readonly searchParams: Promise<{ readonly text?: string | readonly string[] }>;
}) {
  const { text: asked } = await searchParams;
  const token = (await cookies()).get(cookieName('invitation', loadConfig().secureCookies))?.value ?? '';
  const instance = await product();
  const opened = await openInvitation(instance, token);
  const language = typeof asked === 'string' ? asked : null;
  const board = opened.ok ? await viewBoardLetter(instance, opened.value, language, new Date()) : null;
  // The page behind the link says how to get in, or what became of the letter.
  if (!board) redirect(INVITATION_PATH);
  const { document, text, languages, locale } = board;
  const { cover } = document;
  const t = await requestTranslator('public', locale);
  return (
    <Shell t={t} languages={BOARD_PATH}>
      <div className="no-print">
        <PageHead title={t('signing.board.page-title')}>
          <p>{t('signing.board.lead')}</p>
        </PageHead>
        <Copies t={t} languages={languages} shown={text.language} />
      </div>
      <section className="board-cover" lang={cover.language} dir={languageDirection(cover.language)} aria-labelledby="board-title">
        <h2 id="board-title">{cover.title}</h2>
        <CoverFacts facts={cover.facts} />
        <BodyView body={cover.body} context={{ prefix: 'cover-', depth: 1, direction: languageDirection(cover.language) }} />
      </section>
      <Sheet>
        <LetterheadView letterhead={document.letterhead && { ...document.letterhead, logo: null }} />
        <LetterView text={text} place={document.place} date={document.date} headlineLevel={2} />
      </Sheet>
      <p className="no-print">
        <a href={INVITATION_PATH}>{t('signing.list.back')}</a>
      </p>
    </Shell>
  );
}

/** A file for each language the letter is in, and the page in it. */
function Copies({ t, languages, shown }: { readonly t: Translator; readonly languages: readonly string[]; readonly shown: string }) {
  const single = languages.length === 1;
  return (
    <>
      {single ? null : (
        <nav className="signing-languages" aria-label={t('signing.open.languages')}>
          <ul>
            {languages.map((language) => (
              <li key={language}>
                <a
                  href={boardPath('', language)}
                  lang={language}
                  dir={languageDirection(language)}
                  hrefLang={language}
                  aria-current={language === shown ? 'true' : undefined}
                >
                  {languageName(language)}
                </a>
              </li>
            ))}
          </ul>
        </nav>
      )}
      <div className="actions">
        <ButtonLink href={boardPath('/pdf', shown)}>
          {single ? t('signing.board.pdf') : t('signing.board.pdf-in', { language: languageName(shown) })}
        </ButtonLink>
      </div>
    </>
  );
}

const CoverFacts = ({ facts }: Pick<Cover, 'facts'>) => (
  <Facts facts={facts.map(({ name, value }) => ({ name, value: <bdi>{value}</bdi> }))} />
);
