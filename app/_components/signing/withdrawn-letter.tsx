import { formatDay } from '../../../lib/i18n/format.ts';
import type { Translator } from '../../../lib/i18n/translator.ts';
import type { WithdrawnLetter } from '../../../lib/signatures/shown-letter.ts';
import { Notice } from '../ui/notice.tsx';

/** That a letter was withdrawn: since when, why, and what stands in its place. */
export function WithdrawnNotice({
  t,
  withdrawn,
  signed,
}: {
  readonly t: Translator;
  readonly withdrawn: WithdrawnLetter;
  /** There was an entry, which is gone from every list. */
  readonly signed: boolean;
}) {
  const { day, reason, replacement } = withdrawn;
  return (
    <Notice t={t} tone="warning" title={t('signing.withdrawn.title')}>
      <p>
        {t('signing.withdrawn.on', { day: formatDay(t.locale, day) })} {t('signing.withdrawn.text')}
      </p>
      {reason === '' ? null : <p className="pre-line">{t('signing.withdrawn.reason', { reason })}</p>}
      {signed ? <p>{t('signing.withdrawn.your-entry')}</p> : null}
      {replacement === 'in-preparation' ? <p>{t('signing.withdrawn.replacement-coming')}</p> : null}
      {replacement === 'unnamed' ? <p>{t('signing.withdrawn.replacement-unnamed')}</p> : null}
      {typeof replacement === 'object' && replacement !== null ? (
        <p>
          {t('signing.withdrawn.replacement', { headline: replacement.headline })}{' '}
          <a href={`/l/${replacement.slug}`}>{t('signing.withdrawn.to-replacement')}</a>
        </p>
      ) : null}
    </Notice>
  );
}
