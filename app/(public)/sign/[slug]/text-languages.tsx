import type { Translator } from '../../../../lib/i18n/translator.ts';
import { languageName } from '../../../../lib/letters/languages.ts';
import { languageDirection } from '../../../../lib/text/direction.ts';

/** The languages a letter can be read in, where there are several. */
export function TextLanguages({
  t,
  path,
  languages,
  shown,
}: {
  readonly t: Translator;
  readonly path: string;
  readonly languages: readonly string[];
  readonly shown: string;
}) {
  if (languages.length < 2) return null;
  return (
    <nav className="signing-languages" aria-label={t('signing.open.languages')}>
      <ul>
        {languages.map((language) => (
          <li key={language}>
            <a
              href={`${path}?text=${encodeURIComponent(language)}`}
              lang={language}
              dir={languageDirection(language)}
              hrefLang={language}
              aria-current={language === shown ? 'true' : undefined}
            >
              {languageName(language)}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}
