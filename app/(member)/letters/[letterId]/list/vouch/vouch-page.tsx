import { notFound } from 'next/navigation';
import type { ReactNode } from 'react';
import type { Translator } from '../../../../../../lib/i18n/translator.ts';
import { findLetterFacts } from '../../../../../../lib/invitations/mail.ts';
import { policiesOf } from '../../../../../../lib/letters/presets.ts';
import { isDraft, takesNames } from '../../../../../../lib/letters/status.ts';
import { ErrorSummary } from '../../../../../_components/ui/error-summary.tsx';
import type { FormView } from '../../../../../_components/ui/form-view.ts';
import { Notice } from '../../../../../_components/ui/notice.tsx';
import { PageHead } from '../../../../../_components/ui/shell.tsx';
import { requestTranslator } from '../../../../../_request/locale.ts';
import { requireLetter } from '../../../../../_request/member.ts';
import { readForm } from '../../../../../_request/read-form.ts';
import { listPath } from '../paths.ts';

interface VouchPageProps {
  readonly letterId: string;
  readonly path: string;
  /** The mutation's name. */
  readonly name: 'vouch' | 'vouch-rows';
  readonly lead: 'list.vouch.lead' | 'list.vouch.rows.lead';
  readonly children: (at: {
    readonly t: Translator;
    readonly form: FormView;
    readonly reader: string;
    readonly prints: boolean;
    /** Of this form: sent twice, it records once. */
    readonly mark: string;
  }) => ReactNode;
}

/** The frame of both pages that record a yes: they say why where none can be recorded now. */
export async function VouchPage({ letterId, path, name, lead, children }: VouchPageProps) {
  const t = await requestTranslator('member');
  const { running, scope } = await requireLetter(letterId, 'run', path);
  const facts = await findLetterFacts(running.store.read, scope.letterId);
  if (!facts) notFound();
  const { letter, reader } = facts;
  const form = await readForm(t, name, path, { kind: 'column' });
  const mark = form.value('mark') || running.random(16).toString('base64url');
  const prints = policiesOf(letter.policies).representativePrinted !== 'never';
  const hindrance = isDraft(letter.status) ? 'not-open-yet' : takesNames(letter.status) ? null : 'letter-ended';
  return (
    <>
      <ErrorSummary t={t} form={form} />
      <PageHead title={t('list.vouch.title')} over={<a href={listPath(letterId)}>{t('list.title')}</a>}>
        <p>{t(lead)}</p>
      </PageHead>
      {letter.status === 'delivered' ? <Notice t={t}>{t('list.vouch.delivered')}</Notice> : null}
      {hindrance === null ? (
        children({ t, form, prints, mark, reader: reader || t('signing.the-addressee') })
      ) : (
        <Notice t={t}>{t(`fault.vouch.${hindrance}`)}</Notice>
      )}
    </>
  );
}
