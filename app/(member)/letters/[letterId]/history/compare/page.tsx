import { notFound } from 'next/navigation';
import { mayDo } from '../../../../../../lib/coalitions/access.ts';
import type { Translator } from '../../../../../../lib/i18n/translator.ts';
import { hindranceToBlock } from '../../../../../../lib/letters/block-access.ts';
import { readSaveNumber, type SaveHead, viewComparison } from '../../../../../../lib/letters/history.ts';
import { isDraft } from '../../../../../../lib/letters/status.ts';
import { viewLetter } from '../../../../../../lib/letters/views.ts';
import { FieldDifferences } from '../../../../../_components/draft/field-differences.tsx';
import { saveWords } from '../../../../../_components/draft/save-words.ts';
import { ButtonForm } from '../../../../../_components/ui/button.tsx';
import { Notice } from '../../../../../_components/ui/notice.tsx';
import { PageHead } from '../../../../../_components/ui/shell.tsx';
import { Time } from '../../../../../_components/ui/time.tsx';
import { instance } from '../../../../../_request/instance.ts';
import { requestTranslator } from '../../../../../_request/locale.ts';
import { requireLetter } from '../../../../../_request/member.ts';
import type { LetterPageProps } from '../../letter-page.ts';

interface ComparePageProps extends LetterPageProps {
  readonly searchParams: Promise<{ readonly one?: string | string[]; readonly other?: string | string[] }>;
}

const numberIn = (value: string | string[] | undefined): number | null => readSaveNumber(typeof value === 'string' ? value : null);

export async function generateMetadata() {
  const t = await requestTranslator('member');
  return { title: t('letters.compare.title') };
}

/** One save beside another, or beside what stands now; each can be put back. */
export default async function ComparePage({ params, searchParams }: ComparePageProps) {
  const { letterId } = await params;
  const { one, other } = await searchParams;
  const path = `/letters/${letterId}/history`;
  const t = await requestTranslator('member');
  const { running, scope } = await requireLetter(letterId, 'read', path);
  const view = await viewLetter(running, scope, instance().now());
  const [first, second] = [numberIn(one), numberIn(other)];
  if (!view) notFound();
  const compared = first === null ? null : await viewComparison(running, scope, { one: first, other: second === first ? null : second });
  const head = <PageHead title={t('letters.compare.title')} over={<a href={path}>{t('letters.history.title')}</a>} />;
  if (!compared) {
    return (
      <>
        {head}
        <Notice t={t}>{t('letters.compare.choose')}</Notice>
      </>
    );
  }
  const draft = isDraft(view.letter.status) && mayDo(scope.role, 'draft');
  // From the freeze on the block alone comes back, out of a save of the settings.
  const block = !isDraft(view.letter.status) && hindranceToBlock(view.letter, scope) === null;
  const side = (save: SaveHead | null, revision: number, stands: boolean) => (
    <Side
      t={t}
      save={save}
      zone={view.letter.zone}
      stands={stands}
      restore={
        save && !stands && (draft || (block && save.part === 'settings')) ? { path: `${path}/restore`, revision, blockAlone: block } : null
      }
    />
  );
  return (
    <>
      {head}
      <div className="beside">
        {side(compared.one, compared.seen.one, compared.stands.one)}
        {side(compared.other, compared.seen.other, compared.stands.other)}
      </div>
      <h2>{t('letters.conflict.differences')}</h2>
      {compared.differences === null ? (
        <p>{t(compared.other === null ? 'letters.compare.gone' : 'letters.compare.other-parts')}</p>
      ) : (
        <FieldDifferences t={t} differences={compared.differences} language={compared.one.part === 'settings' ? null : compared.language} />
      )}
    </>
  );
}

function Side({
  t,
  save,
  zone,
  stands,
  restore,
}: {
  readonly t: Translator;
  /** Null: as it stands now. */
  readonly save: SaveHead | null;
  readonly zone: string;
  /** It says what stands now: there is nothing to put back. */
  readonly stands: boolean;
  readonly restore: { readonly path: string; readonly revision: number; readonly blockAlone: boolean } | null;
}) {
  if (!save) {
    return (
      <section className="panel">
        <h2>{t('letters.compare.now')}</h2>
      </section>
    );
  }
  return (
    <section className="panel">
      <h2>{saveWords(t, save)}</h2>
      <p>
        {t('letters.texts.saved', { name: save.savedBy })} <Time t={t} at={save.savedAt} zone={zone} />
      </p>
      {stands ? <p className="quiet">{t('letters.compare.stands')}</p> : null}
      {restore ? (
        <ButtonForm action={restore.path} look="quiet" values={{ number: String(save.number), revision: String(restore.revision) }}>
          {t(restore.blockAlone ? 'letters.history.restore-block' : 'letters.history.restore', { number: save.number })}
        </ButtonForm>
      ) : null}
    </section>
  );
}
