import { notFound, redirect } from 'next/navigation';
import { mayDo } from '../../../../../lib/coalitions/access.ts';
import type { Translator } from '../../../../../lib/i18n/translator.ts';
import { findRemoved } from '../../../../../lib/letters/history.ts';
import { languageName, languageOptions, letterLanguages } from '../../../../../lib/letters/languages.ts';
import { isDraft } from '../../../../../lib/letters/status.ts';
import { isLetterLanguage } from '../../../../../lib/letters/text-schema.ts';
import { type TextItem, viewTexts } from '../../../../../lib/letters/text-view.ts';
import { viewLetter } from '../../../../../lib/letters/views.ts';
import { languageDirection } from '../../../../../lib/text/direction.ts';
import { Badge } from '../../../../_components/ui/badge.tsx';
import { Button, ButtonForm, ButtonLink } from '../../../../_components/ui/button.tsx';
import { RadioGroup } from '../../../../_components/ui/choice.tsx';
import { ErrorSummary } from '../../../../_components/ui/error-summary.tsx';
import { Select } from '../../../../_components/ui/field.tsx';
import { formView } from '../../../../_components/ui/form-view.ts';
import { Notice } from '../../../../_components/ui/notice.tsx';
import { PageHead } from '../../../../_components/ui/shell.tsx';
import { Time } from '../../../../_components/ui/time.tsx';
import { instance } from '../../../../_request/instance.ts';
import { requestTranslator } from '../../../../_request/locale.ts';
import { requireLetter } from '../../../../_request/member.ts';
import { readForm } from '../../../../_request/read-form.ts';
import type { LetterPageProps } from '../letter-page.ts';

interface TextsPageProps extends LetterPageProps {
  readonly searchParams: Promise<Readonly<Record<'add' | 'start' | 'removed', string | string[] | undefined>>>;
}

export async function generateMetadata() {
  const t = await requestTranslator('member');
  return { title: t('letters.texts.title') };
}

/** The languages of a letter: one text prevails, the others translate it. */
export default async function TextsPage({ params, searchParams }: TextsPageProps) {
  const { letterId } = await params;
  const { add, start, removed } = await searchParams;
  const path = `/letters/${letterId}/texts`;
  const t = await requestTranslator('member');
  const { running, scope } = await requireLetter(letterId, 'read', path);
  const view = await viewLetter(running, scope, instance().now());
  if (!view) notFound();
  if (typeof add === 'string' && isLetterLanguage(add)) redirect(`${path}/${add}${start === 'authentic' ? '?start=authentic' : ''}`);
  const { letter } = view;
  const texts = await viewTexts(running, scope, view.texts);
  const writes = isDraft(letter.status) && mayDo(scope.role, 'draft');
  const undo = writes && typeof removed === 'string' ? await findRemoved(running, scope, removed) : null;
  const form = await readForm(t, 'texts', path);
  const free = letterLanguages.filter((tag) => !texts.some(({ language }) => language === tag));
  return (
    <>
      <ErrorSummary t={t} form={form} />
      {undo ? (
        <Notice t={t} said title={t('letters.texts.removed', { language: languageName(undo.language) })}>
          <ButtonForm action={`/letters/${letterId}/history/restore`} look="quiet" values={{ number: String(undo.number), revision: '0' }}>
            {t('letters.texts.undo')}
          </ButtonForm>
        </Notice>
      ) : null}
      <PageHead title={t('letters.texts.title')} over={<a href={`/letters/${letterId}`}>{view.headline}</a>}>
        <p className="lead">{t('letters.texts.lead')}</p>
      </PageHead>
      <ul className="texts">
        {texts.map((text) => (
          <TextCard
            key={text.language}
            t={t}
            text={text}
            path={`${path}/${text.language}`}
            zone={letter.zone}
            settingsRevision={writes ? letter.settingsRevision : null}
          />
        ))}
      </ul>
      {writes ? <AddLanguage t={t} path={path} free={free} /> : null}
    </>
  );
}

function TextCard({
  t,
  text,
  path,
  zone,
  settingsRevision,
}: {
  readonly t: Translator;
  readonly text: TextItem;
  readonly path: string;
  readonly zone: string;
  /** Null for whoever only reads. */
  readonly settingsRevision: number | null;
}) {
  const { language, authentic } = text;
  return (
    <li className="texts__item">
      <h2>{languageName(language)}</h2>
      <p>
        {authentic ? <Badge tone="accent">{t('letters.texts.authentic')}</Badge> : <Badge>{t('letters.texts.translation')}</Badge>}{' '}
        {text.older ? <Badge tone="warning">{t('letters.texts.older')}</Badge> : null}
      </p>
      <p className="texts__headline" lang={language} dir={languageDirection(language)}>
        {text.headline}
      </p>
      <p className="texts__saved">
        {t('letters.texts.saved', { name: text.savedBy })} <Time t={t} at={text.savedAt} zone={zone} short />
      </p>
      {settingsRevision === null ? null : (
        <div className="actions">
          <ButtonLink href={path} look="quiet">
            {t('letters.texts.edit-link', { language: languageName(language) })}
          </ButtonLink>
          {authentic ? null : (
            <>
              <ButtonForm action={`${path}/make-authentic`} look="link" values={{ revision: String(settingsRevision) }}>
                {t('letters.texts.make-authentic', { language: languageName(language) })}
              </ButtonForm>
              <ButtonForm action={`${path}/remove`} look="link" values={{ revision: String(text.revision) }}>
                {t('letters.texts.remove', { language: languageName(language) })}
              </ButtonForm>
            </>
          )}
        </div>
      )}
    </li>
  );
}

function AddLanguage({ t, path, free }: { readonly t: Translator; readonly path: string; readonly free: readonly string[] }) {
  const form = formView('add', { start: 'empty' }, []);
  return (
    <form className="form panel" method="get" action={path}>
      <h2>{t('letters.texts.add')}</h2>
      <Select t={t} form={form} name="add" label={t('letters.texts.add.language')} options={languageOptions(t.locale, free)} />
      <RadioGroup
        t={t}
        form={form}
        name="start"
        label={t('letters.texts.add.start')}
        options={[
          { value: 'empty', label: t('letters.texts.add.empty') },
          { value: 'authentic', label: t('letters.texts.add.authentic') },
        ]}
      />
      <Button look="quiet">{t('letters.texts.add.button')}</Button>
    </form>
  );
}
