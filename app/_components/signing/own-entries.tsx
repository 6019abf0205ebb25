import type { ReactNode } from 'react';
import { formatInstant } from '../../../lib/i18n/format.ts';
import type { Translator } from '../../../lib/i18n/translator.ts';
import { consentWordings, publicationWordings } from '../../../lib/signatures/consent-wording.ts';
import { type AnswerStanding, seenByWords, statusWords } from '../../../lib/signatures/mail.ts';
import type { OwnEntry, OwnSigning } from '../../../lib/signatures/own-view.ts';
import type { ShownLetter } from '../../../lib/signatures/shown-letter.ts';
import { displayFingerprint } from '../../../lib/text/fingerprint.ts';
import { EntryLines } from '../letter/block-view.tsx';
import { LetterView } from '../letter/letter-view.tsx';
import { LetterheadView } from '../letter/letterhead-view.tsx';
import { Button, ButtonForm, ButtonLink } from '../ui/button.tsx';
import { Checkbox, RadioGroup } from '../ui/choice.tsx';
import { Details } from '../ui/details.tsx';
import { ErrorSummary } from '../ui/error-summary.tsx';
import type { FormView } from '../ui/form-view.ts';
import { Notice } from '../ui/notice.tsx';
import { PageHead } from '../ui/shell.tsx';
import { Facts } from '../ui/table.tsx';
import { PrintedEntry } from './printed-entry.tsx';
import { WithdrawnNotice } from './withdrawn-letter.tsx';

interface OwnEntriesProps {
  readonly t: Translator;
  readonly letter: ShownLetter;
  readonly own: OwnSigning;
  /** The final document may be had. */
  readonly final: boolean;
  /** The address of an act of this page, by the door that its reader came through. */
  readonly pathOf: (act: string) => string;
  /** Whatever was sent from this page and refused. */
  readonly forms: readonly FormView[];
  readonly withdraw: FormView;
  /** Who has signed so far, where its reader may see it. */
  readonly list: ReactNode;
  /** The colleague who has signed in their place. */
  readonly handedOver?: { readonly name: string; readonly address: string } | undefined;
}

const LIVE: readonly OwnEntry['status'][] = ['listed', 'held', 'confirmed', 'pending'];
const isLive = ({ status }: OwnEntry): boolean => LIVE.includes(status);

/** What became of an answer, in the words of its page's heading. */
export function titleOf(entries: OwnSigning['entries'], handedOver = false) {
  if (entries.some(({ status }) => status === 'listed')) return 'signing.own.title-listed';
  if (entries.some(isLive)) return 'signing.own.title-held';
  return handedOver ? 'signing.own.title-handed-over' : 'signing.own.title-withdrawn';
}

