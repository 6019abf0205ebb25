import type { LetterScope } from '../../../../lib/access/scope.ts';
import type { Translator } from '../../../../lib/i18n/translator.ts';
import type { Instance } from '../../../../lib/instance.ts';
import { type LetterView, PAGE_ROWS } from '../../../../lib/letters/views.ts';
import { viewListed } from '../../../../lib/signatures/listed.ts';
import { Badge } from '../../../_components/ui/badge.tsx';
import { EmptyState } from '../../../_components/ui/empty-state.tsx';
import { Notice } from '../../../_components/ui/notice.tsx';
import { Nothing, Table } from '../../../_components/ui/table.tsx';
import { Time } from '../../../_components/ui/time.tsx';

/** The entries in the list, the last ones first, as many as a page takes. */
export async function Signatories({
  t,
  running,
  scope,
  view: { letter },
  before,
  passed,
}: {
  readonly t: Translator;
  readonly running: Instance;
  readonly scope: LetterScope;
  readonly view: LetterView;
  /** Where this page of the list begins, as its address says. */
  readonly before: string | null;
  /** How many entries stand before it, as its address says: for the words only. */
  readonly passed: string | null;
}) {
  const from = numberOf(before);
  const { entries, more, hidden } = await viewListed(running, scope, { before: from, limit: PAGE_ROWS });
  if (hidden)
    return (
      <Notice t={t} title={t('letters.names.list-hidden.title')}>
        {t('letters.names.list-hidden.text')}
      </Notice>
    );
  const total = letter.organisationCount + letter.personCount;
  const skipped = from === null ? 0 : Math.min(numberOf(passed) ?? 0, Math.max(total - entries.length, 0));
  if (entries.length === 0 && from === null)
    return (
      <EmptyState title={t('letters.list.empty.title')} action={<a href={`/letters/${letter.id}/list`}>{t('list.link')}</a>}>
        {t('letters.list.empty.text')}
      </EmptyState>
    );
  return (
    <section>
      <h2>{t('letters.list.title')}</h2>
      <p>
        <a href={`/letters/${letter.id}/list`}>{t('list.link')}</a>
      </p>
      {total > entries.length ? <p>{t('letters.list.range', { from: skipped + 1, to: skipped + entries.length, total })}</p> : null}
      <Table
        caption={t('letters.list.title')}
        captionHidden
        keyOf={({ id }) => id}
        rows={entries}
        columns={[
          { heading: t('letters.list.entry'), cell: ({ lead }) => <bdi>{lead}</bdi> },
          { heading: t('letters.list.details'), cell: ({ details }) => (details === '' ? <Nothing /> : <bdi>{details}</bdi>) },
          { heading: t('letters.list.capacity'), cell: ({ capacity }) => t(`letters.capacity.${capacity}`) },
          {
            heading: t('letters.list.shown'),
            labelled: true,
            cell: ({ publication }) =>
              publication === 'public' ? t('letters.publication.public') : <Badge>{t(`letters.publication.${publication}`)}</Badge>,
          },
          {
            heading: t('letters.list.signed'),
            labelled: true,
            cell: ({ signedAt }) => <Time t={t} at={signedAt} zone={letter.zone} short />,
          },
        ]}
      />
      {from === null && more === null ? null : (
        <p className="actions">
          {from === null ? null : <a href={`/letters/${letter.id}`}>{t('letters.list.newest')}</a>}
          {more === null ? null : (
            <a href={`/letters/${letter.id}?before=${more}&passed=${skipped + entries.length}`}>{t('letters.list.more')}</a>
          )}
        </p>
      )}
    </section>
  );
}

const numberOf = (text: string | null): number | null => (text !== null && /^\d{1,9}$/.test(text) ? Number(text) : null);
