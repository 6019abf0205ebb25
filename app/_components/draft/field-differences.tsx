import type { Translator } from '../../../lib/i18n/translator.ts';
import type { FieldDifference } from '../../../lib/letters/differences.ts';
import { languageDirection } from '../../../lib/text/direction.ts';
import { Difference } from '../ui/difference.tsx';
import { fieldLabel, settingWords } from './field-words.ts';

interface FieldDifferencesProps {
  readonly t: Translator;
  readonly differences: readonly FieldDifference[];
  /** Of the words that are compared; null where they are settings. */
  readonly language: string | null;
  /** Headings of the two sides; left out, each field is one running text. */
  readonly sides?: { readonly before: string; readonly after: string };
}

/** What differs, field by field. */
export function FieldDifferences({ t, differences, language, sides }: FieldDifferencesProps) {
  if (differences.length === 0) return <p>{t('letters.difference.none')}</p>;
  const words = language === null ? {} : { lang: language, dir: languageDirection(language) };
  return (
    <div className="differences">
      {differences.map(({ field, parts: given }) => {
        const parts = language === null ? given.map((part) => ({ ...part, text: settingWords(t, field, part.text) })) : given;
        return (
          <section key={field} className="differences__field">
            <h3>{fieldLabel(t, field)}</h3>
            {sides ? (
              <div className="beside">
                <div>
                  <h4>{sides.before}</h4>
                  <Difference t={t} parts={parts} side="before" {...words} />
                </div>
                <div>
                  <h4>{sides.after}</h4>
                  <Difference t={t} parts={parts} side="after" {...words} />
                </div>
              </div>
            ) : (
              <Difference t={t} parts={parts} {...words} />
            )}
          </section>
        );
      })}
    </div>
  );
}
