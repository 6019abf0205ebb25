import type { Metadata } from 'next';
import { notFound } from 'next/navigation';
import { formAge, stampForm } from '../../../../lib/forms/form-age.ts';
import { formatInstant } from '../../../../lib/i18n/format.ts';
import type { Translator } from '../../../../lib/i18n/translator.ts';
import { type OpenLinkPage, viewOpenLink } from '../../../../lib/signatures/open-page-view.ts';
import { openSignForm } from '../../../../lib/signatures/schema.ts';
import { LetterView, Sheet } from '../../../_components/letter/letter-view.tsx';
import { LetterheadView } from '../../../_components/letter/letterhead-view.tsx';
import { readReview } from '../../../_components/signing/review.ts';
import { ReviewPage } from '../../../_components/signing/review-page.tsx';
import { SignFields } from '../../../_components/signing/sign-fields.tsx';
import { WithdrawnNotice } from '../../../_components/signing/withdrawn-letter.tsx';
import { Details } from '../../../_components/ui/details.tsx';
import { ErrorSummary } from '../../../_components/ui/error-summary.tsx';
import type { FormView } from '../../../_components/ui/form-view.ts';
import { Notice } from '../../../_components/ui/notice.tsx';
import { PageHead, Shell } from '../../../_components/ui/shell.tsx';
import { instance } from '../../../_request/instance.ts';
import { requestTranslator } from '../../../_request/locale.ts';
import { product } from '../../../_request/product.ts';
import { readForm } from '../../../_request/read-form.ts';
import { openForm, openLinkPath } from './door.ts';
import { ProofOfWork } from './proof-of-work.tsx';
import { TextLanguages } from './text-languages.tsx';

interface OpenPageProps {
  readonly params: Promise<{ readonly slug: string }>;
  readonly searchParams: Promise<{ readonly text?: string | readonly string[]; readonly change?: string | readonly string[] }>;
}

/** Says nothing of the letter: it stands in the browser's history. */
export async function generateMetadata(): Promise<Metadata> {
  return { title: (await requestTranslator())('signing.open.page-title') };
}

/** The page behind an address that is handed around: the letter, and the form that anybody may sign it by. */
export default async function OpenSigningPage({ params, searchParams }: OpenPageProps) {
  const { slug } = await params;
  const { text, change } = await searchParams;
  const running = await product();
  const now = new Date();
  const found = await viewOpenLink(running, slug, [], now);
  if (!found) notFound();
  const t = await requestTranslator('public', found.letter.authenticLanguage);
  const form = await readForm(t, 'sign', openLinkPath(slug), {
    representativePrinted: found.letter.representativePrinted === 'offered' ? 'yes' : null,
  });
  // What was read when the fields were filled in stays what is read beside them.
  const wishes = [typeof text === 'string' ? text : form.value('language'), t.locale];
  const page = (await viewOpenLink(running, slug, wishes, now)) ?? found;
  const review = page.state === 'open' && change === undefined ? reviewOf(page, form) : null;
  const opened = openedStamp(form, slug, now);
  return (
    <Shell t={t} languages={openLinkPath(slug)}>
      {review ? (
        <ReviewPage
          t={t}
          letter={page.letter}
          form={form}
          review={review}
          action={`${openLinkPath(slug)}/send`}
          sends={{ email: form.value('email'), opened }}
          change={`${openLinkPath(slug)}?change=1#answer`}
          facts={[{ name: t('signing.open.mail-to'), value: <bdi>{form.value('email')}</bdi> }]}
          remark={(given) => (given.signer === 'personal' ? null : <Notice t={t}>{t('signing.open.organisation-held')}</Notice>)}
          button={t('signing.open.send')}
        >
          <ProofOfWork task={`${openLinkPath(slug)}/task`} />
          <Trap t={t} />
          <p className="quiet">{t('signing.open.send-note')}</p>
        </ReviewPage>
      ) : (
        <Opened t={t} page={page} form={form} opened={opened} />
      )}
    </Shell>
  );
}

function reviewOf({ letter }: OpenLinkPage, form: FormView) {
  return readReview(letter, form, (typed) => {
    const parsed = openSignForm.safeParse({ ...typed, email: form.value('email') });
    return parsed.success ? parsed.data : null;
  });
}

/** When the form was first shown, as long as it may lie open; then anew. */
function openedStamp(form: FormView, slug: string, now: Date): string {
  const { keys } = instance();
  const given = form.value('opened');
  return given !== '' && formAge(keys, openForm(slug), given, now) !== 'too-old' ? given : stampForm(keys, openForm(slug), now);
}

interface Opening {
  readonly t: Translator;
  readonly page: OpenLinkPage;
  readonly form: FormView;
  readonly opened: string;
}

function Opened(props: Opening) {
  const { t, page, form } = props;
  const { letter, state, slug, languages } = page;
  if (letter.withdrawn !== null) {
    return (
      <>
        <PageHead title={letter.text.headline} />
        <WithdrawnNotice t={t} withdrawn={letter.withdrawn} signed={false} />
      </>
    );
  }
  const { deadlineAt, zone, coalition } = letter;
  return (
    <>
      <ErrorSummary t={t} form={form} />
      {state === 'open' || state === 'letter-withdrawn' ? null : (
        <Notice t={t} tone="warning" title={t(`signing.open.${state}.title`)}>
          {t(`signing.open.${state}.text`, { coalition })}
        </Notice>
      )}
      <div className="signing-head">
        <p className="signing-head__who">{t('signing.open.over', { coalition })}</p>
        {state === 'open' ? (
          <p className="signing-head__until">
            {deadlineAt === null ? null : <span>{t('signing.until', { deadline: formatInstant(t.locale, deadlineAt, zone) })} </span>}
            <a href="#answer">{t('signing.open.to-form')}</a>
          </p>
        ) : null}
        <TextLanguages t={t} path={openLinkPath(slug)} languages={languages} shown={letter.text.language} />
      </div>
      <Sheet>
        <LetterheadView letterhead={letter.letterhead} />
        <LetterView text={letter.text} place={letter.place} date={letter.date} />
      </Sheet>
      {letter.authentic ? (
        <Details summary={t('signing.authentic-text')}>
          <LetterView text={letter.authentic} headlineLevel={2} />
        </Details>
      ) : null}
      {state === 'open' ? <SignForm {...props} /> : null}
    </>
  );
}

function SignForm({ t, page: { letter, slug }, form, opened }: Opening) {
  return (
    <section className="signing-answer" id="answer" aria-labelledby="answer-title">
      <h2 id="answer-title">{t('signing.open.title')}</h2>
      <p>{t('signing.open.lead')}</p>
      <form className="form signing" method="post" action={`${openLinkPath(slug)}/send`} noValidate>
        <input type="hidden" name="opened" value={opened} />
        <SignFields
          t={t}
          form={form}
          letter={letter}
          signers={['personal', 'organisation']}
          organisation={t('signing.open.an-organisation')}
          language={letter.authenticLanguage}
          email
        />
        <Trap t={t} />
      </form>
    </section>
  );
}

/** Filled in by machines that fill in everything: nobody sees it, and no screen reader says it. */
function Trap({ t }: { readonly t: Translator }) {
  return (
    <div className="signing__trap" aria-hidden="true">
      <label htmlFor="signing-topic">{t('signing.open.trap')}</label>
      <input id="signing-topic" name="topic" type="text" tabIndex={-1} autoComplete="off" defaultValue="" />
    </div>
  );
}
