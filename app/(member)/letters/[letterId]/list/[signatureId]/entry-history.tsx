import type { Translator } from '../../../../../../lib/i18n/translator.ts';
import type { EntryView, HistoryStep } from '../../../../../../lib/signatures/entry-view.ts';
import { Time } from '../../../../../_components/ui/time.tsx';

/** What happened to an entry, the oldest first: when, by whom, and why. */
export function EntryHistory({ t, view: { history, letter } }: { readonly t: Translator; readonly view: EntryView }) {
  return (
    <section aria-labelledby="steps">
      <h2 id="steps">{t('list.entry.history')}</h2>
      <ol className="entry-steps">
        {history.map((step) => (
          <li key={`${step.at.getTime()} ${step.what}`}>
            <Time t={t} at={step.at} zone={letter.zone} short /> <Step t={t} step={step} />
          </li>
        ))}
      </ol>
    </section>
  );
}

function Step({ t, step: { what, member, reason } }: { readonly t: Translator; readonly step: HistoryStep }) {
  return (
    <>
      <span>{t.first([`list.step.${what}`], 'list.step.other', { member: member ?? '' })}</span>
      {reason === '' ? null : <p className="quiet">{t('list.step.reason', { reason })}</p>}
    </>
  );
}
