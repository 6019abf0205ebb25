import { notFound } from 'next/navigation';
import { viewLetter } from '../../../../../../lib/letters/views.ts';
import { viewEntry } from '../../../../../../lib/signatures/entry-view.ts';
import { languageDirection } from '../../../../../../lib/text/direction.ts';
import { EntryLines } from '../../../../../_components/letter/block-view.tsx';
import { ErrorSummary } from '../../../../../_components/ui/error-summary.tsx';
import { Notice } from '../../../../../_components/ui/notice.tsx';
import { PageHead } from '../../../../../_components/ui/shell.tsx';
import { instance } from '../../../../../_request/instance.ts';
import { requestTranslator } from '../../../../../_request/locale.ts';
import { requireLetter } from '../../../../../_request/member.ts';
import { readForm } from '../../../../../_request/read-form.ts';
import { entryPath, listPath } from '../paths.ts';
import { EntryActs } from './entry-acts.tsx';
import { EntryFacts } from './entry-facts.tsx';
import { EntryHistory } from './entry-history.tsx';
import { VouchForm } from './vouch-form.tsx';

interface EntryPageProps {
  readonly params: Promise<{ readonly letterId: string; readonly signatureId: string }>;
}

export async function generateMetadata() {
  const t = await requestTranslator('member');
  return { title: t('list.entry.title') };
}

/** Everything about one entry of the list, and what can be done about it. */
export default async function EntryPage({ params }: EntryPageProps) {
  const { letterId, signatureId } = await params;
  const t = await requestTranslator('member');
  const path = entryPath(letterId, signatureId);
  const { running, scope } = await requireLetter(letterId, 'read', path);
  const letter = await viewLetter(running, scope, instance().now());
  const view = letter && (await viewEntry(running, scope, signatureId));
  if (!letter || !view) notFound();
  const form = await readForm(t, 'entry', path);
  const vouch = await readForm(t, 'vouch-entry', path);
  const language = view.letter.authenticLanguage;
  return (
    <>
      <ErrorSummary t={t} form={form} />
      <ErrorSummary t={t} form={vouch} />
      <PageHead title={<bdi>{view.entry.lead}</bdi>} over={<a href={listPath(letterId)}>{t('list.title')}</a>}>
        <p>{letter.headline}</p>
      </PageHead>
      {view.entry.proposed ? <Notice t={t}>{t('list.entry.proposed')}</Notice> : null}
      <figure className="printed">
        <figcaption className="printed__caption">{t('list.entry.printed')}</figcaption>
        {view.entry.publication === 'counted' ? (
          <p className="printed__none">{t('list.entry.not-printed')}</p>
        ) : (
          <div className="printed__sheet" lang={language} dir={languageDirection(language)}>
            <p className="printed__entry">
              <EntryLines entry={view.printed} />
            </p>
          </div>
        )}
      </figure>
      {view.mayVouch ? <VouchForm t={t} form={vouch} path={path} {...view.vouchFor} /> : null}
      <EntryActs t={t} form={form} path={path} view={view} />
      <EntryFacts t={t} view={view} />
      <EntryHistory t={t} view={view} />
    </>
  );
}
