import { notFound } from 'next/navigation';
import { mayDo } from '../../../../lib/coalitions/access.ts';
import type { Translator } from '../../../../lib/i18n/translator.ts';
import { countAnswers } from '../../../../lib/invitations/answer-counts.ts';
import { countUnsettled } from '../../../../lib/letters/comments.ts';
import { countPublications, hasAddresseeEdition } from '../../../../lib/letters/editions.ts';
import { offeredActs } from '../../../../lib/letters/offered-acts.ts';
import { policiesOf } from '../../../../lib/letters/presets.ts';
import { isPublic, releaseChoiceOf } from '../../../../lib/letters/release.ts';
import { viewReplacements } from '../../../../lib/letters/replacements.ts';
import { isDraft } from '../../../../lib/letters/status.ts';
import { type LetterView, viewLetter } from '../../../../lib/letters/views.ts';
import { displayFingerprint } from '../../../../lib/text/fingerprint.ts';
import { LetterStatus } from '../../../_components/letter/letter-status.tsx';
import { ButtonForm } from '../../../_components/ui/button.tsx';
import { Notice } from '../../../_components/ui/notice.tsx';
import { PageHead } from '../../../_components/ui/shell.tsx';
import { type Step, Steps } from '../../../_components/ui/steps.tsx';
import { Facts } from '../../../_components/ui/table.tsx';
import { Time } from '../../../_components/ui/time.tsx';
import { instance } from '../../../_request/instance.ts';
import { requestTranslator } from '../../../_request/locale.ts';
import { requireLetter } from '../../../_request/member.ts';
import { AnswersLine } from './answers-line.tsx';
import { Downloads } from './downloads.tsx';
import { DraftText } from './draft-text.tsx';
import { Further } from './further.tsx';
import type { LetterPageProps } from './letter-page.ts';
import { LifeNotices, LifePanel } from './life-panel.tsx';
import { NextStepPanel } from './next-step-panel.tsx';
import { PublicAddress } from './public-address.tsx';
import { Signatories } from './signatories.tsx';

export async function generateMetadata({ params }: LetterPageProps) {
  const { letterId } = await params;
  const { running, scope } = await requireLetter(letterId, 'read');
  return { title: (await viewLetter(running, scope, instance().now()))?.headline };
}

/** A letter's desk: where it stands, what to do next, who signed. */
export default async function LetterPage({
  params,
  searchParams,
}: LetterPageProps & { readonly searchParams: Promise<{ readonly before?: string | string[]; readonly passed?: string | string[] }> }) {
  const { letterId } = await params;
  const { before, passed } = await searchParams;
  const t = await requestTranslator('member');
  const { running, scope } = await requireLetter(letterId, 'read');
  const view = await viewLetter(running, scope, instance().now());
  if (!view) notFound();
  const { letter } = view;
  const links = await viewReplacements(running, scope, letter);
  const acts = offeredActs({ ...letter, replacedBy: links.replacedBy?.id ?? null }, scope.role);
  const answers = letter.status === 'open' || letter.status === 'closed' ? await countAnswers(running, scope) : null;
  const runs = mayDo(scope.role, 'run');
  const publications = runs ? await countPublications(running, letter) : null;
  return (
    <>
      <PageHead
        title={<bdi lang={letter.authenticLanguage}>{view.headline}</bdi>}
        over={<a href={`/coalitions/${letter.coalitionId}`}>{t('desk.title')}</a>}
      >
        <p>
          <LetterStatus t={t} letter={letter} />
        </p>
      </PageHead>
      {letter.sample ? <SampleNotice t={t} letterId={letterId} removable={runs} /> : null}
      <LifeNotices t={t} view={view} acts={acts} links={links} />
      {letter.status === 'withdrawn' ? null : <Steps t={t} steps={stepsOf(t, letter.status)} />}
      {letter.status === 'withdrawn' ? null : <NextStepPanel t={t} view={view} role={scope.role} acts={acts} />}
      {isDraft(letter.status) ? <DraftText t={t} running={running} letterId={letterId} edits={mayDo(scope.role, 'draft')} /> : null}
      {isPublic(view.letter, instance().now()) ? <PublicAddress t={t} slug={view.letter.slug} open /> : null}
      <LetterFactList t={t} view={view} now={instance().now()} />
      {answers === null ? null : <AnswersLine t={t} letterId={letterId} counts={answers} />}
      {isDraft(letter.status) ? null : (
        <Signatories
          t={t}
          running={running}
          scope={scope}
          view={view}
          before={typeof before === 'string' ? before : null}
          passed={typeof passed === 'string' ? passed : null}
        />
      )}
      <LifePanel t={t} view={view} acts={acts} unsettled={await countUnsettled(running, scope)} />
      <Downloads
        t={t}
        letterId={letterId}
        status={letter.status}
        languages={view.frozen?.languages ?? view.texts.map(({ language }) => language)}
        addressee={
          publications && hasAddresseeEdition(letter, publications) ? { count: publications.addressee, hidden: letter.namesHidden } : null
        }
        later={laterNames(letter) > 0 && letter.status === 'delivered'}
      />
      <Further t={t} view={view} may={{ draft: mayDo(scope.role, 'draft'), run: runs, delete: mayDo(scope.role, 'delete') }} />
    </>
  );
}

