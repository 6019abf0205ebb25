import { formatInstant } from '../../../../lib/i18n/format.ts';
import type { Translator } from '../../../../lib/i18n/translator.ts';
import type { PublicLetter } from '../../../../lib/letters/public-page.ts';
import { languageDirection } from '../../../../lib/text/direction.ts';
import { displayFingerprint } from '../../../../lib/text/fingerprint.ts';
import { ButtonLink } from '../../../_components/ui/button.tsx';
import { Details } from '../../../_components/ui/details.tsx';
import { publicPath, publicPathWith } from './paths.ts';

interface PartProps {
  readonly t: Translator;
  readonly letter: PublicLetter;
}

const languageName = (locale: string, language: string): string =>
  new Intl.DisplayNames([locale], { type: 'language', fallback: 'code' }).of(language) ?? language;

/** The texts of the letter, each under its language's own name. */
export function TextLanguages({ t, letter: { slug, text, texts } }: PartProps) {
  if (texts.length < 2) return null;
  return (
    <nav className="tabs" aria-label={t('public.languages')}>
      <ul>
        {texts.map(({ language, authentic }) => (
          <li key={language}>
            <a
              href={publicPathWith(slug, { language: authentic ? null : language })}
              lang={language}
              dir={languageDirection(language)}
              hrefLang={language}
              aria-current={language === text.language ? 'page' : undefined}
            >
              {languageName(language, language)}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** Which text prevails, where there are several. */
export function Standing({ t, letter: { text, texts } }: PartProps) {
  const authentic = texts.find((one) => one.authentic);
  if (texts.length < 2 || !authentic) return null;
  return (
    <p className="quiet small">
      {text.authentic
        ? t('public.authentic')
        : t('public.translation', { language: languageName(t.locale === 'en-XB' ? 'en' : t.locale, authentic.language) })}
    </p>
  );
}

/** Where one signs, and until when. */
export function HowToSign({ t, letter: { signing, deadlineAt, zone, status } }: PartProps) {
  const deadline = deadlineAt === null ? null : t('public.sign.until', { deadline: formatInstant(t.locale, deadlineAt, zone) });
  return (
    <section className="public-sign" aria-labelledby="sign-title">
      <h2 id="sign-title">{t('public.sign')}</h2>
      {signing === undefined ? <p>{t(status === 'delivered' ? 'public.sign.delivered' : 'public.sign.over')}</p> : null}
      {signing?.openLink === null ? (
        <p>
          {t('public.sign.invitation')} {deadline}
        </p>
      ) : null}
      {signing?.openLink ? (
        <>
          <p>
            {t('public.sign.open-hint')} {deadline}
          </p>
          <p>
            <ButtonLink href={`/sign/${signing.openLink}`}>{t('public.sign.open')}</ButtonLink>
          </p>
        </>
      ) : null}
    </section>
  );
}

/** The file, and by what the text can be told from another. */
export function Genuine({ t, letter: { slug, text, texts } }: PartProps) {
  const language = text.authentic ? null : text.language;
  const file = `${publicPath(slug)}/pdf${language === null ? '' : `?language=${language}`}`;
  return (
    <>
      <p>
        <a href={file}>{t('public.pdf')}</a>
      </p>
      <Details summary={t('public.genuine')}>
        <p>{t('public.genuine.text')}</p>
        <dl className="fingerprints">
          {texts.map(({ language, fingerprint }) => (
            <div key={language}>
              <dt>{t('public.fingerprint', { language: languageName(t.locale === 'en-XB' ? 'en' : t.locale, language) })}</dt>
              <dd dir="ltr">
                <code>{displayFingerprint(fingerprint)}</code>
              </dd>
              <dd>
                <a href={`/v/${fingerprint}`}>{t('public.fingerprint.address')}</a>
              </dd>
            </div>
          ))}
        </dl>
      </Details>
    </>
  );
}
