import type { Translator } from '../../../../lib/i18n/translator.ts';
import type { Instance } from '../../../../lib/instance.ts';
import { letterDocument } from '../../../../lib/letters/document.ts';
import { languageName } from '../../../../lib/letters/languages.ts';
import { LetterView, Sheet } from '../../../_components/letter/letter-view.tsx';
import { Details } from '../../../_components/ui/details.tsx';
import { instance } from '../../../_request/instance.ts';

interface DraftTextProps {
  readonly t: Translator;
  readonly running: Instance;
  readonly letterId: string;
  readonly edits: boolean;
}

/** What a draft says, each of its texts under a fold, with the way to change it beside: nobody speaks of a text they don't see. */
export async function DraftText({ t, running, letterId, edits }: DraftTextProps) {
  const document = await letterDocument(running, letterId, { edition: 'public', now: instance().now() });
  if (!document) return null;
  return (
    <section aria-labelledby="draft-text">
      <h2 id="draft-text">{t('letters.draft-text.title')}</h2>
      {document.texts.map((text) => (
        <div key={text.language}>
          <Details summary={t('letters.draft-text.read', { language: languageName(text.language) })}>
            <Sheet mark={t('letters.mark.draft')}>
              <LetterView text={text} place={document.place} date={document.date} headlineLevel={2} />
            </Sheet>
          </Details>
          {edits ? (
            <p>
              <a href={`/letters/${letterId}/texts/${text.language}`}>
                {t('letters.texts.edit', { language: languageName(text.language) })}
              </a>
            </p>
          ) : null}
        </div>
      ))}
    </section>
  );
}