function SampleNotice({ t, letterId, removable }: { readonly t: Translator; readonly letterId: string; readonly removable: boolean }) {
  return (
    <Notice t={t} title={t('letters.sample.title')}>
      <p>{t('letters.sample.text')}</p>
      {removable ? (
        <ButtonForm action={`/letters/${letterId}/remove-sample`} look="quiet">
          {t('letters.sample.remove')}
        </ButtonForm>
      ) : null}
    </Notice>
  );
}

/** Names that stand in an addendum. */
const laterNames = ({ addendumOrganisationCount, addendumPersonCount }: LetterView['letter']): number =>
  addendumOrganisationCount + addendumPersonCount;

const STAGES = ['draft', 'open', 'closed', 'delivered'] as const;

function stepsOf(t: Translator, status: LetterView['letter']['status']): readonly Step[] {
  const at = status === 'consultation' ? 0 : STAGES.indexOf(status === 'withdrawn' ? 'delivered' : status);
  return STAGES.map((stage, index) => {
    const over = index < at || (stage === 'delivered' && at === index);
    return { label: t(`letters.stage.${stage}`), state: over ? 'done' : index === at ? 'current' : 'ahead' };
  });
}

function LetterFactList({ t, view: { letter, frozen }, now }: { readonly t: Translator; readonly view: LetterView; readonly now: Date }) {
  const choice = releaseChoiceOf({ ...letter, publicAt: policiesOf(letter.policies).publicAt }, now);
  const release = letter.status === 'withdrawn' ? 'withdrawn' : choice;
  const facts = [
    { name: t('letters.fact.preset'), value: t(`letters.preset.${letter.preset}`) },
    // Nobody signs a withdrawn letter, whenever its deadline would have been.
    ...(letter.withdrawnAt === null
      ? [
          {
            name: t('letters.form.deadline'),
            value: letter.deadlineAt === null ? t('letters.fact.no-deadline') : <Time t={t} at={letter.deadlineAt} zone={letter.zone} />,
          },
        ]
      : [{ name: t('letters.fact.withdrawn'), value: <Time t={t} at={letter.withdrawnAt} zone={letter.zone} /> }]),
    ...(frozen
      ? [
          { name: t('letters.fact.frozen'), value: <Time t={t} at={frozen.frozenAt} zone={letter.zone} /> },
          { name: t('letters.fact.fingerprint'), value: <code className="fingerprint">{displayFingerprint(frozen.fingerprint)}</code> },
          { name: t('letters.fact.organisations'), value: letter.organisationCount },
          { name: t('letters.fact.people'), value: letter.personCount },
          { name: t('letters.fact.release'), value: t(`letters.release.fact.${release}`) },
        ]
      : []),
    ...(letter.deliveredAt === null
      ? []
      : [{ name: t('letters.fact.delivered'), value: <Time t={t} at={letter.deliveredAt} zone={letter.zone} /> }]),
    ...(laterNames(letter) === 0
      ? []
      : [{ name: t('letters.fact.later'), value: t('letters.fact.later.names', { count: laterNames(letter) }) }]),
  ];
  return <Facts facts={facts} />;
}
