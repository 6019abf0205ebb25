import { formatInstant } from '../../../lib/i18n/format.ts';
import type { Translator } from '../../../lib/i18n/translator.ts';
import type { InvitationPage, OwnEntry, OwnSigning } from '../../../lib/invitations/page-view.ts';
import { seenByWords, statusWords } from '../../../lib/signatures/mail.ts';
import { displayFingerprint } from '../../../lib/text/fingerprint.ts';
import { LetterView } from '../../_components/letter/letter-view.tsx';
import { LetterheadView } from '../../_components/letter/letterhead-view.tsx';
import { Button, ButtonLink } from '../../_components/ui/button.tsx';
import { Checkbox } from '../../_components/ui/choice.tsx';
import { Details } from '../../_components/ui/details.tsx';
import { ErrorSummary } from '../../_components/ui/error-summary.tsx';
import type { FormView } from '../../_components/ui/form-view.ts';
import { PageHead } from '../../_components/ui/shell.tsx';
import { Facts } from '../../_components/ui/table.tsx';
import { INVITATION_PATH } from './gate.ts';
import { PrintedEntry } from './printed-entry.tsx';
import { SignedList } from './signed-list.tsx';
import { WithdrawnNotice } from './withdrawn-letter.tsx';

interface OwnPageProps {
  readonly t: Translator;
  readonly page: InvitationPage;
  readonly own: OwnSigning;
  /** Whatever was sent from this page and refused. */
  readonly forms: readonly FormView[];
  readonly withdraw: FormView;
}

const LIVE: readonly OwnEntry['status'][] = ['listed', 'held', 'confirmed', 'pending'];

function titleOf(entries: OwnSigning['entries']) {
  if (entries.some(({ status }) => status === 'listed')) return 'signing.own.title-listed';
  return entries.some(({ status }) => LIVE.includes(status)) ? 'signing.own.title-held' : 'signing.own.title-withdrawn';
}

/** What became of an answer: the entries, their state, the text they stand under, and the way out. */
export function OwnPage({ t, page, own, forms, withdraw }: OwnPageProps) {
  const { letter } = page;
  const { withdrawn } = letter;
  const [first, ...others] = own.entries;
  const given = own.entries.some(({ status }) => LIVE.includes(status));
  // Of a withdrawn letter nothing prints any more; its owner can still take the entry back.
  const live = given && withdrawn === null;
  const standingOf = (entry: OwnEntry) => ({
    ...entry,
    namesHidden: letter.namesHidden,
    reader: letter.reader || t('signing.the-addressee'),
  });
  return (
    <>
      {forms.map((form) => (
        <ErrorSummary key={form.name} t={t} form={form} />
      ))}
      {withdrawn === null ? (
        <PageHead title={t(titleOf(own.entries))} over={letter.text.headline}>
          {others.length === 0 ? <p className="lead">{statusWords(t, standingOf(first))}</p> : null}
        </PageHead>
      ) : (
        <>
          <PageHead title={letter.text.headline} />
          <WithdrawnNotice t={t} withdrawn={withdrawn} signed={given} />
        </>
      )}
      {own.entries
        .filter(({ status }) => withdrawn === null && (LIVE.includes(status) || others.length > 0))
        .map((entry) => (
          <section key={entry.signatureId}>
            {LIVE.includes(entry.status) ? (
              <PrintedEntry
                t={t}
                letter={letter}
                entry={entry.entry}
                capacity={entry.capacity}
                publication={entry.publication}
                title={t('signing.own.entry')}
              />
            ) : null}
            {others.length === 0 ? null : <p className="quiet">{statusWords(t, standingOf(entry))}</p>}
          </section>
        ))}
      <Facts
        facts={[
          ...(live ? [{ name: t('signing.review.sees'), value: seenByWords(t, standingOf(first)) }] : []),
          { name: t('signing.own.signed-at'), value: formatInstant(t.locale, own.signedAt, letter.zone) },
          {
            name: t('signing.review.signed-by'),
            value: <bdi>{own.signedBy.role === '' ? own.signedBy.name : t('signing.review.name-and-role', own.signedBy)}</bdi>,
          },
          { name: t('signing.review.fingerprint'), value: <span className="fingerprint">{displayFingerprint(own.fingerprint)}</span> },
        ]}
      />
      {page.final ? (
        <div className="actions">
          <ButtonLink href={`${INVITATION_PATH}/pdf`}>{t('signing.own.final')}</ButtonLink>
        </div>
      ) : null}
      {live && letter.status !== 'delivered' && letter.receipts ? <p>{t('signing.own.final-later')}</p> : null}
      {page.signed === null ? null : <SignedList t={t} signed={page.signed} beside={false} />}
      <div className="signing-other">
        <Details summary={t('signing.letter')}>
          <LetterheadView letterhead={letter.letterhead} />
          <LetterView text={letter.text} place={letter.place} date={letter.date} headlineLevel={2} />
        </Details>
        {given ? (
          <Details summary={t('signing.own.withdraw.summary')} open={withdraw.errors.length > 0}>
            <form className="form" method="post" action={`${INVITATION_PATH}/withdraw`} noValidate>
              <input type="hidden" name="invitation" value={page.invitationId} />
              <p>{t(withdrawn === null ? 'signing.own.withdraw.text' : 'signing.own.withdraw.text-letter-withdrawn')}</p>
              <Checkbox t={t} form={withdraw} name="sure" label={t('signing.own.withdraw.sure')} />
              <Button look="danger">{t('signing.own.withdraw.button')}</Button>
            </form>
          </Details>
        ) : null}
      </div>
    </>
  );
}
