import type { ReactNode } from 'react';
import type { Translator } from '../../../../lib/i18n/translator.ts';
import type { offeredActs } from '../../../../lib/letters/offered-acts.ts';
import { policiesOf } from '../../../../lib/letters/presets.ts';
import type { ReplacementLinks, ReplacementOption } from '../../../../lib/letters/replacements.ts';
import { isDraft } from '../../../../lib/letters/status.ts';
import type { LetterView } from '../../../../lib/letters/views.ts';
import { PolicyList } from '../../../_components/letter/policy-list.tsx';
import { ButtonForm } from '../../../_components/ui/button.tsx';
import { Details } from '../../../_components/ui/details.tsx';
import { Notice } from '../../../_components/ui/notice.tsx';

type Acts = ReturnType<typeof offeredActs>;

interface LifeProps {
  readonly t: Translator;
  readonly view: LetterView;
  readonly acts: Acts;
  readonly links: ReplacementLinks;
}

/** What everybody at this letter's desk must know first: its names are hidden, it was withdrawn, it stands in another's place. */
export function LifeNotices({ t, view: { letter }, acts, links }: LifeProps) {
  const back = `/letters/${letter.id}`;
  const { replacedBy, replaces } = links;
  return (
    <>
      {letter.status === 'withdrawn' ? (
        <Notice t={t} tone="warning" title={t('letters.life.withdrawn.title')}>
          <p>{t('letters.life.withdrawn.text')}</p>
          <blockquote className="pre-line">
            <p dir="auto">{letter.withdrawnReason}</p>
          </blockquote>
          {replacedBy === null ? null : <p>{otherLetter(t, 'letters.life.replaced-by', replacedBy)}</p>}
        </Notice>
      ) : null}
      {letter.namesHidden && letter.status !== 'withdrawn' ? (
        <Notice t={t} tone="warning" title={t('letters.life.hidden.title')}>
          <p>{t('letters.life.hidden.text')}</p>
          {acts.has('show') ? (
            <ButtonForm action={`${back}/show-names`} look="quiet">
              {t('letters.names.show')}
            </ButtonForm>
          ) : null}
        </Notice>
      ) : null}
      {replaces === null ? null : <p>{otherLetter(t, 'letters.life.replaces', replaces)}</p>}
    </>
  );
}

const otherLetter = (t: Translator, key: 'letters.life.replaced-by' | 'letters.life.replaces', { id, headline }: ReplacementOption) =>
  t.rich<ReactNode>(key, { headline }, { letter: (words) => <OtherLetter key="letter" id={id} words={words} /> });

const OtherLetter = ({ id, words }: { readonly id: string; readonly words: ReactNode }) => <a href={`/letters/${id}`}>{words}</a>;

/** The steps of a letter's life that its table and the reader's role allow now, beside the next one; and what its policies are. */
export function LifePanel({
  t,
  view: { letter, next },
  acts,
  unsettled,
}: Omit<LifeProps, 'links'> & { /** Comments that nobody has settled. */ readonly unsettled: number }) {
  const back = `/letters/${letter.id}`;
  const links = [
    { shown: isDraft(letter.status) || unsettled > 0, to: 'comments', words: t('letters.comments.link', { count: unsettled }) },
    { shown: acts.has('open') && next !== 'freeze', to: 'freeze', words: t('letters.freeze.title') },
    { shown: acts.has('schedule'), to: 'schedule', words: t('letters.schedule.title') },
    { shown: true, to: 'release', words: t('letters.release.link') },
    { shown: acts.has('withdraw') && !letter.sample, to: 'withdraw', words: t('letters.withdraw.link') },
    { shown: acts.has('replace'), to: 'replacement', words: t('letters.replacement.link') },
  ];
  return (
    <section>
      <h2>{t('letters.life.title')}</h2>
      <ul className="life-links">
        {links
          .filter(({ shown }) => shown)
          .map(({ to, words }) => (
            <li key={to}>
              <a href={`${back}/${to}`}>{words}</a>
            </li>
          ))}
      </ul>
      <Details summary={t('letters.policy.title')}>
        <PolicyList t={t} policies={policiesOf(letter.policies)} />
      </Details>
    </section>
  );
}
