import type { Translator } from '../../../../../../lib/i18n/translator.ts';
import type { OrderedEntry } from '../../../../../../lib/signatures/order-view.ts';

interface EntryRowsProps {
  readonly t: Translator;
  readonly path: string;
  readonly entries: readonly OrderedEntry[];
  /** How many stand at the head of the section by hand. */
  readonly byHand: number;
}

/** Each entry with its number and what can be done to it. A row can be the target of an address, so that the focus comes back to it. */
export function EntryRows({ t, path, entries, byHand }: EntryRowsProps) {
  return (
    <ol className="entries" id="entries" start={entries[0]?.number}>
      {entries.map((entry) => (
        <li
          key={entry.id}
          id={entry.id}
          className={entry.byHand ? 'entries__row entries__row--by-hand' : 'entries__row'}
          value={entry.number}
          tabIndex={-1}
          data-place={entry.byHand ? entry.number : byHand + 1}
        >
          <span className="entries__number">{t('letters.place.number', { number: entry.number })}</span>
          <span className="entries__words">
            <bdi className="entries__lead">{entry.lead}</bdi>
            {entry.details === '' ? null : <bdi className="entries__details">{entry.details}</bdi>}
            {entry.byHand ? <span className="badge">{t('letters.place.by-hand')}</span> : null}
          </span>
          <Moves t={t} path={path} entry={entry} byHand={byHand} />
        </li>
      ))}
    </ol>
  );
}

function Moves({ t, path, entry, byHand }: { readonly entry: OrderedEntry } & Pick<EntryRowsProps, 't' | 'path' | 'byHand'>) {
  const { number } = entry;
  // Each says where to, not how far: pressed twice it does the same.
  const moves = [
    { to: 1, words: t('letters.place.top'), shown: !entry.byHand || number > 1 },
    { to: number - 1, words: t('letters.place.up'), shown: entry.byHand && number > 1 },
    { to: number + 1, words: t('letters.place.down'), shown: entry.byHand && number < byHand },
    { to: byHand + 1, words: t('letters.place.pin'), shown: !entry.byHand && byHand > 0 },
    { to: 0, words: t('letters.place.unpin'), shown: entry.byHand },
  ];
  const field = `to-${entry.id}`;
  return (
    <span className="entries__moves">
      <form method="post" action={`${path}/place`}>
        <input type="hidden" name="signature" value={entry.id} />
        {moves.map(({ to, words, shown }) =>
          shown ? (
            <button
              key={words}
              className="button button--quiet button--small"
              type="submit"
              name="to"
              value={to}
              aria-describedby={entry.id}
            >
              {words}
            </button>
          ) : null,
        )}
      </form>
      {byHand > 1 ? (
        <form method="post" action={`${path}/place`}>
          <input type="hidden" name="signature" value={entry.id} />
          <label className="visually-hidden" htmlFor={field}>
            {t('letters.place.to', { name: entry.lead })}
          </label>
          <input
            className="input input--number"
            id={field}
            name="to"
            inputMode="numeric"
            autoComplete="off"
            defaultValue={number}
            dir="ltr"
          />
          <button className="button button--quiet button--small" type="submit">
            {t('letters.place.put')}
          </button>
        </form>
      ) : null}
    </span>
  );
}
