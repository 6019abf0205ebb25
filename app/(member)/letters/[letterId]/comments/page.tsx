import { notFound } from 'next/navigation';
import { mayDo } from '../../../../../lib/coalitions/access.ts';
import type { Translator } from '../../../../../lib/i18n/translator.ts';
import { type CommentItem, viewComments } from '../../../../../lib/letters/comments.ts';
import { offeredActs } from '../../../../../lib/letters/offered-acts.ts';
import { isDraft } from '../../../../../lib/letters/status.ts';
import { viewLetter } from '../../../../../lib/letters/views.ts';
import { Badge } from '../../../../_components/ui/badge.tsx';
import { Button, ButtonForm } from '../../../../_components/ui/button.tsx';
import { EmptyState } from '../../../../_components/ui/empty-state.tsx';
import { ErrorSummary } from '../../../../_components/ui/error-summary.tsx';
import { TextArea } from '../../../../_components/ui/field.tsx';
import type { FormView } from '../../../../_components/ui/form-view.ts';
import { Notice } from '../../../../_components/ui/notice.tsx';
import { PageHead } from '../../../../_components/ui/shell.tsx';
import { Time } from '../../../../_components/ui/time.tsx';
import { instance } from '../../../../_request/instance.ts';
import { requestTranslator } from '../../../../_request/locale.ts';
import { requireLetter } from '../../../../_request/member.ts';
import { readForm } from '../../../../_request/read-form.ts';
import { DraftText } from '../draft-text.tsx';
import type { LetterPageProps } from '../letter-page.ts';

export async function generateMetadata() {
  const t = await requestTranslator('member');
  return { title: t('letters.comments.title') };
}

/** What members say about a draft, and the way to ask all of them. */
export default async function CommentsPage({
  params,
  searchParams,
}: LetterPageProps & { readonly searchParams: Promise<{ readonly after?: string | string[] }> }) {
  const { letterId } = await params;
  const { after } = await searchParams;
  const t = await requestTranslator('member');
  const { running, scope } = await requireLetter(letterId, 'read');
  const view = await viewLetter(running, scope, instance().now());
  if (!view) notFound();
  const { letter } = view;
  const cursor = typeof after === 'string' ? after : null;
  const { comments, all, unsettled, more } = await viewComments(running, scope, cursor);
  const acts = offeredActs(letter, scope.role);
  const back = `/letters/${letterId}`;
  const path = `${back}/comments`;
  const form = await readForm(t, 'comment', path);
  const consult = await readForm(t, 'consult', path);
  const end = await readForm(t, 'end-consultation', path);
  return (
    <>
      {[form, consult, end].map((each) => (
        <ErrorSummary key={each.name} t={t} form={each} />
      ))}
      <PageHead title={t('letters.comments.title')} over={<a href={back}>{view.headline}</a>}>
        <p className="lead">{t(isDraft(letter.status) ? 'letters.comments.lead' : 'letters.comments.settled')}</p>
      </PageHead>
      <Consultation t={t} back={back} running={letter.status === 'consultation'} acts={acts} />
      {isDraft(letter.status) ? <DraftText t={t} running={running} letterId={letterId} edits={mayDo(scope.role, 'draft')} /> : null}
      {acts.has('comment') ? <CommentForm t={t} form={form} path={path} /> : null}
      {all === 0 ? (
        <EmptyState title={t('letters.comments.empty.title')}>{t('letters.comments.empty.text')}</EmptyState>
      ) : (
        <>
          <p>{t('letters.comments.counts', { all, unsettled })}</p>
          <ol className="comments">
            {comments.map((comment) => (
              <Comment key={comment.id} t={t} comment={comment} path={path} zone={letter.zone} acts={acts.has('comment')} />
            ))}
          </ol>
          <p className="actions">
            {cursor === null ? null : <a href={path}>{t('letters.comments.newest')}</a>}
            {more === null ? null : <a href={`${path}?after=${more}`}>{t('letters.comments.more')}</a>}
          </p>
        </>
      )}
    </>
  );
}

function Consultation({
  t,
  back,
  running,
  acts,
}: {
  readonly t: Translator;
  readonly back: string;
  readonly running: boolean;
  readonly acts: ReturnType<typeof offeredActs>;
}) {
  if (running) {
    return (
      <Notice t={t} title={t('letters.consult.running.title')}>
        <p>{t('letters.consult.running.text')}</p>
        {acts.has('end-consultation') ? (
          <ButtonForm action={`${back}/end-consultation`} look="quiet">
            {t('letters.consult.end')}
          </ButtonForm>
        ) : null}
      </Notice>
    );
  }
  if (!acts.has('consult')) return null;
  return (
    <Notice t={t} title={t('letters.consult.title')}>
      <p>{t('letters.consult.text')}</p>
      <ButtonForm action={`${back}/consult`} look="quiet">
        {t('letters.consult.button')}
      </ButtonForm>
    </Notice>
  );
}

function CommentForm({ t, form, path }: { readonly t: Translator; readonly form: FormView; readonly path: string }) {
  return (
    <form className="form" method="post" action={`${path}/add`} noValidate>
      <TextArea t={t} form={form} name="text" rows={4} label={t('letters.comments.form')} hint={t('letters.comments.form.hint')} />
      <div className="actions actions--after">
        <Button>{t('letters.comments.button')}</Button>
      </div>
    </form>
  );
}

function Comment({
  t,
  comment: { id, text, by, at, settled },
  path,
  zone,
  acts,
}: {
  readonly t: Translator;
  readonly comment: CommentItem;
  readonly path: string;
  readonly zone: string;
  readonly acts: boolean;
}) {
  const act = t(settled ? 'letters.comments.reopen' : 'letters.comments.settle');
  return (
    <li className={settled ? 'comment comment--settled' : 'comment'}>
      <p className="comment__head">
        <bdi>{by}</bdi> <Time t={t} at={at} zone={zone} short />
        {settled ? (
          <>
            {' '}
            <Badge tone="success">{t('letters.comments.settled-by', { name: settled.by })}</Badge>
          </>
        ) : null}
      </p>
      <p className="comment__text" dir="auto">
        {text}
      </p>
      {acts ? (
        <form method="post" action={`${path}/${id}/${settled ? 'reopen' : 'settle'}`}>
          <Button look="link">
            <span aria-hidden="true">{act}</span>
            <span className="visually-hidden">{t('letters.comments.act-of', { act, name: by })}</span>
          </Button>
        </form>
      ) : null}
    </li>
  );
}
