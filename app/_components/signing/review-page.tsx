import { Fragment, type ReactNode } from 'react';
import type { Translator } from '../../../lib/i18n/translator.ts';
import { capacityOf } from '../../../lib/signatures/capacity.ts';
import { consentWordingFor, consentWordings } from '../../../lib/signatures/consent-wording.ts';
import { publicationWords } from '../../../lib/signatures/mail.ts';
import { ENTRY_FIELDS, type EntryInput, filledOthers, otherField } from '../../../lib/signatures/schema.ts';
import type { ShownLetter } from '../../../lib/signatures/shown-letter.ts';
import { displayFingerprint } from '../../../lib/text/fingerprint.ts';
import { LetterView } from '../letter/letter-view.tsx';
import { LetterheadView } from '../letter/letterhead-view.tsx';
import { Button, ButtonLink } from '../ui/button.tsx';
import { Checkbox } from '../ui/choice.tsx';
import { Details } from '../ui/details.tsx';
import { ErrorSummary } from '../ui/error-summary.tsx';
import type { FormView } from '../ui/form-view.ts';
import { PageHead } from '../ui/shell.tsx';
import { Facts } from '../ui/table.tsx';
import { PrintedEntry } from './printed-entry.tsx';
import type { Review } from './review.ts';

export interface ReviewPageProps {
  readonly t: Translator;
  readonly letter: ShownLetter;
  readonly form: FormView;
  readonly review: Review;
  /** Where the form goes, and what its door sends beside the entries. */
  readonly action: string;
  readonly sends: Readonly<Record<string, string>>;
  /** Back to the fields. */
  readonly change: string;
  /** What is to be known of one entry before it is signed. */
  readonly remark?: (given: EntryInput) => ReactNode;
  /** More of what is about to happen, in the list of facts. */
  readonly facts?: readonly { readonly name: string; readonly value: ReactNode }[];
  /** The button that ends it. */
  readonly button: string;
  /** More of the form. */
  readonly children?: ReactNode;
}

/** The last look: the entry as it prints, who sees it, what is agreed to, and the button that signs. */
export function ReviewPage({ t, letter, form, review, action, sends, change, remark, facts = [], button, children }: ReviewPageProps) {
  const { input, entries } = review;
  const [first] = input.entries;
  const unprinted = first.signer === 'organisation' && !(first.representativePrinted && letter.representativePrinted !== 'never');
  const reader = letter.reader || t('signing.the-addressee');
  return (
    <>
      {/* What was typed a moment ago needs no word that it had been begun. */}
      {form.errors.length === 0 ? null : <ErrorSummary t={t} form={form} />}
      <PageHead title={t('signing.review.title')} over={letter.text.headline} />
      {entries.map(({ given, entry }, index) => (
        <section key={given.signer === 'personal' ? 'personal' : given.organisation}>
          <PrintedEntry
            t={t}
            letter={letter}
            entry={entry}
            capacity={capacityOf(given.signer)}
            publication={input.publication}
            title={index === 0 ? t('signing.review.prints') : t('signing.review.prints-also')}
          />
          {remark?.(given)}
        </section>
      ))}
      <Facts
        facts={[
          ...(unprinted
            ? [{ name: t('signing.review.signed-by'), value: t('signing.review.not-printed', { name: input.name, role: first.role }) }]
            : []),
          { name: t('signing.review.sees'), value: publicationWords(t, input.publication, reader) },
          ...facts,
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
      <form className="form" method="post" action={action} noValidate>
        {Object.entries(sends).map(([name, value]) => (
          <input key={name} type="hidden" name={name} value={value} />
        ))}
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
        {children}
        <div className="actions">
          <Button name="step" value="sign">
            {button}
          </Button>
          <ButtonLink look="quiet" href={change}>
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
