import type { Translator } from '../../../../../lib/i18n/translator.ts';
import type { ListState } from '../../../../../lib/signatures/list-filter.ts';
import { ButtonForm } from '../../../../_components/ui/button.tsx';
import { listPath } from './paths.ts';

interface ListFilesProps {
  readonly t: Translator;
  readonly letterId: string;
  readonly state: ListState;
  /** Whether names may stand in a file at present. */
  readonly names: boolean;
  /** Whether whoever looks may have the addresses. */
  readonly addresses: boolean;
}

/** The entries of the state that is shown, as a table to be saved. */
export function ListFiles({ t, letterId, state, names, addresses }: ListFilesProps) {
  return (
    <section aria-labelledby="files">
      <h2 id="files">{t('list.files.title')}</h2>
      {names ? (
        <p>
          <a href={`/api/files/letters/${letterId}/list?state=${state}`}>{t('list.files.names')}</a>
        </p>
      ) : (
        <p>{t('list.files.hidden')}</p>
      )}
      {addresses ? (
        <>
          <p>{t('list.files.addresses.text')}</p>
          <ButtonForm action={`${listPath(letterId)}/addresses`} look="quiet" values={{ state }}>
            {t('list.files.addresses')}
          </ButtonForm>
        </>
      ) : null}
    </section>
  );
}
