import { notFound } from 'next/navigation';
import type { Translator } from '../../../../../lib/i18n/translator.ts';
import { readSaveNumber, type SaveHead, viewHistory } from '../../../../../lib/letters/history.ts';
import { viewLetter } from '../../../../../lib/letters/views.ts';
import { saveWords } from '../../../../_components/draft/save-words.ts';
import { Button } from '../../../../_components/ui/button.tsx';
import { EmptyState } from '../../../../_components/ui/empty-state.tsx';
import { ErrorSummary } from '../../../../_components/ui/error-summary.tsx';
import { PageHead } from '../../../../_components/ui/shell.tsx';
import { Table } from '../../../../_components/ui/table.tsx';
import { Time } from '../../../../_components/ui/time.tsx';
import { instance } from '../../../../_request/instance.ts';
import { requestTranslator } from '../../../../_request/locale.ts';
import { requireLetter } from '../../../../_request/member.ts';
import { readForm } from '../../../../_request/read-form.ts';
import type { LetterPageProps } from '../letter-page.ts';

interface HistoryPageProps extends LetterPageProps {
  readonly searchParams: Promise<{ readonly before?: string | string[] }>;
}

export async function generateMetadata() {
  const t = await requestTranslator('member');
  return { title: t('letters.history.title') };
}

/** Every save of a letter: who and when, and what two of them differ in. */
export default async function HistoryPage({ params, searchParams }: HistoryPageProps) {
  const { letterId } = await params;
  const { before } = await searchParams;
  const path = `/letters/${letterId}/history`;
  const t = await requestTranslator('member');
  const { running, scope } = await requireLetter(letterId, 'read', path);
  const view = await viewLetter(running, scope, instance().now());
  if (!view) notFound();
  const history = await viewHistory(running, scope, readSaveNumber(typeof before === 'string' ? before : null));
  const form = await readForm(t, 'history', path);
  return (
    <>
      <ErrorSummary t={t} form={form} />
      <PageHead title={t('letters.history.title')} over={<a href={`/letters/${letterId}`}>{view.headline}</a>}>
        <p className="lead">{t('letters.history.lead')}</p>
      </PageHead>
      {history.saves.length === 0 ? (
        <EmptyState title={t('letters.history.empty.title')}>{t('letters.history.empty.text')}</EmptyState>
      ) : (
        <form method="get" action={`${path}/compare`}>
          <SaveTable t={t} saves={history.saves} path={path} zone={view.letter.zone} />
          <div className="actions">
            <Button look="quiet">{t('letters.history.compare.button')}</Button>
          </div>
        </form>
      )}
      {history.before === null ? null : (
        <p>
          <a href={`${path}?before=${history.before}`}>{t('letters.history.more')}</a>
        </p>
      )}
    </>
  );
}

/**
 * Where the two saves stand that are offered first: the newest that changed something and has one before it of the same part and
 * language, and that one. What was set aside changed nothing.
 */
function usualPair(saves: readonly SaveHead[]): { readonly one: number; readonly other: number } {
  for (const [other, newer] of saves.entries()) {
    if (newer.kind === 'set-aside') continue;
    const one = saves.findIndex(
      ({ kind, part, language }, at) => at > other && kind !== 'set-aside' && part === newer.part && language === newer.language,
    );
    if (one >= 0) return { one, other };
  }
  return { one: Math.min(1, saves.length - 1), other: 0 };
}

function SaveTable({
  t,
  saves,
  path,
  zone,
}: {
  readonly t: Translator;
  readonly saves: readonly SaveHead[];
  readonly path: string;
  readonly zone: string;
}) {
  const usual = usualPair(saves);
  const choice = (name: 'one' | 'other', save: SaveHead, chosen: number) => (
    <label className="row-choice">
      <span className="cell-label">{t(`letters.history.${name}`)} </span>
      <input
        className="choice__input"
        type="radio"
        name={name}
        value={save.number}
        defaultChecked={save === saves[chosen]}
        aria-label={t(`letters.history.choose.${name}`, { number: save.number })}
      />
    </label>
  );
  return (
    <Table
      caption={t('letters.history.title')}
      captionHidden
      keyOf={(save) => String(save.number)}
      rows={saves}
      columns={[
        {
          heading: t('letters.history.save'),
          cell: (save) => <a href={`${path}/compare?one=${save.number}`}>{saveWords(t, save)}</a>,
        },
        { heading: t('letters.history.by'), cell: (save) => <bdi>{save.savedBy}</bdi> },
        { heading: t('letters.history.at'), cell: (save) => <Time t={t} at={save.savedAt} zone={zone} short /> },
        { heading: t('letters.history.one'), cell: (save) => choice('one', save, usual.one) },
        { heading: t('letters.history.other'), cell: (save) => choice('other', save, usual.other) },
      ]}
    />
  );
}
