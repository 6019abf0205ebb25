import { notFound } from 'next/navigation';
import { formatInstant } from '../../../../../lib/i18n/format.ts';
import type { Translator } from '../../../../../lib/i18n/translator.ts';
import { namesMayShow } from '../../../../../lib/letters/document.ts';
import { offeredActs } from '../../../../../lib/letters/offered-acts.ts';
import { policiesOf } from '../../../../../lib/letters/presets.ts';
import { isPublic, type ReleaseChoice, releaseChoiceOf, wasPublic } from '../../../../../lib/letters/release.ts';
import { isDraft } from '../../../../../lib/letters/status.ts';
import { type LetterView, viewLetter } from '../../../../../lib/letters/views.ts';
import { ButtonForm } from '../../../../_components/ui/button.tsx';
import { ErrorSummary } from '../../../../_components/ui/error-summary.tsx';
import { Notice } from '../../../../_components/ui/notice.tsx';
import { PageHead } from '../../../../_components/ui/shell.tsx';
import { Table } from '../../../../_components/ui/table.tsx';
import { instance } from '../../../../_request/instance.ts';
import { requestTranslator } from '../../../../_request/locale.ts';
import { requireLetter } from '../../../../_request/member.ts';
import { readForm } from '../../../../_request/read-form.ts';
import type { LetterPageProps } from '../letter-page.ts';
import { PublicAddress } from '../public-address.tsx';
import { ReleaseForm, releaseValues } from './release-form.tsx';

export async function generateMetadata() {
  const t = await requestTranslator('member');
  return { title: t('letters.release.title') };
}

/** Who sees what of a letter now and later, in plain words; and, for those who run it, how to change that. */
export default async function ReleasePage({ params }: LetterPageProps) {
  const { letterId } = await params;
  const t = await requestTranslator('member');
  const { running, scope } = await requireLetter(letterId, 'read');
  const now = instance().now();
  const view = await viewLetter(running, scope, now);
  if (!view) notFound();
  const { letter } = view;
  const back = `/letters/${letterId}`;
  const choice = releaseChoiceOf({ ...letter, publicAt: policiesOf(letter.policies).publicAt }, now);
  const acts = offeredActs(letter, scope.role);
  const form = await readForm(t, 'release', `${back}/release`, releaseValues(letter, choice));
  const names = await readForm(t, 'names', `${back}/release`);
  return (
    <>
      <ErrorSummary t={t} form={form} />
      <ErrorSummary t={t} form={names} />
      <PageHead title={t('letters.release.title')} over={<a href={back}>{view.headline}</a>} />
      {acts.has('show') ? (
        <Notice t={t} tone="warning" title={t('letters.life.hidden.title')}>
          <p>{t('letters.life.hidden.text')}</p>
          <ButtonForm action={`${back}/show-names`} look="quiet">
            {t('letters.names.show')}
          </ButtonForm>
        </Notice>
      ) : null}
      <WhoSees t={t} letter={letter} everybody={isPublic(letter, now)} />
      <h2>{t('letters.release.later')}</h2>
      <p>{laterWords(t, letter, choice)}</p>
      {letter.status === 'withdrawn' || isDraft(letter.status) ? null : (
        <PublicAddress t={t} slug={letter.slug} open={isPublic(letter, now)} />
      )}
      {acts.has('release') ? <ReleaseForm t={t} form={form} back={back} letter={letter} /> : null}
      {acts.has('hide') ? (
        <section>
          <h2>{t('letters.names.title')}</h2>
          <p>{t('letters.names.text')}</p>
          <ButtonForm action={`${back}/hide-names`} look="danger">
            {t('letters.names.hide')}
          </ButtonForm>
        </section>
      ) : null}
    </>
  );
}

/** What follows by itself from how the letter is set. */
function laterWords(t: Translator, letter: LetterView['letter'], choice: ReleaseChoice): string {
  if (letter.status === 'withdrawn') return t('letters.release.later.withdrawn');
  if (isDraft(letter.status)) {
    return t('letters.release.later.draft', { policy: t(`letters.policy.public.${policiesOf(letter.policies).publicAt}`) });
  }
  const moment = letter.releaseAt === null ? '' : formatInstant(t.locale, letter.releaseAt, letter.zone);
  return t(`letters.release.later.${choice}`, { moment });
}

function WhoSees({ t, letter, everybody }: { readonly t: Translator; readonly letter: LetterView['letter']; readonly everybody: boolean }) {
  const withdrawn = letter.status === 'withdrawn';
  const drafted = isDraft(letter.status);
  const shown = namesMayShow(letter) && !drafted;
  const text = (yes: boolean) =>
    t(withdrawn ? 'letters.release.sees.withdrawn' : yes ? 'letters.release.sees.text' : 'letters.release.sees.no-text');
  const names = (key: 'all' | 'public' | 'own' | 'own-final') => t(shown ? `letters.release.sees.${key}` : 'letters.release.sees.nothing');
  const members = t('letters.release.sees.text');
  const seenByInvited = () => {
    if (!shown) return 'own';
    if (everybody || policiesOf(letter.policies).beforeRelease === 'shown') return 'own-public';
    return letter.status === 'delivered' ? 'own-final' : 'own-counted';
  };
  const rows = [
    {
      who: t('letters.release.who.run'),
      text: members,
      names: shown || drafted ? names('all') : t('letters.release.sees.all-hidden'),
    },
    { who: t('letters.release.who.members'), text: members, names: names('all') },
    {
      who: t('letters.release.who.invited'),
      text: text(!drafted),
      // Their own entry is their own, whatever is hidden from others.
      names: t(drafted || withdrawn ? 'letters.release.sees.nothing' : `letters.release.sees.${seenByInvited()}`),
    },
    {
      who: t('letters.release.who.everybody'),
      text: withdrawn && !wasPublic(letter) ? t('letters.release.sees.no-text') : text(everybody),
      names: everybody ? names('public') : t('letters.release.sees.nothing'),
    },
  ];
  return (
    <Table
      caption={t('letters.release.now')}
      keyOf={({ who }) => who}
      rows={rows}
      columns={[
        { heading: t('letters.release.who'), cell: (row) => row.who },
        { heading: t('letters.release.text'), labelled: true, cell: (row) => row.text },
        { heading: t('letters.release.names'), labelled: true, cell: (row) => row.names },
      ]}
    />
  );
}
