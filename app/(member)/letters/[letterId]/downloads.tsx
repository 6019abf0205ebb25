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
  /** Entries that stand in the copy for the addressee alone; null where there is no such copy, or not for this member. */
  readonly addressee: { readonly count: number; readonly hidden: boolean } | null;
  /** Names came after the delivery. */
  readonly later: boolean;
}

/** The letter as files, as it stands now. */
export function Downloads({ t, letterId, status, languages, addressee, later }: DownloadsProps) {
  const file = (format: string) => `/api/files/letters/${letterId}/${format}`;
  const drafted = isDraft(status);
  return (
    <section>
      <h2>{t('letters.files.title')}</h2>
      <p>{t(textOf(status))}</p>
      <ul>
        <li>
          <a href={file('pdf')}>{t('letters.files.pdf')}</a>
          {' · '}
          <a href={`${file('pdf')}?page=letter`}>{t('letters.files.pdf.letter')}</a>
        </li>
        {drafted || status === 'withdrawn' ? null : (
          <li>
            <a href={`${file('pdf')}?part=signatories`}>{t('letters.files.pdf.signatories')}</a>
          </li>
        )}
        {later ? (
          <>
            <li>
              <a href={`${file('pdf')}?names=delivered`}>{t('letters.files.pdf.delivered')}</a>
            </li>
            <li>
              <a href={`${file('pdf')}?names=addenda`}>{t('letters.files.pdf.addenda')}</a>
            </li>
          </>
        ) : null}
        {languages.length < 2
          ? null
          : languages.map((language) => (
              <li key={language}>
                <a href={`${file('pdf')}?language=${language}`}>{t('letters.block.pdf-in', { language: languageName(language) })}</a>
              </li>
            ))}
        {addressee === null ? null : (
          <li>
            <a href={file('addressee')}>{t('letters.files.addressee')}</a>
            {later ? <LaterNames t={t} file={file('addressee')} /> : null}
            {languages.length < 2
              ? null
              : languages.map((language) => (
                  <span key={language}>
                    {' · '}
                    <a href={`${file('addressee')}?language=${language}`}>{languageName(language)}</a>
                  </span>
                ))}
            <p className="quiet small">
              {t(addressee.hidden ? 'letters.files.addressee.hidden' : 'letters.files.addressee.what', { count: addressee.count })}
            </p>
          </li>
        )}
        {OTHERS.map((format) => (
          <li key={format}>
            <a href={file(format)}>{t(`letters.files.${format}`)}</a>
          </li>
        ))}
        {drafted || status === 'withdrawn' ? null : (
          <li>
            <a href={file('csv')}>{t('letters.files.csv')}</a>
          </li>
        )}
      </ul>
    </section>
  );
}

/** The copy for the addressee as it was handed over, and what is to be handed over after it. */
function LaterNames({ t, file }: { readonly t: Translator; readonly file: string }) {
  return (
    <>
      {' · '}
      <a href={`${file}?names=delivered`}>{t('letters.files.as-delivered')}</a>
      {' · '}
      <a href={`${file}?names=addenda`}>{t('letters.files.later')}</a>
    </>
  );
}

function textOf(status: LetterStatus) {
  if (status === 'withdrawn') return 'letters.files.withdrawn';
  if (status === 'delivered') return 'letters.files.final';
  return isDraft(status) ? 'letters.files.draft' : 'letters.files.not-final';
}
