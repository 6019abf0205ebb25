import type { Translator } from '../../../../lib/i18n/translator.ts';
import { policiesOf } from '../../../../lib/letters/presets.ts';
import { isDraft, isFinal } from '../../../../lib/letters/status.ts';
import type { LetterView } from '../../../../lib/letters/views.ts';
import { ButtonForm } from '../../../_components/ui/button.tsx';

/** What else can be done with a letter, beside its next step. */
export function Further({
  t,
  view: { letter },
  may,
}: {
  readonly t: Translator;
  readonly view: LetterView;
  readonly may: { readonly draft: boolean; readonly run: boolean; readonly delete: boolean };
}) {
  const back = `/letters/${letter.id}`;
  const drafted = isDraft(letter.status);
  return (
    <section aria-labelledby="further">
      <h2 id="further">{t('letters.further.title')}</h2>
      <ul className="links">
        {drafted && may.draft ? (
          <li>
            <a href={`${back}/settings`}>{t('letters.settings.link')}</a>
          </li>
        ) : null}
        {(drafted ? may.draft : may.run) && !isFinal(letter.status) ? (
          <li>
            <a href={`${back}/block`}>{t('letters.block.link')}</a>
          </li>
        ) : null}
        {!drafted && may.run && (policiesOf(letter.policies).openLink || letter.status === 'open') ? (
          <li>
            <a href={`${back}/links`}>{t('letters.links.link')}</a>
          </li>
        ) : null}
        {drafted ? (
          <li>
            <a href={`${back}/texts`}>{t('letters.texts.link')}</a>
          </li>
        ) : null}
        {letter.status === 'withdrawn' ? (
          <li>
            <a href={`${back}/preview`}>{t('letters.preview.title')}</a>
          </li>
        ) : null}
        <li>
          <a href={`${back}/history`}>{t('letters.history.link')}</a>
        </li>
      </ul>
      <div className="actions">
        {may.draft ? (
          <ButtonForm action={`${back}/duplicate`} look="quiet">
            {t('letters.duplicate.button')}
          </ButtonForm>
        ) : null}
        {may.run ? (
          <ButtonForm action={`${back}/${letter.archivedAt === null ? 'archive' : 'unarchive'}`} look="quiet">
            {t(letter.archivedAt === null ? 'letters.archive.button' : 'letters.unarchive.button')}
          </ButtonForm>
        ) : null}
        {drafted && may.delete && !letter.sample ? (
          <ButtonForm action={`${back}/delete`} look="danger">
            {t('letters.delete.link')}
          </ButtonForm>
        ) : null}
      </div>
    </section>
  );
}
