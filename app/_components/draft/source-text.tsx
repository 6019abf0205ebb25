import type { Translator } from '../../../lib/i18n/translator.ts';
import { textFieldNames } from '../../../lib/letters/text-schema.ts';
import { languageDirection } from '../../../lib/text/direction.ts';
import { fieldLabel } from './field-words.ts';

/** The authentic text as it was typed, to translate from. */
export function SourceText({
  t,
  language,
  values,
}: {
  readonly t: Translator;
  readonly language: string;
  readonly values: Readonly<Record<string, string>>;
}) {
  return (
    <dl className="source-text">
      {textFieldNames
        .filter((field) => values[field] !== '')
        .map((field) => (
          <div key={field}>
            <dt>{fieldLabel(t, field)}</dt>
            <dd lang={language} dir={languageDirection(language)}>
              {values[field]}
            </dd>
          </div>
        ))}
    </dl>
  );
}
