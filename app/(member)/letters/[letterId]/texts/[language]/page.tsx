import { notFound } from 'next/navigation';
import type { Translator } from '../../../../../../lib/i18n/translator.ts';
import { differencesOfValues } from '../../../../../../lib/letters/differences.ts';
import type { TextFormValues } from '../../../../../../lib/letters/form-values.ts';
import type { SourceChange } from '../../../../../../lib/letters/history.ts';
import { languageName } from '../../../../../../lib/letters/languages.ts';
import { isDraft } from '../../../../../../lib/letters/status.ts';
import { inLineValue, isLanguageTag, isLetterLanguage, textFieldNames } from '../../../../../../lib/letters/text-schema.ts';
import { type TextView, viewMoved, viewText } from '../../../../../../lib/letters/text-view.ts';
import { viewLetter } from '../../../../../../lib/letters/views.ts';
import { languageDirection } from '../../../../../../lib/text/direction.ts';
import { Conflict } from '../../../../../_components/draft/conflict.tsx';
import { FieldDifferences } from '../../../../../_components/draft/field-differences.tsx';
import { isSetAside } from '../../../../../_components/draft/is-set-aside.ts';
import { SourceText } from '../../../../../_components/draft/source-text.tsx';
import { Button } from '../../../../../_components/ui/button.tsx';
import { Checkbox } from '../../../../../_components/ui/choice.tsx';
import { Details } from '../../../../../_components/ui/details.tsx';
import { ErrorSummary } from '../../../../../_components/ui/error-summary.tsx';
import type { FormView } from '../../../../../_components/ui/form-view.ts';
import { Notice } from '../../../../../_components/ui/notice.tsx';
import { PageHead } from '../../../../../_components/ui/shell.tsx';
import { Time } from '../../../../../_components/ui/time.tsx';
import { instance } from '../../../../../_request/instance.ts';
import { requestTranslator } from '../../../../../_request/locale.ts';
import { requireLetter } from '../../../../../_request/member.ts';
import { readForm } from '../../../../../_request/read-form.ts';
import { LivePreview } from '../../../live-preview.tsx';
import { PreviewButtons } from '../../../preview-buttons.tsx';
import { LanguageSelect, MainText, TEXT_PARTS, TextParts } from '../../../text-fields.tsx';

interface TextPageProps {
  readonly params: Promise<{ readonly letterId: string; readonly language: string }>;
  readonly searchParams: Promise<{ readonly start?: string | string[] }>;
}

export async function generateMetadata({ params }: TextPageProps) {
  const { language } = await params;
  const t = await requestTranslator('member');
  return { title: t('letters.texts.edit', { language: isLanguageTag(language) ? languageName(language) : '' }) };
}

