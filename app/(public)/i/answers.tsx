import { formatDay } from '../../../lib/i18n/format.ts';
import type { Translator } from '../../../lib/i18n/translator.ts';
import type { InvitationPage } from '../../../lib/invitations/page-view.ts';
import { SignFields } from '../../_components/signing/sign-fields.tsx';
import { Button } from '../../_components/ui/button.tsx';
import { Checkbox } from '../../_components/ui/choice.tsx';
import { Details } from '../../_components/ui/details.tsx';
import { TextArea, TextField } from '../../_components/ui/field.tsx';
import type { FormView } from '../../_components/ui/form-view.ts';
import { BOARD_PATH } from './board/paths.ts';
import { INVITATION_PATH } from './gate.ts';

interface AnswerProps {
  readonly t: Translator;
  readonly page: InvitationPage;
  readonly form: FormView;
}

/** Everything somebody can answer: sign, not yet, no. */
export function Answers({ decline, consider, ...props }: AnswerProps & { readonly decline: FormView; readonly consider: FormView }) {
  const { t, page } = props;
  const alone = page.capacity === 'personal';
  return (
    <section className="signing-answer" id="answer" aria-labelledby="answer-title">
      <h2 id="answer-title">{t('signing.answer')}</h2>
      {page.consideringUntil === null ? null : <p>{t('signing.considering', { day: formatDay(t.locale, page.consideringUntil) })}</p>}
      <p>{t(page.signers.length === 1 ? 'signing.answer-lead-personal' : 'signing.answer-lead')}</p>
      {alone ? null : (
        <p>
          {t('signing.board.offer')} <a href={BOARD_PATH}>{t('signing.board.link')}</a>
        </p>
      )}
      <SignForm {...props} />
      <div className="signing-other">
        <h3>{t('signing.not-signing')}</h3>
        <Details summary={t(alone ? 'signing.later.summary-personal' : 'signing.later.summary')} open={consider.errors.length > 0}>
          <ConsiderForm t={t} page={page} form={consider} />
        </Details>
        <Details summary={t(alone ? 'signing.decline.summary-personal' : 'signing.decline.summary')} open={decline.errors.length > 0}>
          <DeclineForm t={t} page={page} form={decline} />
        </Details>
      </div>
    </section>
  );
}

function SignForm({ t, page, form }: AnswerProps) {
  const { letter, invited, signers, capacity } = page;
  return (
    <form className="form signing" method="post" action={`${INVITATION_PATH}/sign`} noValidate>
      <input type="hidden" name="invitation" value={page.invitationId} />
      <SignFields
        t={t}
        form={form}
        letter={letter}
        signers={signers}
        organisation={capacity === 'organisation' ? invited.organisation || t('signing.signer.the-organisation') : null}
        language={invited.language}
        {...(page.byHand ? { email: 'optional' as const } : {})}
      />
    </form>
  );
}

/** Somebody who said yes says no after all, or that it has to be decided anew: what they signed leaves the list by it. */
export function ChangeAnswer({
  t,
  page,
  decline,
  consider,
}: Omit<AnswerProps, 'form'> & { readonly decline: FormView; readonly consider: FormView }) {
  if (page.own === null || page.change === null) return null;
  const alone = page.capacity === 'personal';
  return (
    <section className="signing-other" aria-labelledby="change-title">
      <h2 id="change-title">{t('signing.change.title')}</h2>
      <p>{t(page.change === 'for-now' ? 'signing.change.text' : 'signing.change.text-for-good')}</p>
      {page.change === 'for-good' ? null : (
        <Details summary={t(alone ? 'signing.later.summary-personal' : 'signing.change.later')} open={consider.errors.length > 0}>
          <ConsiderForm t={t} page={page} form={consider} />
        </Details>
      )}
      <Details summary={t(alone ? 'signing.decline.summary-personal' : 'signing.decline.summary')} open={decline.errors.length > 0}>
        <DeclineForm t={t} page={page} form={decline} />
      </Details>
    </section>
  );
}

/** Which page the answer was given on; a yes that it takes back for good has to be meant. */
function OfPage({ t, page, form }: AnswerProps) {
  return (
    <>
      <input type="hidden" name="invitation" value={page.invitationId} />
      {page.own === null ? null : <input type="hidden" name="signing" value={page.own.signingId} />}
      {page.change === 'for-good' ? <Checkbox t={t} form={form} name="sure" label={t('signing.change.sure')} /> : null}
    </>
  );
}

function ConsiderForm({ t, page, form }: AnswerProps) {
  return (
    <form className="form" method="post" action={`${INVITATION_PATH}/consider`} noValidate>
      <OfPage t={t} page={page} form={form} />
      <p>{t('signing.later.text')}</p>
      <TextField
        t={t}
        form={form}
        name="until"
        label={t(page.capacity === 'personal' ? 'signing.later.until-personal' : 'signing.later.until')}
        type="date"
        width="short"
      />
      <Button look="quiet">{t('signing.later.button')}</Button>
    </form>
  );
}

function DeclineForm({ t, page, form }: AnswerProps) {
  return (
    <form className="form" method="post" action={`${INVITATION_PATH}/decline`} noValidate>
      <OfPage t={t} page={page} form={form} />
      <TextArea
        t={t}
        form={form}
        name="reason"
        label={t('signing.decline.reason')}
        hint={t('signing.decline.reason-hint')}
        optional
        rows={3}
      />
      <Button look="quiet">{t(page.capacity === 'personal' ? 'signing.decline.button-personal' : 'signing.decline.button')}</Button>
    </form>
  );
}
