import { notFound } from 'next/navigation';
import { mayDo } from '../../../../../lib/coalitions/access.ts';
import type { Translator } from '../../../../../lib/i18n/translator.ts';
import { namesMayShow } from '../../../../../lib/letters/document.ts';
import { isDraft, takesNames } from '../../../../../lib/letters/status.ts';
import { viewLetter } from '../../../../../lib/letters/views.ts';
import { type ListFilter, listAddress, readListCursor, readListFilter } from '../../../../../lib/signatures/list-filter.ts';
import { listMark } from '../../../../../lib/signatures/list-news.ts';
import { type ListView, viewList } from '../../../../../lib/signatures/list-view.ts';
import { EmptyState } from '../../../../_components/ui/empty-state.tsx';
import { ErrorSummary } from '../../../../_components/ui/error-summary.tsx';
import { Notice } from '../../../../_components/ui/notice.tsx';
import { PageHead } from '../../../../_components/ui/shell.tsx';
import { Time } from '../../../../_components/ui/time.tsx';
import { instance } from '../../../../_request/instance.ts';
import { requestTranslator } from '../../../../_request/locale.ts';
import { requireLetter } from '../../../../_request/member.ts';
import { readForm } from '../../../../_request/read-form.ts';
import type { LetterPageProps } from '../letter-page.ts';
import { EntryTable } from './entry-table.tsx';
import { ListFiles } from './list-files.tsx';
import { ListFilters } from './list-filters.tsx';
import { ListNews } from './list-news.tsx';
import { listPath, vouchPath } from './paths.ts';

interface ListPageProps extends LetterPageProps {
  readonly searchParams: Promise<Readonly<Record<string, string | string[]>>>;
}

export async function generateMetadata() {
  const t = await requestTranslator('member');
  return { title: t('list.title') };
}

/** Every entry of a letter, whatever became of it, the last signed first. */
export default async function ListPage({ params, searchParams }: ListPageProps) {
  const { letterId } = await params;
  const search = await searchParams;
  const [filter, cursor] = [readListFilter(search), readListCursor(search)];
  const t = await requestTranslator('member');
  const path = listPath(letterId);
  const { running, scope } = await requireLetter(letterId, 'read', path);
  const now = instance().now();
  const view = await viewLetter(running, scope, now);
  const list = view && (await viewList(running, scope, filter, cursor));
  if (!view || !list) notFound();
  const form = await readForm(t, 'list', path);
  const file = await readForm(t, 'addresses', path);
  return (
    <>
      <ErrorSummary t={t} form={form} />
      {file.errors.length > 0 ? <ErrorSummary t={t} form={file} /> : null}
      <PageHead title={t('list.title')} over={<a href={`/letters/${letterId}`}>{view.headline}</a>}>
        <p>{t('list.counts', { organisations: list.counts.organisations, people: list.counts.people })}</p>
        <p className="quiet">
          {t('list.as-of')} <Time t={t} at={now} zone={view.letter.zone} />. <a href={listAddress(path, filter)}>{t('list.refresh')}</a>{' '}
          <ListNews address={`${path}/news?seen=${listMark(list.letter)}`} list={path} show={t('list.news.show')} />
        </p>
        {mayDo(scope.role, 'run') && takesNames(view.letter.status) ? (
          <p>
            <a href={vouchPath(letterId)}>{t('list.vouch.link')}</a>
          </p>
        ) : null}
      </PageHead>
      {list.hidden ? (
        <Notice t={t} title={t('letters.names.list-hidden.title')}>
          {t('letters.names.list-hidden.text')}
        </Notice>
      ) : (
        <Entries t={t} path={path} filter={filter} list={list} runs={mayDo(scope.role, 'run')} />
      )}
      {list.hidden ? null : (
        <ListFiles
          t={t}
          letterId={letterId}
          state={filter.state}
          names={namesMayShow(list.letter)}
          addresses={mayDo(scope.role, 'read-addresses')}
        />
      )}
    </>
  );
}

interface EntriesProps {
  readonly t: Translator;
  readonly path: string;
  readonly filter: ListFilter;
  readonly list: ListView;
  readonly runs: boolean;
}

function Entries({ t, path, filter, list, runs }: EntriesProps) {
  const { entries, newer, older, lookOn } = list;
  const untouched = filter.state === 'all' && filter.capacity === null && filter.origin === null && filter.words === '';
  if (untouched && entries.length === 0 && newer === null)
    return (
      <EmptyState title={t('letters.list.empty.title')}>
        {t(isDraft(list.letter.status) ? 'list.empty.draft' : 'letters.list.empty.text')}
      </EmptyState>
    );
  return (
    <>
      <ListFilters t={t} path={path} filter={filter} counts={list.counts} />
      {entries.length === 0 ? (
        <EmptyState title={t(lookOn === null ? 'list.none.title' : 'list.none-yet.title')}>
          {t(lookOn !== null ? 'list.none-yet.text' : filter.state === 'needs-you' ? 'list.none.nobody-waits' : 'list.none.text')}
        </EmptyState>
      ) : (
        <EntryTable t={t} ticks={runs && takesNames(list.letter.status)} path={path} zone={list.letter.zone} entries={entries} />
      )}
      {newer === null && older === null && lookOn === null ? null : (
        <nav className="actions" aria-label={t('list.pages')}>
          {newer === null ? null : <a href={listAddress(path, filter)}>{t('letters.list.newest')}</a>}
          {newer === null ? null : (
            <a href={listAddress(path, filter, newer)} rel="prev">
              {t('list.newer')}
            </a>
          )}
          {older === null ? null : (
            <a href={listAddress(path, filter, older)} rel="next">
              {t('letters.list.more')}
            </a>
          )}
          {lookOn === null ? null : <a href={listAddress(path, filter, lookOn)}>{t('list.look-on')}</a>}
        </nav>
      )}
    </>
  );
}