/** Writes a letter's text in one language; a translation beside the text it is made from. */
export default async function TextPage({ params, searchParams }: TextPageProps) {
  const { letterId, language } = await params;
  if (!isLanguageTag(language)) notFound();
  const { start } = await searchParams;
  const back = `/letters/${letterId}`;
  const path = `${back}/texts/${language}`;
  const t = await requestTranslator('member');
  const { running, scope } = await requireLetter(letterId, 'draft', path);
  const view = await viewLetter(running, scope, instance().now());
  if (!view) notFound();
  const { letter } = view;
  const text = await viewText(running, scope, letter, language);
  if (!text.stored && !isLetterLanguage(language)) notFound();
  const revision = text.stored?.revision ?? 0;
  const initial = text.stored?.values ?? (start === 'authentic' ? text.source?.values : undefined) ?? {};
  const { language: sourceLanguage, revision: sourceRevision } = text.follows;
  const seen = { revision: String(revision), sourceLanguage, sourceRevision: String(sourceRevision) };
  const form = await readForm(t, 'letter', path, { ...initial, language, ...seen });
  const title = t(text.stored ? 'letters.texts.edit' : 'letters.texts.write', { language: languageName(language) });
  const head = <PageHead title={title} over={<a href={back}>{view.headline}</a>} />;
  if (!isDraft(letter.status)) {
    return (
      <>
        <ErrorSummary t={t} form={form} />
        {head}
        <Notice t={t}>
          <p>{t('letters.edit.frozen')}</p>
          <p>
            <a href={`${back}/history`}>{t('letters.history.link')}</a>
          </p>
        </Notice>
      </>
    );
  }
  const conflict = form.keptAt !== null && form.value('revision') !== String(revision);
  // What was typed before a refusal, or a sign-in, follows what stood beside it then.
  const follows = { language: form.value('sourceLanguage'), revision: Number(form.value('sourceRevision')) || 0 };
  const change = text.source ? await viewMoved(running, letter, language, follows) : null;
  return (
    <>
      <ErrorSummary t={t} form={form} />
      {head}
      {conflict ? <TextConflict t={t} text={text} form={form} language={language} zone={letter.zone} /> : null}
      {change ? <SourceMoved t={t} change={change} language={text.source?.language ?? language} /> : null}
      <div className="writing">
        <form className="form" id="letter" method="post" action={`${path}/save`} noValidate>
          {/* Of what is stored now, even after a refusal: whoever saves again has been shown what changed meanwhile. */}
          <input type="hidden" name="revision" value={revision} />
          <input type="hidden" name="sourceLanguage" value={follows.language} />
          <input type="hidden" name="sourceRevision" value={follows.revision} />
          <TextForm t={t} form={form} language={language} text={text} moved={change !== null} />
          <div className="actions">
            <Button>{t(conflict && text.stored ? 'letters.conflict.save-mine' : 'letters.edit.button')}</Button>
            {conflict && text.stored ? (
              <Button look="quiet" formAction={`${path}/set-aside`}>
                {t('letters.conflict.take-theirs')}
              </Button>
            ) : null}
            <PreviewButtons t={t} path={path} />
            <a href={back}>{t('letters.cancel')}</a>
          </div>
        </form>
        <aside className="writing__aside">
          {text.source ? (
            <section aria-labelledby="source">
              <h2 id="source">{t('letters.texts.source', { language: languageName(text.source.language) })}</h2>
              <SourceText t={t} language={text.source.language} values={text.source.values} />
            </section>
          ) : null}
          <LivePreview form="letter" action={`${path}/preview`} title={t('letters.live.title')} failed={t('letters.live.failed')} />
        </aside>
      </div>
    </>
  );
}

function TextForm({
  t,
  form,
  language,
  text,
  moved,
}: {
  readonly t: Translator;
  readonly form: FormView;
  readonly language: string;
  readonly text: TextView;
  readonly moved: boolean;
}) {
  const written = { t, form, lang: language, dir: languageDirection(language) };
  return (
    <>
      <MainText {...written} />
      <Details summary={t('letters.texts.more')} open={form.errors.some(({ place }) => TEXT_PARTS.has(place))}>
        <TextParts {...written} />
        {text.stored && isLetterLanguage(language) ? <LanguageSelect t={t} form={form} hint={t('letters.texts.language.hint')} /> : null}
      </Details>
      {moved && text.source ? (
        <Checkbox
          t={t}
          form={form}
          name="inLine"
          value={inLineValue(text.source)}
          optional
          label={t('letters.texts.in-line')}
          hint={t('letters.texts.in-line.hint')}
        />
      ) : null}
    </>
  );
}

function TextConflict({
  t,
  text: { stored },
  form,
  language,
  zone,
}: {
  readonly t: Translator;
  readonly text: TextView;
  readonly form: FormView;
  readonly language: string;
  readonly zone: string;
}) {
  const mine = Object.fromEntries(textFieldNames.map((name) => [name, form.value(name)])) as TextFormValues;
  const by = stored && (
    <>
      {t('letters.texts.saved', { name: stored.savedBy })} <Time t={t} at={stored.savedAt} zone={zone} />
    </>
  );
  return (
    <Conflict
      t={t}
      by={by}
      differences={stored ? differencesOfValues(stored.values, mine, language) : []}
      language={language}
      setAside={isSetAside(form)}
    />
  );
}

function SourceMoved({ t, change, language }: { readonly t: Translator; readonly change: SourceChange; readonly language: string }) {
  return (
    <Notice t={t} tone="warning" title={t('letters.texts.moved.title')}>
      <p>{t(change.differences === null ? 'letters.texts.moved.unknown' : 'letters.texts.moved.text')}</p>
      {change.differences === null ? null : (
        <Details summary={t('letters.texts.moved.show')} open>
          <FieldDifferences t={t} differences={change.differences} language={language} />
        </Details>
      )}
    </Notice>
  );
}
