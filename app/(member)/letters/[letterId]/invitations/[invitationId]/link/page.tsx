import { notFound } from 'next/navigation';
import type { Translator } from '../../../../../../../lib/i18n/translator.ts';
import { type HandLinkView, viewHandLink } from '../../../../../../../lib/invitations/hand-link-view.ts';
import { ButtonForm } from '../../../../../../_components/ui/button.tsx';
import { ErrorSummary } from '../../../../../../_components/ui/error-summary.tsx';
import { Notice } from '../../../../../../_components/ui/notice.tsx';
import { PageHead } from '../../../../../../_components/ui/shell.tsx';
import { readHandLink } from '../../../../../../_request/hand-link.ts';
import { requestTranslator } from '../../../../../../_request/locale.ts';
import { requireLetter } from '../../../../../../_request/member.ts';
import { readForm } from '../../../../../../_request/read-form.ts';
import { handLinkPath, invitationsPath } from '../../paths.ts';

interface HandLinkPageProps {
  readonly params: Promise<{ readonly letterId: string; readonly invitationId: string }>;
}

export async function generateMetadata() {
  const t = await requestTranslator('member');
  return { title: t('invitations.link.title') };
}

/** The link of an invitation that goes from hand to hand: shown to whoever made it, once. Opened again, the page says so. */
export default async function HandLinkPage({ params }: HandLinkPageProps) {
  const { letterId, invitationId } = await params;
  const path = handLinkPath(letterId, invitationId);
  const t = await requestTranslator('member');
  const { running, scope } = await requireLetter(letterId, 'run', path);
  const token = await readHandLink(invitationId, scope.memberId);
  const view = await viewHandLink(running, scope, invitationId, token);
  if (!view) notFound();
  const form = await readForm(t, 'invitation', path);
  return (
    <>
      <ErrorSummary t={t} form={form} />
      <PageHead title={t('invitations.link.title')} over={<a href={invitationsPath(letterId)}>{t('invitations.title')}</a>}>
        <p>
          <bdi>{view.who}</bdi>
        </p>
      </PageHead>
      {view.shown === null ? <NotShown t={t} view={view} path={path} /> : <Shown t={t} shown={view.shown} />}
    </>
  );
}

function Shown({ t, shown }: { readonly t: Translator; readonly shown: NonNullable<HandLinkView['shown']> }) {
  return (
    <>
      <Notice t={t} tone="warning" title={t('invitations.link.once.title')}>
        <p>{t('invitations.link.once.text')}</p>
        <p>{t('invitations.link.proves-nothing')}</p>
      </Notice>
      <div className="form">
        <div className="field">
          <label className="label" htmlFor="hand-link">
            {t('invitations.link.alone')}
          </label>
          <textarea className="input" id="hand-link" dir="ltr" rows={3} readOnly spellCheck={false} autoComplete="off" value={shown.url} />
        </div>
        <div className="field">
          <label className="label" htmlFor="hand-words">
            {t('invitations.link.words')}
          </label>
          <textarea
            className="input"
            id="hand-words"
            lang={shown.language}
            dir="auto"
            rows={9}
            readOnly
            spellCheck={false}
            autoComplete="off"
            value={shown.words}
          />
        </div>
      </div>
    </>
  );
}

function NotShown({ t, view, path }: { readonly t: Translator; readonly view: HandLinkView; readonly path: string }) {
  if (!view.byHand) return <Notice t={t}>{t('invitations.link.by-mail')}</Notice>;
  return (
    <>
      <p>{t('invitations.link.shown-before')}</p>
      {view.mayMake ? (
        <div className="actions">
          <ButtonForm action={`${path}/make`}>{t('invitations.link.make')}</ButtonForm>
        </div>
      ) : (
        <p className="quiet">{t('invitations.link.no-more')}</p>
      )}
    </>
  );
}
