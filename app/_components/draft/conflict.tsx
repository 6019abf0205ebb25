import type { ReactNode } from 'react';
import type { Translator } from '../../../lib/i18n/translator.ts';
import type { FieldDifference } from '../../../lib/letters/differences.ts';
import { Notice } from '../ui/notice.tsx';
import { FieldDifferences } from './field-differences.tsx';

/** Somebody else saved meanwhile: what is stored now and what was typed here, beside one another. Neither is lost. */
export function Conflict({
  t,
  by,
  differences,
  language,
  setAside,
}: {
  readonly t: Translator;
  /** Who saved, and when; null where the text was taken away. */
  readonly by: ReactNode;
  readonly differences: readonly FieldDifference[];
  readonly language: string | null;
  /** What was typed is in the history too, and not in the form alone. */
  readonly setAside: boolean;
}) {
  const kept = setAside ? 'text' : 'typed';
  return (
    <>
      <Notice t={t} tone="warning" title={t(by === null ? 'letters.conflict.removed.title' : 'letters.conflict.title')}>
        {by === null ? null : <p>{by}</p>}
        <p>{t(by === null ? `letters.conflict.removed.${kept}` : `letters.conflict.${kept}`)}</p>
      </Notice>
      {by === null ? null : (
        <section className="conflict" aria-labelledby="conflict">
          <h2 id="conflict">{t('letters.conflict.differences')}</h2>
          <FieldDifferences
            t={t}
            differences={differences}
            language={language}
            sides={{ before: t('letters.conflict.theirs'), after: t('letters.conflict.mine') }}
          />
        </section>
      )}
    </>
  );
}
