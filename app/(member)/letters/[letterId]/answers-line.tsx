import { formatDay } from '../../../../lib/i18n/format.ts';
import type { Translator } from '../../../../lib/i18n/translator.ts';
import type { AnswerCounts } from '../../../../lib/invitations/answer-counts.ts';

/** How far the answers have come, with the way to who they are of. */
export function AnswersLine({ t, letterId, counts }: { readonly t: Translator; readonly letterId: string; readonly counts: AnswerCounts }) {
  const { firstUntil, ...numbers } = counts;
  if (Object.values(numbers).every((number) => number === 0)) return null;
  return (
    <p>
      {t('letters.answers.counts', numbers)}{' '}
      {firstUntil === null ? null : `${t('letters.answers.first', { day: formatDay(t.locale, firstUntil) })} `}
      <a href={`/letters/${letterId}/invitations`}>{t('letters.answers.link')}</a>
    </p>
  );
}
