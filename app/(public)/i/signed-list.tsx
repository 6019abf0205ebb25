import type { ListPage } from '../../../lib/block/list-page.ts';
import { formatNumber } from '../../../lib/i18n/format.ts';
import type { Translator } from '../../../lib/i18n/translator.ts';
import type { SignedSoFar } from '../../../lib/invitations/signed-so-far.ts';
import { languageDirection } from '../../../lib/text/direction.ts';
import { BlockParts } from '../../_components/letter/block-parts.tsx';
import { Sheet } from '../../_components/letter/letter-view.tsx';
import { Pages } from '../../_components/ui/pages.tsx';
import { Facts } from '../../_components/ui/table.tsx';
import { INVITATION_PATH } from './gate.ts';

/** Who has signed so far, as far as the letter shows it to those it invites: a page of the list as it prints, or counts alone. */
export function SignedList({
  t,
  signed,
  beside,
}: {
  readonly t: Translator;
  readonly signed: SignedSoFar;
  /** A form stands on the same page: whoever turns a page of the list must not leave what they have typed. */
  readonly beside: boolean;
}) {
  const { organisations, people, list } = signed;
  return (
    <section className="signing-list" id="list" aria-labelledby="list-title">
      <h2 id="list-title">{t('signing.list.title')}</h2>
      {organisations + people === 0 ? (
        <p>{t('signing.list.none')}</p>
      ) : (
        <Facts
          facts={[
            { name: t('signing.list.organisations'), value: formatNumber(t.locale, organisations) },
            { name: t('signing.list.people'), value: formatNumber(t.locale, people) },
          ]}
        />
      )}
      {list === 'elsewhere' ? <WholeList t={t} beside={beside} /> : null}
      {list === null || list === 'elsewhere' || list.total === 0 ? null : (
        <Names t={t} list={list} language={signed.language} beside={beside} />
      )}
      {signed.public ? null : <p className="quiet small">{t(list === null ? 'signing.list.counted' : 'signing.list.invited-only')}</p>}
    </section>
  );
}

function Names({
  t,
  list,
  language,
  beside,
}: {
  readonly t: Translator;
  readonly list: ListPage;
  readonly language: string;
  readonly beside: boolean;
}) {
  const { number, pages, from, to, total } = list;
  return (
    <>
      {number === 1 ? null : <p>{t('signing.list.shown', { from, to, total })}</p>}
      <Sheet>
        <BlockParts parts={list.parts} language={language} direction={languageDirection(language)} />
        {number === 1 && total > to ? <p>{t('signing.list.more', { count: total - to })}</p> : null}
      </Sheet>
      {beside && pages > 1 ? (
        <WholeList t={t} beside />
      ) : (
        <Pages
          t={t}
          label={t('signing.list.pages')}
          number={number}
          pages={pages}
          hrefOf={(page) => `${INVITATION_PATH}?list=${page}#list`}
        />
      )}
    </>
  );
}

/** Beside a form it opens in another tab. */
function WholeList({ t, beside }: { readonly t: Translator; readonly beside: boolean }) {
  const href = `${INVITATION_PATH}?list=1`;
  return (
    <p>
      {beside ? (
        <a href={href} target="_blank" rel="noopener">
          {t('signing.list.whole')}
        </a>
      ) : (
        <a href={href}>{t('signing.list.whole-here')}</a>
      )}
    </p>
  );
}
