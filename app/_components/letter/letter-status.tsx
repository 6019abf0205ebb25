import type { LetterStatus as Status } from '../../../db/schema/values.ts';
import type { Translator } from '../../../lib/i18n/translator.ts';
import { Badge } from '../ui/badge.tsx';

const TONES = {
  draft: 'plain',
  consultation: 'plain',
  open: 'success',
  closed: 'warning',
  delivered: 'accent',
  withdrawn: 'error',
} as const satisfies Record<Status, string>;

/** Where a letter stands, in a word; and that it is only the sample. */
export function LetterStatus({
  t,
  letter,
}: {
  readonly t: Translator;
  readonly letter: { readonly status: Status; readonly sample: boolean };
}) {
  return (
    <>
      <Badge tone={TONES[letter.status]}>{t(`letters.status.${letter.status}`)}</Badge>
      {letter.sample ? (
        <>
          {' '}
          <Badge>{t('letters.sample')}</Badge>
        </>
      ) : null}
    </>
  );
}
