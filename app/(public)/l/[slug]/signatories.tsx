import { formatMoment } from '../../../../lib/i18n/format.ts';
import type { Translator } from '../../../../lib/i18n/translator.ts';
import type { PublicList } from '../../../../lib/letters/public-list.ts';
import type { PublicLetter } from '../../../../lib/letters/public-page.ts';
import { languageDirection } from '../../../../lib/text/direction.ts';
import { BlockParts } from '../../../_components/letter/block-parts.tsx';
import { Sheet } from '../../../_components/letter/letter-view.tsx';
import { publicPathWith } from './paths.ts';

export interface SignatoriesProps {
  readonly t: Translator;
  readonly letter: PublicLetter;
  readonly language: string | null;
  /** What is sought; empty for the list itself. */
  readonly words: string;
  readonly now: Date;
}

/** Who has signed: how many, and a page of the names that may show. */
export function Signatories({ t, letter, language, words, now }: SignatoriesProps) {
  const { counts, list, zone } = letter;
  return (
    <section className="public-list" id="list" aria-labelledby="list-title">
      <h2 id="list-title">{t('public.signatories')}</h2>
      {counts === null ? <p>{t('public.hidden')}</p> : <Counts t={t} counts={counts} />}
      {list === 'being-ordered' ? <p>{t('public.being-ordered')}</p> : null}
      {list === null || list === 'being-ordered' ? null : <Names t={t} letter={letter} list={list} language={language} words={words} />}
      <p className="quiet small">
        {counts === null ? null : `${t('public.counts.note')} `}
        {t('public.as-of', { moment: formatMoment(t.locale, now, zone) })}
      </p>
    </section>
  );
}

function Counts({
  t,
  counts: { organisations, people, later },
}: {
  readonly t: Translator;
  readonly counts: NonNullable<PublicLetter['counts']>;
}) {
  if (organisations + people === 0) return <p>{t('public.none')}</p>;
  const late = later.organisations + later.people;
  return (
    <ul className="public-counts">
      {organisations === 0 ? null : <li>{t('public.counts.organisations', { count: organisations })}</li>}
      {people === 0 ? null : <li>{t('public.counts.people', { count: people })}</li>}
      {late === 0 ? null : <li>{t('public.counts.later', { count: late })}</li>}
    </ul>
  );
}

function Names({
  t,
  letter: { slug, text },
  list,
  language,
  words,
}: Pick<SignatoriesProps, 't' | 'letter' | 'language' | 'words'> & { readonly list: PublicList }) {
  const { parts, from, to, next } = list;
  const here = (more: Readonly<Record<string, string | null>>) => publicPathWith(slug, { language, ...more }, '#list');
  if (parts.length === 0 && words === '' && from === 1) return null;
  return (
    <>
      <form className="search" method="get" action={`${publicPathWith(slug, {})}#list`}>
        {language === null ? null : <input type="hidden" name="language" value={language} />}
        <label className="field__label" htmlFor="find">
          {t('public.search')}
        </label>
        <input className="input input--medium" type="search" id="find" name="find" defaultValue={words} dir="auto" maxLength={200} />
        <button className="button button--quiet" type="submit">
          {t('public.search.button')}
        </button>
        {words === '' ? null : <a href={here({})}>{t('public.search.all')}</a>}
      </form>
      {words === '' ? null : <p role="status">{parts.length === 0 ? t('public.search.none') : t('public.search.found', { words })}</p>}
      {words !== '' || (from === 1 && next === null) ? null : <p>{t('public.shown', { from, to })}</p>}
      {parts.length === 0 ? null : (
        <Sheet>
          <BlockParts
            parts={parts.map(({ section, entries, first }) => ({
              section: { ...section, numbered: section.numbered && words === '' },
              entries,
              first,
              continued: false,
            }))}
            language={text.language}
            direction={languageDirection(text.language)}
          />
        </Sheet>
      )}
      {next === null && from === 1 ? null : (
        <nav className="actions" aria-label={t('public.pages')}>
          {words !== '' && next !== null ? <span>{t('public.search.partly')}</span> : null}
          {from === 1 ? null : <a href={here({ find: words })}>{t('public.first-page')}</a>}
          {next === null ? null : (
            <a href={here({ find: words, after: next })} rel="next">
              {t(words === '' ? 'public.next-page' : 'public.search.on')}
            </a>
          )}
        </nav>
      )}
    </>
  );
}
