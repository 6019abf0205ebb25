import { notFound } from 'next/navigation';
import { formatInstant } from '../../../../../../../lib/i18n/format.ts';
import { isId } from '../../../../../../../lib/shared/ids.ts';
import { viewCorrection } from '../../../../../../../lib/signatures/correction-view.ts';
import { EntryLines } from '../../../../../../_components/letter/block-view.tsx';
import { Button, ButtonForm } from '../../../../../../_components/ui/button.tsx';
import { ErrorSummary } from '../../../../../../_components/ui/error-summary.tsx';
import { TextArea, TextField } from '../../../../../../_components/ui/field.tsx';
import { Notice } from '../../../../../../_components/ui/notice.tsx';
import { PageHead } from '../../../../../../_components/ui/shell.tsx';
import { requestTranslator } from '../../../../../../_request/locale.ts';
import { requireLetter } from '../../../../../../_request/member.ts';
import { readForm } from '../../../../../../_request/read-form.ts';
import { entryPath } from '../../paths.ts';
import { correctEntryPath } from './paths.ts';

interface CorrectEntryProps {
  readonly params: Promise<{ readonly letterId: string; readonly signatureId: string }>;
}

export async function generateMetadata() {
  const t = await requestTranslator('member');
  return { title: t('correct-entry.title') };
}

/** One entry of the list: what its signatory asked for, and a coordinator's own correction. */
export default async function CorrectEntryPage({ params }: CorrectEntryProps) {
  const { letterId, signatureId } = await params;
  const t = await requestTranslator('member');
  const path = correctEntryPath(letterId, signatureId);
  const { running, scope } = await requireLetter(letterId, 'run', path);
  const view = isId('sig', signatureId) ? await viewCorrection(running, scope, signatureId) : null;
  if (!view) notFound();
  const { fields, entry, wish } = view;
  const { representativePrinted: _, signer, ...initial } = fields;
  const form = await readForm(t, 'correct-entry', path, initial);
  const approving = await readForm(t, 'approve-wish', path);
  const refusing = await readForm(t, 'refuse-wish', path);
  const field = { t, form };
  return (
    <>
      {[form, approving, refusing].map((each) => (
        <ErrorSummary key={each.name} t={t} form={each} />
      ))}
      <PageHead title={t('correct-entry.title')} over={<a href={entryPath(letterId, signatureId)}>{t('list.entry.title')}</a>} />
      <p className="pre-line">
        <EntryLines entry={entry} />
      </p>
      {view.final ? <Notice t={t}>{t('fault.correct-entry.letter-ended')}</Notice> : null}
      {wish && !view.final ? (
        <section aria-labelledby="wish">
          <h2 id="wish">{t('correct-entry.wish')}</h2>
          <p>{t('correct-entry.wish-at', { at: formatInstant(t.locale, wish.at, view.zone) })}</p>
          <p className="pre-line">
            <EntryLines entry={wish.entry} />
          </p>
          <ButtonForm action={`${path}/approve`} values={{ seen: wish.seen }}>
            {t('correct-entry.approve')}
          </ButtonForm>
          <form className="form" method="post" action={`${path}/refuse`} noValidate>
            <TextArea t={t} form={refusing} name="reason" rows={2} label={t('correct-entry.refuse-reason')} />
            <Button look="quiet">{t('correct-entry.refuse')}</Button>
          </form>
        </section>
      ) : null}
      {view.final ? null : (
        <form className="form" method="post" action={`${path}/save`} noValidate>
          <h2>{t('correct-entry.own')}</h2>
          <p>{t('correct-entry.lead')}</p>
          {signer === 'organisation' ? (
            <>
              <TextField {...field} name="organisation" label={t('correct-entry.organisation')} />
              <TextField {...field} name="acronym" label={t('correct-entry.acronym')} optional width="short" />
            </>
          ) : null}
          <TextField {...field} name="name" label={t('correct-entry.name')} optional={signer === 'organisation'} />
          <TextField {...field} name="role" label={t('correct-entry.role')} optional />
          {signer === 'personal' ? <TextField {...field} name="affiliation" label={t('correct-entry.affiliation')} optional /> : null}
          <TextField {...field} name="city" label={t('correct-entry.city')} optional width="medium" />
          <TextField {...field} name="country" label={t('correct-entry.country')} optional width="medium" />
          <TextArea {...field} name="reason" rows={2} label={t('correct-entry.reason')} hint={t('correct-entry.reason-hint')} />
          <div className="actions">
            <Button>{t('correct-entry.button')}</Button>
          </div>
        </form>
      )}
    </>
  );
}
