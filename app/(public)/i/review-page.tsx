import { Fragment } from 'react';
import type { Translator } from '../../../lib/i18n/translator.ts';
import type { InvitationPage } from '../../../lib/invitations/page-view.ts';
import { capacityOf } from '../../../lib/signatures/capacity.ts';
import { consentWordingFor, consentWordings } from '../../../lib/signatures/consent-wording.ts';
import { publicationWords } from '../../../lib/signatures/mail.ts';
import { ENTRY_FIELDS, filledOthers, otherField } from '../../../lib/signatures/schema.ts';
import { displayFingerprint } from '../../../lib/text/fingerprint.ts';
import { LetterView } from '../../_components/letter/letter-view.tsx';
import { LetterheadView } from '../../_components/letter/letterhead-view.tsx';
import { PrintedEntry } from '../../_components/signing/printed-entry.tsx';
import { Button, ButtonLink } from '../../_components/ui/button.tsx';
import { Checkbox } from '../../_components/ui/choice.tsx';
import { Details } from '../../_components/ui/details.tsx';
import { ErrorSummary } from '../../_components/ui/error-summary.tsx';
import type { FormView } from '../../_components/ui/form-view.ts';
import { Notice } from '../../_components/ui/notice.tsx';
import { PageHead } from '../../_components/ui/shell.tsx';
import { Facts } from '../../_components/ui/table.tsx';
import { INVITATION_PATH } from './gate.ts';
import type { Review } from './review.ts';

/** The last look: the entry as it prints, who sees it, what is agreed to, and the button that signs. */
export function ReviewPage({
  t,
  page,
  form,
  review,
}: {
  readonly t: Translator;
  readonly page: InvitationPage;
  readonly form: FormView;
  readonly review: Review;
}) {
  const { input, entries } = review;
  const { letter } = page;
  const [first] = input.entries;
  const unprinted = first.signer === 'organisation' && !(first.representativePrinted && letter.representativePrinted !== 'never');
  const reader = letter.reader || t('signing.the-addressee');
  return (
    <>
      <ErrorSummary t={t} form={form} />
      <PageHead title={t('signing.review.title')} over={letter.text.headline} />
      {entries.map(({ given, entry, otherOrganisation }, index) => (
        <section key={given.signer === 'personal' ? 'personal' : given.organisation}>
          <PrintedEntry
            t={t}
            letter={letter}
            entry={entry}
            capacity={capacityOf(given.signer)}
            publication={input.publication}
            title={index === 0 ? t('signing.review.prints') : t('signing.review.prints-also')}
          />
          {otherOrganisation && given.signer !== 'personal' ? (
            <Notice t={t} tone="warning">
              {t('signing.review.other', { organisation: page.invited.organisation })}
            </Notice>
          ) : null}
        </section>
      ))}
      <Facts
        facts={[
          ...(unprinted
            ? [{ name: t('signing.review.signed-by'), value: t('signing.review.not-printed', { name: input.name, role: first.role }) }]
            : []),
          { name: t('signing.review.sees'), value: publicationWords(t, input.publication, reader) },
          {
            name: t('signing.review.fingerprint'),
            value: (
              <>
                <span className="fingerprint">{displayFingerprint(letter.text.fingerprint)}</span>
                <p className="quiet small">{t('signing.review.fingerprint-why')}</p>
              </>
            ),
          },
        ]}
      />
      <form className="form" method="post" action={`${INVITATION_PATH}/sign`} noValidate>
        <input type="hidden" name="invitation" value={page.invitationId} />
        <input type="hidden" name="fingerprint" value={letter.text.fingerprint} />
        <input type="hidden" name="language" value={letter.text.language} />
        {ENTRY_FIELDS.filter((field) => form.value(field) !== '').map((field) => (
          <input key={field} type="hidden" name={field} value={form.value(field)} />
        ))}
        {entries.map(({ given }, index) => {
          const organisation = given.signer === 'personal' ? '' : given.organisation;
          return (
            <Fragment key={organisation || 'personal'}>
              <p>{t(consentWordings[consentWordingFor(capacityOf(given.signer))], { organisation })}</p>
              {given.signer === 'personal' ? null : (
                <Checkbox t={t} form={form} name={authorisedField(form, index)} label={t('signing.review.authorised', { organisation })} />
              )}
            </Fragment>
          );
        })}
        <div className="actions">
          <Button name="step" value="sign">
            {t('signing.review.sign')}
          </Button>
          <ButtonLink look="quiet" href={`${INVITATION_PATH}?change=1#answer`}>
            {t('signing.review.change')}
          </ButtonLink>
        </div>
      </form>
      <Details summary={t('signing.review.read-again')}>
        <LetterheadView letterhead={letter.letterhead} />
        <LetterView text={letter.text} place={letter.place} date={letter.date} headlineLevel={2} />
      </Details>
    </>
  );
}

/** Which group of the form the entry of that place comes from: groups that were left empty are no entries. */
function authorisedField(form: FormView, index: number): string {
  return index === 0 ? 'authorised' : otherField(filledOthers((field) => form.value(field))[index - 1] ?? 0, 'authorised');
}
