import { notFound } from 'next/navigation';
import type { Translator } from '../../../../../lib/i18n/translator.ts';
import { findingsOf } from '../../../../../lib/letters/checks.ts';
import { countUnsettled } from '../../../../../lib/letters/comments.ts';
import { letterDocument } from '../../../../../lib/letters/document.ts';
import { type FreezeRefusal, freezable } from '../../../../../lib/letters/opening.ts';
import { type LetterView as Letter, viewLetter } from '../../../../../lib/letters/views.ts';
import { displayFingerprint } from '../../../../../lib/text/fingerprint.ts';
import { LetterView, Sheet } from '../../../../_components/letter/letter-view.tsx';
import { LetterheadView } from '../../../../_components/letter/letterhead-view.tsx';
import { Button, ButtonLink } from '../../../../_components/ui/button.tsx';
import { ErrorSummary } from '../../../../_components/ui/error-summary.tsx';
import { Notice } from '../../../../_components/ui/notice.tsx';
import { PageHead } from '../../../../_components/ui/shell.tsx';
import { Facts } from '../../../../_components/ui/table.tsx';
import { Time } from '../../../../_components/ui/time.tsx';
import { faultSentence } from '../../../../_request/fault-sentence.ts';
import { instance } from '../../../../_request/instance.ts';
import { requestTranslator } from '../../../../_request/locale.ts';
import { requireLetter } from '../../../../_request/member.ts';
import { readForm } from '../../../../_request/read-form.ts';
import type { LetterPageProps } from '../letter-page.ts';
import { Findings, usualReasons, withPlaces } from './findings.tsx';

export async function generateMetadata() {
  const t = await requestTranslator('member');
  return { title: t('letters.freeze.title') };
}

/** Shows exactly the text that will be frozen, and its fingerprint; the button freezes that one and no other. */
export default async function FreezePage({ params }: LetterPageProps) {
  const { letterId } = await params;
  const t = await requestTranslator('member');
  const { running, scope } = await requireLetter(letterId, 'run');
  const { now } = instance();
  const back = `/letters/${letterId}`;
  const view = await viewLetter(running, scope, now());
  const document = await letterDocument(running, letterId, { edition: 'public', now: now() });
  if (!view || !document) notFound();
  const { letter } = view;
  const texts = freezable(letter, view.texts, now());
  const findings = findingsOf(letter, view.texts, now());
  const form = await readForm(t, 'freeze', `${back}/freeze`, usualReasons(t, findings));
  const head = <PageHead title={t('letters.freeze.title')} over={<a href={back}>{view.headline}</a>} />;
  if (!texts.ok) return <NotYet t={t} head={head} reason={texts.reason} letter={letter} />;
  const unsettled = await countUnsettled(running, scope);
  const [authentic] = texts.value;
  const fingerprint = authentic?.frozen.fingerprint ?? '';
  return (
    <>
      <ErrorSummary t={t} form={withPlaces(t, form, findings)} />
      {head}
      <p className="lead">{t('letters.freeze.lead')}</p>
      <Sheet mark={t('letters.freeze.mark')}>
        <LetterheadView letterhead={document.letterhead} />
        {document.texts.map((text) => (
          <LetterView key={text.language} text={text} place={document.place} date={document.date} headlineLevel={2} />
        ))}
      </Sheet>
      <Facts
        facts={[
          { name: t('letters.fact.fingerprint'), value: <code className="fingerprint">{displayFingerprint(fingerprint)}</code> },
          { name: t('letters.fact.preset'), value: t(`letters.preset.${letter.preset}`) },
          {
            name: t('letters.form.deadline'),
            value: letter.deadlineAt === null ? '' : <Time t={t} at={letter.deadlineAt} zone={letter.zone} />,
          },
        ]}
      />
      {unsettled === 0 ? null : (
        <Notice t={t} tone="warning" title={t('letters.freeze.comments.title', { count: unsettled })}>
          <p>{t('letters.freeze.comments.text')}</p>
          <p>
            <a href={`${back}/comments`}>{t('letters.comments.link', { count: unsettled })}</a>
          </p>
        </Notice>
      )}
      <Notice t={t} tone="warning" title={t('letters.freeze.warning.title')}>
        {t('letters.freeze.warning.text')}
      </Notice>
      <form method="post" action={`${back}/freeze/confirm`} noValidate>
        <input type="hidden" name="fingerprint" value={fingerprint} />
        <input type="hidden" name="revision" value={letter.revision} />
        <Findings t={t} form={form} findings={findings} />
        <div className="actions">
          <Button>{t('letters.freeze.button')}</Button>
          <a href={`${back}/texts/${letter.authenticLanguage}`}>{t('letters.freeze.edit')}</a>
        </div>
      </form>
    </>
  );
}

function NotYet({
  t,
  head,
  reason,
  letter,
}: {
  readonly t: Translator;
  readonly head: React.ReactNode;
  readonly reason: FreezeRefusal;
  readonly letter: Pick<Letter['letter'], 'id' | 'authenticLanguage'>;
}) {
  const back = `/letters/${letter.id}`;
  if (reason === 'not-a-draft') {
    return (
      <>
        {head}
        <p className="lead">{t('letters.freeze.is-frozen')}</p>
        <ButtonLink href={back}>{t('letters.back')}</ButtonLink>
      </>
    );
  }
  const sentences = typeof reason === 'string' ? [t(`letters.freeze.${reason}`)] : reason.map((fault) => faultSentence(t, 'letter', fault));
  return (
    <>
      {head}
      <Notice t={t} tone="warning" title={t('letters.freeze.not-yet')}>
        <ul>
          {sentences.map((sentence) => (
            <li key={sentence}>{sentence}</li>
          ))}
        </ul>
      </Notice>
      <ButtonLink href={mendingPath(back, reason, letter.authenticLanguage)}>
        {t(typeof reason === 'string' ? 'letters.settings.title' : 'letters.edit.title')}
      </ButtonLink>
    </>
  );
}

function mendingPath(back: string, reason: FreezeRefusal, authenticLanguage: string): string {
  return typeof reason === 'string' ? `${back}/settings` : `${back}/texts/${authenticLanguage}`;
}
