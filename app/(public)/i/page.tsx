import type { Metadata } from 'next';
import { cookies } from 'next/headers';
import { loadConfig } from '../../../lib/config.ts';
import { formatDay, formatInstant } from '../../../lib/i18n/format.ts';
import type { Translator } from '../../../lib/i18n/translator.ts';
import { openInvitation } from '../../../lib/invitations/access.ts';
import { type InvitationPage, viewInvitation } from '../../../lib/invitations/page-view.ts';
import type { SignedSoFar } from '../../../lib/invitations/signed-so-far.ts';
import { LetterView, Sheet } from '../../_components/letter/letter-view.tsx';
import { LetterheadView } from '../../_components/letter/letterhead-view.tsx';
import { LinkPage } from '../../_components/signing/link-page.tsx';
import { OwnEntries } from '../../_components/signing/own-entries.tsx';
import { ReviewPage } from '../../_components/signing/review-page.tsx';
import { WithdrawnNotice } from '../../_components/signing/withdrawn-letter.tsx';
import { Details } from '../../_components/ui/details.tsx';
import { ErrorSummary } from '../../_components/ui/error-summary.tsx';
import { besideAnother, type FormView } from '../../_components/ui/form-view.ts';
import { Notice } from '../../_components/ui/notice.tsx';
import { PageHead, Shell } from '../../_components/ui/shell.tsx';
import { cookieName } from '../../_request/cookies.ts';
import { formOf } from '../../_request/form-of-link.ts';
import { requestTranslator } from '../../_request/locale.ts';
import { product } from '../../_request/product.ts';
import { readForm, readNotice } from '../../_request/read-form.ts';
import { ownPath } from '../own/door.ts';
import { readOwnForm } from '../own/own-form.ts';
import { Answers, ChangeAnswer } from './answers.tsx';
import { INVITATION_PATH } from './gate.ts';
import { PassOn } from './pass-on-forms.tsx';
import { ProveForm } from './prove-form.tsx';
import { isOtherOrganisation, reviewOf } from './review.ts';
import { SignedList } from './signed-list.tsx';
import { StatusOnly } from './status-only.tsx';

/** Says nothing of the letter: it stands in the browser's history. */
export async function generateMetadata(): Promise<Metadata> {
  const t = await requestTranslator();
  return { title: t('signing.page-title') };
}

/** The page behind a personal link: the letter and the answer to it; afterwards the entry, for as long as the letter lives. */
export default async function SigningPage({
  searchParams,
}: {
  readonly searchParams: Promise<{ readonly change?: string | readonly string[]; readonly list?: string | readonly string[] }>;
}) {
  const jar = await cookies();
  const { secureCookies } = loadConfig();
  const token = jar.get(cookieName('invitation', secureCookies))?.value ?? '';
  const instance = await product();
  const opened = await openInvitation(instance, token);
  const { change, list } = await searchParams;
  const page = opened.ok ? await viewInvitation(instance, opened.value, new Date(), list === undefined ? 'short' : pageNumber(list)) : null;
  if (!page) {
    const t = await requestTranslator();
    return (
      <LinkPage
        t={t}
        path={INVITATION_PATH}
        known={token !== ''}
        kept={jar.has(cookieName('answer-form', secureCookies))}
        notice={await readNotice(t)}
      />
    );
  }

  const t = await requestTranslator('public', page.invited.language);
  const form = await readInvitationForm(t, 'sign', page, {
    signer: page.signers.length === 1 ? page.signers[0] : null,
    organisation: page.invited.organisation,
    acronym: page.invited.acronym,
    name: page.invited.name,
    representativePrinted: page.letter.representativePrinted === 'offered' ? 'yes' : null,
  });
  if (list !== undefined && page.signed !== null) return <ListPage t={t} page={page} signed={page.signed} />;
  const review = change === undefined ? reviewOf(page, form) : null;
  const notice = await readNotice(t);
  return (
    <Shell t={t} languages={INVITATION_PATH}>
      {notice === null ? null : (
        <Notice t={t} tone="success" said>
          {notice}
        </Notice>
      )}
      {review ? (
        <ReviewPage
          t={t}
          letter={page.letter}
          form={form}
          review={review}
          action={`${INVITATION_PATH}/sign`}
          sends={{ invitation: page.invitationId, ...(page.byHand ? { email: form.value('email') } : {}) }}
          facts={page.byHand ? [{ name: t('signing.prove.by'), value: <ProvedBy t={t} email={form.value('email')} /> }] : []}
          change={`${INVITATION_PATH}?change=1#answer`}
          remark={(given) =>
            isOtherOrganisation(page, given) ? (
              <Notice t={t} tone="warning">
                {t('signing.review.other', { organisation: page.invited.organisation })}
              </Notice>
            ) : null
          }
          button={t('signing.review.sign')}
        />
      ) : (
        await stateOf(t, page, form)
      )}
    </Shell>
  );
}

const pageNumber = (asked: string | readonly string[] | undefined): number =>
  typeof asked === 'string' && /^\d{1,9}$/.test(asked) ? Number(asked) : 1;

async function readInvitationForm(
  t: Translator,
  name: 'sign' | 'decline' | 'consider' | 'pass-on' | 'prove',
  { invitationId }: InvitationPage,
  initial: Parameters<typeof formOf>[3] = {},
): Promise<FormView> {
  return formOf(t, await readForm(t, name, INVITATION_PATH, initial), { field: 'invitation', id: invitationId }, initial, new Date());
}

