import { capacities } from '../../../../../db/schema/values.ts';
import type { Translator } from '../../../../../lib/i18n/translator.ts';
import { type ListFilter, type ListState, listAddress, listOrigins, listStates } from '../../../../../lib/signatures/list-filter.ts';
import { type ListCounts, MOST_COUNTED } from '../../../../../lib/signatures/list-view.ts';

interface ListFiltersProps {
  readonly t: Translator;
  readonly path: string;
  readonly filter: ListFilter;
  readonly counts: ListCounts;
}

/** Which entries are shown: what became of them by links, the rest and words by a form that changes nothing. */
export function ListFilters({ t, path, filter, counts }: ListFiltersProps) {
  const narrowed = filter.words !== '' || filter.capacity !== null || filter.origin !== null;
  return (
    <>
      <nav className="tabs" aria-label={t('list.states')}>
        <ul>
          {listStates.map((state) => (
            <li key={state}>
              <a href={listAddress(path, { ...filter, state })} aria-current={state === filter.state ? 'page' : undefined}>
                {t(`list.state.${state}`)} {countWords(t, state, counts)}
              </a>
            </li>
          ))}
        </ul>
      </nav>
      <form className="list-filter" method="get" action={path}>
        {filter.state === 'all' ? null : <input type="hidden" name="state" value={filter.state} />}
        <Chosen
          name="capacity"
          label={t('letters.list.capacity')}
          chosen={filter.capacity}
          all={t('list.capacity.all')}
          options={capacities.map((value) => ({ value, label: t(`list.capacity.${value}`) }))}
        />
        <Chosen
          name="origin"
          label={t('list.column.origin')}
          chosen={filter.origin}
          all={t('list.origin.all')}
          options={listOrigins.map((value) => ({ value, label: t(`list.origin.${value}`) }))}
        />
        <div className="list-filter__part list-filter__part--words">
          <label className="field__label" htmlFor="words">
            {t('list.search')}
          </label>
          <input className="input" type="search" id="words" name="words" defaultValue={filter.words} dir="auto" maxLength={200} />
        </div>
        <button className="button button--quiet" type="submit">
          {t('list.show')}
        </button>
        {narrowed ? <a href={listAddress(path, { state: filter.state })}>{t('list.show-all')}</a> : null}
      </form>
    </>
  );
}

function Chosen({
  name,
  label,
  chosen,
  all,
  options,
}: {
  readonly name: string;
  readonly label: string;
  readonly chosen: string | null;
  readonly all: string;
  readonly options: readonly { readonly value: string; readonly label: string }[];
}) {
  return (
    <div className="list-filter__part">
      <label className="field__label" htmlFor={name}>
        {label}
      </label>
      <select className="input" id={name} name={name} defaultValue={chosen ?? ''} autoComplete="off">
        <option value="">{all}</option>
        {options.map((option) => (
          <option key={option.value} value={option.value}>
            {option.label}
          </option>
        ))}
      </select>
    </div>
  );
}

function countWords(t: Translator, state: ListState, { states }: ListCounts): string {
  const number = states[state];
  if (number === undefined) return '';
  // The listed ones are kept count of; the others are counted as far as anybody works through them.
  return state !== 'listed' && number >= MOST_COUNTED ? t('list.count.more', { number: MOST_COUNTED }) : t('list.count', { number });
}
