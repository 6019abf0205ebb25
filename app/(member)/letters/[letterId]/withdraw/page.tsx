import { notFound } from 'next/navigation';
import { WITHDRAWAL_WORD } from '../../../../../lib/letters/life-forms.ts';
import { offeredActs } from '../../../../../lib/letters/offered-acts.ts';
import { viewReplacementOptions } from '../../../../../lib/letters/replacements.ts';
import { viewLetter } from '../../../../../lib/letters/views.ts';
import { Button, ButtonLink } from '../../../../_components/ui/button.tsx';
import { ErrorSummary } from '../../../../_components/ui/error-summary.tsx';
import { TextArea, TextField } from '../../../../_components/ui/field.tsx';
import { Notice } from '../../../../_components/ui/notice.tsx';
import { PageHead } from '../../../../_components/ui/shell.tsx';
import { instance } from '../../../../_request/instance.ts';
import { requestTranslator } from '../../../../_request/locale.ts';
import { requireLetter } from '../../../../_request/member.ts';
import { readForm } from '../../../../_request/read-form.ts';
import type { LetterPageProps } from '../letter-page.ts';
import { ReplacementFields } from '../replacement-fields.tsx';

export async function generateMetadata() {
  const t = await requestTranslator('member');
  return { title: t('letters.withdraw.title') };
}

/** Says all that a withdrawal does, before it asks for a reason and a word. */
export default async function WithdrawPage({ params }: LetterPageProps) {
  const { letterId } = await params;
  const t = await requestTranslator('member');
  const { running, scope } = await requireLetter(letterId, 'run');
  const view = await viewLetter(running, scope, instance().now());
  if (!view) notFound();
  const { letter } = view;
  const back = `/letters/${letterId}`;
  const head = <PageHead title={t('letters.withdraw.title')} over={<a href={back}>{view.headline}</a>} />;
  if (!offeredActs(letter, scope.role).has('withdraw')) {
    return (
      <>
        {head}
        <Notice t={t}>{t('fault.withdraw-letter.not-now')}</Notice>
        <ButtonLink href={back}>{t('letters.back')}</ButtonLink>
      </>
    );
  }
  const form = await readForm(t, 'withdraw-letter', `${back}/withdraw`, { replacement: 'none' });
  return (
    <>
      <ErrorSummary t={t} form={form} />
      {head}
      <p className="lead">{t('letters.withdraw.lead')}</p>
      <ul>
        <li>{t('letters.withdraw.names', { count: letter.organisationCount + letter.personCount })}</li>
        <li>{t('letters.withdraw.told')}</li>
        <li>{t('letters.withdraw.kept')}</li>
      </ul>
      <form className="form" method="post" action={`${back}/withdraw/confirm`} noValidate>
        <TextArea t={t} form={form} name="reason" rows={4} label={t('letters.withdraw.reason')} hint={t('letters.withdraw.reason.hint')} />
        <ReplacementFields t={t} form={form} options={await viewReplacementOptions(running, scope)} none />
        <TextField
          t={t}
          form={form}
          name="word"
          width="short"
          autoComplete="off"
          dir="ltr"
          label={t('letters.withdraw.word', { word: WITHDRAWAL_WORD })}
        />
        <div className="actions">
          <Button look="danger">{t('letters.withdraw.button')}</Button>
          <a href={back}>{t('letters.cancel')}</a>
        </div>
      </form>
    </>
  );
}
