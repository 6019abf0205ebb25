import type { LetterStatus } from '../../../../db/schema/values.ts';
import type { Translator } from '../../../../lib/i18n/translator.ts';
import { languageName } from '../../../../lib/letters/languages.ts';
import { isDraft } from '../../../../lib/letters/status.ts';

const OTHERS = ['html', 'md', 'txt'] as const;

interface DownloadsProps {
  readonly t: Translator;
  readonly letterId: string;
  readonly status: LetterStatus;
  /** Of its texts. */
  readonly languages: readonly string[];
}

/** The letter as files, as it stands now. */
export function Downloads({ t, letterId, status, languages }: DownloadsProps) {
  const file = (format: string) => `/api/files/letters/${letterId}/${format}`;
  const drafted = isDraft(status);
  return (
    <section>
      <h2>{t('letters.files.title')}</h2>
      <p>{t(status === 'delivered' ? 'letters.files.final' : drafted ? 'letters.files.draft' : 'letters.files.not-final')}</p>
      <ul>
        <li>
          <a href={file('pdf')}>{t('letters.files.pdf')}</a>
        </li>
        {languages.length < 2
          ? null
          : languages.map((language) => (
              <li key={language}>
                <a href={`${file('pdf')}?language=${language}`}>{t('letters.block.pdf-in', { language: languageName(language) })}</a>
              </li>
            ))}
        {OTHERS.map((format) => (
          <li key={format}>
            <a href={file(format)}>{t(`letters.files.${format}`)}</a>
          </li>
        ))}
        {drafted ? null : (
          <li>
            <a href={file('csv')}>{t('letters.files.csv')}</a>
          </li>
        )}
      </ul>
    </section>
  );
}