/** What became of an answer: the entries, their state, the text they stand under, and the way out. */
export function OwnEntries({ t, letter, own, final, pathOf, forms, withdraw, list, handedOver }: OwnEntriesProps) {
  const { withdrawn } = letter;
  const [first, ...others] = own.entries;
  const given = own.entries.some(isLive);
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
        <PageHead title={t(titleOf(own.entries, handedOver !== undefined))} over={letter.text.headline}>
          {handedOver && !given ? <p className="lead">{t('signing.own.handed-over', handedOver)}</p> : null}
          {others.length === 0 && (given || !handedOver) ? <p className="lead">{statusWords(t, standingOf(first))}</p> : null}
        </PageHead>
      ) : (
        <>
          <PageHead title={letter.text.headline} />
          <WithdrawnNotice t={t} withdrawn={withdrawn} signed={given} />
        </>
      )}
      {own.entries
        .filter((entry) => withdrawn === null && (isLive(entry) || others.length > 0))
        .map((entry) => (
          <section key={entry.signatureId}>
            {isLive(entry) ? (
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
            <Correcting t={t} letter={letter} own={own} entry={entry} pathOf={pathOf} />
          </section>
        ))}
      <Facts
        facts={[
          ...(live
            ? [{ name: t('signing.review.sees'), value: <SeenBy t={t} entries={own.entries.filter(isLive).map(standingOf)} /> }]
            : []),
          { name: t('signing.own.signed-at'), value: formatInstant(t.locale, own.signedAt, letter.zone) },
          {
            name: t('signing.review.signed-by'),
            value: <bdi>{own.signedBy.role === '' ? own.signedBy.name : t('signing.review.name-and-role', own.signedBy)}</bdi>,
          },
          { name: t('signing.review.fingerprint'), value: <span className="fingerprint">{displayFingerprint(own.fingerprint)}</span> },
        ]}
      />
      {live && own.toAdd.length > 0 && letter.status === 'open' ? (
        <p>
          <a href={pathOf('add')}>{t(own.toAdd.includes('organisation') ? 'signing.own.add' : 'signing.own.add-personally')}</a>
        </p>
      ) : null}
      {final ? (
        <div className="actions">
          <ButtonLink href={pathOf('pdf')}>{t('signing.own.final')}</ButtonLink>
        </div>
      ) : null}
      {live && letter.status !== 'delivered' && letter.receipts ? <p>{t('signing.own.final-later')}</p> : null}
      {letter.publicSlug === null ? null : (
        <p>
          <a href={`/l/${letter.publicSlug}`}>{t('signing.own.public')}</a>
        </p>
      )}
      {list}
      <div className="signing-other">
        <Details summary={t('signing.letter')}>
          <LetterheadView letterhead={letter.letterhead} />
          <LetterView text={letter.text} place={letter.place} date={letter.date} headlineLevel={2} />
        </Details>
        <Details summary={t('signing.own.agreed')}>
          {own.entries.map(({ signatureId, wording, choice, fields }) => (
            <p key={signatureId}>
              {t(consentWordings[wording], { organisation: fields.organisation })}{' '}
              {choice === null
                ? null
                : t(publicationWordings[choice.publicationWording][choice.publication], {
                    reader: choice.reader || t('signing.the-addressee'),
                  })}
            </p>
          ))}
          <p className="quiet small">
            {t('signing.own.agreed-id', {
              ids: [
                ...new Set(own.entries.flatMap(({ wording, choice }) => [wording, ...(choice ? [choice.publicationWording] : [])])),
              ].join(', '),
            })}
          </p>
        </Details>
        <p>
          <a href={pathOf('data')}>{t('signing.own.data')}</a>
        </p>
        {given ? (
          <Details summary={t('signing.own.withdraw.summary')} open={withdraw.errors.length > 0}>
            <form className="form" method="post" action={pathOf('withdraw')} noValidate>
              <input type="hidden" name="signing" value={own.signingId} />
              <p>{t(withdrawn === null ? 'signing.own.withdraw.text' : 'signing.own.withdraw.text-letter-withdrawn')}</p>
              <WithdrawChoice t={t} form={withdraw} entries={own.entries.filter(isLive)} />
              <Checkbox t={t} form={withdraw} name="sure" label={t('signing.own.withdraw.sure')} />
              <Button look="danger">{t('signing.own.withdraw.button')}</Button>
            </form>
          </Details>
        ) : null}
      </div>
    </>
  );
}

/** Who sees the names; of entries that were given at several times each chose anew. */
function SeenBy({ t, entries }: { readonly t: Translator; readonly entries: readonly (OwnEntry & AnswerStanding)[] }) {
  const said = [...new Set(entries.map((entry) => seenByWords(t, entry)))];
  if (said.length < 2) return said[0] ?? null;
  return (
    <ul>
      {entries.map((entry) => (
        <li key={entry.signatureId}>
          <bdi>{entry.entry.lines[0]}</bdi>: {seenByWords(t, entry)}
        </li>
      ))}
    </ul>
  );
}

/** The way to correct an entry while the list is not final, and what of it waits for somebody's look. */
function Correcting({
  t,
  letter,
  own,
  entry,
  pathOf,
}: Pick<OwnEntriesProps, 't' | 'letter' | 'own' | 'pathOf'> & { readonly entry: OwnEntry }) {
  if ((letter.status !== 'open' && letter.status !== 'closed') || (entry.status !== 'listed' && entry.status !== 'held')) return null;
  const path = pathOf('correct');
  return (
    <>
      {entry.wish === null ? null : (
        <Notice t={t} title={t('signing.own.wish')}>
          <p className="pre-line">
            <EntryLines entry={entry.wish} />
          </p>
          <ButtonForm look="quiet" action={pathOf('correct/take-back')} values={{ signing: own.signingId, entry: entry.signatureId }}>
            {t('signing.own.wish-take-back')}
          </ButtonForm>
        </Notice>
      )}
      <p>
        <a href={`${path}${path.includes('?') ? '&' : '?'}entry=${entry.signatureId}`}>{t('signing.own.correct')}</a>
      </p>
    </>
  );
}

/** Whoever gave several entries takes back one of them, or all. */
function WithdrawChoice({ t, form, entries }: { readonly t: Translator; readonly form: FormView; readonly entries: readonly OwnEntry[] }) {
  if (entries.length < 2) return null;
  return (
    <RadioGroup
      t={t}
      form={form}
      name="entry"
      label={t('signing.own.withdraw.which')}
      options={[
        ...entries.map(({ signatureId, entry }) => ({ value: signatureId, label: entry.lines.join(', ') })),
        { value: 'all', label: t('signing.own.withdraw.all') },
      ]}
    />
  );
}
