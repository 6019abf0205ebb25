import type { Translator } from '../../../../../lib/i18n/translator.ts';
import type { ListEntry } from '../../../../../lib/signatures/list-view.ts';
import { Badge } from '../../../../_components/ui/badge.tsx';
import { Button } from '../../../../_components/ui/button.tsx';
import { fieldId } from '../../../../_components/ui/form-view.ts';
import { Nothing, Table } from '../../../../_components/ui/table.tsx';
import { Time } from '../../../../_components/ui/time.tsx';
import { flagWords, STATUS_TONES } from './entry-words.ts';

interface EntryTableProps {
  readonly t: Translator;
  /** Whether those that wait can be ticked, to be approved together. */
  readonly ticks: boolean;
  readonly path: string;
  readonly zone: string;
  readonly entries: readonly ListEntry[];
}

export function EntryTable({ t, ticks, path, zone, entries }: EntryTableProps) {
  const first = ticks ? entries.find(({ status }) => status === 'held') : undefined;
  const ticked = first !== undefined;
  const table = (
    <Table
      caption={t('list.title')}
      captionHidden
      keyOf={({ id }) => id}
      rows={entries}
      columns={[
        {
          heading: t('letters.list.entry'),
          cell: (entry) => <Who t={t} path={path} entry={entry} ticked={ticked} first={entry === first} />,
        },
        { heading: t('letters.list.capacity'), cell: ({ capacity }) => t(`letters.capacity.${capacity}`) },
        {
          heading: t('list.column.status'),
          cell: ({ status, proposed }) => (
            <>
              <Badge tone={STATUS_TONES[status]}>{t(`list.status.${status}`)}</Badge>{' '}
              {proposed && status === 'listed' ? <Badge tone="warning">{t('list.proposed')}</Badge> : null}
            </>
          ),
        },
        { heading: t('list.column.look'), cell: (entry) => <Flags t={t} entry={entry} /> },
        { heading: t('list.column.origin'), labelled: true, cell: ({ origin }) => t(`list.origin.${origin}`) },
        {
          heading: t('letters.list.signed'),
          labelled: true,
          cell: ({ signedAt }) => <Time t={t} at={signedAt} zone={zone} short />,
        },
      ]}
    />
  );
  if (!ticked) return table;
  return (
    <form method="post" action={`${path}/approve`}>
      {table}
      <div className="actions">
        <Button>{t('list.approve.ticked')}</Button>
      </div>
    </form>
  );
}

interface WhoProps {
  readonly t: Translator;
  readonly path: string;
  readonly entry: ListEntry;
  readonly ticked: boolean;
  /** Where a refusal leads that asks for a tick. */
  readonly first: boolean;
}

function Who({ t, path, entry: { id, lead, details, status, seen }, ticked, first }: WhoProps) {
  return (
    <>
      {ticked && status === 'held' ? (
        <input
          className="tick"
          type="checkbox"
          name="signature"
          value={`${id}.${seen}`}
          id={first ? fieldId('signature') : undefined}
          aria-label={t('list.approve.tick', { name: lead })}
        />
      ) : null}
      <a href={`${path}/${id}`}>
        <bdi>{lead}</bdi>
      </a>
      {details === '' ? null : (
        <span className="who__contact">
          <bdi>{details}</bdi>
        </span>
      )}
    </>
  );
}

function Flags({ t, entry: { flags, publication } }: { readonly t: Translator; readonly entry: ListEntry }) {
  const words = [
    ...flags.map((flag) => flagWords(t, flag)),
    ...(publication === 'public' ? [] : [t(`letters.publication.${publication}`)]),
  ];
  if (words.length === 0) return <Nothing />;
  return (
    <ul className="plain-list">
      {words.map((word) => (
        <li key={word}>{word}</li>
      ))}
    </ul>
  );
}
