import type { ReactNode } from 'react';
import { mayDo } from '../../../../lib/coalitions/access.ts';
import { viewCoalition } from '../../../../lib/coalitions/views.ts';
import type { Translator } from '../../../../lib/i18n/translator.ts';
import { findUndoable, type LetterFilter, type LetterListItem, readFilter, viewLetters } from '../../../../lib/letters/views.ts';
import { CoalitionTabs } from '../../../_components/coalition/coalition-tabs.tsx';
import { LetterStatus } from '../../../_components/letter/letter-status.tsx';
import { Button, ButtonForm, ButtonLink } from '../../../_components/ui/button.tsx';
import { EmptyState } from '../../../_components/ui/empty-state.tsx';
import { TextField } from '../../../_components/ui/field.tsx';
import { formView } from '../../../_components/ui/form-view.ts';
import { Notice } from '../../../_components/ui/notice.tsx';
import { PageHead } from '../../../_components/ui/shell.tsx';
import { Nothing, Table } from '../../../_components/ui/table.tsx';
import { Time } from '../../../_components/ui/time.tsx';
import { instance } from '../../../_request/instance.ts';
import { requestTranslator } from '../../../_request/locale.ts';
import { requireCoalition } from '../../../_request/member.ts';
import type { CoalitionPageProps } from './coalition-page.ts';

interface LettersPageProps extends CoalitionPageProps {
  readonly searchParams: Promise<Readonly<Record<'after' | 'deleted' | 'list' | 'words', string | string[] | undefined>>>;
}

export async function generateMetadata() {
  const t = await requestTranslator('member');
  return { title: t('desk.title') };
}

const one = (value: string | string[] | undefined): string | null => (typeof value === 'string' ? value : null);

/** A coalition's letters, each with its next step. */
export default async function LettersPage({ params, searchParams }: LettersPageProps) {
  const { coalitionId } = await params;
  const t = await requestTranslator('member');
  const { running, scope } = await requireCoalition(coalitionId, 'read');
  const { after, deleted, list: which, words } = await searchParams;
  const filter = readFilter({ list: one(which), words: one(words) });
  const list = await viewLetters(running, scope, one(after), instance().now(), filter);
  const undo = mayDo(scope.role, 'delete') ? await findUndoable(running, scope, one(deleted), instance().now()) : null;
  const path = `/coalitions/${coalitionId}`;
  const writes = mayDo(scope.role, 'draft');
  const filtered = filter.archived || filter.words !== '';
  const sample = mayDo(scope.role, 'run') && !list.hasSample && !filtered ? <SampleOffer t={t} path={path} /> : null;
  return (
    <>
      {undo ? (
        <Notice t={t} said title={t('desk.deleted')}>
          <ButtonForm action={`${path}/letters/${undo}/restore`} look="quiet">
            {t('desk.restore')}
          </ButtonForm>
        </Notice>
      ) : null}
      <CoalitionTabs t={t} coalition={await viewCoalition(running, scope)} current="letters" />
      <PageHead title={t('desk.title')} actions={writes && list.letters.length > 0 ? <NewLetter t={t} path={path} /> : null} />
      <FilterForm t={t} path={path} filter={filter} />
      {list.letters.length === 0 ? (
        <NoLetters t={t} filter={filter} action={writes ? <NewLetter t={t} path={path} /> : null} />
      ) : (
        <LetterTable t={t} letters={list.letters} />
      )}
      {list.more === null ? null : (
        <p>
          <a href={`${path}?${new URLSearchParams({ ...addressOf(filter), after: list.more })}`}>{t('desk.more')}</a>
        </p>
      )}
      {sample}
    </>
  );
}

interface InCoalition {
  readonly t: Translator;
  readonly path: string;
}

const NewLetter = ({ t, path }: InCoalition): ReactNode => <ButtonLink href={`${path}/letters/new`}>{t('desk.new')}</ButtonLink>;

const addressOf = ({ archived, words }: LetterFilter): Record<string, string> => ({
  ...(archived ? { list: 'archived' } : {}),
  ...(words === '' ? {} : { words }),
});

function FilterForm({ t, path, filter }: InCoalition & { readonly filter: LetterFilter }) {
  const form = formView('filter', { words: filter.words }, []);
  const lists = [
    { href: path, label: t('desk.filter.live'), current: !filter.archived },
    { href: `${path}?list=archived`, label: t('desk.filter.archived'), current: filter.archived },
  ];
  return (
    <div className="filter">
      <nav aria-label={t('desk.filter')}>
        <ul className="filter__lists">
          {lists.map(({ href, label, current }) => (
            <li key={href}>
              <a href={href} aria-current={current ? 'page' : undefined}>
                {label}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <search>
        <form className="filter__search" method="get" action={path}>
          {filter.archived ? <input type="hidden" name="list" value="archived" /> : null}
          <TextField t={t} form={form} name="words" type="search" label={t('desk.search')} autoComplete="off" />
          <Button look="quiet">{t('desk.search.button')}</Button>
        </form>
      </search>
    </div>
  );
}

function NoLetters({ t, filter, action }: { readonly t: Translator; readonly filter: LetterFilter; readonly action: ReactNode }) {
  if (filter.words !== '') return <EmptyState title={t('desk.search.none.title')}>{t('desk.search.none.text')}</EmptyState>;
  if (filter.archived) return <EmptyState title={t('desk.archive.empty.title')}>{t('desk.archive.empty.text')}</EmptyState>;
  return (
    <EmptyState title={t('desk.empty.title')} action={action}>
      {t(action === null ? 'desk.empty.reader' : 'desk.empty.text')}
    </EmptyState>
  );
}

function SampleOffer({ t, path }: InCoalition) {
  return (
    <section className="panel">
      <h2>{t('desk.sample.title')}</h2>
      <p>{t('desk.sample.text')}</p>
      <ButtonForm action={`${path}/sample`} look="quiet">
        {t('desk.sample.button')}
      </ButtonForm>
    </section>
  );
}

function LetterTable({ t, letters }: { readonly t: Translator; readonly letters: readonly LetterListItem[] }) {
  return (
    <Table
      caption={t('desk.title')}
      captionHidden
      keyOf={(letter) => letter.id}
      rows={letters}
      columns={[
        {
          heading: t('desk.column.letter'),
          cell: (letter) => (
            <a href={`/letters/${letter.id}`}>
              <bdi>{letter.headline}</bdi>
            </a>
          ),
        },
        { heading: t('desk.column.status'), cell: (letter) => <LetterStatus t={t} letter={letter} /> },
        { heading: t('desk.column.next'), cell: (letter) => t(`letters.next.${letter.next}.short`) },
        { heading: t('desk.column.signatures'), number: true, labelled: true, cell: (letter) => letter.organisations + letter.people },
        {
          heading: t('desk.column.deadline'),
          labelled: true,
          cell: (letter) => (letter.deadlineAt === null ? <Nothing /> : <Time t={t} at={letter.deadlineAt} zone={letter.zone} short />),
        },
      ]}
    />
  );
}
