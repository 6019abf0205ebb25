import type { LetterScope } from '../../../../../../lib/access/scope.ts';
import type { For } from '../../../../../../lib/coalitions/access.ts';
import { LOCALE_NAMES, LOCALES } from '../../../../../../lib/i18n/locales.ts';
import type { Translator } from '../../../../../../lib/i18n/translator.ts';
import type { Instance } from '../../../../../../lib/instance.ts';
import { previewWording } from '../../../../../../lib/invitations/preview.ts';
import { ButtonForm } from '../../../../../_components/ui/button.tsx';
import { Details } from '../../../../../_components/ui/details.tsx';
import { Facts } from '../../../../../_components/ui/table.tsx';

interface MailPreviewsProps {
  readonly t: Translator;
  readonly at: { readonly running: Instance; readonly scope: For<LetterScope, 'run'> };
  readonly path: string;
  readonly sample: boolean;
}

/** The invitation to an organisation in each language, as a mail program shows it and as plain text: as it was saved last. */
export async function MailPreviews({ t, at: { running, scope }, path, sample }: MailPreviewsProps) {
  const mails = await Promise.all(LOCALES.map(async (locale) => ({ locale, mail: await previewWording(running, scope, locale) })));
  return (
    <section aria-labelledby="mail-previews">
      <h2 id="mail-previews">{t('invitations.mail.preview')}</h2>
      <p>{t('invitations.mail.preview-saved')}</p>
      {mails.map(({ locale, mail }) =>
        mail === null ? null : (
          <section key={locale} className="mail-shown" aria-labelledby={`mail-${locale}`}>
            <h3 id={`mail-${locale}`} lang={locale}>
              {LOCALE_NAMES[locale]}
            </h3>
            <Facts
              facts={[
                { name: t('invitations.mail.from'), value: <bdi>{mail.fromName}</bdi> },
                { name: t('invitations.mail.subject'), value: <bdi lang={locale}>{mail.subject}</bdi> },
                ...(mail.replyTo === undefined ? [] : [{ name: t('invitations.mail.reply-to'), value: <bdi>{mail.replyTo}</bdi> }]),
              ]}
            />
            <iframe
              className="mail-frame"
              title={t('invitations.mail.frame', { language: LOCALE_NAMES[locale] })}
              sandbox=""
              src={`/api/files/letters/${scope.letterId}/mail?language=${locale}`}
            />
            <Details summary={t('invitations.mail.as-text')}>
              <div className="mail-preview" lang={mail.language} dir={mail.direction}>
                <p className="mail-preview__text">{mail.text}</p>
              </div>
            </Details>
            {sample ? null : (
              <div className="actions">
                <ButtonForm look="quiet" action={`${path}/test`} values={{ language: locale }}>
                  {t('invitations.mail.test', { language: LOCALE_NAMES[locale] })}
                </ButtonForm>
              </div>
            )}
          </section>
        ),
      )}
    </section>
  );
}
