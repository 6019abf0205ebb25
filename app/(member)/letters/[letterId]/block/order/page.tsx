import { notFound } from 'next/navigation';
import type { Translator } from '../../../../../../lib/i18n/translator.ts';
import { isFinal } from '../../../../../../lib/letters/status.ts';
import { viewLetter } from '../../../../../../lib/letters/views.ts';
import { type OrderAsked, type OrderView, viewOrder } from '../../../../../../lib/signatures/order-view.ts';
import { MOST_PLACED } from '../../../../../../lib/signatures/placing.ts';
import { EmptyState } from '../../../../../_components/ui/empty-state.tsx';
import { ErrorSummary } from '../../../../../_components/ui/error-summary.tsx';
import { Notice } from '../../../../../_components/ui/notice.tsx';
import { Pages } from '../../../../../_components/ui/pages.tsx';
import { PageHead } from '../../../../../_components/ui/shell.tsx';
import { instance } from '../../../../../_request/instance.ts';
import { requestTranslator } from '../../../../../_request/locale.ts';
import { requireBlock } from '../../../../../_request/member.ts';
import { readForm } from '../../../../../_request/read-form.ts';
import type { LetterPageProps } from '../../letter-page.ts';
import { EntryDrag } from './entry-drag.tsx';
import { EntryRows } from './entry-rows.tsx';

type Search = Readonly<Partial<Record<'section' | 'page' | 'at' | 'words' | 'from', string | string[]>>>;

export async function generateMetadata() {
  const t = await requestTranslator('member');
  return { title: t('letters.place.title') };
}

/** The list in the order it prints in, to be put in order by hand. */
export default async function OrderPage({ params, searchParams }: LetterPageProps & { readonly searchParams: Promise<Search> }) {
  const { letterId } = await params;
  const asked = readAsked(await searchParams);
  const back = `/letters/${letterId}/block`;
  const path = `${back}/order`;
  const t = await requestTranslator('member');
  const { running, scope } = await requireBlock(letterId, path);
  const view = await viewLetter(running, scope, instance().now());
  if (!view) notFound();
  const order = await viewOrder(running, scope, asked);
  const form = await readForm(t, 'place', path);
  return (
    <>
      <ErrorSummary t={t} form={form} />
      <PageHead title={t('letters.place.title')} over={<a href={back}>{t('letters.block.title')}</a>}>
        <p>{t('letters.place.lead', { most: MOST_PLACED })}</p>
      </PageHead>
      {isFinal(view.letter.status) ? (
        <Notice t={t}>{t('fault.block.final')}</Notice>
      ) : (
        <Order t={t} path={path} order={order} asked={asked} />
      )}
    </>
  );
}

interface OrderProps {
  readonly t: Translator;
  readonly path: string;
  readonly order: OrderView | null;
  readonly asked: OrderAsked;
}

function Order({ t, path, order, asked }: OrderProps) {
  if (!order) return <Notice t={t}>{t('fault.place.names-hidden')}</Notice>;
  if (order.sections.length === 0) return <EmptyState title={t('letters.list.empty.title')}>{t('letters.place.empty')}</EmptyState>;
  const { section, sections, entries, page, pages, searched } = order;
  const here = sections.find(({ kind }) => kind === section);
  return (
    <>
      {sections.length < 2 ? null : (
        <nav className="tabs" aria-label={t('letters.place.sections')}>
          <ul>
            {sections.map(({ kind, count }) => (
              <li key={kind}>
                <a href={`${path}?section=${kind}`} aria-current={kind === section ? 'page' : undefined}>
                  {t(`letters.form.${kind}`)} ({t('letters.place.number', { number: count })})
                </a>
              </li>
            ))}
          </ul>
        </nav>
      )}
      <form className="search" method="get" action={path}>
        <input type="hidden" name="section" value={section} />
        <label className="field__label" htmlFor="words">
          {t('letters.place.search')}
        </label>
        <input
          className="input input--medium"
          type="search"
          id="words"
          name="words"
          defaultValue={asked.words}
          dir="auto"
          maxLength={200}
        />
        <button className="button button--quiet" type="submit">
          {t('desk.search.button')}
        </button>
        {asked.words === '' ? null : <a href={`${path}?section=${section}`}>{t('letters.place.all')}</a>}
      </form>
      {searched && (searched.from > 1 || searched.to < searched.of) ? (
        <Searched t={t} path={path} section={section} words={asked.words} searched={searched} />
      ) : null}
      {entries.length === 0 ? (
        <EmptyState title={t('letters.place.none.title')}>{t('letters.place.none.text')}</EmptyState>
      ) : (
        <EntryRows t={t} path={path} entries={entries} byHand={here?.byHand ?? 0} />
      )}
      <Pages
        t={t}
        label={t('letters.place.pages')}
        number={page}
        pages={pages}
        hrefOf={(number) => `${path}?section=${section}&page=${number}`}
      />
      <EntryDrag list="entries" />
    </>
  );
}

/** A long list is looked through a part at a time. */
function Searched({
  t,
  path,
  section,
  words,
  searched: { from, to, of },
}: Pick<OrderProps, 't' | 'path'> & {
  readonly section: string;
  readonly words: string;
  readonly searched: NonNullable<OrderView['searched']>;
}) {
  const at = (number: number) => `${path}?${new URLSearchParams({ section, words, from: String(number) }).toString()}`;
  return (
    <div className="actions">
      <span>{t('letters.place.searched', { from, to, of })}</span>
      {to < of ? <a href={at(to + 1)}>{t('letters.place.search-on')}</a> : null}
      {from > 1 ? <a href={at(1)}>{t('letters.place.search-again')}</a> : null}
    </div>
  );
}

function readAsked({ section, page, at, words, from }: Search): OrderAsked {
  const number = (text: unknown): number | null => (typeof text === 'string' && /^\d{1,9}$/.test(text) ? Number(text) : null);
  return {
    section: typeof section === 'string' ? section : null,
    page: number(page) ?? 1,
    at: number(at),
    words: typeof words === 'string' ? words.trim().slice(0, 200) : '',
    from: number(from) ?? 1,
  };
}
