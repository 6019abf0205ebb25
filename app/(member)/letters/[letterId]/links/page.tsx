import { notFound } from 'next/navigation';
import { formatInstant, formatNumber } from '../../../../../lib/i18n/format.ts';
import type { Translator } from '../../../../../lib/i18n/translator.ts';
import { viewLetter } from '../../../../../lib/letters/views.ts';
import { type OpenLinkItem, viewOpenLinks } from '../../../../../lib/signatures/open-links-view.ts';
import { Badge } from '../../../../_components/ui/badge.tsx';
import { Button, ButtonForm } from '../../../../_components/ui/button.tsx';
import { EmptyState } from '../../../../_components/ui/empty-state.tsx';
import { ErrorSummary } from '../../../../_components/ui/error-summary.tsx';
import { TextField } from '../../../../_components/ui/field.tsx';
import type { FormView } from '../../../../_components/ui/form-view.ts';
import { Notice } from '../../../../_components/ui/notice.tsx';
import { PageHead } from '../../../../_components/ui/shell.tsx';
import { Table } from '../../../../_components/ui/table.tsx';
import { instance } from '../../../../_request/instance.ts';
import { requestTranslator } from '../../../../_request/locale.ts';
import { requireLetter } from '../../../../_request/member.ts';
import { readForm } from '../../../../_request/read-form.ts';
import type { LetterPageProps } from '../letter-page.ts';
import { linksPath } from './paths.ts';

interface LinksPageProps extends LetterPageProps {
  readonly searchParams: Promise<{ readonly again?: string | readonly string[] }>;
}

export async function generateMetadata() {
  const t = await requestTranslator('member');
  return { title: t('links.title') };
}

/** The addresses that anybody may sign by: what came of each, and the form that makes the next. */
export default async function LinksPage({ params, searchParams }: LinksPageProps) {
  const { letterId } = await params;
  const { again } = await searchParams;
  const t = await requestTranslator('member');
  const path = linksPath(letterId);
  const { running, scope } = await requireLetter(letterId, 'run', path);
  const now = instance().now();
  const view = await viewLetter(running, scope, now);
  const page = view && (await viewOpenLinks(running, scope, now));
  if (!view || !page) notFound();
  const before = page.links.find(({ id }) => id === again);
  const form = await readForm(t, 'open-link', path, { label: before?.label, cap: before?.cap?.toString() });
  const closing = await readForm(t, 'close-open-link', path);
  return (
    <>
      <ErrorSummary t={t} form={closing} />
      <ErrorSummary t={t} form={form} />
      <PageHead title={t('links.title')} over={<a href={`/letters/${letterId}`}>{view.headline}</a>}>
        <p>{t('links.lead')}</p>
      </PageHead>
      {page.none === null ? null : (
        <Notice t={t} title={t(`links.none.${page.none}.title`)}>
          {t(`links.none.${page.none}.text`)}
        </Notice>
      )}
      {page.links.length > 0 ? <LinkTable t={t} path={path} links={page.links} zone={page.zone} mayMake={page.none === null} /> : null}
      {page.links.length === 0 && page.none === null ? (
        <EmptyState title={t('links.empty.title')}>{t('links.empty.text')}</EmptyState>
      ) : null}
      {page.none === null ? <MakeForm t={t} path={path} form={form} /> : null}
    </>
  );
}

const TONES = { open: 'success', full: 'warning', ended: 'plain' } as const;

interface LinkTableProps {
  readonly t: Translator;
  readonly path: string;
  readonly links: readonly OpenLinkItem[];
  readonly zone: string;
  readonly mayMake: boolean;
}

function LinkTable({ t, path, links, zone, mayMake }: LinkTableProps) {
  const named = ({ label, url }: OpenLinkItem) => <span className="visually-hidden">: {label || url}</span>;
  return (
    <Table
      caption={t('links.list')}
      captionHidden
      keyOf={({ id }) => id}
      rows={links}
      columns={[
        {
          heading: t('links.column.link'),
          cell: ({ label, url }) => (
            <>
              {label === '' ? null : <bdi>{label}</bdi>}
              <input
                className="input links__address"
                type="text"
                readOnly
                dir="ltr"
                value={url}
                aria-label={t('links.address', { label })}
              />
            </>
          ),
        },
        {
          heading: t('links.column.state'),
          cell: (link) => (
            <>
              <Badge tone={TONES[link.state]}>{t(`links.state.${link.state}`)}</Badge>
              {link.state === 'open' && link.expiresAt !== null ? (
                <span className="who__contact">{t('links.until', { end: formatInstant(t.locale, link.expiresAt, zone) })}</span>
              ) : null}
            </>
          ),
        },
        {
          heading: t('links.column.confirmed'),
          labelled: true,
          cell: ({ confirmed, cap }) => (cap === null ? formatNumber(t.locale, confirmed) : t('links.of-cap', { confirmed, cap })),
        },
        { heading: t('links.column.waiting'), labelled: true, cell: ({ waiting }) => formatNumber(t.locale, waiting) },
        {
          heading: t('links.column.actions'),
          cell: (link) => (
            <div className="row-acts">
              {link.state === 'ended' ? null : (
                <ButtonForm action={`${path}/${link.id}/close`} look="link">
                  {t('links.close')} {named(link)}
                </ButtonForm>
              )}
              {link.state !== 'open' && mayMake ? (
                <a href={`${path}?again=${link.id}#make`}>
                  {t('links.again')} {named(link)}
                </a>
              ) : null}
            </div>
          ),
        },
      ]}
    />
  );
}

function MakeForm({ t, path, form }: { readonly t: Translator; readonly path: string; readonly form: FormView }) {
  const field = { t, form };
  return (
    <section id="make" aria-labelledby="make-title">
      <h2 id="make-title">{t('links.make.title')}</h2>
      <form className="form" method="post" action={`${path}/make`} noValidate>
        <TextField {...field} name="label" label={t('links.make.label')} hint={t('links.make.label-hint')} optional autoComplete="off" />
        <TextField
          {...field}
          name="cap"
          label={t('links.make.cap')}
          hint={t('links.make.cap-hint')}
          optional
          width="short"
          inputMode="numeric"
          autoComplete="off"
        />
        <TextField
          {...field}
          name="lastDay"
          label={t('links.make.last-day')}
          hint={t('links.make.last-day-hint')}
          optional
          type="date"
          width="short"
        />
        <div className="actions">
          <Button>{t('links.make.button')}</Button>
        </div>
      </form>
    </section>
  );
}
