import type { Metadata } from 'next';
import { cookies } from 'next/headers';
import { loadConfig } from '../../../lib/config.ts';
import { formatInstant } from '../../../lib/i18n/format.ts';
import type { Translator } from '../../../lib/i18n/translator.ts';
import { openConfirmation } from '../../../lib/signatures/access.ts';
import { type ConfirmationPage, viewConfirmation } from '../../../lib/signatures/confirmation-view.ts';
import { publicationWords } from '../../../lib/signatures/mail.ts';
import { displayFingerprint } from '../../../lib/text/fingerprint.ts';
import { LetterView } from '../../_components/letter/letter-view.tsx';
import { LetterheadView } from '../../_components/letter/letterhead-view.tsx';
import { PrintedEntry } from '../../_components/signing/printed-entry.tsx';
import { ButtonForm } from '../../_components/ui/button.tsx';
import { Details } from '../../_components/ui/details.tsx';
import { ErrorSummary } from '../../_components/ui/error-summary.tsx';
import { Notice } from '../../_components/ui/notice.tsx';
import { PageHead, Shell } from '../../_components/ui/shell.tsx';
import { Facts } from '../../_components/ui/table.tsx';
import { cookieName } from '../../_request/cookies.ts';
import { requestTranslator } from '../../_request/locale.ts';
import { product } from '../../_request/product.ts';
import { readForm, readNotice } from '../../_request/read-form.ts';
import { CONFIRM_PATH } from './gate.ts';

/** Says nothing of the letter: it stands in the browser's history. */
export async function generateMetadata(): Promise<Metadata> {
  return { title: (await requestTranslator())('signing.confirm.page-title') };
}

/** What somebody is asked to confirm, and the button that does. Opening this page does nothing, however often and by whatever. */
export default async function ConfirmPage() {
  const jar = await cookies();
  const token = jar.get(cookieName('confirmation', loadConfig().secureCookies))?.value ?? '';
  const running = await product();
  const opened = await openConfirmation(running, token);
  const page = opened.ok ? await viewConfirmation(running, opened.value, new Date()) : null;
  const t = await requestTranslator('public', page?.locale ?? page?.letter.authenticLanguage);
  const notice = await readNotice(t);
  return (
    <Shell t={t} languages={CONFIRM_PATH}>
      {notice === null ? null : (
        <Notice t={t} said>
          {notice}
        </Notice>
      )}
      {opened.ok && page ? await stateOf(t, page, opened.value.signingId) : <Dead t={t} known={token !== ''} said={notice !== null} />}
    </Shell>
  );
}

async function stateOf(t: Translator, page: ConfirmationPage, signing: string) {
  if (page.state === 'waiting') return <Waiting t={t} page={page} signing={signing} errors={await errorsOf(t)} />;
  if (page.state === 'confirmed') {
    return (
      <>
        <PageHead title={t('signing.confirm.confirmed.title')} over={page.letter.text.headline}>
          <p>{t('signing.confirm.confirmed.text')}</p>
        </PageHead>
        <div className="actions">
          <ButtonForm action={`${CONFIRM_PATH}/press`} values={{ signing }}>
            {t('signing.confirm.confirmed.button')}
          </ButtonForm>
        </div>
      </>
    );
  }
  return (
    <PageHead title={t(`signing.confirm.${page.state}.title`)} over={page.letter.text.headline}>
      <p>{t(`signing.confirm.${page.state}.text`)}</p>
    </PageHead>
  );
}

const errorsOf = async (t: Translator) => [await readForm(t, 'confirm', CONFIRM_PATH), await readForm(t, 'disown', CONFIRM_PATH)];

interface WaitingProps {
  readonly t: Translator;
  readonly page: ConfirmationPage;
  readonly signing: string;
  readonly errors: Awaited<ReturnType<typeof errorsOf>>;
}

function Waiting({ t, page, signing, errors }: WaitingProps) {
  const { letter, signedBy, entries, publication } = page;
  const { name, role } = signedBy;
  return (
    <>
      {errors.map((form) => (
        <ErrorSummary key={form.name} t={t} form={form} />
      ))}
      <PageHead title={t('signing.confirm.title')} over={letter.text.headline}>
        <p className="lead">{t('signing.confirm.lead')}</p>
      </PageHead>
      {entries.map(({ id, capacity, entry, held }, index) => (
        <section key={id}>
          <PrintedEntry
            t={t}
            letter={letter}
            entry={entry}
            capacity={capacity}
            publication={publication}
            title={index === 0 ? t('signing.review.prints') : t('signing.review.prints-also')}
          />
          {held ? <Notice t={t}>{t('signing.confirm.held')}</Notice> : null}
        </section>
      ))}
      <Facts
        facts={[
          {
            name: t('signing.review.signed-by'),
            value: <bdi>{role === '' ? name : t('signing.review.name-and-role', { name, role })}</bdi>,
          },
          { name: t('signing.confirm.address'), value: <bdi>{page.email}</bdi> },
          {
            name: t('signing.review.sees'),
            value: publicationWords(t, publication, letter.reader || t('signing.the-addressee')),
          },
          { name: t('signing.review.fingerprint'), value: <span className="fingerprint">{displayFingerprint(page.fingerprint)}</span> },
          { name: t('signing.confirm.until'), value: formatInstant(t.locale, page.ends, letter.zone) },
        ]}
      />
      {letter.status === 'delivered' ? <Notice t={t}>{t('signing.confirm.late')}</Notice> : null}
      <p className="quiet small">{t('signing.confirm.not-me-note')}</p>
      <div className="actions">
        <ButtonForm action={`${CONFIRM_PATH}/press`} values={{ signing }}>
          {t('signing.confirm.button')}
        </ButtonForm>
        <ButtonForm action={`${CONFIRM_PATH}/not-me`} values={{ signing }} look="quiet">
          {t('signing.confirm.not-me')}
        </ButtonForm>
      </div>
      <Details summary={t('signing.review.read-again')}>
        <LetterheadView letterhead={letter.letterhead} />
        <LetterView text={letter.text} place={letter.place} date={letter.date} headlineLevel={2} />
      </Details>
    </>
  );
}

/** For whoever is here without a link that opens. */
function Dead({ t, known, said }: { readonly t: Translator; readonly known: boolean; readonly said: boolean }) {
  const kind = known ? 'dead' : 'none';
  return (
    <>
      <PageHead title={t(said && !known ? 'signing.confirm.over.title' : `signing.confirm.${kind}.title`)}>
        {said && !known ? null : <p>{t(`signing.confirm.${kind}.text`)}</p>}
      </PageHead>
      {known ? (
        <div className="actions">
          <ButtonForm action={`${CONFIRM_PATH}/fresh`}>{t('signing.link.dead.button')}</ButtonForm>
        </div>
      ) : null}
    </>
  );
}