async function stateOf(t: Translator, page: InvitationPage, form: FormView) {
  const decline = await readInvitationForm(t, 'decline', page);
  const consider = await readInvitationForm(t, 'consider', page, { until: page.consideringUntil });
  const passOn = besideAnother(await readInvitationForm(t, 'pass-on', page));
  if (page.own && page.ownersAlone) {
    return (
      <>
        {[form, decline, consider, passOn].map((each) => (
          <ErrorSummary key={each.name} t={t} form={each} />
        ))}
        <StatusOnly t={t} letter={page.letter} own={page.own} />
        {page.signed === null ? null : <SignedList t={t} signed={page.signed} beside={false} />}
      </>
    );
  }
  if (page.own) {
    const prove = page.unproved ? besideAnother(await readInvitationForm(t, 'prove', page)) : null;
    const withdraw = await readOwnForm(t, 'withdraw', 'invitation', page.own.signingId);
    return (
      <>
        <OwnEntries
          t={t}
          letter={page.letter}
          own={page.own}
          final={page.final}
          pathOf={(act) => ownPath('invitation', act)}
          forms={[form, decline, consider, withdraw, passOn, ...(prove ? [prove] : [])]}
          withdraw={withdraw}
          list={page.signed === null ? null : <SignedList t={t} signed={page.signed} beside={false} />}
          handedOver={page.passedOn.find(({ signed }) => signed)}
        />
        <ChangeAnswer t={t} page={page} decline={decline} consider={consider} />
        {prove ? <ProveForm t={t} form={prove} invitation={page.invitationId} /> : null}
        <PassOn t={t} page={page} form={passOn} />
      </>
    );
  }
  const { letter, state } = page;
  return (
    <>
      {[form, decline, consider, passOn].map((each) => (
        <ErrorSummary key={each.name} t={t} form={each} />
      ))}
      <StateNotice t={t} page={page} />
      {state === 'letter-withdrawn' ? null : <InvitationHead t={t} page={page} />}
      {state === 'letter-withdrawn' ? null : (
        <Sheet>
          <LetterheadView letterhead={letter.letterhead} />
          <LetterView text={letter.text} place={letter.place} date={letter.date} />
        </Sheet>
      )}
      {letter.authentic && state !== 'letter-withdrawn' ? (
        <Details summary={t('signing.authentic-text')}>
          <LetterView text={letter.authentic} headlineLevel={2} />
        </Details>
      ) : null}
      {page.signed === null ? null : <SignedList t={t} signed={page.signed} beside={state === 'answerable' || state === 'declined'} />}
      {state === 'answerable' || state === 'declined' ? (
        <>
          <Answers t={t} page={page} form={form} decline={decline} consider={consider} />
          <PassOn t={t} page={page} form={passOn} />
        </>
      ) : null}
    </>
  );
}

/** How it will be made sure who signed, where the link that was opened does not say so. */
const ProvedBy = ({ t, email }: { readonly t: Translator; readonly email: string }) =>
  email.trim() === '' ? t('signing.prove.by-coordinator') : t('signing.prove.by-mail', { address: email.trim() });

/** Who invites whom, until when, and the way past a long letter to the answer. */
function InvitationHead({
  t,
  page: { capacity, invited, letter, state, late },
}: {
  readonly t: Translator;
  readonly page: InvitationPage;
}) {
  const { coalition, deadlineAt, zone } = letter;
  const open = state === 'answerable' || state === 'declined';
  return (
    <div className="signing-head">
      <p className="signing-head__who">
        {capacity === 'organisation'
          ? t('signing.over-organisation', { coalition, organisation: invited.organisation })
          : t('signing.over-person', { coalition })}
      </p>
      {open ? (
        <p className="signing-head__until">
          {late ? <span>{t('signing.late')} </span> : null}
          {late || deadlineAt === null ? null : <span>{t('signing.until', { deadline: formatInstant(t.locale, deadlineAt, zone) })} </span>}
          <a href="#answer">{t('signing.to-answer')}</a>
        </p>
      ) : null}
    </div>
  );
}

function StateNotice({ t, page }: { readonly t: Translator; readonly page: InvitationPage }) {
  switch (page.state) {
    case 'declined':
      return (
        <Notice t={t} title={t('signing.declined.title')}>
          {t('signing.declined.text')}
        </Notice>
      );
    case 'closed':
      return (
        <Notice t={t} tone="warning" title={t('signing.closed.title')}>
          <p>{closedWords(t, page)}</p>
          {page.declined?.reason ? (
            <p className="pre-line">
              <bdi>{t('signing.closed.reason', { reason: page.declined.reason })}</bdi>
            </p>
          ) : null}
        </Notice>
      );
    case 'letter-withdrawn':
      return (
        <>
          <PageHead title={page.letter.text.headline} />
          {page.letter.withdrawn === null ? null : <WithdrawnNotice t={t} withdrawn={page.letter.withdrawn} signed={false} />}
        </>
      );
    default:
      return null;
  }
}

/** A closed letter's page says what was answered, where something was. */
function closedWords(t: Translator, { declined, consideringUntil }: InvitationPage): string {
  if (declined) return t('signing.closed.declined');
  if (consideringUntil === null) return t('signing.closed.text');
  return t('signing.closed.considering', { day: formatDay(t.locale, consideringUntil) });
}

/** The list alone, under an address of its own: whoever is answering looks through it in another tab, and their form stays as it is. */
function ListPage({ t, page, signed }: { readonly t: Translator; readonly page: InvitationPage; readonly signed: SignedSoFar }) {
  return (
    <Shell t={t} languages={INVITATION_PATH}>
      <PageHead title={page.letter.text.headline} />
      <SignedList t={t} signed={signed} beside={false} />
      <p>
        <a href={INVITATION_PATH}>{t('signing.list.back')}</a>
      </p>
    </Shell>
  );
}
