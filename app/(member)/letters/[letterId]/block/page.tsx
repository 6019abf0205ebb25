import { notFound } from 'next/navigation';
import type { GivenBlockSettings } from '../../../../../lib/block/record.ts';
import type { Translator } from '../../../../../lib/i18n/translator.ts';
import { hindranceToBlock } from '../../../../../lib/letters/block-access.ts';
import { type BlockPreview, previewBlock } from '../../../../../lib/letters/block-preview.ts';
import { blockFormValues } from '../../../../../lib/letters/block-schema.ts';
import { differencesOfBlockValues } from '../../../../../lib/letters/differences.ts';
import { letterBlock } from '../../../../../lib/letters/document.ts';
import { countPublications } from '../../../../../lib/letters/editions.ts';
import { viewSettingsSave } from '../../../../../lib/letters/history.ts';
import { languageName } from '../../../../../lib/letters/languages.ts';
import { viewLetter } from '../../../../../lib/letters/views.ts';
import { languageDirection } from '../../../../../lib/text/direction.ts';
import { Conflict } from '../../../../_components/draft/conflict.tsx';
import { isSetAside } from '../../../../_components/draft/is-set-aside.ts';
import { BlockView } from '../../../../_components/letter/block-view.tsx';
import { Sheet } from '../../../../_components/letter/letter-view.tsx';
import { Button, ButtonLink } from '../../../../_components/ui/button.tsx';
import { ErrorSummary } from '../../../../_components/ui/error-summary.tsx';
import { Notice } from '../../../../_components/ui/notice.tsx';
import { PageHead } from '../../../../_components/ui/shell.tsx';
import { Time } from '../../../../_components/ui/time.tsx';
import { instance } from '../../../../_request/instance.ts';
import { requestTranslator } from '../../../../_request/locale.ts';
import { requireLetter } from '../../../../_request/member.ts';
import { readForm } from '../../../../_request/read-form.ts';
import { LivePreview } from '../../live-preview.tsx';
import type { LetterPageProps } from '../letter-page.ts';
import { PublicationNote } from '../publication-note.tsx';
import { BlockFields } from './block-fields.tsx';

export async function generateMetadata() {
  const t = await requestTranslator('member');
  return { title: t('letters.block.title') };
}

/** How the list of signatories is set, beside how it will print. */
export default async function BlockPage({ params }: LetterPageProps) {
  const { letterId } = await params;
  const back = `/letters/${letterId}`;
  const path = `${back}/block`;
  const t = await requestTranslator('member');
  const { running, scope } = await requireLetter(letterId, 'draft', path);
  const view = await viewLetter(running, scope, instance().now());
  const preview = await previewBlock(running, scope, null, null);
  if (!view || !preview) notFound();
  const { letter, texts } = view;
  const hindrance = hindranceToBlock(letter, scope);
  const settings = letterBlock(letter);
  const revision = String(letter.settingsRevision);
  const values = blockFormValues(settings, letter.block as GivenBlockSettings, texts, letter.authenticLanguage);
  const form = await readForm(t, 'block', path, { ...values, revision });
  const conflict = form.keptAt !== null && form.value('revision') !== revision;
  const save = conflict ? await viewSettingsSave(running, scope, letter) : null;
  const mine = Object.fromEntries(Object.keys(values).map((name) => [name, form.value(name)]));
  const counts = await countPublications(running, letter);
  const pdf = `/api/files/letters/${letterId}/pdf?show=1`;
  return (
    <>
      <ErrorSummary t={t} form={form} />
      <PageHead
        title={t('letters.block.title')}
        over={<a href={back}>{view.headline}</a>}
        actions={
          <ButtonLink href={pdf} look="quiet">
            {t('letters.block.pdf')}
          </ButtonLink>
        }
      >
        <p>{t('letters.block.lead')}</p>
      </PageHead>
      {hindrance ? (
        <Notice t={t}>
          <p>{t(`fault.block.${hindrance}`)}</p>
          {isSetAside(form) ? <p>{t('letters.conflict.set-aside')}</p> : null}
          <p>
            <a href={`${back}/history`}>{t('letters.history.link')}</a>
          </p>
        </Notice>
      ) : (
        <>
          {save ? (
            <Conflict
              t={t}
              by={
                <>
                  {t('letters.texts.saved', { name: save.savedBy })} <Time t={t} at={save.savedAt} zone={letter.zone} />
                </>
              }
              differences={differencesOfBlockValues(values, mine)}
              language={null}
              setAside={isSetAside(form)}
            />
          ) : null}
          <div className="writing">
            <form className="form" id="block" method="post" action={`${path}/save`} noValidate>
              {/* Of what is stored now, even after a refusal: whoever saves again has been shown what changed meanwhile. */}
              <input type="hidden" name="revision" value={revision} />
              <BlockFields t={t} form={form} languages={texts.map(({ language }) => language)} />
              <div className="actions">
                <Button>{t(conflict ? 'letters.conflict.save-mine' : 'letters.edit.button')}</Button>
                {conflict ? (
                  <Button look="quiet" formAction={`${path}/set-aside`}>
                    {t('letters.conflict.take-theirs')}
                  </Button>
                ) : null}
                {conflict ? null : (
                  <Button look="quiet" name="next" value="order">
                    {t('letters.block.save-order')}
                  </Button>
                )}
                <Button look="quiet" formAction={`${path}/preview`} formTarget="_blank">
                  {t('letters.live.page')}
                </Button>
                <a href={back}>{t('letters.cancel')}</a>
              </div>
            </form>
            <aside className="writing__aside">
              {preview.invented ? <p className="block-note">{t('letters.block.invented')}</p> : null}
              <PublicationNote t={t} counts={counts} />
              <LivePreview form="block" action={`${path}/preview`} title={t('letters.live.title')} failed={t('letters.live.failed')} />
              <noscript>
                <SavedPreview t={t} preview={preview} />
              </noscript>
              {texts.length > 1 ? (
                <ul className="links">
                  {texts.map(({ language }) => (
                    <li key={language}>
                      <a href={`${pdf}&language=${language}`}>{t('letters.block.pdf-in', { language: languageName(language) })}</a>
                    </li>
                  ))}
                </ul>
              ) : null}
            </aside>
          </div>
        </>
      )}
    </>
  );
}

/** Without scripts: as it was saved last. */
async function SavedPreview({ t, preview: { document, language, shown } }: { readonly t: Translator; readonly preview: BlockPreview }) {
  const parts = await Promise.all(
    document.sections.map(async (section) => {
      const { value = [] } = await section.batches()[Symbol.asyncIterator]().next();
      return { section, entries: value, first: 1, continued: false };
    }),
  );
  return (
    <section aria-labelledby="saved-preview">
      <h2 id="saved-preview">{t('letters.block.saved')}</h2>
      {shown === null ? null : <p className="block-note">{t('letters.block.shown', { shown })}</p>}
      <Sheet>
        {parts.map((part) => (
          <BlockView key={part.section.kind} part={part} language={language} direction={languageDirection(language)} headingLevel={3} />
        ))}
      </Sheet>
    </section>
  );
}
