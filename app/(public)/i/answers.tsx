import type { PublicationChoice } from '../../../db/schema/values.ts';
import { formatDay } from '../../../lib/i18n/format.ts';
import type { Translator } from '../../../lib/i18n/translator.ts';
import type { InvitationPage } from '../../../lib/invitations/page-view.ts';
import type { RepresentativePrinted } from '../../../lib/letters/presets.ts';
import type { Signer } from '../../../lib/signatures/schema.ts';
import { Button } from '../../_components/ui/button.tsx';
import { Checkbox, RadioGroup } from '../../_components/ui/choice.tsx';
import { Details } from '../../_components/ui/details.tsx';
import { TextArea, TextField } from '../../_components/ui/field.tsx';
import type { FormView } from '../../_components/ui/form-view.ts';
import { INVITATION_PATH } from './gate.ts';

interface AnswerProps {
  readonly t: Translator;
  readonly page: InvitationPage;
  readonly form: FormView;
}

const PUBLICATIONS: readonly PublicationChoice[] = ['public', 'addressee', 'counted'];

/** Everything somebody can answer: sign, not yet, no. */
export function Answers({ decline, consider, ...props }: AnswerProps & { readonly decline: FormView; readonly consider: FormView }) {
  const { t, page } = props;
  const alone = page.capacity === 'personal';
  return (
    <section className="signing-answer" id="answer" aria-labelledby="answer-title">
      <h2 id="answer-title">{t('signing.answer')}</h2>
      {page.consideringUntil === null ? null : <p>{t('signing.considering', { day: formatDay(t.locale, page.consideringUntil) })}</p>}
      <p>{t(page.signers.length === 1 ? 'signing.answer-lead-personal' : 'signing.answer-lead')}</p>
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
  const { letter, invited } = page;
  const field = { t, form };
  return (
    <form className="form signing" method="post" action={`${INVITATION_PATH}/sign`} noValidate>
      <input type="hidden" name="invitation" value={page.invitationId} />
      <input type="hidden" name="fingerprint" value={letter.text.fingerprint} />
      <input type="hidden" name="language" value={letter.text.language} />
      <SignerChoice t={t} page={page} form={form} />
      <div className="signing__organisation">
        {page.capacity === 'organisation' ? (
          <>
            <TextField
              {...field}
              name="organisation"
              label={t('signing.organisation')}
              hint={t('signing.organisation-hint')}
              autoComplete="organization"
              lang={invited.language}
            />
            <TextField {...field} name="acronym" label={t('signing.acronym')} optional width="short" />
          </>
        ) : null}
      </div>
      <TextField {...field} name="name" label={t('signing.name')} autoComplete="name" />
      <TextField
        {...field}
        name="role"
        label={t('signing.role')}
        hint={page.capacity === 'organisation' ? t('signing.role-hint') : undefined}
        optional={page.capacity === 'personal'}
        autoComplete="organization-title"
      />
      {page.capacity === 'organisation' ? (
        <div className="signing__organisation">
          <RepresentativeChoice {...field} policy={letter.representativePrinted} />
        </div>
      ) : null}
      <div className="signing__personal">
        <TextField {...field} name="affiliation" label={t('signing.affiliation')} hint={t('signing.affiliation-hint')} optional />
      </div>
      {letter.printsCountry ? (
        <TextField {...field} name="country" label={t('signing.country')} optional width="medium" autoComplete="country-name" />
      ) : null}
      <RadioGroup
        {...field}
        name="publication"
        label={t('signing.publication')}
        heading
        options={PUBLICATIONS.map((choice) => ({
          value: choice,
          label: t(`signing.publication-option.${choice}`),
          hint: t(`signing.publication-option.${choice}-hint`, { reader: letter.reader || t('signing.the-addressee') }),
        }))}
      />
      <div className="actions">
        <Button name="step" value="check">
          {t('signing.check')}
        </Button>
        <span className="quiet">{t('signing.check-note')}</span>
      </div>
    </form>
  );
}

/** Whether the person who signs for an organisation prints beside it, as far as the letter leaves them the choice. */
function RepresentativeChoice({
  t,
  form,
  policy,
}: {
  readonly t: Translator;
  readonly form: FormView;
  readonly policy: RepresentativePrinted;
}) {
  if (policy === 'never') return <p>{t('signing.representative.never')}</p>;
  return (
    <Checkbox t={t} form={form} name="representativePrinted" label={t('signing.representative')} hint={t('signing.representative-hint')} />
  );
}

/** Somebody invited as a person signs as one: then there is nothing to choose. */
function SignerChoice({ t, page, form }: AnswerProps) {
  const { signers, invited } = page;
  const [only] = signers;
  if (signers.length === 1) {
    return (
      <>
        <input type="hidden" name="signer" value={only} />
        <p>{t('signing.signer.only-personal')}</p>
      </>
    );
  }
  const organisation = invited.organisation || t('signing.signer.the-organisation');
  const hint: Partial<Record<Signer, string>> = { personal: t('signing.signer.personal-hint') };
  return (
    <RadioGroup
      t={t}
      form={form}
      name="signer"
      label={t('signing.signer')}
      heading
      options={signers.map((signer) => {
        const words = { value: signer, label: t(`signing.signer.${signer}`, { organisation }) };
        const more = hint[signer];
        return more === undefined ? words : { ...words, hint: more };
      })}
    />
  );
}

function ConsiderForm({ t, page, form }: AnswerProps) {
  return (
    <form className="form" method="post" action={`${INVITATION_PATH}/consider`} noValidate>
      <input type="hidden" name="invitation" value={page.invitationId} />
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
      <input type="hidden" name="invitation" value={page.invitationId} />
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
