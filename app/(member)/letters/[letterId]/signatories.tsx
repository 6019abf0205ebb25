import type { LetterScope } from '../../../../lib/access/scope.ts';
import type { Translator } from '../../../../lib/i18n/translator.ts';
import type { Instance } from '../../../../lib/instance.ts';
import { type LetterView, PAGE_ROWS } from '../../../../lib/letters/views.ts';
import { viewListed } from '../../../../lib/signatures/listed.ts';
import { Badge } from '../../../_components/ui/badge.tsx';
import { EmptyState } from '../../../_components/ui/empty-state.tsx';
import { Table } from '../../../_components/ui/table.tsx';
import { Time } from '../../../_components/ui/time.tsx';

/** The entries in the list, the last ones first, as many as a page takes. */
export async function Signatories({
  t,
  running,
  scope,
  view: { letter },
  before,
}: {
  readonly t: Translator;
  readonly running: Instance;
  readonly scope: LetterScope;
  readonly view: LetterView;
  /** Where this page of the list begins, as its address says. */
  readonly before: string | null;
}) {
  const from = before !== null && /^\d{1,9}$/.test(before) ? Number(before) : null;
  const { entries, more } = await viewListed(running, scope, { before: from, limit: PAGE_ROWS });
  const total = letter.organisationCount + letter.personCount;
  if (entries.length === 0) return <EmptyState title={t('letters.list.empty.title')}>{t('letters.list.empty.text')}</EmptyState>;
  return (
    <section>
      <h2>{t('letters.list.title')}</h2>
      {total > entries.length ? <p>{t('letters.list.newest', { shown: entries.length, total })}</p> : null}
      <Table
        caption={t('letters.list.title')}
        captionHidden
        keyOf={({ id }) => id}
        rows={entries}
        columns={[
          { heading: t('letters.list.entry'), cell: ({ lead }) => <bdi>{lead}</bdi> },
          { heading: t('letters.list.details'), cell: ({ details }) => <bdi>{details}</bdi> },
          { heading: t('letters.list.capacity'), cell: ({ capacity }) => t(`letters.capacity.${capacity}`) },
          {
            heading: t('letters.list.shown'),
            cell: ({ publication }) =>
              publication === 'public' ? t('letters.publication.public') : <Badge>{t(`letters.publication.${publication}`)}</Badge>,
          },
          { heading: t('letters.list.signed'), cell: ({ signedAt }) => <Time t={t} at={signedAt} zone={letter.zone} short /> },
        ]}
      />
      {more === null ? null : (
        <p>
          <a href={`/letters/${letter.id}?before=${more}`}>{t('letters.list.more')}</a>
        </p>
      )}
    </section>
  );
}
